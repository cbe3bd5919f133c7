public import PolicyParser
internal import PolicyText

/// Which days are working days in China (工作日), by the yearly arrangements of the State Council's office.
///
/// The table is data (`vocabulary/holidays.tsv`) and names its source for each year. A year that it does not
/// have is refused: the arrangement for a year is published only in the autumn before.
public struct WorkingCalendar: Sendable {
  /// Why a day cannot be said.
  public enum Failure: Error, Hashable, Sendable {
    /// The table has no arrangement for the year.
    case unknownYear(Int)
  }

  private let holidays: Set<CalendarDay>
  private let workingWeekends: Set<CalendarDay>
  /// The years of the table.
  public let years: Set<Int>

  /// The table that travels with the program.
  public static let standard = WorkingCalendar(parsing: embeddedText("vocabulary/holidays.tsv"))

  /// Reads a table: day, `off` or `work`, name, source, tab between.
  init(parsing table: String) {
    var holidays: Set<CalendarDay> = []
    var working: Set<CalendarDay> = []
    var years: Set<Int> = []
    for line in table.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard fields.count >= 2, let day = CalendarDay(fields[0]) else { continue }
      if fields[1] == "work" { working.insert(day) } else { holidays.insert(day) }
      // 元旦 may begin in December: a year is known by its own days after that.
      if day.month < 12 { years.insert(day.year) }
    }
    self.holidays = holidays
    workingWeekends = working
    self.years = years
  }

  /// Whether offices work on a day.
  ///
  /// - Throws: ``Failure`` where the table does not have its year.
  public func isWorkingDay(_ day: CalendarDay) throws(Failure) -> Bool {
    guard years.contains(day.year) else { throw .unknownYear(day.year) }
    if holidays.contains(day) { return false }
    return workingWeekends.contains(day) || !day.isWeekend
  }

  /// The last day of a term of so many working days that begins the day after `day`.
  ///
  /// The day of the event is not counted (民法典第二百零一条).
  ///
  /// - Parameters:
  ///   - count: How many working days, at least 0.
  ///   - day: The day from which it runs.
  /// - Returns: The last day of the term; `day` itself for 0.
  /// - Throws: ``Failure`` where the term reaches a year that the table does not have.
  /// - Complexity: O(*count*).
  public func day(_ count: Int, workingDaysAfter day: CalendarDay) throws(Failure) -> CalendarDay {
    var day = day
    var left = count
    while left > 0 {
      day = day.next
      if try isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// How many working days there are after `start`, up to and with `end`.
  ///
  /// - Throws: ``Failure`` where the term reaches a year that the table does not have.
  public func workingDays(from start: CalendarDay, to end: CalendarDay) throws(Failure) -> Int {
    var count = 0
    var day = start
    while day < end {
      day = day.next
      if try isWorkingDay(day) { count += 1 }
    }
    return count
  }
}

extension CalendarDay {
  /// Whether it is a Saturday or a Sunday.
  public var isWeekend: Bool { weekday == 6 || weekday == 7 }

  /// The day of the week: 1 for Monday to 7 for Sunday (GB/T 7408).
  public var weekday: Int {
    // Sakamoto's method for the Gregorian calendar.
    let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    let year = month < 3 ? self.year - 1 : self.year
    let sunday = (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7
    return sunday == 0 ? 7 : sunday
  }
}
