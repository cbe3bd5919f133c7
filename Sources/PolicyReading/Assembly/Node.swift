import PolicyText
import PolicyVocabulary

/// A condition while a clause is put together: its leaves still know the lists they were read from.
indirect enum Node: Hashable {
  /// All hold.
  case all([Node])
  /// At least one holds.
  case any([Node])
  /// It does not hold.
  case not(Node)
  /// What a rule read.
  case leaf(Leaf)

  /// The conjunction of `parts`; nil where there is none.
  static func conjunction(_ parts: [Node]) -> Node? {
    let flat = parts.flatMap { part -> [Node] in
      if case .all(let inner) = part { inner } else { [part] }
    }
    return flat.count > 1 ? .all(flat) : flat.first
  }

  /// The alternative of `parts`; nil where there is none.
  ///
  /// Plain subjects become one leaf with several names.
  static func alternative(_ parts: [Node]) -> Node? {
    let flat = parts.flatMap { part -> [Node] in
      if case .any(let inner) = part { inner } else { [part] }
    }
    guard flat.count > 1 else { return flat.first }
    return merged(flat) ?? .any(flat)
  }

  /// One leaf for alternatives that are single subjects, or honours of the same level.
  private static func merged(_ parts: [Node]) -> Node? {
    let criteria = parts.compactMap { part -> Criterion? in
      if case .leaf(let leaf) = part, leaf.criteria.count == 1, leaf.members.isEmpty, !leaf.isDenied
      {
        leaf.criteria[0]
      } else {
        nil
      }
    }
    guard criteria.count == parts.count, let first = criteria.first,
      let range = Self.cover(criteria.compactMap(\.range))
    else { return nil }
    let subjects = criteria.flatMap { criterion -> [String] in
      if case .subject(let names) = criterion.kind { names } else { [] }
    }
    guard subjects.count == criteria.count else { return nil }
    let whole = Criterion(kind: .subject(subjects), range: range, rule: first.rule)
    return .leaf(Leaf(criteria: [whole], members: criteria.map { [$0] }, isAlternative: true))
  }

  private static func cover(_ ranges: [Range<Int>]) -> Range<Int>? {
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else {
      return nil
    }
    return low..<high
  }

  /// The leaves from left to right.
  var leaves: [Leaf] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    case .not(let part): part.leaves
    case .leaf(let leaf): [leaf]
    }
  }

  /// The finished condition.
  var condition: Condition? {
    switch self {
    case .all(let parts): return .conjunction(parts.compactMap(\.condition))
    case .any(let parts): return .alternative(parts.compactMap(\.condition))
    case .not(let part): return part.condition.map(Condition.not)
    case .leaf(let leaf):
      let parts = leaf.criteria.map(Condition.leaf)
      let isAny = leaf.isAlternative && leaf.criteria.count > 1
      let whole = isAny ? Condition.alternative(parts) : Condition.conjunction(parts)
      return leaf.isDenied ? whole.map(Condition.not) : whole
    }
  }

  /// The node with each leaf changed; a leaf that becomes nil falls away, and what becomes empty with it.
  func mapLeaves(_ change: (Leaf) -> Leaf?) -> Node? {
    switch self {
    case .all(let parts): return .conjunction(parts.compactMap { $0.mapLeaves(change) })
    case .any(let parts):
      let rest = parts.compactMap { $0.mapLeaves(change) }
      return rest.count > 1 ? .any(rest) : rest.first
    case .not(let part): return part.mapLeaves(change).map(Node.not)
    case .leaf(let leaf): return change(leaf).map(Node.leaf)
    }
  }
}
