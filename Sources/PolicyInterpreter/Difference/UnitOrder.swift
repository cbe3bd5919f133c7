internal import PolicyParser

/// Which units stand elsewhere, not only after something that came or went.
///
/// Among units below the same heading, those that have to be taken out so that the rest is in order, and
/// of the ways to do so the one that takes out the fewest words. A unit below another heading has moved where
/// it passed one of the two headings.
struct UnitOrder {
  let old: DifferenceText
  let new: DifferenceText
  let alignment: UnitAlignment

  /// The old units that moved.
  func moved() -> Set<Int> {
    var moved: Set<Int> = []
    var groups: [Int: [Int]] = [:]
    for left in old.units.indices where alignment.newOf[left] >= 0 {
      let right = alignment.newOf[left]
      let oldParent = nearest(left, old, alignment.newOf)
      let newParent = nearest(right, new, alignment.oldOf)
      if (oldParent < 0 ? -1 : alignment.newOf[oldParent]) == newParent {
        groups[oldParent, default: []].append(left)
      } else if oldParent >= 0 && right < alignment.newOf[oldParent]
        || newParent >= 0 && left < alignment.oldOf[newParent]
      {
        moved.insert(left)
      }
    }
    for (_, group) in groups { moved.formUnion(outOfOrder(group)) }
    return moved
  }

  /// The nearest heading above that both versions have; -1 for the top.
  private func nearest(_ unit: Int, _ text: DifferenceText, _ partner: [Int]) -> Int {
    var parent = text.units[unit].parent
    while parent >= 0, partner[parent] < 0 { parent = text.units[parent].parent }
    return parent
  }

  /// All but the heaviest ascending row of partners.
  private func outOfOrder(_ group: [Int]) -> [Int] {
    let partners = group.map { alignment.newOf[$0] }
    guard zip(partners, partners.dropFirst()).contains(where: { $0 > $1 }) else { return [] }
    let ranks = partners.indices.sorted { partners[$0] < partners[$1] }
    var rank = Array(repeating: 0, count: ranks.count)
    for (place, index) in ranks.enumerated() { rank[index] = place + 1 }
    // A tree of maxima over ranks: the heaviest row that ends at most there.
    var tree = Array(repeating: (weight: 0, last: -1), count: ranks.count + 1)
    var before = Array(repeating: -1, count: ranks.count)
    for index in group.indices {
      var best = (weight: 0, last: -1)
      var node = rank[index] - 1
      while node > 0 {
        if tree[node].weight > best.weight { best = tree[node] }
        node &= node - 1
      }
      before[index] = best.last
      let unit = old.units[group[index]]
      let end = old.units[unit.end - 1].whole.upperBound
      let weight = best.weight + end - unit.whole.lowerBound + 1
      node = rank[index]
      while node < tree.count {
        if weight > tree[node].weight { tree[node] = (weight, index) }
        node += node & -node
      }
    }
    var best = (weight: 0, last: -1)
    var node = ranks.count
    while node > 0 {
      if tree[node].weight > best.weight { best = tree[node] }
      node &= node - 1
    }
    var kept: Set<Int> = []
    while best.last >= 0 {
      kept.insert(best.last)
      best.last = before[best.last]
    }
    return group.indices.filter { !kept.contains($0) }.map { group[$0] }
  }
}
