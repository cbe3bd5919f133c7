/// An amount of money in 分, exact.
public struct Money: Hashable, Sendable, Comparable {
  /// Hundredths of a yuan.
  public let fen: Int64

  /// So many 分.
  public init(fen: Int64) { self.fen = fen }

  /// So many yuan.
  public var yuan: Double { Double(fen) / 100 }

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
}
