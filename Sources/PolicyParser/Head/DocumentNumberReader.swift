package import PolicyText

/// Finds document numbers in any style of brackets, with spaces inside.
package struct DocumentNumberReader {
  private let text: MatchText

  /// Reads numbers of `text`.
  package init(_ text: MatchText) { self.text = text }

  /// The numbers in `range`, in order.
  ///
  /// - Complexity: O(*n*).
  package func numbers(
    in range: Range<Int>
  ) -> [(number: DocumentNumber, range: Range<Int>)] {
    var found: [(DocumentNumber, Range<Int>)] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == "[" || text[index] == "(" || text[index] == "<",
        let number = number(bracketAt: index, in: range)
      {
        found.append(number)
        index = number.1.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  private func number(
    bracketAt open: Int, in range: Range<Int>
  ) -> (DocumentNumber, Range<Int>)? {
    let limit = range.upperBound
    guard
      let year = ChineseNumeral.readDigits(
        text, at: text.skippingSpaces(open + 1, limit: limit), limit: limit),
      1_949...2_099 ~= year.value
    else { return nil }
    var at = text.skippingSpaces(year.end, limit: limit)
    guard text[at] == "]" || text[at] == ")" || text[at] == ">" else { return nil }
    at = text.skippingSpaces(at + 1, limit: limit)
    if text[at] == "第" { at = text.skippingSpaces(at + 1, limit: limit) }
    guard let serial = ChineseNumeral.readDigits(text, at: at, limit: limit), serial.value > 0
    else {
      return nil
    }
    at = text.skippingSpaces(serial.end, limit: limit)
    guard text[at] == "号" else { return nil }
    guard let start = codeStart(before: open, from: range.lowerBound) else { return nil }
    let code = text.key(start..<open)
    return (
      DocumentNumber(authorityCode: code, year: year.value, serial: serial.value), start..<(at + 1)
    )
  }

  /// Where the code begins that ends before `open`: Han characters and letters, not more than sixteen, and
  /// not the end of the words before them.
  private func codeStart(before open: Int, from floor: Int) -> Int? {
    var end = open
    while end > floor, text[end - 1] == " " { end -= 1 }
    var start = end
    while start > floor, end - start < 16,
      text[start - 1].isHan || text[start - 1].isLetter || text[start - 1] == "、"
    {
      start -= 1
    }
    guard start < end else { return nil }
    // In text without breaks a title may run into the code: …的通知国办发〔2018〕128号.
    for word in Self.genres {
      if let place = text.last(word, in: start..<end), end - place.upperBound >= 2,
        place.lowerBound > start || end - start > 8
      {
        start = place.upperBound
      }
    }
    while start < end, text[start] == "、" { start += 1 }
    return end - start >= 2 ? start : nil
  }

  private static let genres: [StaticString] = [
    "通知", "意见", "措施", "方案", "细则", "公告", "文号", "字号", "文件",
  ]
}
