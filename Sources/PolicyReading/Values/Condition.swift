import PolicyText
package import PolicyVocabulary

/// What must hold for a grant (条件): a tree whose leaves tile the words that state it.
package indirect enum Condition: Hashable, Sendable {
  /// All hold (且).
  case all([Condition])
  /// At least one holds (或).
  case any([Condition])
  /// It does not hold (除外, 不予支持).
  case not(Condition)
  /// A single condition.
  case leaf(Criterion)

  /// The conjunction of `parts` in its normal form: nested conjunctions are opened, one part stands alone.
  ///
  /// - Returns: nil where there is no part.
  package static func conjunction(_ parts: [Condition]) -> Condition? {
    let flat = parts.flatMap { part -> [Condition] in
      if case .all(let inner) = part { inner } else { [part] }
    }
    return flat.count > 1 ? .all(flat) : flat.first
  }

  /// The alternative of `parts` in its normal form.
  ///
  /// - Returns: nil where there is no part.
  package static func alternative(_ parts: [Condition]) -> Condition? {
    let flat = parts.flatMap { part -> [Condition] in
      if case .any(let inner) = part { inner } else { [part] }
    }
    return flat.count > 1 ? .any(flat) : flat.first
  }

  /// The leaves from left to right.
  package var leaves: [Criterion] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    case .not(let part): part.leaves
    case .leaf(let criterion): [criterion]
    }
  }
}

/// One single condition with its words.
package struct Criterion: Hashable, Sendable {
  /// What it demands.
  package var kind: Kind
  /// Its words in the clause; nil where it is derived: the upper end of a step, a subject that was elided.
  package var range: Range<Int>?
  /// The rule that read it.
  package var rule: RuleName

  /// What a condition demands (条件类型).
  package enum Kind: Hashable, Sendable {
    /// 在澜川市注册: places as written
    case place([String], of: PlaceRole)
    /// 企业、个体工商户: one of them
    case subject([String])
    /// 小微
    case size([String])
    /// 软件
    case industry([String])
    /// 国家级高新技术企业, with levels and stage; no level: any
    case qualification(Honour)
    /// 营业收入不低于2000万元
    case number(Threshold)
    /// 营业收入同比增长10%以上: the quantity without 增长, the value in percent
    case growth(Threshold)
    /// 成立满三年 in months, 未满45周岁 in years
    case age(AgeOwner, Comparator, ExactNumber)
    /// An event within a span of days
    case time(event: String, from: Day?, to: Day?)
    /// 未被列入失信名单
    case credit
    /// 已享受省级补助: what was received
    case received(String)
    /// 排名前10: the first so many
    case rank(Int)
    /// 经省科技厅认定: the office, nil where none is named
    case recognised(by: String?)
    /// Any other statement that one can answer with yes or no
    case statement(String)
  }
}

/// What is at a place (地点关系).
package enum PlaceRole: String, Hashable, Sendable {
  /// 注册
  case registered
  /// 纳税
  case taxed
  /// 项目建设, 举办
  case project
  /// Anything else
  case any

  init(_ feature: WordFeature?) {
    switch feature {
    case .registered: self = .registered
    case .taxed: self = .taxed
    case .project: self = .project
    default: self = .any
    }
  }
}

/// Whose age it is.
package enum AgeOwner: String, Hashable, Sendable {
  /// Months since the firm was founded
  case firm
  /// Years of a person
  case person
}

/// A comparison of a quantity with a figure (门槛).
package struct Threshold: Hashable, Sendable {
  /// The quantity, without period and comparator: 营业收入.
  package var quantity: String
  /// How it is compared.
  package var comparator: Comparator
  /// The figure in ``unit``.
  package var value: ExactNumber
  /// 元, %, 人.
  package var unit: String
  /// 上年度, 近三年; nil where none stands.
  package var period: String?
}

/// A recognition, list or certificate (资质荣誉).
package struct Honour: Hashable, Sendable {
  /// Its names without level and stage; one of them is enough.
  package var names: [String]
  /// Its levels; one of them is enough; empty: not said.
  package var levels: [Level]
  /// When it must have been obtained.
  package var stage: Stage?

  /// A level of government (级别).
  package enum Level: String, Hashable, Sendable, CaseIterable {
    /// 区县级
    case county = "区县级"
    /// 市级
    case city = "市级"
    /// 省级
    case province = "省级"
    /// 国家级
    case national = "国家级"

    init?(_ feature: WordFeature?) {
      switch feature {
      case .national: self = .national
      case .province: self = .province
      case .city: self = .city
      case .county: self = .county
      default: return nil
      }
    }

    /// This level and those above it: 省级以上.
    var andAbove: [Self] {
      Array(Self.allCases.drop { $0 != self })
    }
  }

  /// When a recognition was obtained.
  package enum Stage: String, Hashable, Sendable {
    /// 首次
    case first
    /// 新认定, 当年获评
    case new
    /// 重新, 复审
    case renewed
    /// 有效期内
    case held

    init?(_ feature: WordFeature?) {
      switch feature {
      case .first: self = .first
      case .new: self = .new
      case .renewed: self = .renewed
      case .held: self = .held
      default: return nil
      }
    }
  }
}
