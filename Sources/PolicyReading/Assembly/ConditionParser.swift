import PolicyText
import PolicyVocabulary

/// Turns the words of a condition and the readings in them into a tree (条件树).
///
/// 的 ends an attribute, and attributes all hold; 、 且 within one join what must hold together; 或 what may; after a noun
/// that names the applicant 、 begins an alternative. Words that no reading explains become open leaves: none is lost.
struct ConditionParser {
  let clause: MarkedClause
  let readings: [Reading]

  private enum Token {
    case leaf(Leaf, isNoun: Bool)
    case attributeEnd
    case and
    case or
    case list
    case bracket(Range<Int>)
  }

  /// The condition that the words `range` state; nil where they state none.
  func node(_ range: Range<Int>) -> Node? {
    alternatives(tokens(range))
  }

  // MARK: Tokens

  private func tokens(_ range: Range<Int>) -> [Token] {
    var tokens: [Token] = []
    var open = range.lowerBound
    var index = range.lowerBound
    var next = readings.partitioningIndex { $0.range.lowerBound >= range.lowerBound }
    func flush(_ end: Int) {
      if let leaf = statement(open..<end) { tokens.append(.leaf(leaf, isNoun: false)) }
    }
    while index < range.upperBound {
      while next < readings.count, readings[next].range.lowerBound < index { next += 1 }
      if next < readings.count, readings[next].range.lowerBound == index,
        readings[next].range.upperBound <= range.upperBound,
        case .condition(let leaves) = readings[next].value
      {
        flush(index)
        for leaf in leaves { tokens.append(.leaf(leaf, isNoun: isNoun(leaf))) }
        index = readings[next].range.upperBound
        open = index
      } else if let (token, end) = joint(at: index, limit: range.upperBound, open: open) {
        flush(index)
        tokens.append(token)
        index = end
        open = index
      } else {
        index += 1
      }
    }
    flush(range.upperBound)
    return tokens
  }

  private func joint(at index: Int, limit: Int, open: Int) -> (Token, Int)? {
    if clause.text[index] == "(", let close = closing(index, limit), close - index > 3 {
      return (.bracket(index + 1..<close), close + 1)
    }
    if clause.text[index] == "的" { return (.attributeEnd, index + 1) }
    guard let word = clause.word(.connective, at: index), word.end <= limit else { return nil }
    switch word.feature {
    case .or: return (.or, word.end)
    case .and:
      return index == open || isLeafEnd(index) || word.end - index > 1 || clause.text[index] == "且"
        || clause.text[index] == "并" ? (.and, word.end) : nil
    case .list:
      // 和 and 与 join words inside a statement too; after a reading they part.
      return clause.text[index] == "、" || isLeafEnd(index) ? (.list, word.end) : nil
    default: return nil
    }
  }

  private func isLeafEnd(_ index: Int) -> Bool {
    readings.contains { $0.range.upperBound == index }
  }

  private func closing(_ open: Int, _ limit: Int) -> Int? {
    guard clause.depth[open] > 0 else { return nil }
    var index = open + 1
    while index < limit {
      if clause.text[index] == ")", clause.depth[index] == clause.depth[open] { return index }
      index += 1
    }
    return nil
  }

  private func isNoun(_ leaf: Leaf) -> Bool {
    leaf.criteria.contains {
      switch $0.kind {
      case .subject, .qualification: true
      default: false
      }
    }
  }

  /// An open leaf of the words `range`, without function words at its ends; nil where less than two characters stay.
  private func statement(_ range: Range<Int>) -> Leaf? {
    let start = clause.skipping(
      [.functionWord, .pronoun, .duty, .connective], from: range.lowerBound,
      limit: range.upperBound)
    let end = clause.skippingBack(
      [.functionWord, .duty, .tailWord, .connective, .giver], before: range.upperBound, limit: start
    )
    guard start < end, clause.weight(start..<end) >= 2,
      clause.word(.refersBack, at: start)?.end != end
    else { return nil }
    return Leaf(criteria: [
      Criterion(
        kind: .statement(clause.text.string(start..<end)), range: start..<end, rule: .statement)
    ])
  }

  // MARK: Tree

  /// Alternatives of whole noun phrases: 甲的企业、乙的机构.
  private func alternatives(_ tokens: [Token]) -> Node? {
    var parts: [Node] = []
    var start = 0
    for index in tokens.indices where beginsAlternative(index, tokens, from: start) {
      parts += attributes(Array(tokens[start..<index])).map { [$0] } ?? []
      start = index + 1
    }
    parts += attributes(Array(tokens[start...])).map { [$0] } ?? []
    return Node.alternative(parts)
  }

  /// Whether the joint at `index` stands behind a noun and before a further attribute of another noun.
  private func beginsAlternative(_ index: Int, _ tokens: [Token], from start: Int) -> Bool {
    guard index > start else { return false }
    switch tokens[index] {
    case .list, .or: break
    default: return false
    }
    guard case .leaf(_, isNoun: true) = tokens[index - 1] else { return false }
    let rest = tokens[(index + 1)...]
    let hasAttribute = rest.contains { if case .attributeEnd = $0 { true } else { false } }
    let hasNoun = rest.contains { if case .leaf(_, isNoun: true) = $0 { true } else { false } }
    if case .leaf(_, isNoun: true)? = rest.first { return false }
    return hasAttribute && hasNoun
  }

  /// Attributes up to each 的, and the noun behind the last: all hold.
  private func attributes(_ tokens: [Token]) -> Node? {
    let tokens = withoutAgents(tokens)
    var parts: [Node] = []
    var segment: [Token] = []
    for token in tokens {
      switch token {
      case .attributeEnd:
        if let joined = shortStatement(segment.last) {
          segment[segment.count - 1] = .leaf(joined, isNoun: false)
          continue
        }
        parts += self.segment(segment).map { [$0] } ?? []
        segment = []
      case .leaf(let leaf, isNoun: false):
        if let before = shortStatement(segment.last), let whole = merged(before, leaf) {
          segment[segment.count - 1] = .leaf(whole, isNoun: false)
        } else {
          segment.append(token)
        }
      case .bracket(let range):
        parts += self.segment(segment).map { [$0] } ?? []
        segment = []
        parts += bracket(range).map { [$0] } ?? []
      default: segment.append(token)
      }
    }
    parts += self.segment(segment).map { [$0] } ?? []
    return Node.conjunction(parts)
  }

  /// The tokens with the agent of a relative clause as part of its words: 高层次人才创办 · 的企业.
  private func withoutAgents(_ tokens: [Token]) -> [Token] {
    guard case .leaf(let last, isNoun: true)? = tokens.last, let first = tokens.first,
      case .leaf(let agent, isNoun: true) = first, tokens.count > 3,
      case .leaf(let words, isNoun: false) = tokens[1], case .attributeEnd = tokens[2],
      case .subject? = last.criteria.last?.kind, case .subject? = agent.criteria.last?.kind,
      let start = agent.criteria.last?.range?.lowerBound, words.criteria.count == 1,
      words.criteria[0].rule == .statement, let end = words.criteria[0].range?.upperBound,
      let whole = statement(start..<end)
    else { return tokens }
    return [.leaf(whole, isNoun: false)] + tokens[2...]
  }

  /// A statement of at most four characters, which goes on behind its 的: 实施的 · 节能技改项目.
  private func shortStatement(_ token: Token?) -> Leaf? {
    guard case .leaf(let leaf, isNoun: false)? = token, leaf.criteria.count == 1,
      leaf.criteria[0].rule == .statement, let range = leaf.criteria[0].range, range.count <= 4
    else { return nil }
    return leaf
  }

  /// The two statements as one, where only 的 stands between them.
  private func merged(_ first: Leaf, _ second: Leaf) -> Leaf? {
    guard second.criteria.count == 1, second.criteria[0].rule == .statement,
      let start = first.criteria[0].range, let end = second.criteria[0].range,
      end.lowerBound - start.upperBound == 1, clause.text[start.upperBound] == "的"
    else { return nil }
    return statement(start.lowerBound..<end.upperBound)
  }

  /// One attribute: 或 binds least, then 且; nouns in a list are alternatives.
  private func segment(_ tokens: [Token]) -> Node? {
    var alternatives: [[Node]] = [[]]
    var nouns: [Node] = []
    var isAfterJoint = false
    func close() {
      if let node = Node.alternative(nouns) { alternatives[alternatives.count - 1].append(node) }
      nouns = []
    }
    for token in tokens {
      switch token {
      case .leaf(let leaf, isNoun: true):
        if !isAfterJoint { close() }
        nouns.append(.leaf(leaf))
        isAfterJoint = false
      case .leaf(let leaf, isNoun: false):
        close()
        let last = alternatives.count - 1
        if isAfterJoint, let list = listed(alternatives[last].last, leaf) {
          alternatives[last][alternatives[last].count - 1] = .leaf(list)
        } else {
          alternatives[last].append(.leaf(leaf))
        }
        isAfterJoint = false
      case .or:
        if nouns.isEmpty {
          alternatives.append([])
        } else {
          isAfterJoint = true
        }
      case .list: isAfterJoint = true
      case .and:
        close()
        isAfterJoint = false
      case .attributeEnd, .bracket: break
      }
    }
    close()
    return Node.alternative(alternatives.compactMap(Node.conjunction))
  }

  /// Statements of a list as one leaf with members: 省内首台套、国内首台套.
  ///
  /// Without sums to pair with all of them hold.
  private func listed(_ node: Node?, _ next: Leaf) -> Leaf? {
    guard case .leaf(var leaf)? = node, next.criteria.count == 1, next.members.isEmpty,
      next.criteria[0].rule == .statement, leaf.criteria.allSatisfy({ $0.rule == .statement })
    else { return nil }
    if leaf.members.isEmpty { leaf.members = leaf.criteria.map { [$0] } }
    leaf.criteria += next.criteria
    leaf.members.append(next.criteria)
    return leaf
  }

  /// What a bracket says: 分支机构除外 and 不含… exclude; other remarks decide nothing.
  private func bracket(_ range: Range<Int>) -> Node? {
    if let word = clause.word(.exclusionBehind, endingAt: range.upperBound) {
      return node(range.lowerBound..<word.start).map(Node.not)
    }
    guard let word = clause.word(.exclusionBefore, at: range.lowerBound),
      !clause.has(.quantityNoun, in: range)
    else { return nil }
    guard let leaf = statement(word.end..<range.upperBound) else { return nil }
    return .not(.leaf(leaf))
  }
}

extension Array {
  /// The first index whose element fulfils `isSecond`, where all elements after it do.
  func partitioningIndex(_ isSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
