internal import PolicyText

/// Finds line breaks that cut a date (2026年7⏎月31日): lines of a fixed width, or copied out of a page, break anywhere.
///
/// Assumption: words before and after one break that together are a date, with its year and its 年, are that date.
struct CutDates {
  let text: MatchText

  /// How many scalars of a date may stand on one side of the break.
  private static let reach = 16

  /// The bytes of the breaks that stand in a date, in order, with the white space around them.
  ///
  /// - Complexity: O(*n*); what stands around a break is read only where its neighbours may be of a date.
  func breaks() -> [ByteRange] {
    var breaks: [ByteRange] = []
    for index in 0..<text.count where text[index] == "\n" {
      var low = index
      while low > 0, text[low - 1] == " " { low -= 1 }
      let high = text.skippingSpaces(behindBreak(index), limit: text.count)
      guard low > 0, high < text.count, isOfDate(text[low - 1]), isOfDate(text[high]),
        isCut(low, high)
      else { continue }
      breaks.append(ByteRange(text.byteOffset(low), text.byteOffset(high)))
    }
    return breaks
  }

  /// A carriage return with its line feed is one break.
  private func behindBreak(_ index: Int) -> Int {
    let isPair =
      text[index + 1] == "\n" && index + 1 < text.count
      && text.byteOffset(index + 1) == text.byteOffset(index) + 1
      && text.source.bytes[text.byteOffset(index)] == 0x0D
      && text.source.bytes[text.byteOffset(index) + 1] == 0x0A
    return index + (isPair ? 2 : 1)
  }

  private func isOfDate(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "年", "月", "日", "号", "底", "末", "十": true
    default: scalar.isDigit || ChineseNumeral.digit(scalar) != nil
    }
  }

  /// Whether a date begins before `low` and ends behind `high`, read without what is between them.
  private func isCut(_ low: Int, _ high: Int) -> Bool {
    var words = String.UnicodeScalarView()
    var start = low
    while start > 0, low - start < Self.reach, text[start - 1] != "\n" { start -= 1 }
    for index in start..<low { words.append(text[index]) }
    let place = words.count
    for index in high..<min(high + Self.reach, text.count) {
      guard text[index] != "\n" else { break }
      words.append(text[index])
    }
    let joined = MatchText(SourceText(String(words)))
    let dates = DateReader(text: joined)
    return (0..<min(place, joined.count)).contains { index in
      guard !joined[index - 1].isDigit,
        let date = dates.date(at: index, limit: joined.count, toEnd: true)
      else { return false }
      return date.end > place
    }
  }
}
