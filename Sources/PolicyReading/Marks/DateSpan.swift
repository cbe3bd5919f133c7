import PolicyText
import PolicyVocabulary

/// A day of the calendar.
package struct Day: Hashable, Sendable {
  /// Year, month from 1, day from 1.
  package let year: Int
  /// Month from 1.
  package let month: Int
  /// Day from 1.
  package let day: Int

  /// The day as in 2025-06-30.
  package var iso: String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  /// The number of days of a month.
  static func last(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A span of time with its words (时段): 自2024年7月1日起, 2025年6月30日前, 2024年度.
package struct DateSpan: Hashable, Sendable {
  /// The first day; nil where the span is open to the past.
  package let from: Day?
  /// The last day; nil where the span is open to the future.
  package let to: Day?
  /// The scalars of the span.
  package let range: Range<Int>
}

/// Reads spans of time that name a year.
struct DateReader {
  let text: ClauseText
  let vocabulary: Vocabulary
  let limit: Int

  /// The span that begins at `index`; nil where there is none.
  func span(at index: Int) -> DateSpan? {
    guard let first = date(at: index, year: nil) else { return nil }
    let start = "自从在于".unicodeScalars.contains(text[index - 1]) ? index - 1 : index
    if let next = joined(first.end), let second = date(at: next, year: first.from.year) {
      let end = tail(at: second.end).map { second.end + $0.length } ?? second.end
      return DateSpan(from: first.from, to: second.to, range: start..<end)
    }
    guard let tail = tail(at: first.end) else {
      return DateSpan(from: first.from, to: first.to, range: start..<first.end)
    }
    let range = start..<(first.end + tail.length)
    switch tail.feature {
    case .since: return DateSpan(from: first.from, to: nil, range: range)
    case .until: return DateSpan(from: nil, to: first.to, range: range)
    default: return DateSpan(from: first.from, to: first.to, range: range)
    }
  }

  /// The index after 至 or a dash between two dates.
  private func joined(_ index: Int) -> Int? {
    switch text[index] {
    case "-", "~", "至", "到": index + 1
    case "起": text[index + 1] == "至" ? index + 2 : nil
    default: nil
    }
  }

  /// What stands behind a date: 以后, 前, 期间.
  private func tail(at index: Int) -> (feature: WordFeature?, length: Int)? {
    guard index < limit else { return nil }
    var best: (WordFeature?, Int)?
    vocabulary.forEachWord(in: text.scalars, at: index, limit: limit) { length, entry in
      for sense in vocabulary.entries[entry].senses where sense.category == .dateTail {
        best = (sense.feature, length)
      }
    }
    return best
  }

  /// A date: a year with month and day, as far as they stand; without a year where `year` is known.
  private func date(at index: Int, year: Int?) -> (from: Day, to: Day, end: Int)? {
    var position = index
    var known = year
    if let numeral = Numeral(text, at: position, limit: limit), text[numeral.end] == "年",
      let value = numeral.value.whole, 1_950...2_100 ~= value, numeral.scale == 1
    {
      known = value
      position = numeral.end + 1
      if text[position] == "度" { position += 1 }
    }
    guard let known else { return nil }
    guard let month = Numeral(text, at: position, limit: limit), text[month.end] == "月",
      let number = month.value.whole, 1...12 ~= number
    else {
      guard position > index else { return nil }
      return (
        Day(year: known, month: 1, day: 1), Day(year: known, month: 12, day: 31), position
      )
    }
    position = month.end + 1
    if let day = Numeral(text, at: position, limit: limit), text[day.end] == "日",
      let value = day.value.whole, 1...31 ~= value
    {
      let exact = Day(year: known, month: number, day: value)
      return (exact, exact, day.end + 1)
    }
    return (
      Day(year: known, month: number, day: 1),
      Day(year: known, month: number, day: Day.last(of: number, in: known)), position
    )
  }
}
