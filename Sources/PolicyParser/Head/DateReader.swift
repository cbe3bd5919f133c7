internal import PolicyText

/// Reads dates in every form that notices have.
struct DateReader {
  let text: MatchText

  /// The date that begins at an index.
  ///
  /// Forms: 2022年5月31日, 2022-05-31, 2022/5/31, 2022.5.31, 二〇二二年五月三十一日,
  /// with spaces inside, or a line break. Of 2025年12月 and 2025年底 it is the last day where `toEnd`.
  func date(
    at index: Int, limit: Int, toEnd: Bool = false
  ) -> (day: CalendarDay, end: Int, isWhole: Bool)? {
    guard let year = number(at: index, limit: limit), 1_900...2_199 ~= year.value else {
      return nil
    }
    var at = skip(year.end, limit)
    switch text[at] {
    case "年":
      at = skip(at + 1, limit)
      if toEnd, let end = yearEnd(at), let day = CalendarDay(year: year.value, month: 12, day: 31) {
        return (day, end, false)
      }
      guard let month = number(at: at, limit: limit), 1...12 ~= month.value else { return nil }
      at = skip(month.end, limit)
      guard text[at] == "月" else { return nil }
      let monthEnd = at + 1
      at = skip(monthEnd, limit)
      if let day = number(at: at, limit: limit), 1...31 ~= day.value {
        let after = skip(day.end, limit)
        if text[after] == "日" || text[after] == "号" {
          return CalendarDay(year: year.value, month: month.value, day: day.value)
            .map { ($0, after + 1, true) }
        }
      }
      guard toEnd else { return nil }
      at = text[at] == "底" || text[at] == "末" ? at + 1 : monthEnd
      return CalendarDay(
        year: year.value, month: month.value,
        day: CalendarDay.days(in: month.value, of: year.value)
      ).map { ($0, at, false) }
    case "-", "/", ".":
      let sign = text[at]
      guard let month = ChineseNumeral.readDigits(text, at: at + 1, limit: limit),
        1...12 ~= month.value, text[month.end] == sign,
        let day = ChineseNumeral.readDigits(text, at: month.end + 1, limit: limit),
        !text[day.end].isDigit
      else { return nil }
      return CalendarDay(year: year.value, month: month.value, day: day.value)
        .map { ($0, day.end, true) }
    default: return nil
    }
  }

  /// The first whole date in `range`.
  func firstDate(in range: Range<Int>) -> (day: CalendarDay, range: Range<Int>)? {
    var index = range.lowerBound
    while index < range.upperBound {
      let scalar = text[index]
      if scalar == "1" || scalar == "2" || scalar == "二" || scalar == "一", !text[index - 1].isDigit,
        let found = date(at: index, limit: range.upperBound), found.isWhole
      {
        return (found.day, index..<found.end)
      }
      index += 1
    }
    return nil
  }

  private func yearEnd(_ at: Int) -> Int? {
    for word in ["年底", "底", "末", "年末", "度末"] as [StaticString] {
      if let length = text.length(of: word, at: at) { return at + length }
    }
    return nil
  }

  private func number(at index: Int, limit: Int) -> (value: Int, end: Int)? {
    ChineseNumeral.readDigits(text, at: index, limit: limit)
      ?? ChineseNumeral.read(text, at: index, limit: limit)
  }

  /// Behind spaces, and a line break where the file cuts lines inside words.
  private func skip(_ index: Int, _ limit: Int) -> Int {
    let at = text.skippingSpaces(index, limit: limit)
    guard at < limit, text[at] == "\n" else { return at }
    return text.skippingSpaces(at + 1, limit: limit)
  }
}
