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
  private var part = -1
  private var isAmong = false

  init(_ clause: MarkedClause, _ phrases: [ReadPhrase]) {
    self.clause = clause
    self.phrases = phrases
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
        isListOfAlternatives = head.feature == .any
      }
    }
    closePoints()
    if groups.isEmpty { return }
    common += pending
    pending = []
  }

  // MARK: Conditions

  private mutating func condition(_ index: Int) {
    let read = phrases[index]
    let isTrailing = !groups.isEmpty && !hasGrant(after: index)
    guard !isTrailing || isStated(read) else {
      fillers.insert(index)
      return
    }
    add(node(read.phrase.range, read.readings, isTrailing: isTrailing), index)
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
    return clause.has(.duty, in: read.phrase.range)
      || read.readings.contains {
        switch $0.rule {
        case .threshold, .growth, .age, .record, .place, .received, .rank: true
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
      refersBack(leaf, isTrailing: isTrailing) ? nil : leaf
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

  // MARK: Exclusions

  private mutating func exclude(_ index: Int) {
    let range = phrases[index].phrase.range
    let readings = phrases[index].readings
    guard let word = clause.last(.exclusionBehind, in: range) else { return }
    if let node = node(range.lowerBound..<word.range.lowerBound, readings, isTrailing: !groups.isEmpty) {
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
        if !isCap { add(node(zone, read.readings, isTrailing: false), index) }
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
      if !groups.isEmpty, pending.isEmpty || !isGiven(part), !(groups.last?.isOpen ?? false) || pending.isEmpty {
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

  private func isGiven(_ part: AwardPart) -> Bool {
    clause.has(.grantVerb, in: part.range) || clause.has(.supportNoun, in: part.range)
  }

  private mutating func open(_ formulas: [Formula], _ part: AwardPart, _ number: Int) {
    groups.append(
      GrantGroup(
        nodes: pending, formulas: formulas, rule: part.rule, isAdditive: part.isAdditive,
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
