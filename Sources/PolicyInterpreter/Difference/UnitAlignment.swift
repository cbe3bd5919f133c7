internal import PolicyParser

/// Which unit of the old version is which of the new one.
///
/// First units with the same words: those whose words stand once in both, then their neighbours, then
/// the rest in order. Then headings by what stands below them, then units by likeness.
struct UnitAlignment {
  private let old: DifferenceText
  private let new: DifferenceText
  /// The partner of each old unit; -1 for none.
  private(set) var newOf: [Int]
  /// The partner of each new unit; -1 for none.
  private(set) var oldOf: [Int]
  /// Old units whose words stand in the new version, cut otherwise.
  private(set) var settledOld: Set<Int> = []
  /// New units whose words stand in the old version, cut otherwise.
  private(set) var settledNew: Set<Int> = []
  /// What stands around the document in each version.
  private var aroundOld: [[UInt32]] = []
  private var aroundNew: [[UInt32]] = []

  init(_ old: DifferenceText, _ new: DifferenceText) {
    self.old = old
    self.new = new
    newOf = Array(repeating: -1, count: old.units.count)
    oldOf = Array(repeating: -1, count: new.units.count)
    pairEqual()
    pairNeighbours()
    pairRepeats()
    settle()
    pairByChildren()
    pairByLikeness()
    aroundOld = old.linesAround()
    aroundNew = new.linesAround()
    for unit in old.units.indices where isAround(old, unit, newOf, in: aroundNew) {
      settledOld.insert(unit)
    }
    for unit in new.units.indices where isAround(new, unit, oldOf, in: aroundOld) {
      settledNew.insert(unit)
    }
  }

  // MARK: Words of the page

  /// Whether a line without partner stands around the document in the other version.
  private func isAround(
    _ text: DifferenceText, _ unit: Int, _ partners: [Int], in lines: [[UInt32]]
  ) -> Bool {
    partners[unit] < 0 && text.units[unit].clause == nil
      && Self.stands(text.scalars[text.units[unit].body], in: lines)
  }

  /// Whether words that only one version has stand around the document in the other one.
  func isAround(_ edit: (old: Range<Int>, new: Range<Int>)) -> Bool {
    edit.old.isEmpty
      ? Self.stands(new.scalars[edit.new], in: aroundOld)
      : edit.new.isEmpty && Self.stands(old.scalars[edit.old], in: aroundNew)
  }

  /// Fewer scalars may stand within a line by chance.
  private static let fewest = 6

  /// Whether words are a line, several lines, or a good part of one.
  private static func stands(_ words: ArraySlice<UInt32>, in lines: [[UInt32]]) -> Bool {
    if lines.contains(where: { $0.elementsEqual(words) }) { return true }
    guard words.count >= fewest, let first = words.first else { return false }
    let text = lines.joined().map(\.self)
    guard text.count >= words.count else { return false }
    return (0...text.count - words.count).contains { start in
      text[start] == first && text[start..<start + words.count].elementsEqual(words)
    }
  }

  private func oldBody(_ unit: Int) -> ArraySlice<UInt32> { old.scalars[old.units[unit].body] }
  private func newBody(_ unit: Int) -> ArraySlice<UInt32> { new.scalars[new.units[unit].body] }

  private mutating func pair(_ left: Int, _ right: Int) {
    newOf[left] = right
    oldOf[right] = left
  }

  private func isFree(_ left: Int, _ right: Int) -> Bool {
    newOf[left] < 0 && oldOf[right] < 0
      && (old.units[left].clause == nil) == (new.units[right].clause == nil)
  }

  // MARK: Same words

  private mutating func pairEqual() {
    var places: [ArraySlice<UInt32>: (old: Int, new: Int)] = [:]
    // -1: nowhere; -2: more than once.
    for unit in old.units.indices where !old.units[unit].body.isEmpty {
      let before = places[oldBody(unit)]?.old
      places[oldBody(unit)] = (before == nil ? unit : -2, -1)
    }
    for unit in new.units.indices where !new.units[unit].body.isEmpty {
      guard let before = places[newBody(unit)] else { continue }
      places[newBody(unit)] = (before.old, before.new == -1 ? unit : -2)
    }
    for (_, found) in places where found.old >= 0 && found.new >= 0 {
      if isFree(found.old, found.new) { pair(found.old, found.new) }
    }
  }

  private mutating func pairNeighbours() {
    func isSame(_ left: Int, _ right: Int) -> Bool {
      old.units.indices.contains(left) && new.units.indices.contains(right)
        && isFree(left, right) && oldBody(left) == newBody(right)
    }
    if isSame(0, 0) { pair(0, 0) }
    for left in old.units.indices where newOf[left] >= 0 && isSame(left + 1, newOf[left] + 1) {
      pair(left + 1, newOf[left] + 1)
    }
    if isSame(old.units.count - 1, new.units.count - 1) {
      pair(old.units.count - 1, new.units.count - 1)
    }
    for left in old.units.indices.reversed()
    where newOf[left] >= 0 && isSame(left - 1, newOf[left] - 1) {
      pair(left - 1, newOf[left] - 1)
    }
  }

  private mutating func pairRepeats() {
    var waiting: [ArraySlice<UInt32>: [Int]] = [:]
    for unit in new.units.indices.reversed() where oldOf[unit] < 0 && !new.units[unit].body.isEmpty
    {
      waiting[newBody(unit), default: []].append(unit)
    }
    for unit in old.units.indices where newOf[unit] < 0 && !old.units[unit].body.isEmpty {
      guard let right = waiting[oldBody(unit)]?.last, isFree(unit, right) else { continue }
      waiting[oldBody(unit)]?.removeLast()
      pair(unit, right)
    }
  }

  // MARK: Same words, cut otherwise

  /// The units without partner around a place: `left..<` and `right..<` behind the same anchor.
  private func gaps() -> [(old: Range<Int>, new: Range<Int>)] {
    var gaps: [(old: Range<Int>, new: Range<Int>)] = []
    func close(_ left: Int, _ right: Int) {
      var leftEnd = left
      while leftEnd < newOf.count, newOf[leftEnd] < 0 { leftEnd += 1 }
      var rightEnd = right
      while rightEnd < oldOf.count, oldOf[rightEnd] < 0 { rightEnd += 1 }
      if left < leftEnd, right < rightEnd { gaps.append((left..<leftEnd, right..<rightEnd)) }
    }
    close(0, 0)
    for left in newOf.indices where newOf[left] >= 0 { close(left + 1, newOf[left] + 1) }
    return gaps
  }

  private mutating func settle() {
    for gap in gaps() {
      let left =
        old.units[gap.old.lowerBound].whole
        .lowerBound..<old.units[gap.old.upperBound - 1].whole
        .upperBound
      let right =
        new.units[gap.new.lowerBound].whole
        .lowerBound..<new.units[gap.new.upperBound - 1].whole
        .upperBound
      guard old.scalars[left] == new.scalars[right] else { continue }
      settledOld.formUnion(gap.old)
      settledNew.formUnion(gap.new)
    }
  }

  // MARK: Other words

  private func isOpen(_ left: Int, _ right: Int) -> Bool {
    isFree(left, right) && !settledOld.contains(left) && !settledNew.contains(right)
  }

  /// A heading with other words is the one that most of its clauses stand below.
  private mutating func pairByChildren() {
    for left in old.units.indices.reversed() where newOf[left] < 0 {
      var votes: [Int: Int] = [:]
      var count = 0
      var child = left + 1
      while child < old.units[left].end {
        count += 1
        if newOf[child] >= 0 { votes[new.units[newOf[child]].parent, default: 0] += 1 }
        child = old.units[child].end
      }
      guard let best = votes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.key >= 0,
        best.value * 2 > count, isOpen(left, best.key)
      else { continue }
      pair(left, best.key)
    }
  }

  private struct Candidate {
    let old: Int
    let new: Int
    let score: Double
  }

  /// How many units may share a pair of characters that still tells them apart.
  private static let commonest = 32
  /// How many candidates of one unit are compared in full.
  private static let candidates = 8

  private mutating func pairByLikeness() {
    let lefts = old.units.indices.filter { newOf[$0] < 0 && !settledOld.contains($0) }
    let rights = new.units.indices.filter { oldOf[$0] < 0 && !settledNew.contains($0) }
    guard !lefts.isEmpty, !rights.isEmpty else { return }
    var gapOfOld: [Int: Int] = [:]
    var gapOfNew: [Int: Int] = [:]
    var beside: [Int: Int] = [:]
    for (number, gap) in gaps().enumerated() {
      for unit in gap.old { gapOfOld[unit] = number }
      for unit in gap.new { gapOfNew[unit] = number }
      for (left, right) in zip(gap.old, gap.new) { beside[left] = right }
    }
    var bags: [Int: CharacterPairs] = [:]
    var postings: [UInt64: [Int]] = [:]
    for right in rights {
      let bag = CharacterPairs(newBody(right))
      bags[right] = bag
      for value in bag.distinct where postings[value, default: []].count <= Self.commonest {
        postings[value, default: []].append(right)
      }
    }
    var found: [Candidate] = []
    for left in lefts {
      let bag = CharacterPairs(oldBody(left))
      var shared: [Int: Int] = [:]
      for value in bag.distinct {
        guard let list = postings[value], list.count <= Self.commonest else { continue }
        for right in list { shared[right, default: 0] += 1 }
      }
      var tried = shared.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        .prefix(Self.candidates).map(\.key)
      if let near = beside[left], !tried.contains(near) { tried.append(near) }
      for right in tried where isOpen(left, right) {
        guard let other = bags[right] else { continue }
        let score = bag.likeness(other) + bonus(left, right, gapOfOld[left], gapOfNew[right])
        if score >= 0.5 { found.append(Candidate(old: left, new: right, score: score)) }
      }
    }
    found.sort { ($0.score, $1.old, $1.new) > ($1.score, $0.old, $0.new) }
    for candidate in found where isOpen(candidate.old, candidate.new) {
      pair(candidate.old, candidate.new)
    }
  }

  /// What speaks for a pair beside its words: the same place, label and heading above.
  private func bonus(_ left: Int, _ right: Int, _ oldGap: Int?, _ newGap: Int?) -> Double {
    var bonus = 0.0
    if let oldGap, oldGap == newGap { bonus += 0.1 }
    if let label = old.units[left].clause?.label, label == new.units[right].clause?.label {
      bonus += 0.05
    }
    let parent = old.units[left].parent
    if parent >= 0, newOf[parent] >= 0, newOf[parent] == new.units[right].parent { bonus += 0.05 }
    return bonus
  }
}

/// The pairs of characters of a text, for likeness.
struct CharacterPairs {
  /// Ascending, each as often as it stands.
  private let values: [UInt64]
  /// Each once.
  let distinct: [UInt64]

  init(_ scalars: ArraySlice<UInt32>) {
    var values: [UInt64] = []
    values.reserveCapacity(scalars.count)
    var before: UInt32 = 0
    for scalar in scalars {
      values.append(UInt64(before) << 32 | UInt64(scalar))
      before = scalar
    }
    values.sort()
    self.values = values
    var distinct: [UInt64] = []
    for value in values where value != distinct.last { distinct.append(value) }
    self.distinct = distinct
  }

  /// Twice what both have, of all: 0 to 1.
  func likeness(_ other: CharacterPairs) -> Double {
    guard !values.isEmpty, !other.values.isEmpty else { return 0 }
    var (left, right, shared) = (0, 0, 0)
    while left < values.count, right < other.values.count {
      if values[left] == other.values[right] {
        shared += 1
        left += 1
        right += 1
      } else if values[left] < other.values[right] {
        left += 1
      } else {
        right += 1
      }
    }
    return Double(2 * shared) / Double(values.count + other.values.count)
  }
}
