/// An amount of money in 分, exact.
public struct Money: Hashable, Sendable, Comparable {
  /// Hundredths of a yuan.
  public let fen: Int64

  /// So many 分.
  public init(fen: Int64) { self.fen = fen }

  /// So many yuan.
  public var yuan: Double { Double(fen) / 100 }

  /// Yuan in plain digits: `200000`, `0.5`.
  public var plain: String { decimal(fen, places: 2) }

  /// As notices write it: 20万元, 1.5亿元, 500元.
  public var inChinese: String {
    if fen >= 10_000_000_000, fen % 10_000_000 == 0 {
      return decimal(fen / 10_000_000, places: 3) + "亿元"
    }
    if fen >= 1_000_000, fen % 10_000 == 0 { return decimal(fen / 10_000, places: 2) + "万元" }
    return plain + "元"
  }

  /// The smaller first.
  public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
}

/// A rate in basis points (万分之一): 50 % is 5000.
public struct Rate: Hashable, Sendable {
  /// Ten-thousandths, times a hundred: hundredths of a basis point, so that 0.125 % stays exact.
  public let hundredths: Int64

  /// So many hundredths of a basis point.
  public init(hundredths: Int64) { self.hundredths = hundredths }

  /// In per cent.
  public var percent: Double { Double(hundredths) / 10_000 }

  /// Per cent in plain digits, without the sign: `8`, `0.5`.
  public var plain: String { decimal(hundredths, places: 4) }
}

/// `value` with so many of its last digits behind the point, without zeros at the end.
private func decimal(_ value: Int64, places: Int) -> String {
  var scale: Int64 = 1
  for _ in 0..<places { scale *= 10 }
  let (whole, rest) = (value / scale, value % scale)
  guard rest != 0 else { return "\(whole)" }
  var digits = "\(rest)"
  while digits.count < places { digits = "0" + digits }
  while digits.hasSuffix("0") { digits.removeLast() }
  return "\(whole).\(digits)"
}
