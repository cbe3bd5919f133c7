public import PolicyText

/// One amount, relief or service of an item (支持标准), as it stands in the text.
public struct Support: Hashable, Sendable {
  /// What kind of support it is.
  public enum Kind: Hashable, Sendable {
    /// 一次性奖励20万元
    case fixed(Money)
    /// 每人1000元, 10元/平方米/月
    case perUnit(Money, unit: String)
    /// 最高50万元; with a unit 每件最高10万元
    case cap(Money, unit: String?)
    /// 按投入的8%; a range of rates has its lower end
    case rate(Rate, atLeast: Rate?)
    /// 3万元至5万元
    case range(Money, Money)
    /// 免征, 减半, 缓缴; with a rate where one is said
    case relief(Rate?)
    /// A service, a qualification, a right
    case inKind
    /// 一事一议: cannot be computed
    case negotiated
  }

  /// What it is.
  public var kind: Kind
  /// The words that say so.
  public var range: ByteRange
}
