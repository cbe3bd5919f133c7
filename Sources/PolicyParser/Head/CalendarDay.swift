/// A day of the Gregorian calendar, as dates of documents are given: `2022-05-31`.
public struct CalendarDay: Hashable, Sendable, Comparable {
  /// Four digits.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Creates a day.
  ///
  /// - Returns: nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard 1_900...2_199 ~= year, 1...12 ~= month, 1...Self.days(in: month, of: year) ~= day else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  private init(epoch: Void) {
    year = 2_000
    month = 1
    day = 1
  }

  /// 2000-01-01.
  public static let epoch = CalendarDay(epoch: ())

  /// Reads `2022-05-31`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    self.init(year: parts[0], month: parts[1], day: parts[2])
  }

  /// The number of days of a month.
  public static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day before.
  public var previous: CalendarDay {
    if day > 1 { return unchecked(year, month, day - 1) }
    if month > 1 { return unchecked(year, month - 1, Self.days(in: month - 1, of: year)) }
    return unchecked(year - 1, 12, 31)
  }

  /// The day after.
  public var next: CalendarDay {
    if day < Self.days(in: month, of: year) { return unchecked(year, month, day + 1) }
    if month < 12 { return unchecked(year, month + 1, 1) }
    return unchecked(year + 1, 1, 1)
  }

  /// The last day of a term of so many months that begins on this day: 2022-12-18 and 24 give 2024-12-17.
  public func end(ofMonths months: Int) -> CalendarDay {
    let total = year * 12 + month - 1 + months
    let (year, month) = (total / 12, total % 12 + 1)
    return unchecked(year, month, min(day, Self.days(in: month, of: year))).previous
  }

  /// The day so many days later.
  public func adding(days: Int) -> CalendarDay {
    var result = self
    for _ in 0..<max(0, min(days, 3_660)) { result = result.next }
    return result
  }

  private func unchecked(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
    CalendarDay(year: year, month: month, day: day) ?? self
  }

  /// The earlier first.
  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDay: CustomStringConvertible {
  /// The day as `2022-05-31` (GB/T 7408).
  public var description: String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
