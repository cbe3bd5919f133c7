internal import Indexer
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// What the page of an item shows.
struct ItemModel {
  let stored: StoredDocument
  let interpretation: Interpretation
  let item: BenefitItem
  let today: CalendarDay
  let contacts: [Contact]

  private var document: PolicyDocument { stored.parsed.value }
  private var text: SourceText { document.source.text }
  private var page: String { "/documents/\(stored.summary.key)" }

  /// An item as lists show it.
  static func row(_ item: ItemSummary) -> [String: Any] {
    var values: [String: Any] = ["name": item.name, "url": "/items/\(item.key)"]
    values["amount"] = item.amount
    values["audience"] = item.audience
    values["window"] = item.window
    values["department"] = item.department
    values["claim"] = item.claim
    return values
  }

  /// The seven fields of 政策解读 beside a hit, each with the place of its words.
  static func reading(_ item: ItemSummary) -> [[String: Any]] {
    let columns = ElementList.reading.columns
    guard item.reading.count == columns.count else { return [] }
    return zip(columns, item.reading).map { column, field in
      guard let words = field.words else { return ["label": column.name, "missing": true] }
      var values: [String: Any] = ["label": column.name, "value": words]
      if let clause = field.clause {
        values["wordsURL"] = "/documents/\(item.document)#c-\(clause)"
      }
      if field.isDoubtful { values["doubtful"] = true }
      return values
    }
  }

  /// An item of a document that was read anew, as lists show it.
  static func row(_ item: BenefitItem, key: String) -> [String: Any] {
    var values: [String: Any] = ["name": item.name, "url": "/items/\(key)-\(item.number)"]
    values["amount"] = item.award?.formula.headline
    values["window"] = item.window?.value.inChinese
    let department = item[.department]
    if !department.isAbsent { values["department"] = department.value }
    values["claim"] = item.claimMode?.value.name
    return values
  }

  /// The seven fields of 政策解读.
  static func reading(_ item: BenefitItem) -> [[String: Any]] {
    ElementList.reading.columns.map { column in
      let element = item[column.key]
      guard !element.isAbsent else { return ["label": column.name, "missing": true] }
      let words = element.value.filter { $0 != "*" }
      return [
        "label": column.name,
        "value": words.count > 220 ? String(words.prefix(220)) + "……" : words,
      ]
    }
  }

  var context: [String: Any] {
    let summary = stored.summary
    let status = summary.status(on: today)
    var context: [String: Any] = [
      "title": item.name, "name": item.name, "status": status.name,
      "statusClass": status == .pending ? "unknown" : status.rawValue,
      "documentTitle": summary.title, "documentURL": page,
      "clauseURL": item.clause.isEmpty ? page : "\(page)#c-\(item.clause)",
      "jsonURL": "/api/v1/items/\(summary.key)-\(item.number)",
      "cardURL": "/items/\(summary.key)-\(item.number)/card",
      "askURL": "/ask?q=" + QueryString.encoded(item.name + "怎么申请"),
      "csvURL": "/api/v1/documents/\(summary.key)/items.csv",
      "passageHTML": HTMLText.marked(
        text.bytes, item.range, marks: item.supports.map(\.range),
        leavingOut: document.source.markup),
    ]
    context["number"] = summary.number
    context["place"] = place
    if status == .lapsed, let until = summary.effectiveUntil {
      context["banner"] = "依据的文件有效期至\(until.inChinese)，现已失效，仅供查阅。"
    }
    if let award = item.award {
      context["amount"] = award.formula.headline
      context["formula"] = award.formula.words(text)
      context["limits"] = award.limits.map { ["text": $0.limit.inChinese] }
      if award.isDoubtful { context["doubtful"] = true }
    }
    context["facts"] = facts.map { ["text": $0] }
    context["conditions"] = item.condition.map { rows(of: $0, depth: 0) } ?? []
    context["elements"] =
      ElementList.fulfilment.columns.map { element(item[$0.key], $0.name) }
      + [Element.Key.process, .window, .industries].filter { !item[$0].isAbsent }.map {
        element(item[$0], $0.inChinese)
      }
    context["exclusivity"] = item.exclusivity.map { index in
      let rule = interpretation.exclusivity[index]
      return ["effect": rule.effect.inChinese, "text": words(rule.range)]
    }
    context["tags"] = item.tags.map(tag)
    context["contacts"] = contacts.map { ContactModel.row($0, today: today) }
    return context
  }

  private var facts: [String] {
    var facts: [String] = []
    let department = item[.department]
    if !department.isAbsent { facts.append(department.value) }
    if let claim = item.claimMode { facts.append(claim.value.name) }
    if let window = item.window { facts.append(window.value.inChinese) }
    if let until = stored.summary.effectiveUntil { facts.append("有效期至\(until.inChinese)") }
    return facts
  }

  /// The labels down to the clause: 二、（三）.
  private var place: String? {
    var clauses = document.outline
    var labels: [String] = []
    while let clause = clauses.first(where: {
      item.clause == $0.id || item.clause.hasPrefix($0.id + ".")
    }) {
      if !clause.label.isEmpty { labels.append(clause.label) }
      clauses = clause.children
    }
    return labels.isEmpty ? nil : labels.joined()
  }

  /// The place of some words on the document's page: the smallest clause that holds them.
  private func clauseURL(at range: ByteRange) -> String {
    document.clause(at: range.lowerBound).map { "\(page)#c-\($0.id)" } ?? page
  }

  private func words(_ range: ByteRange) -> String {
    String(text[range].filter { !$0.isNewline && $0 != "*" && $0 != "\u{3000}" })
  }

  private func element(_ element: Element, _ label: String) -> [String: Any] {
    guard !element.isAbsent else { return ["label": label, "missing": true] }
    var values: [String: Any] = [
      "label": label,
      "valueHTML": HTMLText.escaped(element.value).replacing("\n", with: "<br>"),
    ]
    if let range = element.ranges.first {
      values["wordsURL"] = clauseURL(at: range)
    }
    if element.confidence == .review { values["note"] = "需复核：\(element.rule.explanation)" }
    return values
  }

  private func tag(_ tag: Tag) -> [String: Any] {
    var values: [String: Any] = ["axis": tag.axis.name, "value": tag.value]
    if let facet = SearchQuery.Filters.itemFacets.first(where: { $0.value == tag.axis.rawValue })?
      .key
    {
      var string = QueryString()
      string.values[facet] = [tag.value]
      values["url"] = string.url
    }
    return values
  }

  /// The condition tree as lines, each with its depth.
  private func rows(of condition: Condition, depth: Int) -> [[String: Any]] {
    let level = "\(min(depth, 3))"
    switch condition {
    case .all(let parts):
      let head: [[String: Any]] =
        depth == 0 ? [] : [["depth": level, "says": "同时符合"]]
      return head + parts.flatMap { rows(of: $0, depth: depth == 0 ? 0 : depth + 1) }
    case .any(let parts):
      return [["depth": level, "says": "符合下列之一"]] + parts.flatMap { rows(of: $0, depth: depth + 1) }
    case .not(let part):
      return [["depth": level, "says": "有下列情形的除外"]] + rows(of: part, depth: depth + 1)
    case .criterion(let criterion):
      var values: [String: Any] = [
        "depth": level, "words": words(criterion.range), "says": criterion.kind.inChinese,
      ]
      if let origin = criterion.inheritedFrom {
        values["origin"] = "来自共同规定"
        values["originURL"] = origin.isEmpty ? page : "\(page)#c-\(origin)"
      }
      return [values]
    }
  }
}

extension Criterion.Kind {
  /// What is asked, in a few words.
  fileprivate var inChinese: String {
    switch self {
    case .place(let place): "地点：\(place)"
    case .subject(let subject): "主体：\(subject)"
    case .size(let size): "规模：\(size)"
    case .industry(let industry): "行业：\(industry)"
    case .qualification(let name, let level, let isFirst):
      "资质：\(level ?? "")\(name)" + (isFirst.map { $0 ? "（首次）" : "（复审或重新认定）" } ?? "")
    case .number(let quantity, let comparator, let value, let period):
      "\(period ?? "")\(quantity)\(comparator.inChinese)\(value.inChinese)"
    case .age(let comparator, let months):
      "存续时间\(comparator.inChinese)" + (months % 12 == 0 ? "\(months / 12)年" : "\(months)个月")
    case .credit: "信用要求"
    case .safety: "安全、环保、质量要求"
    case .rank(let rank): "排名前\(rank)"
    case .time(let time): "时间：\(time)"
    case .preference: "优先或倡导，不作为硬条件"
    case .text: "以原文为准，程序不作判断"
    }
  }
}

extension Criterion.Comparator {
  fileprivate var inChinese: String {
    switch self {
    case .atLeast: "不低于"
    case .moreThan: "超过"
    case .atMost: "不超过"
    case .lessThan: "低于"
    }
  }
}

extension Criterion.Quantity {
  fileprivate var inChinese: String {
    unit == "元" ? Money(fen: hundredths).inChinese : Money(fen: hundredths).plain + unit
  }
}
