import PolicyText
import PolicyVocabulary

/// One part of an award with the conditions that stand before it (给付组): 重新认定的，给予10万元.
struct GrantGroup {
  /// The conditions between the part before and this one.
  var nodes: [Node]
  /// What is given: several where a list is paired.
  var formulas: [Formula]
  /// The rule that read it.
  var rule: RuleName
  /// Upper limits behind it.
  var caps: [Formula.Cap] = []
  /// Limits that pair with the list of ``formulas``.
  var pairedCaps: [Formula.Cap] = []
  /// Whether it adds to what stands before.
  var isAdditive: Bool
  /// Whether 其中 leads it: what stands before is the rule, and this its exception.
  var isAmong: Bool
  /// Whether ； or 。 parts it from what stands before.
  var isParted: Bool
  /// The phrase that its last cap stands in is not the one of its sum.
  var hasOuterCap = false
  /// The words of the award.
  var range: Range<Int>
}

/// Walks over the phrases of a clause and collects grants, their conditions and what holds for all.
struct GrantCollector {
  let clause: MarkedClause
  let phrases: [ReadPhrase]
  /// The parts of the award in order.
  private(set) var groups: [GrantGroup] = []
  /// Conditions that stand behind the grants, and exclusions: they hold for all.
  private(set) var common: [Node] = []
  /// The phrases whose words decide nothing.
  private(set) var fillers: Set<Int> = []
  private var pending: [Node] = []
  private var points: [[Node]] = []
  private var isListOfAlternatives = false
  private var hasListHead = false
  private let givingSentences: Set<Int>
  private var part = -1
  private var isAmong = false
  private var perUnit: (name: String, isIncrement: Bool, range: Range<Int>)?
  /// The quantity of thresholds that name none: 车价 of 按车价分档给予补贴.
  private(set) var elidedQuantity: String?

  init(_ clause: MarkedClause, _ phrases: [ReadPhrase]) {
    self.clause = clause
    self.phrases = phrases
    givingSentences = Set(phrases.filter(\.gives).map(\.phrase.sentence))
  }

  mutating func collect() {
    for index in phrases.indices {
      let read = phrases[index]
      if clause.first(.connective, in: read.phrase.range)?.feature == .among { isAmong = true }
      switch read.role {
      case .grant: grant(index)
      case .exclusion: exclude(index)
      case .condition: condition(index)
      default: fillers.insert(index)
      }
      if let head = clause.last(.listHead, in: read.phrase.range) {
        hasListHead = true
        isListOfAlternatives = head.feature == .any
      }
    }
    closePoints()
    if groups.contains(where: { $0.formulas != [.inKind] }) { dropServices() }
    if groups.isEmpty { return }
    common += pending
    pending = []
    addTaker()
  }

  /// Where a sum is given, services beside it are told in words only.
  private mutating func dropServices() {
    common += groups.filter { $0.formulas == [.inKind] }.flatMap(\.nodes)
    groups.removeAll { $0.formulas == [.inKind] }
  }

  /// Where no applicant is named but a taker in the award, the taker is it: 给予主办单位奖励.
  private mutating func addTaker() {
    let isNamed = (common + groups.flatMap(\.nodes)).flatMap(\.leaves).flatMap(\.criteria).contains
    {
      switch $0.kind {
      case .subject, .qualification: true
      default: false
      }
    }
    guard !isNamed else { return }
    for group in groups {
      guard let taker = clause.first(.subject, in: group.range),
        clause.word(.refersBack, at: taker.range.lowerBound) == nil,
        clause.word(.eachWord, endingAt: taker.range.lowerBound) == nil,
        clause.word(.nounTail, at: taker.range.upperBound) == nil
      else { continue }
      let name = clause.text.string(taker.range)
      common.append(
        .leaf(
          Leaf(criteria: [Criterion(kind: .subject([name]), range: taker.range, rule: .subject)])))
      return
    }
  }

  // MARK: Conditions

  private mutating func condition(_ index: Int) {
    let read = phrases[index]
    let isTrailing = !groups.isEmpty && !hasGrant(after: index)
    let isApart = isTrailing || !givingSentences.contains(read.phrase.sentence)
    guard !isApart || isStated(read) else {
      fillers.insert(index)
      return
    }
    if let unit = unit(read.phrase.range), hasGrant(after: index) {
      perUnit = unit
      let rest = clause.first(.connective, in: unit.range.upperBound..<read.phrase.range.upperBound)
      let start = rest?.feature == .and ? rest?.range.upperBound : nil
      add(
        start.flatMap { node($0..<read.phrase.range.upperBound, read.readings, isTrailing: false) },
        index)
      return
    }
    let range = withoutGiving(read.phrase.range)
    if clause.word(.rateLead, at: range.lowerBound) != nil, range != read.phrase.range {
      elidedQuantity = clause.text.string(quantity(range))
      fillers.insert(index)
      return
    }
    add(node(range, read.readings, isTrailing: isTrailing), index)
  }

  /// What a phrase counts for the sum behind it: 每培育1家高新技术企业，奖励3万元.
  private func unit(_ range: Range<Int>) -> (name: String, isIncrement: Bool, range: Range<Int>)? {
    guard let each = clause.first(.eachWord, in: range.prefix(4)),
      let place = clause.figures(in: each.range.upperBound..<range.upperBound).first,
      let unit = clause.figures[place].unit, clause.figures[place].behind == nil
    else { return nil }
    let verb = each.range.lowerBound..<clause.figures[place].range.lowerBound
    return (
      AwardUnit.name(clause.figures[place], unit), clause.has(.growth, in: verb),
      each.range.lowerBound..<clause.figures[place].end
    )
  }

  /// A phrase without the words of giving at its end, which give nothing by themselves: …给予补贴.
  private func withoutGiving(_ range: Range<Int>) -> Range<Int> {
    let end = clause.skippingBack(
      [.supportNoun, .grantVerb, .functionWord, .rateTail], before: range.upperBound,
      limit: range.lowerBound)
    let tail = end..<range.upperBound
    return clause.has(.grantVerb, in: tail) && clause.text[range.upperBound - 1] != "的"
      ? range.lowerBound..<end : range
  }

  /// The quantity that 按…分档 names for the cases behind it.
  private func quantity(_ range: Range<Int>) -> Range<Int> {
    let start = clause.word(.rateLead, at: range.lowerBound)?.end ?? range.lowerBound
    let bracket = range.first { $0 > start && clause.text[$0] == "(" } ?? range.upperBound
    let tail = clause.last(.distributor, in: start..<bracket)?.range.lowerBound ?? bracket
    return start..<max(start, tail)
  }

  /// Whether a grant follows in the same sentence.
  private func hasGrant(after index: Int) -> Bool {
    let sentence = phrases[index].phrase.sentence
    return phrases[(index + 1)...].prefix { $0.phrase.sentence == sentence }.contains {
      $0.readings.contains(where: \.isAmount)
        || $0.readings.contains(where: \.isAward) && clause.has(.grantVerb, in: $0.phrase.range)
    }
  }

  /// Whether a phrase behind the grant states a condition: something typed, or a duty.
  private func isStated(_ read: ReadPhrase) -> Bool {
    if read.heading == .condition || read.heading == .target { return true }
    if read.phrase.label != nil, hasListHead { return true }
    return clause.has(.duty, in: read.phrase.range)
      || read.readings.contains {
        switch $0.rule {
        case .threshold, .growth, .age, .record, .place, .received, .rank: true
        case .recognised: !clause.has(.payer, in: read.phrase.range)
        default: false
        }
      }
  }

  private mutating func add(_ node: Node?, _ index: Int) {
    guard let node else {
      fillers.insert(index)
      return
    }
    let read = phrases[index]
    if isListOfAlternatives, read.phrase.label != nil || !points.isEmpty {
      if read.phrase.label != nil { points.append([]) }
      points[points.count - 1].append(node)
      return
    }
    if clause.first(.connective, in: read.phrase.range.prefix(2))?.feature == .or,
      let before = Node.conjunction(pending)
    {
      pending = [Node.alternative([before, node])].compactMap(\.self)
    } else {
      pending.append(node)
    }
  }

  private mutating func closePoints() {
    if let node = Node.alternative(points.compactMap(Node.conjunction)) { pending.append(node) }
    points = []
    isListOfAlternatives = false
  }

  private func node(_ range: Range<Int>, _ readings: [Reading], isTrailing: Bool) -> Node? {
    var end = range.upperBound
    if let head = clause.last(.listHead, in: range) { end = head.range.lowerBound }
    let parser = ConditionParser(clause: clause, readings: readings)
    return parser.node(range.lowerBound..<end)?.mapLeaves { leaf in
      refersBack(leaf, isTrailing: isTrailing) || isKnown(leaf) ? nil : leaf
    }
  }

  /// Whether a leaf only stands for the applicant that was named before: 企业 in 企业须…, 申报主体.
  private func refersBack(_ leaf: Leaf, isTrailing: Bool) -> Bool {
    guard case .subject(let names)? = leaf.criteria.first?.kind, leaf.criteria.count == 1,
      let range = leaf.criteria[0].range
    else { return false }
    let isWord = clause.word(.refersBack, at: range.lowerBound)?.end == range.upperBound
    return isWord && (isTrailing || names.first.map { $0.unicodeScalars.count > 2 } ?? false)
  }

  /// Whether the same applicant was named before: 选手须为….
  private func isKnown(_ leaf: Leaf) -> Bool {
    guard case .subject? = leaf.criteria.first?.kind, leaf.criteria.count == 1 else { return false }
    return (common + pending + groups.flatMap(\.nodes)).flatMap(\.leaves).flatMap(\.criteria)
      .contains {
        $0.kind == leaf.criteria[0].kind
      }
  }

  // MARK: Exclusions

  private mutating func exclude(_ index: Int) {
    let range = phrases[index].phrase.range
    let readings = phrases[index].readings
    guard let word = clause.outermost(.exclusionBehind, in: range) else { return }
    if let node = node(
      range.lowerBound..<word.range.lowerBound, readings, isTrailing: !groups.isEmpty)
    {
      common.append(.not(node))
    } else if index > 0, let last = pending.popLast() {
      common.append(.not(last))
    }
  }

  // MARK: Grants

  private mutating func grant(_ index: Int) {
    let read = phrases[index]
    var start = read.phrase.range.lowerBound
    for reading in read.readings {
      guard case .award(let part) = reading.value else { continue }
      if start < reading.range.lowerBound {
        let zone = start..<reading.range.lowerBound
        let isCap = if case .caps = part.kind { !groups.isEmpty } else { false }
        if !isCap || isOwnGrant(part, zone) {
          add(node(zone, read.readings, isTrailing: false), index)
        }
      }
      start = reading.range.upperBound
      if points.isEmpty == false { closePoints() }
      add(part, of: index)
    }
    fillers.remove(index)
  }

  private mutating func add(_ part: AwardPart, of index: Int) {
    let number = phrases[index].phrase.part
    switch part.kind {
    case .caps(let caps):
      let isAlone = groups.isEmpty || groups.last?.formulas == [.inKind]
      if !isAlone, pending.isEmpty || !isGiven(part) {
        limit(caps, part, index)
        return
      }
      open(caps.map { .upTo($0) }, part, number)
    case .amounts(let formulas):
      if formulas == [.inKind], groups.contains(where: { $0.formulas != [.inKind] }) { return }
      if formulas == [.inKind], groups.last?.formulas == [.inKind], pending.isEmpty { return }
      open(formulas, part, number)
    }
    self.part = number
  }

  /// Whether a limit with its own words of giving stands behind an applicant of its own: 对乙类企业给予最高50万元.
  private func isOwnGrant(_ part: AwardPart, _ zone: Range<Int>) -> Bool {
    clause.word(.grantVerb, at: part.range.lowerBound) != nil
      && (clause.text[zone.lowerBound] == "对" || clause.text[zone.upperBound - 1] == "的")
  }

  private func isGiven(_ part: AwardPart) -> Bool {
    clause.has(.grantVerb, in: part.range) || clause.has(.supportNoun, in: part.range)
  }

  private mutating func open(_ formulas: [Formula], _ part: AwardPart, _ number: Int) {
    var formulas = formulas
    let isIncrement = perUnit?.isIncrement ?? false
    if let perUnit, case .fixed(let yuan)? = formulas.first, formulas.count == 1 {
      formulas = [.perUnit(yuan, upTo: nil, unit: perUnit.name)]
    }
    perUnit = nil
    groups.append(
      GrantGroup(
        nodes: pending, formulas: formulas, rule: part.rule,
        isAdditive: part.isAdditive || isIncrement,
        isAmong: isAmong && !groups.isEmpty, isParted: self.part != number, range: part.range))
    pending = []
    isAmong = false
  }

  private mutating func limit(_ caps: [Formula.Cap], _ part: AwardPart, _ index: Int) {
    common += pending
    pending = []
    let last = groups.count - 1
    if caps.count > 1, caps.count == groups[last].formulas.count {
      groups[last].pairedCaps = caps
    } else {
      groups[last].caps += caps
      let isSamePhrase = phrases[index].phrase.range.contains(groups[last].range.lowerBound)
      if !isSamePhrase { groups[last].hasOuterCap = true }
    }
  }
}

extension GrantGroup {
  /// Whether it gives an open sum: 最高50万元.
  var isOpen: Bool {
    if case .upTo? = formulas.first { true } else { false }
  }
}
