public import PolicyText

/// On what an item depends (申请条件): a tree over what the text states.
///
/// Nothing is assumed to be met: what no rule understands stays in the tree as words.
public indirect enum Condition: Hashable, Sendable {
  /// 同时符合下列条件
  case all([Self])
  /// 符合下列条件之一
  case any([Self])
  /// 有下列情形之一的不予支持
  case not(Self)
  /// One criterion.
  case criterion(Criterion)
}

/// One criterion, with its words.
public struct Criterion: Hashable, Sendable {
  /// What is asked of the applicant or its project.
  public enum Kind: Hashable, Sendable {
    /// 在本市注册: the place as written
    case place(String)
    /// 独立法人, 个体工商户: the subject as written
    case subject(String)
    /// 规模以上, 中小微
    case size(String)
    /// 制造业
    case industry(String)
    /// 高新技术企业, with level and first or renewed recognition where said
    case qualification(String, level: String?, isFirst: Bool?)
    /// 营业收入达到2000万元
    case number(quantity: String, Comparator, Quantity, period: String?)
    /// 成立满3年: in months
    case age(Comparator, months: Int)
    /// 未列入失信名单
    case credit
    /// 无安全、环保、质量事故
    case safety
    /// 排名前10名
    case rank(Int)
    /// 2025年1月1日以后认定
    case time(String)
    /// 优先, 原则上: a preference, never decisive
    case preference
    /// What no rule understands: the words themselves
    case text
  }

  /// How a number is compared (民法典第一千二百五十九条: 以上、以下、以内、届满 include the number; 不满、超过、以外 do not).
  public enum Comparator: String, Hashable, Sendable {
    case atLeast = ">="
    case moreThan = ">"
    case atMost = "<="
    case lessThan = "<"
  }

  /// A number with its unit, in hundredths of it: 2000万元 is 2,000,000,000 分, 15 % is 1500.
  public struct Quantity: Hashable, Sendable {
    /// Hundredths of the unit.
    public var hundredths: Int64
    /// The unit: 元, %, 人, 件, 平方米.
    public var unit: String
  }

  /// What is asked.
  public var kind: Kind
  /// The words.
  public var range: ByteRange
  /// The clause of the common rule it comes from; nil for the item's own words.
  public var inheritedFrom: String?
  /// The rule that found it.
  public var rule: Rule
}

extension Condition {
  /// All criteria of the tree, in order.
  public var criteria: [Criterion] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.criteria)
    case .not(let part): part.criteria
    case .criterion(let criterion): [criterion]
    }
  }

  /// The tree in a short form for tests and golden files: `all(place(本市),number(营业收入>=20000000元))`.
  public func notation(_ text: SourceText) -> String {
    switch self {
    case .all(let parts): "all(\(parts.map { $0.notation(text) }.joined(separator: ",")))"
    case .any(let parts): "any(\(parts.map { $0.notation(text) }.joined(separator: ",")))"
    case .not(let part): "not(\(part.notation(text)))"
    case .criterion(let criterion): criterion.notation(text)
    }
  }

  /// The tree without a level of nesting that says nothing.
  var simplified: Self {
    switch self {
    case .all(let parts):
      let flat = parts.map(\.simplified).flatMap { part -> [Self] in
        if case .all(let inner) = part { inner } else { [part] }
      }
      return flat.count == 1 ? flat[0] : .all(flat)
    case .any(let parts):
      let flat = parts.map(\.simplified)
      return flat.count == 1 ? flat[0] : .any(flat)
    case .not(let part): return .not(part.simplified)
    case .criterion: return self
    }
  }

  /// The tree as inherited from a clause.
  func inherited(from clause: String) -> Self {
    switch self {
    case .all(let parts): .all(parts.map { $0.inherited(from: clause) })
    case .any(let parts): .any(parts.map { $0.inherited(from: clause) })
    case .not(let part): .not(part.inherited(from: clause))
    case .criterion(var criterion):
      {
        criterion.inheritedFrom = clause
        if criterion.rule == .wordsBeforeGrant { criterion.rule = .inheritedSection }
        return .criterion(criterion)
      }()
    }
  }
}

extension Criterion {
  fileprivate func notation(_ text: SourceText) -> String {
    func words() -> String {
      String(text[range].filter { !$0.isWhitespace && $0 != "*" })
    }
    switch kind {
    case .place(let place): return "place(\(place))"
    case .subject(let subject): return "subject(\(subject))"
    case .size(let size): return "size(\(size))"
    case .industry(let industry): return "industry(\(industry))"
    case .qualification(let name, let level, let isFirst):
      var parts = [name]
      if let level { parts.append("level=\(level)") }
      if let isFirst { parts.append(isFirst ? "first" : "renewed") }
      return "qualification(\(parts.joined(separator: ",")))"
    case .number(let quantity, let comparator, let value, _):
      return
        "number(\(quantity)\(comparator.rawValue)\(Money(fen: value.hundredths).plain)\(value.unit))"
    case .age(let comparator, let months):
      return
        "age\(comparator.rawValue)\(months % 12 == 0 ? "\(months / 12)年" : "\(months)个月")"
    case .credit: return "credit"
    case .safety: return "safety"
    case .rank(let rank): return "rank<=\(rank)"
    case .time(let time): return "time(\(time))"
    case .preference: return "soft(\(words()))"
    case .text: return "text(\(words()))"
    }
  }
}
