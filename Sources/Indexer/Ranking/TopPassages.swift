/// The best of many passages, by score; of equal scores the earlier passage.
struct TopPassages {
  let limit: Int
  /// Score above, passage (counted down) below: the larger number is the better passage, the least on top.
  private var items: [UInt64] = []
  /// A passage enters only with a higher score; passages must come in ascending order.
  private(set) var threshold: UInt32 = 0

  init(limit: Int) {
    self.limit = limit
    items.reserveCapacity(limit)
    if limit == 0 { threshold = .max }
  }

  /// Takes a score that as many passages as are wanted surely exceed.
  mutating func raise(to score: UInt32) { threshold = max(threshold, score) }

  @inline(__always)
  mutating func insert(_ passage: Int, _ score: UInt32) {
    if score > threshold {
      push(UInt64(score) << 32 | UInt64(~UInt32(truncatingIfNeeded: passage)))
    }
  }

  private mutating func push(_ item: UInt64) {
    if items.count < limit {
      items.append(item)
      items.withUnsafeMutableBufferPointer { items in
        var child = items.count - 1
        while child > 0, item < items[(child - 1) / 2] {
          items[child] = items[(child - 1) / 2]
          child = (child - 1) / 2
        }
        items[child] = item
      }
    } else {
      items.withUnsafeMutableBufferPointer { items in
        var parent = 0
        while true {
          var child = 2 * parent + 1
          guard child < items.count else { break }
          if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
          guard items[child] < item else { break }
          items[parent] = items[child]
          parent = child
        }
        items[parent] = item
      }
    }
    if items.count == limit { threshold = UInt32(items[0] >> 32) }
  }

  /// The passages with their scores, best first.
  func sorted() -> [(passage: Int, score: UInt32)] {
    items.sorted(by: >).map {
      (Int(~UInt32(truncatingIfNeeded: $0)), UInt32($0 >> 32))
    }
  }
}
