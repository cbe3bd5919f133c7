/// Words in one tree, to find all that begin at a place of a text.
///
/// The children of a node lie side by side, sorted, in two arrays: a look-up touches no dictionary.
struct WordTrie: Sendable {
  private var roots = [Int32](repeating: -1, count: 0x1_0000)
  private var children: [Range<Int32>] = []
  private var scalars: [UInt16] = []
  private var targets: [Int32] = []
  private var values: [Int32] = []

  /// Builds the tree of `words` in folded form; the value of a word is its place in `words`.
  ///
  /// Words with signs beyond the basic plane are left out.
  init(_ words: [String]) {
    var edges: [[UInt16: Int32]] = [[:]]
    var ends: [Int32] = [-1]
    for (place, word) in words.enumerated()
    where word.unicodeScalars.allSatisfy({ $0.value < 0x1_0000 }) {
      var node = 0
      for scalar in word.unicodeScalars {
        let key = UInt16(scalar.value)
        if let next = edges[node][key] {
          node = Int(next)
        } else {
          edges[node][key] = Int32(edges.count)
          node = edges.count
          edges.append([:])
          ends.append(-1)
        }
      }
      ends[node] = Int32(place)
    }
    for (scalar, target) in edges[0] { roots[Int(scalar)] = target }
    for edge in edges {
      let start = Int32(scalars.count)
      for (scalar, target) in edge.sorted(by: { $0.key < $1.key }) {
        scalars.append(scalar)
        targets.append(target)
      }
      children.append(start..<Int32(scalars.count))
    }
    values = ends
  }

  /// Calls `found` with length and value of each word that begins at `index`, shortest first.
  @inline(__always)
  func forEachWord(
    in text: [Unicode.Scalar], at index: Int, limit: Int,
    _ found: (_ length: Int, _ value: Int) -> Void
  ) {
    let first = text[index].value
    guard first < 0x1_0000 else { return }
    var node = roots[Int(first)]
    var end = index + 1
    while node >= 0 {
      let value = values[Int(node)]
      if value >= 0 { found(end - index, Int(value)) }
      guard end < limit, text[end].value < 0x1_0000 else { return }
      node = child(of: node, UInt16(text[end].value))
      end += 1
    }
  }

  @inline(__always)
  private func child(of node: Int32, _ scalar: UInt16) -> Int32 {
    var low = Int(children[Int(node)].lowerBound)
    var high = Int(children[Int(node)].upperBound)
    while low < high {
      let middle = (low + high) / 2
      if scalars[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return low < Int(children[Int(node)].upperBound) && scalars[low] == scalar ? targets[low] : -1
  }
}
