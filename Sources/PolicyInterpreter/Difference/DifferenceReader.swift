internal import PolicyText

/// Two versions on their way from units to changes.
///
/// Whichever version is asked for first, the same pairs are found: ties are broken between the texts in
/// the order of their scalars, and what was found is mirrored where that is the other way round.
struct DifferenceReader {
  private let old: DifferenceText
  private let new: DifferenceText
  /// Whether ``old`` is what the caller calls new.
  private let isReversed: Bool
  private let alignment: UnitAlignment
  private let moved: Set<Int>

  init(_ old: DifferenceText, _ new: DifferenceText) {
    isReversed = new.scalars.lexicographicallyPrecedes(old.scalars)
    let (old, new) = isReversed ? (new, old) : (old, new)
    self.old = old
    self.new = new
    alignment = UnitAlignment(old, new)
    moved = UnitOrder(old: old, new: new, alignment: alignment).moved()
  }

  /// A change, with the units it is about and its place in the order of both texts.
  private struct Draft {
    var change: ClauseChange
    let old: Range<Int>
    let new: Range<Int>
    /// The units it stands at; what only one text has stands behind what stood before it.
    let place: (old: Int, new: Int)
  }

  func difference() -> DocumentDifference {
    let renumbered = old.units.indices.count { unit in
      alignment.newOf[unit] >= 0 && label(unit, old) != label(alignment.newOf[unit], new)
    }
    // The same words from end to end are no change, however they are cut.
    var drafts = old.scalars == new.scalars ? [] : pairs() + removed() + added()
    guard !drafts.isEmpty else {
      return DocumentDifference(changes: [], effects: [], renumbered: renumbered)
    }
    var ofOld = Array(repeating: -1, count: old.units.count)
    var ofNew = Array(repeating: -1, count: new.units.count)
    // A change inside a clause that moved as a whole is nearer than the move: it stands later.
    func size(_ draft: Draft) -> Int { max(draft.old.count, draft.new.count) }
    for (number, draft) in drafts.enumerated().sorted(by: { size($0.1) > size($1.1) }) {
      for unit in draft.old { ofOld[unit] = number }
      for unit in draft.new { ofNew[unit] = number }
    }
    let reader = EffectReader(
      old, new, alignment, isReversed: isReversed, changeOfOld: ofOld, changeOfNew: ofNew)
    var loose: [EffectChange] = []
    for (effect, number) in reader.effects() {
      let effect = isReversed ? effect.mirrored : effect
      if let number {
        drafts[number].change.effects.append(effect)
      } else {
        loose.append(effect)
      }
    }
    return DocumentDifference(
      changes: sorted(drafts).map { isReversed ? $0.change.mirrored : $0.change }, effects: loose,
      renumbered: renumbered)
  }

  /// In the order of what the caller calls new; what is gone before what came.
  private func sorted(_ drafts: [Draft]) -> [Draft] {
    func key(_ draft: Draft) -> (Int, Int, Int) {
      let (first, second) = isReversed ? (draft.new, draft.old) : (draft.old, draft.new)
      let place = isReversed ? draft.place.old : draft.place.new
      // What is gone stands behind the unit at its place, what came is at it.
      return (place, second.isEmpty ? 1 : 0, first.lowerBound)
    }
    return drafts.sorted { key($0) < key($1) }
  }

  private func label(_ unit: Int, _ text: DifferenceText) -> ArraySlice<UInt32> {
    let found = text.units[unit]
    return text.scalars[found.whole.lowerBound..<found.body.lowerBound]
  }

  /// Units that both versions have, with other words or in another place.
  private func pairs() -> [Draft] {
    var drafts: [Draft] = []
    for left in old.units.indices where alignment.newOf[left] >= 0 {
      let right = alignment.newOf[left]
      let isMoved = moved.contains(left)
      let edits = WordComparison.edits(
        old.scalars[old.units[left].body], new.scalars[new.units[right].body]
      ).filter { !alignment.isAround($0) }
      guard isMoved || !edits.isEmpty else { continue }
      let (before, after) = (old.place(left, whole: isMoved), new.place(right, whole: isMoved))
      drafts.append(
        Draft(
          change: ClauseChange(
            kind: isMoved ? .moved : .modified, old: before, new: after,
            edits: edits.map {
              WordEdit(
                old: old.bytes($0.old, within: before.range),
                new: new.bytes($0.new, within: after.range))
            },
            effects: []),
          old: left..<(isMoved ? old.units[left].end : left + 1),
          new: right..<(isMoved ? new.units[right].end : right + 1), place: (left, right)))
    }
    return drafts
  }

  /// Units that only one version has: one change for a clause that came or went with all below it.
  private func alone(
    _ text: DifferenceText, isAlone: (Int) -> Bool
  ) -> [(units: Range<Int>, isWhole: Bool)] {
    var found: [(units: Range<Int>, isWhole: Bool)] = []
    var inner = Array(repeating: 0, count: text.units.count + 1)
    for unit in text.units.indices { inner[unit + 1] = inner[unit] + (isAlone(unit) ? 1 : 0) }
    var unit = 0
    while unit < text.units.count {
      let end = text.units[unit].end
      if !isAlone(unit) {
        unit += 1
      } else if inner[end] - inner[unit] == end - unit {
        found.append((unit..<end, true))
        unit = end
      } else {
        found.append((unit..<unit + 1, false))
        unit += 1
      }
    }
    return found
  }

  /// For each unit of a text, and its end, the partner of the last unit before that stayed in order.
  private func anchors(_ partners: [Int], isMoved: (Int) -> Bool) -> [Int] {
    var before = Array(repeating: -1, count: partners.count + 1)
    for (unit, partner) in partners.enumerated() {
      before[unit + 1] = partner >= 0 && !isMoved(unit) ? partner : before[unit]
    }
    return before
  }

  private func removed() -> [Draft] {
    let before = anchors(alignment.newOf) { moved.contains($0) }
    let found = alone(old) { alignment.newOf[$0] < 0 && !alignment.settledOld.contains($0) }
    return found.map { units, isWhole in
      Draft(
        change: ClauseChange(
          kind: .removed, old: old.place(units.lowerBound, whole: isWhole), new: nil, edits: [],
          effects: []),
        old: units, new: 0..<0, place: (units.lowerBound, before[units.lowerBound]))
    }
  }

  private func added() -> [Draft] {
    let before = anchors(alignment.oldOf) { moved.contains(alignment.oldOf[$0]) }
    let found = alone(new) { alignment.oldOf[$0] < 0 && !alignment.settledNew.contains($0) }
    return found.map { units, isWhole in
      Draft(
        change: ClauseChange(
          kind: .added, old: nil, new: new.place(units.lowerBound, whole: isWhole), edits: [],
          effects: []),
        old: 0..<0, new: units, place: (before[units.lowerBound], units.lowerBound))
    }
  }
}

extension ClauseChange {
  /// The same change from the new version to the old one.
  fileprivate var mirrored: ClauseChange {
    let kind: Kind =
      switch self.kind {
      case .added: .removed
      case .removed: .added
      case .modified, .moved: self.kind
      }
    return ClauseChange(
      kind: kind, old: new, new: old, edits: edits.map { WordEdit(old: $0.new, new: $0.old) },
      effects: effects)
  }
}

extension EffectChange {
  /// The same change from the new version to the old one.
  fileprivate var mirrored: EffectChange {
    EffectChange(subject: subject, item: item, old: new, new: old)
  }
}
