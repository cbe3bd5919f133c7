import PolicyText
package import PolicyVocabulary

/// How an award is computed (支持标准), as a tree.
package indirect enum Formula: Hashable, Sendable {
  /// 奖励20万元: yuan
  case fixed(ExactNumber)
  /// 最高300万元 without a rule
  case upTo(Cap)
  /// 3万元至5万元: yuan
  case range(ExactNumber, ExactNumber)
  /// 投入的8%: percent; `atLeast` is the lower end of 5%—8%
  case rate(ExactNumber, atLeast: ExactNumber?, of: Base)
  /// 每人每月500元: yuan, with the upper end of 500—1000元
  case perUnit(ExactNumber, upTo: ExactNumber?, unit: String)
  /// The formula, at most the caps
  case capped(Formula, [Cap])
  /// One of these applies
  case cases([Branch])
  /// These add up
  case sum([Branch])
  /// 免征, 减半: percent that is relieved; nil where it is not said
  case relief(ExactNumber?)
  /// A service or a right
  case inKind
  /// 一事一议
  case negotiated

  /// A case, or an addend, with what it depends on.
  package struct Branch: Hashable, Sendable {
    /// What it depends on besides the conditions of the grant; nil where on nothing.
    package var condition: Condition?
    /// What is given then.
    package var formula: Formula
  }

  /// An upper limit (上限).
  package struct Cap: Hashable, Sendable {
    /// Yuan.
    package var yuan: ExactNumber
    /// 展位 of 每个展位不超过3万元; nil where it limits the whole.
    package var unit: String?
    /// Its words.
    package var range: Range<Int>
  }

  /// What a rate is taken of (计算基数).
  package struct Base: Hashable, Sendable {
    /// The kind of base.
    package enum Kind: String, Hashable, Sendable {
      /// 投资额: the whole of a quantity
      case whole
      /// 增量部分
      case excess
      /// 贷款利息
      case interest
      /// 上级补助
      case upper
    }

    /// The kind.
    package var kind: Kind
    /// The quantity as words: 设备投资额; nil where the sentence names none.
    package var quantity: String?
    /// The words of the quantity.
    package var range: Range<Int>?
  }

  /// The formula in short: `min(8%[excess],3000000)` (READINGS.md lists the forms).
  package var notation: String {
    switch self {
    case .fixed(let yuan): yuan.description
    case .upTo(let cap): "<=\(cap.notation)"
    case .range(let low, let high): "\(low)..\(high)"
    case .rate(let percent, let least, let base):
      (least.map { "\($0)%.." } ?? "") + "\(percent)%"
        + (base.kind == .whole ? "" : "[\(base.kind.rawValue)]")
    case .perUnit(let yuan, let upper, let unit):
      yuan.description + (upper.map { "..\($0)" } ?? "") + "/\(unit)"
    case .capped(let formula, let caps):
      "min(\(formula.notation),\(caps.map(\.notation).joined(separator: ",")))"
    case .cases(let branches):
      "cases(\(branches.map(\.formula.notation).joined(separator: ";")))"
    case .sum(let branches): "sum(\(branches.map(\.formula.notation).joined(separator: ";")))"
    case .relief(let percent): percent.map { "relief(\($0)%)" } ?? "relief"
    case .inKind: "inkind"
    case .negotiated: "negotiated"
    }
  }
}

extension Formula.Cap {
  /// `30000/展位`.
  package var notation: String { yuan.description + (unit.map { "/\($0)" } ?? "") }
}

/// A limit that is no sum of money (限制).
package struct AwardLimit: Hashable, Sendable {
  /// What limits the grant.
  package enum Kind: Hashable, Sendable {
    /// 一次性
    case once
    /// 不超过12个月
    case months(Int)
    /// 取前10名
    case top(Int)
    /// 择优
    case competitive
    /// 视情况
    case discretionary
    /// 每年
    case yearly
  }

  /// What limits it.
  package var kind: Kind
  /// Its words.
  package var range: Range<Int>
}
