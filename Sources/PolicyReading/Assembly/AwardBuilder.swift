import PolicyText
import PolicyVocabulary

/// Puts the parts of an award together (支持标准): cases, sums, caps, and the conditions of each.
struct AwardBuilder {
  /// The parts in order.
  let groups: [GrantGroup]
  /// Conditions that hold for all.
  private(set) var common: [Node]
  /// Whether a list of sums found no list to pair with.
  private(set) var isDoubtful = false

  init(_ groups: [GrantGroup], common: [Node]) {
    self.groups = groups
    self.common = common
  }

  /// The formula of all parts; nil where there is none.
  mutating func formula() -> Formula? {
    var outer: [Formula.Cap] = []
    var parts: [(branch: [(node: Node?, formula: Formula)], isSum: Bool)] = []
    let isList = groups.count > 1
    var earlier: [Node] = []
    for (index, group) in groups.enumerated() {
      let isSum = index > 0 && (group.isAdditive || group.nodes.isEmpty) && !group.isAmong
      let isLast = index == groups.count - 1
      var group = group
      if isList, isLast, group.hasOuterCap, isOuter(index) {
        outer = group.caps
        group.caps = []
      }
      var own = Node.conjunction(group.nodes)
      if index == 0 { own = first(group) }
      let branches = branches(of: group, &own)
      if index > 0, !isSum, branches.count == 1 {
        parts.append(([(own, branches[0].formula)], false))
      } else if index == 0, isList || branches.count > 1 {
        parts.append((branches.count > 1 ? branches : [(own, branches[0].formula)], false))
        if branches.count > 1 { keep(own) }
      } else if index == 0 {
        keep(own)
        parts.append(([(nil, branches[0].formula)], false))
      } else {
        parts.append((branches.count > 1 ? branches : [(own, branches[0].formula)], isSum))
        if branches.count > 1 { keep(own) }
      }
      earlier += group.nodes
    }
    guard let whole = joined(parts) else { return nil }
    return outer.isEmpty ? whole : .capped(whole, outer)
  }

  private mutating func keep(_ node: Node?) {
    if let node { common.append(node) }
  }

  /// Whether the caps behind the last part limit all of them: other parts have none, and this is not the only rate.
  private func isOuter(_ index: Int) -> Bool {
    guard groups[..<index].allSatisfy({ $0.caps.isEmpty && $0.pairedCaps.isEmpty }) else {
      return false
    }
    let isRate = if case .rate? = groups[index].formulas.first { true } else { false }
    let earlier = groups[..<index].contains {
      if case .rate? = $0.formulas.first { true } else { false }
    }
    return !isRate || earlier || groups[index].isAmong
  }

  /// The conditions of the first part that are its own: those whose kind a later part asks for too.
  private mutating func first(_ group: GrantGroup) -> Node? {
    guard groups.count > 1, !groups[1].isAdditive, !groups[1].nodes.isEmpty else {
      common += group.nodes
      return nil
    }
    if groups[1].isAmong {
      common += group.nodes
      return nil
    }
    let later = Set(groups.dropFirst().flatMap(\.nodes).flatMap(\.leaves).flatMap(\.kinds))
    let nodes = group.nodes.flatMap { node -> [Node] in
      if case .all(let parts) = node { parts } else { [node] }
    }
    var own: [Node] = []
    for node in nodes {
      let kinds = Set(node.leaves.flatMap(\.kinds))
      let isOwn =
        !kinds.isDisjoint(with: later)
        || (groups[1].isParted && kinds.isDisjoint(with: ["subject", "size", "industry", "place"]))
      if isOwn { own.append(node) } else { common.append(node) }
    }
    return Node.conjunction(own)
  }

  // MARK: Lists

  /// The cases of one part: one, or as many as its list has members.
  ///
  /// The list of conditions that pairs with it leaves `own`.
  private mutating func branches(
    of group: GrantGroup, _ own: inout Node?
  ) -> [(node: Node?, formula: Formula)] {
    let formulas = group.formulas.enumerated().map { index, formula -> Formula in
      let caps = index < group.pairedCaps.count ? [group.pairedCaps[index]] : []
      return caps.isEmpty ? formula : .capped(formula, caps)
    }
    guard formulas.count > 1 else {
      let formula = formulas[0]
      return [(nil, group.caps.isEmpty ? formula : .capped(formula, group.caps))]
    }
    var members: [[Criterion]] = []
    if let leaf = lastList(of: formulas.count, in: (own.map { [$0] } ?? []) + common) {
      members = Steps.closed(leaf.members)
      own = own?.mapLeaves { $0 == leaf ? nil : $0 }
      common = common.compactMap { $0.mapLeaves { $0 == leaf ? nil : $0 } }
    } else {
      isDoubtful = true
    }
    let cases = formulas.enumerated().map { index, formula in
      Formula.Branch(
        condition: index < members.count
          ? Condition.conjunction(members[index].map(Condition.leaf)) : nil,
        formula: formula)
    }
    let whole = Formula.cases(cases)
    return [(nil, group.caps.isEmpty ? whole : .capped(whole, group.caps))]
  }

  /// The nearest list with `count` members to the left.
  private func lastList(of count: Int, in nodes: [Node]) -> Leaf? {
    nodes.flatMap(\.leaves).last { $0.members.count == count }
  }

  // MARK: Joining

  private func joined(
    _ parts: [(branch: [(node: Node?, formula: Formula)], isSum: Bool)]
  ) -> Formula? {
    var alternatives: [[Formula.Branch]] = []
    for part in parts {
      for (node, formula) in part.branch {
        let branch = Formula.Branch(condition: node?.condition, formula: formula)
        if part.isSum, !alternatives.isEmpty {
          alternatives[alternatives.count - 1].append(branch)
        } else {
          alternatives.append([branch])
        }
      }
    }
    let branches = alternatives.map { addends -> Formula.Branch in
      addends.count == 1
        ? addends[0] : Formula.Branch(condition: nil, formula: .sum(addends))
    }
    guard branches.count > 1 else { return branches.first?.formula }
    return .cases(branches)
  }
}

/// Closes steps (台阶): each ends where the next begins.
enum Steps {
  /// The members with the upper end that the next one gives them; places in an order need none.
  static func closed(_ members: [[Criterion]]) -> [[Criterion]] {
    members.enumerated().map { index, member in
      guard index + 1 < members.count, let next = threshold(members[index + 1].first),
        let this = threshold(member.first), this.value.quantity == next.value.quantity,
        this.value.value < next.value.value
      else { return member }
      if member.count > 1, var upper = threshold(member[1])?.value, upper.value == next.value.value
      {
        upper.comparator = next.value.comparator == .moreThan ? .atMost : .lessThan
        return [member[0], changed(member[1], upper)]
      }
      guard member.count == 1 else { return member }
      var upper = next.value
      upper.comparator = next.value.comparator == .moreThan ? .atMost : .lessThan
      var derived = changed(member[0], upper)
      derived.range = nil
      return [member[0], derived]
    }
  }

  private static func threshold(_ criterion: Criterion?) -> (value: Threshold, isGrowth: Bool)? {
    switch criterion?.kind {
    case .number(let threshold): (threshold, false)
    case .growth(let threshold): (threshold, true)
    default: nil
    }
  }

  private static func changed(_ criterion: Criterion, _ threshold: Threshold) -> Criterion {
    var changed = criterion
    if case .growth = criterion.kind {
      changed.kind = .growth(threshold)
    } else {
      changed.kind = .number(threshold)
    }
    return changed
  }
}

extension Leaf {
  /// What kinds of condition it holds, for telling which conditions contest a case.
  var kinds: [String] {
    criteria.map {
      switch $0.kind {
      case .place: "place"
      case .subject: "subject"
      case .size: "size"
      case .industry: "industry"
      case .qualification: "qualification"
      case .number(let threshold): "number \(threshold.quantity)"
      case .growth: "growth"
      case .age: "age"
      case .time: "time"
      case .credit: "credit"
      case .received: "received"
      case .rank: "rank"
      case .recognised: "recognised"
      case .statement: "statement"
      }
    }
  }
}
