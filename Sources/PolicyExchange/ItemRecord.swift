internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// An item as other programs read it (惠企政策兑现事项): see `schema/item.schema.json`.
struct ItemRecord: Encodable, Sendable {
  typealias Field = DocumentRecord.Field

  struct SupportRecord: Encodable, Sendable {
    var kind: String
    @OrNull var yuan: Double?
    @OrNull var percent: Double?
    @OrNull var minPercent: Double?
    @OrNull var minYuan: Double?
    @OrNull var maxYuan: Double?
    @OrNull var per: String?
    var text: String
    var span: [Int]

    enum CodingKeys: String, CodingKey {
      case kind
      case yuan
      case percent
      case minPercent = "min_percent"
      case minYuan = "min_yuan"
      case maxYuan = "max_yuan"
      case per
      case text
      case span
    }
  }
  /// A formula: `kind` says which of the other fields it has.
  final class FormulaRecord: Encodable, Sendable {
    let kind: String
    let yuan: Double?
    let minYuan: Double?
    let maxYuan: Double?
    let percent: Double?
    let minPercent: Double?
    let per: String?
    let base: BaseRecord?
    let caps: [CapRecord]?
    let cases: [CaseRecord]?
    let parts: [FormulaRecord]?
    let formula: FormulaRecord?

    init(
      kind: String, yuan: Double? = nil, minYuan: Double? = nil, maxYuan: Double? = nil,
      percent: Double? = nil, minPercent: Double? = nil, per: String? = nil,
      base: BaseRecord? = nil, caps: [CapRecord]? = nil, cases: [CaseRecord]? = nil,
      parts: [FormulaRecord]? = nil, formula: FormulaRecord? = nil
    ) {
      self.kind = kind
      self.yuan = yuan
      self.minYuan = minYuan
      self.maxYuan = maxYuan
      self.percent = percent
      self.minPercent = minPercent
      self.per = per
      self.base = base
      self.caps = caps
      self.cases = cases
      self.parts = parts
      self.formula = formula
    }
  }
  struct BaseRecord: Encodable, Sendable {
    var kind: String
    @OrNull var text: String?
    var span: [Int]?
  }
  struct CapRecord: Encodable, Sendable {
    var yuan: Double
    var scopes: [String]
    var text: String
    var span: [Int]
  }
  struct CaseRecord: Encodable, Sendable {
    @OrNull var condition: Field?
    var formula: FormulaRecord
  }
  struct LimitRecord: Encodable, Sendable {
    var kind: String
    @OrNull var value: Int?
    var text: String
    var span: [Int]
  }
  struct AwardRecord: Encodable, Sendable {
    var formula: FormulaRecord
    var notation: String
    @OrNull var mostYuan: Double?
    var limits: [LimitRecord]
    var doubtful: Bool
  }
  /// A condition: `all`, `any` and `not` have `parts`, a criterion has its facts.
  struct ConditionRecord: Encodable, Sendable {
    var kind: String
    var parts: [Self]?
    var value: String?
    var level: String?
    var first: Bool?
    var quantity: String?
    var comparator: String?
    var number: Double?
    var unit: String?
    var period: String?
    var text: String?
    var span: [Int]?
    var inheritedFrom: String?
    var rule: String?
  }
  struct ElementRecord: Encodable, Sendable {
    @OrNull var value: String?
    @OrNull var text: String?
    var span: [Int]?
    var spans: [[Int]]?
    var rule: String
    var confidence: String
  }
  struct TagRecord: Encodable, Sendable {
    var axis: String
    var value: String
    @OrNull var text: String?
    var span: [Int]?
    var rule: String
    var confidence: String
  }

  var id: String
  /// The clause that grants it; nil for words outside the clauses.
  @OrNull var node: String?
  var name: Field
  var text: String
  var span: [Int]
  var supports: [SupportRecord]
  @OrNull var award: AwardRecord?
  var conditions: [Field]
  @OrNull var condition: ConditionRecord?
  /// The fourteen elements of 惠企政策兑现事项清单, then those that other lists add.
  var elements: [String: ElementRecord]
  @OrNull var claimMode: String?
  @OrNull var window: Field?
  @OrNull var limit: Field?
  var tags: [TagRecord]
  /// The places of the rules on exclusivity that hold for it.
  var exclusivity: [Int]
}

extension RecordWriter {
  func item(_ item: BenefitItem) -> ItemRecord {
    var elements: [String: ItemRecord.ElementRecord] = [:]
    for column in ElementList.fulfilment.columns {
      elements[column.name] = element(item[column.key])
    }
    for (key, name) in [
      (Element.Key.industries, "支持行业"), (.process, "兑现流程"), (.window, "申报时间"),
    ] {
      elements[name] = element(item[key])
    }
    return ItemRecord(
      id: "\(item.number)", node: item.clause.isEmpty ? nil : item.clause,
      name: field(item.name, nil), text: text[item.range],
      span: offsets.span(of: item.range), supports: item.supports.map(support),
      award: item.award.map(award), conditions: item.audience.map { field(nil, $0) },
      condition: item.condition.map(condition), elements: elements,
      claimMode: item.claimMode?.value.rawValue,
      window: item.window.map { field($0.value.inChinese, $0.range) },
      limit: item.limit.map { field($0.value.inChinese, $0.range) },
      tags: item.tags.map { tag in
        ItemRecord.TagRecord(
          axis: tag.axis.rawValue, value: tag.value, text: tag.range.map { text[$0] },
          span: tag.range.map(offsets.span(of:)), rule: tag.rule.rawValue,
          confidence: tag.confidence.rawValue)
      }, exclusivity: item.exclusivity)
  }

  private func element(_ element: Element) -> ItemRecord.ElementRecord {
    ItemRecord.ElementRecord(
      value: element.isAbsent ? nil : element.value, text: element.ranges.first.map { text[$0] },
      span: element.ranges.first.map(offsets.span(of:)),
      spans: element.ranges.count > 1 ? element.ranges.map(offsets.span(of:)) : nil,
      rule: element.rule.rawValue, confidence: element.confidence.rawValue)
  }

  private func support(_ support: Support) -> ItemRecord.SupportRecord {
    var record = ItemRecord.SupportRecord(
      kind: "", text: text[support.range], span: offsets.span(of: support.range))
    switch support.kind {
    case .fixed(let money):
      record.kind = "fixed"
      record.yuan = money.yuan
    case .perUnit(let money, let unit):
      record.kind = "per_unit"
      record.yuan = money.yuan
      record.per = unit
    case .cap(let money, let unit):
      record.kind = "cap"
      record.yuan = money.yuan
      record.per = unit
    case .rate(let rate, let least):
      record.kind = "rate"
      record.percent = rate.percent
      record.minPercent = least?.percent
    case .range(let low, let high):
      record.kind = "range"
      record.minYuan = low.yuan
      record.maxYuan = high.yuan
    case .relief(let rate):
      record.kind = "relief"
      record.percent = rate?.percent
    case .inKind, .negotiated: record.kind = "in_kind"
    }
    return record
  }

  private func award(_ award: Award) -> ItemRecord.AwardRecord {
    ItemRecord.AwardRecord(
      formula: formula(award.formula), notation: award.formula.notation,
      mostYuan: award.most?.yuan,
      limits: award.limits.map { limit, range in
        let (kind, value): (String, Int?) =
          switch limit {
          case .once: ("once", nil)
          case .months(let months): ("months", months)
          case .top(let count): ("top", count)
          case .competitive: ("competitive", nil)
          case .discretionary: ("discretionary", nil)
          }
        return ItemRecord.LimitRecord(
          kind: kind, value: value, text: text[range], span: offsets.span(of: range))
      }, doubtful: award.isDoubtful)
  }

  private func formula(_ formula: AmountFormula) -> ItemRecord.FormulaRecord {
    switch formula {
    case .fixed(let money): .init(kind: "fixed", yuan: money.yuan)
    case .upTo(let cap): .init(kind: "upTo", maxYuan: cap.money.yuan, caps: [self.cap(cap)])
    case .range(let low, let high): .init(kind: "range", minYuan: low.yuan, maxYuan: high.yuan)
    case .perUnit(let money, let unit): .init(kind: "perUnit", yuan: money.yuan, per: unit)
    case .rate(let rate, let least, let base):
      .init(
        kind: "rate", percent: rate.percent, minPercent: least?.percent,
        base: ItemRecord.BaseRecord(
          kind: base.kind.rawValue, text: base.range.map { text[$0] },
          span: base.range.map(offsets.span(of:))))
    case .capped(let inner, let caps):
      .init(
        kind: "capped",
        caps: caps.map(self.cap), formula: self.formula(inner))
    case .cases(let cases):
      .init(
        kind: "cases",
        cases: cases.map {
          ItemRecord.CaseRecord(
            condition: $0.condition.map { field(nil, $0) }, formula: self.formula($0.formula))
        })
    case .sum(let parts): .init(kind: "sum", parts: parts.map(self.formula))
    case .relief(let rate): .init(kind: "relief", percent: rate?.percent)
    case .inKind: .init(kind: "inKind")
    case .negotiated: .init(kind: "negotiated")
    }
  }

  private func cap(_ cap: AmountCap) -> ItemRecord.CapRecord {
    ItemRecord.CapRecord(
      yuan: cap.money.yuan, scopes: cap.scopes.map(\.rawValue), text: text[cap.range],
      span: offsets.span(of: cap.range))
  }

  private func condition(_ condition: Condition) -> ItemRecord.ConditionRecord {
    switch condition {
    case .all(let parts): return .init(kind: "all", parts: parts.map(self.condition))
    case .any(let parts): return .init(kind: "any", parts: parts.map(self.condition))
    case .not(let part): return .init(kind: "not", parts: [self.condition(part)])
    case .criterion(let criterion):
      var record = ItemRecord.ConditionRecord(
        kind: "text", text: text[criterion.range], span: offsets.span(of: criterion.range),
        inheritedFrom: criterion.inheritedFrom, rule: criterion.rule.rawValue)
      switch criterion.kind {
      case .place(let value): (record.kind, record.value) = ("place", value)
      case .subject(let value): (record.kind, record.value) = ("subject", value)
      case .size(let value): (record.kind, record.value) = ("size", value)
      case .industry(let value): (record.kind, record.value) = ("industry", value)
      case .qualification(let value, let level, let isFirst):
        (record.kind, record.value) = ("qualification", value)
        (record.level, record.first) = (level, isFirst)
      case .number(let quantity, let comparator, let value, let period):
        record.kind = "number"
        (record.quantity, record.comparator) = (quantity, comparator.rawValue)
        (record.number, record.unit) = (Double(value.hundredths) / 100, value.unit)
        record.period = period
      case .age(let comparator, let months):
        (record.kind, record.comparator) = ("age", comparator.rawValue)
        (record.number, record.unit) = (Double(months), "个月")
      case .credit: record.kind = "credit"
      case .safety: record.kind = "safety"
      case .rank(let rank): (record.kind, record.number) = ("rank", Double(rank))
      case .time(let value): (record.kind, record.value) = ("time", value)
      case .preference: record.kind = "preference"
      case .text: record.kind = "text"
      }
      return record
    }
  }
}
