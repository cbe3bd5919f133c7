public import PolicyText

/// How the amount of an item is computed (支持标准的计算方法).
///
/// A tree over what the text states; what the text leaves open stays open and is never computed as zero.
public indirect enum AmountFormula: Hashable, Sendable {
  /// 一次性奖励20万元
  case fixed(Money)
  /// 最高200万元, without a rule: more than nothing, at most so much
  case upTo(AmountCap)
  /// 3万元至5万元
  case range(Money, Money)
  /// 每人1000元: so much for each
  case perUnit(Money, unit: String)
  /// 投入的8%; `atLeast` is the lower end of a range of rates
  case rate(Rate, atLeast: Rate?, of: AmountBase)
  /// 最高不超过300万元: the formula, at most the caps
  case capped(Self, by: [AmountCap])
  /// 国家级、省级分别给予…: one of these applies
  case cases([AmountCase])
  /// 再给予…: these add up
  case sum([Self])
  /// 免征, 减半征收, 缓缴
  case relief(Rate?)
  /// A service, a qualification, a right
  case inKind
  /// 一事一议: cannot be computed
  case negotiated
}

/// What a rate is taken of (计算基数).
public struct AmountBase: Hashable, Sendable {
  /// What kind of quantity it is.
  public enum Kind: String, Hashable, Sendable {
    /// 投资额, 研发投入: the whole of it
    case whole
    /// 增量部分, 超出部分
    case excess
    /// 贷款利息
    case interest
    /// 上级拨付资金: the higher level's award, which this one matches (配套)
    case higherAward
  }

  /// What kind of quantity it is.
  public var kind: Kind
  /// The words that name it; nil where the sentence names none.
  public var range: ByteRange?
}

/// An upper limit (上限).
public struct AmountCap: Hashable, Sendable {
  /// What the limit counts over.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// 每年, 年度
    case year
    /// 累计, 总额
    case total
    /// 单个企业, 每户
    case firm
    /// 每人
    case person
    /// 单个项目
    case project
  }

  /// The limit.
  public var money: Money
  /// What it counts over, in order of ``Scope``; empty where nothing is said.
  public var scopes: [Scope]
  /// The words that say so.
  public var range: ByteRange
}

/// One of several tiers (档次).
public struct AmountCase: Hashable, Sendable {
  /// The words that say when it applies; nil where they are the item's own conditions.
  public var condition: ByteRange?
  /// What is given then.
  public var formula: AmountFormula
}

/// What an item gives: the formula, and what limits it beside sums (支持标准).
public struct Award: Hashable, Sendable {
  /// A limit that is no sum of money.
  public enum Limit: Hashable, Sendable {
    /// 一次性
    case once
    /// 期限不超过12个月: months
    case months(Int)
    /// 取前10名
    case top(Int)
    /// 择优, 总额控制: not everyone who qualifies obtains it
    case competitive
    /// 可适当放大, 视情况: left to the office
    case discretionary
  }

  /// How it is computed.
  public var formula: AmountFormula
  /// The limits with their words.
  public var limits: [(limit: Limit, range: ByteRange)]
  /// Whether the pairing of tiers and sums is in doubt.
  public var isDoubtful: Bool

  /// The most that one applicant can obtain as far as the text fixes it, or nil where it depends on facts.
  public var most: Money? { formula.most }

  /// Awards are equal where formula and limits are.
  public static func == (left: Self, right: Self) -> Bool {
    left.formula == right.formula && left.limits.map(\.limit) == right.limits.map(\.limit)
      && left.limits.map(\.range) == right.limits.map(\.range)
  }

  /// Feeds the formula to `hasher`.
  public func hash(into hasher: inout Hasher) { hasher.combine(formula) }
}

extension AmountFormula {
  /// The largest sum that the formula can give as far as the text fixes it; nil where it depends on facts.
  public var most: Money? {
    switch self {
    case .fixed(let money), .range(_, let money): money
    case .upTo(let cap): cap.money
    case .perUnit, .rate, .relief, .inKind, .negotiated: nil
    case .capped(let formula, let caps):
      ([formula.most] + caps.map { Optional($0.money) }).compactMap(\.self).min()
    case .cases(let cases):
      cases.compactMap(\.formula.most).max()
    case .sum(let parts):
      parts.allSatisfy { $0.most != nil || $0 == .inKind }
        ? Money(fen: parts.compactMap(\.most).reduce(0) { $0 + $1.fen }) : nil
    }
  }

  /// The formula in a short form for tests and golden files: `min(8%,3000000)`.
  public var notation: String {
    switch self {
    case .fixed(let money): money.plain
    case .upTo(let cap): "<=\(cap.money.plain)"
    case .range(let low, let high): "\(low.plain)..\(high.plain)"
    case .perUnit(let money, let unit): "\(money.plain)/\(unit)"
    case .rate(let rate, let least, let base):
      (least.map { "\($0.plain)%.." } ?? "") + "\(rate.plain)%"
        + (base.kind == .whole ? "" : "[\(base.kind.notation)]")
    case .capped(let formula, let caps):
      "min(\(([formula.notation] + caps.map(\.money.plain)).joined(separator: ",")))"
    case .cases(let cases): "cases(\(cases.map(\.formula.notation).joined(separator: ";")))"
    case .sum(let parts): "sum(\(parts.map(\.notation).joined(separator: ";")))"
    case .relief(let rate): rate.map { "relief(\($0.plain)%)" } ?? "relief"
    case .inKind: "inkind"
    case .negotiated: "negotiated"
    }
  }
}

extension AmountBase.Kind {
  fileprivate var notation: String {
    switch self {
    case .whole: "whole"
    case .excess: "excess"
    case .interest: "interest"
    case .higherAward: "upper"
    }
  }
}
