/// A decimal number with four exact places, as the figures of notices have them: 1.5, 0.05, 20000000.
public struct ExactNumber: Hashable, Comparable, Sendable {
  /// The number times 10,000.
  public let tenThousandths: Int64

  /// Creates the number `tenThousandths` / 10,000.
  public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// Creates a whole number; nil beyond 922 万亿.
  public init?(_ whole: Int64) {
    let (product, overflow) = whole.multipliedReportingOverflow(by: 10_000)
    guard !overflow else { return nil }
    tenThousandths = product
  }

  /// The number in decimal digits, as `1.5` or `20000`; nil where it is none, or has more than four places.
  public init?(decimal: some StringProtocol) {
    let parts = decimal.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let whole = Int64(first), whole >= 0 else { return nil }
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    guard fraction.utf8.count <= 4, let base = ExactNumber(whole) else { return nil }
    while fraction.utf8.count < 4 { fraction += "0" }
    guard let rest = Int64(fraction), rest >= 0 else { return nil }
    tenThousandths = base.tenThousandths + rest
  }

  /// Nothing.
  public static let zero = ExactNumber(tenThousandths: 0)
  /// One.
  public static let one = ExactNumber(tenThousandths: 10_000)

  /// The product, or nil where it does not fit.
  public func times(_ other: Self) -> Self? {
    let (high, low) = tenThousandths.multipliedFullWidth(by: other.tenThousandths)
    guard high < 5_000, high > -5_000 else { return nil }
    let (quotient, _) = Int64(10_000).dividingFullWidth((high, low))
    return Self(tenThousandths: quotient)
  }

  /// The sum, or nil where it does not fit.
  public func plus(_ other: Self) -> Self? {
    let (sum, overflow) = tenThousandths.addingReportingOverflow(other.tenThousandths)
    return overflow ? nil : Self(tenThousandths: sum)
  }

  /// The number with the sign turned.
  public var negated: Self { Self(tenThousandths: -tenThousandths) }

  /// The nearest binary number, for JSON.
  public var double: Double { Double(tenThousandths) / 10_000 }

  /// The number as an integer, where it is whole.
  public var whole: Int? {
    tenThousandths % 10_000 == 0 ? Int(tenThousandths / 10_000) : nil
  }

  /// Orders by size.
  public static func < (left: Self, right: Self) -> Bool {
    left.tenThousandths < right.tenThousandths
  }
}

extension ExactNumber: CustomStringConvertible {
  /// Decimal digits without grouping and without zeros at the end: `0.5`, `3000000`.
  public var description: String {
    let sign = tenThousandths < 0 ? "-" : ""
    let size = tenThousandths.magnitude
    guard size % 10_000 != 0 else { return sign + String(size / 10_000) }
    var places = String(size % 10_000)
    while places.utf8.count < 4 { places = "0" + places }
    while places.last == "0" { places.removeLast() }
    return "\(sign)\(size / 10_000).\(places)"
  }
}
