/// A document number (发文字号): issuing-authority code, year and serial number.
///
/// `国办发〔2024〕12号` is code `国办发`, year 2024, serial 12. Form: GB/T 9704—2012, 7.2.5.
public struct DocumentNumber: Hashable, Sendable {
  /// Issuing-authority code (发文机关代字).
  public let authorityCode: String
  /// Year of issue, four digits.
  public let year: Int
  /// Serial number within the year (发文顺序号), from 1.
  public let serial: Int

  /// Whether it is that of an order (令): `中华人民共和国农业部令2010年第4号`; without a year, 0.
  public let isOrder: Bool

  /// Creates a number from its parts.
  public init(authorityCode: String, year: Int, serial: Int, isOrder: Bool = false) {
    self.authorityCode = authorityCode
    self.year = year
    self.serial = serial
    self.isOrder = isOrder
  }
}

extension DocumentNumber: CustomStringConvertible {
  /// The number in its standard form, whatever brackets the text has: `国办发〔2024〕12号`.
  public var description: String {
    guard isOrder else { return "\(authorityCode)〔\(year)〕\(serial)号" }
    return "\(authorityCode)\(year > 0 ? "\(year)年" : "")第\(serial)号"
  }
}
