internal import PolicyText
internal import Segmenter

/// Joins single characters that the dictionaries cut apart: 泉|惠企 is one name, and so is 绵|企|通.
enum WordJoiner {
  /// One word of a question.
  struct Word {
    /// Where a word comes from.
    enum Kind {
      case word
      case term
      /// What people say, by the list of lay words.
      case said
      /// In quotation marks.
      case name
      /// Put together of what was cut apart.
      case joined
    }

    var text: String
    var kind: Kind
    /// The words of two characters or more inside it.
    var parts: [String]
    /// The words as the segmenter cuts them, for counting.
    var pieces: [String] = []
  }

  private struct Piece {
    var token: Token
    var parts: [String]
    var isSingle: Bool
    var isFunction: Bool
  }

  /// The words of a piece of a question, numbers and function words left out.
  static func words(of tokens: [Token], in bytes: [UInt8]) -> [Word] {
    var pieces: [Piece] = []
    for token in tokens {
      if token.kind == .part {
        if token.term.unicodeScalars.count >= 2, !pieces.isEmpty {
          pieces[pieces.count - 1].parts.append(token.term)
        }
        continue
      }
      let scalars = Array(token.term.unicodeScalars)
      pieces.append(
        Piece(
          token: token, parts: [], isSingle: scalars.count == 1 && scalars[0].isHan,
          isFunction: scalars.allSatisfy { functions.contains($0) || isNumeral($0) }))
    }
    var words: [Word] = []
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      func follows(_ next: Int) -> Bool {
        next < pieces.count && next > 0 && !pieces[next].isFunction
          && pieces[next - 1].token.range.upperBound == pieces[next].token.range.lowerBound
      }
      if piece.isFunction {
        index += 1
        continue
      }
      // DCMM, CMMI: letters that stand for a name.
      if piece.token.term.unicodeScalars.count >= 3,
        piece.token.term.unicodeScalars.allSatisfy({ 0x61...0x7A ~= $0.value })
      {
        words.append(Word(text: piece.token.term, kind: .name, parts: []))
        index += 1
        continue
      }
      guard piece.isSingle else {
        // 滑雪|场: an ending belongs to the word before it.
        if piece.token.term.unicodeScalars.count <= 3, follows(index + 1),
          pieces[index + 1].isSingle,
          endings.contains(first(pieces[index + 1])),
          !(follows(index + 2) && pieces[index + 2].isSingle)
        {
          words.append(
            Word(
              text: piece.token.term + pieces[index + 1].token.term, kind: .joined,
              parts: [piece.token.term],
              pieces: [piece.token.term, pieces[index + 1].token.term]))
          index += 2
          continue
        }
        words.append(
          Word(
            text: piece.token.term, kind: piece.token.kind == .term ? .term : .word,
            parts: piece.parts))
        index += 1
        continue
      }
      var end = index + 1
      while follows(end), pieces[end].isSingle, end - index < 6 { end += 1 }
      if end - index >= 2 {
        // 加盖, 承建: what one does is no name. 疫情|换, 拿|疫情: what is done to it stands at its edge.
        var run = index..<end
        while run.count > 2, verbs.contains(first(pieces[run.upperBound - 1])) {
          run = run.lowerBound..<(run.upperBound - 1)
        }
        while run.count > 2, verbs.contains(first(pieces[run.lowerBound])) {
          run = (run.lowerBound + 1)..<run.upperBound
        }
        let isName = !pieces[run].contains { verbs.contains(first($0)) }
        words.append(
          Word(
            text: pieces[run].map(\.token.term).joined(),
            kind: isName ? .joined : .word, parts: [],
            pieces: pieces[run].map(\.token.term)))
        index = end
      } else if verbs.contains(first(piece)) {
        index += 1
      } else if follows(index + 1),
        let part = pieces[index + 1].parts.first(where: {
          $0.unicodeScalars.count == 2 && pieces[index + 1].token.term.hasPrefix($0)
        }), pieces[index + 1].token.term.unicodeScalars.count > 2
      {
        // 泉|惠企平台: the name is made with the first word of the term.
        let name = piece.token.term + part
        words.append(
          Word(text: name, kind: .joined, parts: [part], pieces: [piece.token.term, part]))
        words.append(
          Word(
            text: pieces[index + 1].token.term, kind: .word, parts: pieces[index + 1].parts))
        index += 2
      } else if follows(index + 1),
        pieces[index + 1].token.kind == .word
          || pieces[index + 1].token.term.unicodeScalars.count == 2
      {
        let next = pieces[index + 1].token.term
        words.append(
          Word(
            text: piece.token.term + next, kind: .joined, parts: [next],
            pieces: [piece.token.term, next]))
        index += 2
      } else {
        index += 1
      }
    }
    return words
  }

  private static func first(_ piece: Piece) -> Unicode.Scalar {
    piece.token.term.unicodeScalars.first ?? " "
  }

  private static func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isDigit || numerals.contains(scalar)
  }

  private static let numerals = Set("一二三四五六七八九十百千万亿两几元角%．.,".unicodeScalars)
  private static let functions = Set(
    """
    我你他她它咱俺您们在是的了和与及或也都还就才再又很太更最把被让给向从对为要会能可将已正以其之此这那哪某每各等吗呢吧啊么嘛呀个
    件项条家名次份种类批位户到去来上下里外前后中内想问说看做办搞弄得地着过按照经由于因但而且若如则所有没无不别请帮告诉跟比像用叫让使只仅共总约多少大小好
    """.unicodeScalars)
  private static let verbs = Set(
    """
    占种交查满领开报拿租买卖投建招用补奖获评设搬迁停加缴退减免养造装修换找盖借欠付收变承捐挣赚花离进出走跑站住坐升降涨跌
    增缺差值属含带送寄取存提供考学教听看写读算选定改删填签盖办管帮扶助引推促抓落实享受符达超近隔除按随沿趁凭据依照
    同新旧再重首初末年月日天时分秒打谈接拉送卡评催签喊挪塞往回真紧拖停领叫凑
    """.unicodeScalars)
  private static let endings = Set(
    """
    场费者率额金券所厂店站馆院园业品证书卡表单号期法权员会部局委办室处科组队器机车船房楼林田点线网库池链群体性化度量值价款税险债股票园区
    人士师生户源料板材药剂液油气电水路港桥儿
    """.unicodeScalars)
}
