internal import PolicyText

/// Cuts from a long clause the words around what matched.
enum SnippetCutter {
  /// The most bytes of a snippet: about 160 Han characters.
  private static let most = 480

  /// The range of `text` with the most matches, on scalar boundaries, from a sentence's start where one is
  /// near.
  static func range(of text: [UInt8], matches: [ByteRange]) -> ByteRange {
    guard text.count > most + 120 else { return ByteRange(0, text.count) }
    var best = (start: 0, count: -1)
    for (index, match) in matches.enumerated() {
      var covered = 0
      var next = index
      while next < matches.count, matches[next].upperBound <= match.lowerBound + most {
        covered += matches[next].count
        next += 1
      }
      if covered > best.count { best = (match.lowerBound, covered) }
    }
    var start = max(0, best.start - 60)
    // Back to the last 。 within 150 bytes.
    var index = best.start
    while index > max(0, best.start - 150) {
      if index >= 3, text[index - 3] == 0xE3, text[index - 2] == 0x80, text[index - 1] == 0x82 {
        start = index
        break
      }
      index -= 1
    }
    if best.start < 150 { start = 0 }
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    var end = min(text.count, start + most)
    while end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
    return ByteRange(start, end)
  }
}
