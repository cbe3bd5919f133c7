import PolicyText
import Segmenter
import TestSupport
import Testing

@Suite struct SegmenterTests {
  private func terms(_ text: String) throws -> [String] {
    try Segmenter(.standard).tokens(of: text).map(\.term)
  }

  @Test(arguments: ["专精特新", "免申即享", "高新技术企业", "失信被执行人", "规模以上工业企业", "首台套", "稳岗返还"])
  func `keeps terms of the domain whole`(term: String) throws {
    #expect(try terms("支持\(term)发展").contains(term))
  }

  @Test func `folds traditional, full width and case`() throws {
    #expect(try terms("專精特新") == ["专精特新"])
    #expect(try terms("ＬＰＲ") == ["lpr"])
  }

  /// Such text is folded without ICU; a sign of another kind at its end makes ICU fold it.
  @Test func `signs that stand for themselves are folded as ICU folds them`() throws {
    let segmenter = try Segmenter(.standard)
    let common: [ClosedRange<UInt32>] = [
      0x00...0x7F, 0x2014...0x2014, 0x2018...0x2019, 0x201C...0x201D, 0x3000...0x3015,
      0x4E00...0x9FFF, 0xFF00...0xFF5E,
    ]
    for scalar in common.joined().compactMap(Unicode.Scalar.init) {
      let text = "企\(scalar)业"
      #expect(
        segmenter.folded(text) + "é" == segmenter.folded(text + "é"),
        "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `finds a term in any context`() throws {
    // ICU cuts these differently in each context.
    for text in ["领军民营企业家", "优秀民营企业家评选", "民营企业家"] {
      #expect(try terms(text).contains { $0.hasPrefix("民营企业") }, "\(text)")
    }
  }

  @Test(arguments: seeds(60))
  func `tokens and gaps tile the text`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(NoticeGenerator.text(pieces: 60, using: &generator).utf8)
    let segmenter = try Segmenter(.standard)
    var end = 0
    for token in segmenter.tokens(of: bytes) {
      #expect(token.range.lowerBound >= end)
      #expect(!token.range.isEmpty && token.range.upperBound <= bytes.count)
      #expect(!token.term.isEmpty)
      end = token.range.upperBound
    }
    // Parts lie inside the word before them; words are the same with and without them.
    var word = ByteRange(0, 0)
    var words: [Token] = []
    for token in segmenter.tokens(of: bytes, withParts: true) {
      if token.kind == .part {
        #expect(word.contains(token.range))
      } else {
        word = token.range
        words.append(token)
      }
    }
    #expect(words == segmenter.tokens(of: bytes))
  }

  @Test func `every Han character of a text is in a token or in a part`() throws {
    let text = "对首次通过认定的高新技术企业，给予一次性奖励20万元。"
    let tokens = try Segmenter(.standard).tokens(of: Array(text.utf8), withParts: true)
    let terms = Set(tokens.map(\.term))
    for scalar in text.unicodeScalars where scalar.isHan {
      #expect(
        terms.contains(String(scalar)) || terms.contains { $0 == String(scalar) }, "\(scalar)")
    }
  }

  @Test(arguments: [
    ("惠企政策", "hui qi zheng ce"), ("重庆银行", "chong qing yin hang"), ("重点行业", "zhong dian hang ye"),
    ("厦门市", "xia men shi"), ("LPR贷款", "l p r dai kuan"), ("，。", ""),
  ])
  func `reads characters of several readings as people do`(_ word: String, _ syllables: String) {
    #expect(Pinyin.standard.syllables(of: word).joined(separator: " ") == syllables)
  }
}
