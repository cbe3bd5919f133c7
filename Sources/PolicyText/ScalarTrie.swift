/// A set of words to find in a text, longest first, in one pass.
///
/// Words are sequences of folded scalars of the basic plane; each has a number, its place in the order of
/// insertion.
package struct ScalarTrie: Sendable {
  private var edges: [UInt64: Int32] = [:]
  private var roots = [Int32](repeating: 0, count: 0x1_0000)
  private var values: [Int32: Int32] = [:]
  private var nodeCount: Int32 = 1

  /// An empty set.
  package init() {}

  /// Adds a word.
  ///
  /// - Returns: Whether it was new; a word that stands already keeps its first `value`.
  @discardableResult
  package mutating func insert(_ word: some StringProtocol, value: Int) -> Bool {
    var node: Int32 = 0
    for (index, scalar) in word.unicodeScalars.enumerated() {
      guard scalar.value < 0x1_0000 else { return false }
      if index == 0 {
        if roots[Int(scalar.value)] == 0 { roots[Int(scalar.value)] = newNode() }
        node = roots[Int(scalar.value)]
      } else {
        let key = UInt64(UInt32(node)) << 32 | UInt64(scalar.value)
        if let next = edges[key] {
          node = next
        } else {
          let next = newNode()
          edges[key] = next
          node = next
        }
      }
    }
    guard node != 0, values[node] == nil else { return false }
    values[node] = Int32(value)
    return true
  }

  private mutating func newNode() -> Int32 {
    defer { nodeCount += 1 }
    return nodeCount
  }

  /// The longest word that begins at `index`, where `scalar` gives the scalar at an index, or 0 beyond the
  /// end.
  @inline(__always)
  package func longest(
    at index: Int, scalar: (Int) -> UInt32
  ) -> (length: Int, value: Int)? {
    let first = scalar(index)
    guard first < 0x1_0000 else { return nil }
    var node = roots[Int(first)]
    guard node != 0 else { return nil }
    var best: (Int, Int)?
    if let value = values[node] { best = (1, Int(value)) }
    var end = index + 1
    while let next = edges[UInt64(UInt32(node)) << 32 | UInt64(scalar(end))] {
      node = next
      end += 1
      if let value = values[node] { best = (end - index, Int(value)) }
    }
    return best
  }

  /// The longest word that begins at `index` of a match text.
  package func longest(
    in text: MatchText, at index: Int, limit: Int
  ) -> (length: Int, value: Int)? {
    longest(at: index) { $0 < limit ? text[$0].value : 0 }
  }

  // The loops stand here and not in the generic set of words: no type is looked up for each scalar.

  /// The first word in `range` of a match text, the longest where several begin there.
  package func first(
    in text: MatchText, _ range: Range<Int>
  ) -> (range: Range<Int>, value: Int)? {
    let scalars = text.scalars
    for index in range where isRoot(scalars[index]) {
      if let found = longest(in: text, at: index, limit: range.upperBound) {
        return (index..<(index + found.length), found.value)
      }
    }
    return nil
  }

  /// The word in `range` of a match text that begins last.
  package func last(in text: MatchText, _ range: Range<Int>) -> (range: Range<Int>, value: Int)? {
    let scalars = text.scalars
    for index in range.reversed() where isRoot(scalars[index]) {
      if let found = longest(in: text, at: index, limit: range.upperBound) {
        return (index..<(index + found.length), found.value)
      }
    }
    return nil
  }

  @inline(__always)
  private func isRoot(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x1_0000 && roots[Int(scalar.value)] != 0
  }
}
