internal import PolicyText

/// Keeps what is read as one sentence short, so that reading it takes time in proportion to the text.
///
/// Readers of a sentence look from each figure and verb back to its beginning. Assumption: nothing that grants is longer than
/// ``longest``; what is longer is a list or a table that lost its line breaks, and is read piece by piece.
struct SentenceBound {
  let text: MatchText

  /// The longest sentence, in scalars.
  static let longest = 1_200
  /// The most sentences of one passage.
  static let mostSentences = 64

  /// The pieces of `range`: itself where it is short enough, else cut behind commas where that can be.
  ///
  /// - Complexity: O(*n*).
  func pieces(of range: Range<Int>) -> [Range<Int>] {
    guard range.count > Self.longest else { return [range] }
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    while range.upperBound - start > Self.longest {
      let end = start + Self.longest
      let near = (end - Self.longest / 4)..<end
      let cut =
        (near.last(where: isBorder) ?? near.last(where: isBetweenWords)).map { $0 + 1 } ?? end
      pieces.append(start..<cut)
      start = cut
    }
    pieces.append(start..<range.upperBound)
    return pieces.map(text.trimmed).filter { !$0.isEmpty }
  }

  /// Whether neither a number nor its unit is cut behind `index`.
  private func isBetweenWords(_ index: Int) -> Bool {
    [text[index], text[index + 1]].allSatisfy { $0.isHan && !Self.ofNumbers.contains($0) }
  }

  private static let ofNumbers: Set<Unicode.Scalar> = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿", "元", "两", "零", "〇", "分",
    "点",
  ]

  private func isBorder(_ index: Int) -> Bool {
    switch text[index] {
    case ",": !(text[index - 1].isDigit && text[index + 1].isDigit)
    case "、", ";", ":", "。", "\n": true
    default: false
    }
  }
}
