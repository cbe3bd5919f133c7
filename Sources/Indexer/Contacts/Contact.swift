public import PolicyParser

/// Whom to ask in a department (联系方式): work contacts only, good until a day.
public struct Contact: Hashable, Sendable {
  /// The place it is of: 澜川市, or a path as 云屏省澜川市; empty for the nation.
  public var region: String
  /// The department (部门): 科学技术局.
  public var department: String
  /// Other names of it: 科技局.
  public var aliases: [String]
  /// What it answers (联系事项); empty for everything.
  public var matter: String
  /// The telephone number of the office.
  public var phone: String
  /// The address of the office.
  public var address: String
  /// When it is open.
  public var hours: String
  /// The last day that the entry is good for.
  public var goodUntil: CalendarDay?
  /// Where it was read.
  public var source: String

  /// Makes a contact.
  public init(
    region: String, department: String, aliases: [String], matter: String, phone: String,
    address: String, hours: String, goodUntil: CalendarDay?, source: String
  ) {
    self.region = region
    self.department = department
    self.aliases = aliases
    self.matter = matter
    self.phone = phone
    self.address = address
    self.hours = hours
    self.goodUntil = goodUntil
    self.source = source
  }

  /// Whether the entry is still good on a day; one without a day is.
  public func isGood(on day: CalendarDay) -> Bool { goodUntil.map { day <= $0 } ?? true }
}
