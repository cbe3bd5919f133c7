public import PolicyParser
public import PolicyText

/// Something that a firm or a person can obtain (惠企政策兑现事项), as the text grants it.
public struct BenefitItem: Sendable {
  /// Its place among the items of the document, from 1.
  public var number: Int
  /// The clause that grants it: its id.
  public var clause: String
  /// A short name, derived from heading and words (事项名称).
  public var name: String
  /// The passage that grants it: whole sentences.
  public var range: ByteRange
  /// What it gives.
  public var supports: [Support]
  /// On which conditions.
  public var conditions: [Condition]
  /// The departments that its clause names as in charge (执行部门).
  public var units: [String]
  /// How it is claimed.
  public var claimMode: Sourced<ClaimMode>?
}

/// One amount, relief or service of an item (支持标准).
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

/// A condition as the text states it; never assumed to be met.
public struct Condition: Hashable, Sendable {
  /// The words.
  public var range: ByteRange
}

/// How a benefit is claimed (兑现方式).
public enum ClaimMode: String, Hashable, Sendable {
  /// 免申即享
  case automatic
  /// 即申即享
  case instant
  /// 申报享受
  case application
}

/// What a document gives, and which of it excludes what else.
public struct Interpretation: Sendable {
  /// The items in order of the text.
  public var items: [BenefitItem]
  /// Sentences on exclusivity: 就高不重复, 不重复享受, 可叠加.
  public var exclusivity: [ByteRange]
}
