public import PolicyParser
internal import PolicyText

/// Reads from a parsed notice what it grants (惠企政策兑现事项): passages, amounts, conditions, elements, rules.
public enum PolicyInterpreter {
  /// Interprets a document.
  ///
  /// Only what the text says becomes a value; fund sizes, statistics, targets, duties and penalties do not.
  /// What the text is silent on stays absent, and what no rule understands stays as words.
  ///
  /// - Parameter document: The parsed notice.
  /// - Returns: The items in order of the text, and the rules that exclude some of them.
  /// - Complexity: O(*n*) in the length of the text.
  public static func interpret(_ document: PolicyDocument) -> Interpretation {
    DocumentInterpreter(document).interpretation()
  }
}

/// One document on its way from passages to items.
private struct DocumentInterpreter {
  let document: PolicyDocument
  let text: MatchText
  let finder: ItemFinder

  init(_ document: PolicyDocument) {
    self.document = document
    text = MatchText(document.source.text, markup: document.source.markup)
    finder = ItemFinder(document: document, text: text)
  }

  func interpretation() -> Interpretation {
    var found = finder.drafts()
    let tabled = TableItems(document: document, text: text, reader: finder.reader)
    found.items = unrepeated(found.items.filter { !tabled.holds($0) })
    found.items += tabled.entries.map(\.draft)
    found.items.sort { $0.range.lowerBound < $1.range.lowerBound }
    let granting = Set(found.items.map { $0.clause?.id ?? "" })
    let rules = found.exclusive.compactMap { sentence in
      ExclusivityReader(text: text).rule(
        in: sentence.range,
        clause: scope(of: sentence.range, clause: sentence.clause?.id ?? "", granting))
    }
    guard !found.items.isEmpty else { return Interpretation(items: [], exclusivity: rules) }
    let sections = SectionIndex(document, text: text)
    let reader = ItemReader(
      document: document, text: text, sections: sections, supports: finder.reader)
    var siblings: [String: Int] = [:]
    for draft in found.items { siblings[draft.clause?.id ?? "", default: 0] += 1 }
    let items = found.items.enumerated().map { index, draft in
      var item = reader.item(
        draft, number: index + 1, isOnly: siblings[draft.clause?.id ?? ""] == 1, rules: rules)
      if let record = tabled.record(of: draft) { tabled.fill(&item, from: record) }
      return item
    }
    return Interpretation(items: items, exclusivity: rules)
  }

  /// Each passage once: pages print the same text twice, and a summary repeats what an article grants.
  private func unrepeated(_ drafts: [ItemDraft]) -> [ItemDraft] {
    var counts: [Int: Int] = [:]
    for draft in drafts { counts[draft.range.count, default: 0] += 1 }
    var seen: Set<String> = []
    return drafts.filter { draft in
      draft.range.count < 16 || counts[draft.range.count] == 1
        || seen.insert(text.key(draft.range)).inserted
    }
  }

  private static let whole = WordSet(
    """
    本政策 本措施 本办法 本细则 本意见 本方案 本通知 本规定 本若干 以上政策 上述政策 各项政策
    本市其他 市级其他 其他同类 同类政策 各类政策 以上各条 上述各条 本文件
    """)

  /// For whose items a sentence on exclusivity holds: its own clause, where that grants; else the document.
  private func scope(of sentence: Range<Int>, clause: String, _ granting: Set<String>) -> String {
    if Self.whole.isIn(text, sentence) { return "" }
    if granting.contains(clause) { return clause }
    if granting.contains(where: { $0.hasPrefix(clause + ".") }) { return clause }
    // 1.2.3 beside granting clauses below 1.2.
    var parent = clause
    while let dot = parent.lastIndex(of: ".") {
      parent = String(parent[..<dot])
      if granting.contains(where: { $0 == parent || $0.hasPrefix(parent + ".") }) { return parent }
    }
    return ""
  }
}

/// Reads everything of one item.
private struct ItemReader {
  let document: PolicyDocument
  let text: MatchText
  let sections: SectionIndex
  let supports: SupportReader
  private let conditions: ConditionCollector
  private let elements: ElementReader
  private let builder: FormulaBuilder
  private let clauses: [String: Clause]
  /// The departments that the items of a clause are given, by the clause's id.
  private let units: [String: [ResponsibleUnits.Unit]]
  /// The most departments of one item: a text without line breaks may name thousands in one clause.
  private static let mostUnits = 64
  /// How far around a passage its way of claiming is looked for, in scalars.
  private static let reach = 6_000

  init(
    document: PolicyDocument, text: MatchText, sections: SectionIndex, supports: SupportReader
  ) {
    self.document = document
    self.text = text
    self.sections = sections
    self.supports = supports
    conditions = ConditionCollector(text: text, sections: sections)
    elements = ElementReader(document: document, text: text, sections: sections)
    builder = FormulaBuilder(text: text, reader: supports)
    var clauses: [String: Clause] = [:]
    func collect(_ more: [Clause]) {
      for clause in more {
        clauses[clause.id] = clause
        collect(clause.children)
      }
    }
    collect(document.outline)
    self.clauses = clauses
    units = clauses.compactMapValues { clause in
      guard !clause.units.isEmpty else { return nil }
      let named = clause.units.lead + clause.units.responsible
      var seen: Set<String> = []
      let unique = (named.isEmpty ? clause.units.cooperating : named).filter {
        seen.insert($0.name).inserted
      }
      return Array(unique.prefix(Self.mostUnits))
    }
  }

  func item(
    _ draft: ItemDraft, number: Int, isOnly: Bool, rules: [ExclusivityRule]
  ) -> BenefitItem {
    let clause = draft.clause?.id ?? ""
    let named = draft.sentences.map { AudienceReader(text: text).audience(in: $0.range) }
    let audience = named.compactMap(\.self)
    let exceptions = zip(draft.sentences, named).flatMap {
      conditions.exceptions(in: $0.range, after: $1)
    }
    let award = builder.award(of: draft.sentences)
    let condition = conditions.conditions(
      own: audience, exceptions: exceptions, clause: clause, at: draft.range.lowerBound,
      tiers: true)
    let claim = claimMode(in: draft.range, clause: draft.clause)
    let window = timed(.window, draft, TimeReader(text: text).window)
    let limit = timed(.limit, draft, TimeReader(text: text).limit)
    let all = draft.sentences.flatMap(\.supports)
    let tags = Classifier(text: text).tags(
      of: draft.range,
      heading: draft.clause?.heading.map {
        text.index(ofByte: $0.lowerBound)..<text.index(ofByte: $0.upperBound)
      }, supports: all, claim: claim?.value, claimRange: claim?.range)
    let facts = ElementReader.Facts(
      clause: draft.clause, range: draft.range, audience: audience, hasConditions: condition != nil,
      claim: claim, window: window, limit: limit, tags: tags,
      name: ItemNamer(text: text).name(
        of: draft, audience: audience.first, isOnly: isOnly, headings: headings(above: clause)),
      units: units(of: clause))
    return BenefitItem(
      number: number, clause: clause, range: text.bytes(draft.range), supports: all, award: award,
      condition: condition, audience: audience.map(text.bytes), claimMode: claim, window: window,
      limit: limit, elements: elements.elements(of: facts), tags: tags,
      exclusivity: rules.indices.filter {
        rules[$0].clause.isEmpty || clause == rules[$0].clause
          || clause.hasPrefix(rules[$0].clause + ".")
      })
  }

  /// The headings of the clauses above, the nearest first.
  private func headings(above clause: String) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var id = clause
    while let dot = id.lastIndex(of: ".") {
      id = String(id[..<dot])
      if let heading = clauses[id]?.heading {
        found.append(
          text.index(ofByte: heading.lowerBound)..<text.index(ofByte: heading.upperBound))
      }
    }
    return found
  }

  /// The departments of the clause, or of the nearest clause above that names some.
  private func units(of clause: String) -> [ResponsibleUnits.Unit] {
    var id = clause
    while !id.isEmpty {
      if let units = units[id] { return units }
      id = id.lastIndex(of: ".").map { String(id[..<$0]) } ?? ""
    }
    return []
  }

  private static let claims = WordSet<ClaimMode>([
    .automatic: "免申即享 免于申报 无需申报 无需申请 免申报",
    .instant: "即申即享 即申即办 快申快享",
    .application: "可申请 可向 申报享受 自愿申报 提出申请",
  ])

  private func claimMode(in range: Range<Int>, clause: Clause?) -> Sourced<ClaimMode>? {
    if let match = Self.claims.first(in: text, range) {
      return Sourced(match.value, text.bytes(match.range))
    }
    guard let own = clause?.ownRange else { return nil }
    let clauseRange = text.index(ofByte: own.lowerBound)..<text.index(ofByte: own.upperBound)
    let around = clauseRange.clamped(
      to: max(0, range.lowerBound - Self.reach)..<(range.upperBound + Self.reach))
    return Self.claims.first(in: text, around).map { Sourced($0.value, text.bytes($0.range)) }
  }

  /// A window or a limit: from the passage, its clause, or the section that states it.
  private func timed<Value>(
    _ kind: SectionIndex.Kind, _ draft: ItemDraft,
    _ read: (Range<Int>) -> (Value, range: Range<Int>)?
  ) -> Sourced<Value>? {
    if let found = read(draft.range) { return Sourced(found.0, text.bytes(found.range)) }
    let clause = draft.clause?.id ?? ""
    for section in sections.sections(kind, for: clause, at: draft.range.lowerBound) {
      if let found = read(section.content) { return Sourced(found.0, text.bytes(found.range)) }
    }
    if kind == .limit {
      for section in sections.sections(
        .process, for: clause, at: draft.range.lowerBound)
      {
        if let found = read(section.content) { return Sourced(found.0, text.bytes(found.range)) }
      }
    }
    return nil
  }
}
