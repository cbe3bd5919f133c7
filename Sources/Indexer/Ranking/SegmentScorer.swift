/// One term's list in one segment, with what the term weighs.
struct ScoredList {
  var cursor: PostingCursor
  let weight: TermWeight
  /// What the term adds for the whole document.
  let documentWeight: TermWeight
  /// At least the highest weight in the segment, that of the document counted in.
  var bound: UInt32 = 0
  /// At least the highest weight of a whole document; 0 where documents are not scored.
  let documentBound: UInt32
  private var boundedBlock = -1
  private var blockBound: UInt32 = 0

  init(
    cursor: PostingCursor, weight: TermWeight, documentWeight: TermWeight, documents: Bool,
    lengths: UnsafePointer<UInt16>
  ) {
    self.cursor = cursor
    self.weight = weight
    self.documentWeight = documentWeight
    documentBound = documents ? documentWeight.highest : 0
    bound = cursor.bound(weight, lengths)
    if cursor.blocks == 1 {
      boundedBlock = 0
      blockBound = bound
    }
    bound += documentBound
  }

  /// At least the highest weight of a block, without that of documents.
  @inline(__always)
  mutating func bound(ofBlock block: Int, _ lengths: UnsafePointer<UInt16>) -> UInt32 {
    if block != boundedBlock {
      boundedBlock = block
      blockBound = cursor.bound(block, weight, lengths)
    }
    return blockBound
  }

  /// At least the highest weight between the cursor's block and `end`.
  @inline(__always)
  mutating func bound(upTo end: UInt32, _ lengths: UnsafePointer<UInt16>) -> UInt32 {
    var best: UInt32 = 0
    var block = cursor.block
    while block < cursor.blocks, cursor.first(block) < end {
      best = max(best, bound(ofBlock: block, lengths))
      block += 1
    }
    return best == 0 ? 0 : best + documentBound
  }

  /// What the term adds for one passage, going ahead; nil where it is surely not more than `least`.
  @inline(__always)
  mutating func weight(
    of passage: UInt32, over least: Int64, _ lengths: UnsafePointer<UInt16>
  ) -> UInt32? {
    guard let block = cursor.find(passage), cursor.first(block) <= passage else {
      return least < 0 ? 0 : nil
    }
    if Int64(bound(ofBlock: block, lengths)) <= least { return nil }
    cursor.decode(block)
    let index = cursor.lowerBound(passage)
    guard index < cursor.size, cursor.passages[index] == passage else { return 0 }
    return weight.of(Float(cursor.count(index)), length: Float(lengths[Int(passage)]))
  }

  /// What the term adds for one passage, going ahead.
  @inline(__always)
  mutating func weight(of passage: UInt32, _ lengths: UnsafePointer<UInt16>) -> UInt32 {
    weight(of: passage, over: -1, lengths) ?? 0
  }
}

/// Finds the best passages of one segment, window by window of passages (MaxScore over block bounds).
///
/// In each window the terms of the least bounds, which together cannot lift a passage above the threshold, are
/// only looked up for passages that a term of the others has. So most of the common terms' lists is never read,
/// and the result is the same as that of scoring every passage: weights are whole numbers.
struct SegmentScorer {
  /// Passages of a window: their sums fit the fastest cache.
  static let window: UInt32 = 4_096

  let lengths: UnsafePointer<UInt16>
  let count: UInt32
  /// The segment's first passage among all.
  let base: Int
  /// A bit for each passage that is not to be found; nil for none.
  let excluded: UnsafePointer<UInt64>?
  /// Ascending by bound.
  let lists: UnsafeMutableBufferPointer<ScoredList>
  /// Bounds in the window, and their sums up to each list.
  private let bounds: UnsafeMutableBufferPointer<UInt32>
  private let sums: UnsafeMutableBufferPointer<UInt32>

  init(
    lists: UnsafeMutableBufferPointer<ScoredList>, lengths: UnsafePointer<UInt16>, count: Int,
    base: Int, excluded: UnsafePointer<UInt64>?
  ) {
    self.lists = lists
    self.lengths = lengths
    self.count = UInt32(count)
    self.base = base
    self.excluded = excluded
    bounds = .allocate(capacity: lists.count)
    sums = .allocate(capacity: lists.count + 1)
    sums[0] = 0
  }

  /// Gives its memory back.
  func close() {
    bounds.deallocate()
    sums.deallocate()
  }

  /// Whether no passage of a document is to be found: documents are left out as a whole.
  func areExcluded(_ begin: UInt32, _ end: UInt32) -> Bool { begin < end && isExcluded(begin) }

  /// Whether a passage is not to be found.
  @inline(__always)
  func isLeftOut(_ passage: UInt32) -> Bool { isExcluded(passage) }

  /// At least what the first `count` lists can add in the window.
  @inline(__always)
  func sumOfBounds(_ count: Int) -> UInt32 { sums[count] }

  @inline(__always)
  func insert(_ passage: UInt32, _ score: UInt32, _ top: inout TopPassages) {
    top.insert(base + Int(passage), score)
  }

  @inline(__always)
  private func isExcluded(_ passage: UInt32) -> Bool {
    guard let excluded else { return false }
    return excluded[Int(passage >> 6)] >> UInt64(passage & 63) & 1 == 1
  }

  /// Moves all lists to a window; the number of lists that cannot lift a passage by themselves.
  @inline(__always)
  func enterWindow(_ low: UInt32, _ high: UInt32, _ threshold: UInt32) -> Int {
    var sum: UInt32 = 0
    var optional = 0
    for index in lists.indices {
      lists[index].cursor.skip(to: low)
      bounds[index] = lists[index].bound(upTo: high, lengths)
      sum += bounds[index]
      sums[index + 1] = sum
      if sum <= threshold { optional = index + 1 }
    }
    return optional
  }

  // MARK: Passages

  /// Scores passages by themselves.
  func scorePassages(into top: inout TopPassages) {
    let size = Int(Self.window)
    let scores = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let marks = UnsafeMutablePointer<UInt64>.allocate(capacity: size / 64)
    defer {
      scores.deallocate()
      marks.deallocate()
    }
    scores.initialize(repeating: 0, count: size)
    marks.initialize(repeating: 0, count: size / 64)
    var low: UInt32 = 0
    while low < count {
      let high = min(low &+ Self.window, count)
      let optional = enterWindow(low, high, top.threshold)
      if optional + 1 == lists.count {
        scan(optional, low, high, &top)
      } else if optional < lists.count {
        for index in optional..<lists.count {
          gather(index, low, high, top.threshold, scores, marks)
        }
        for word in 0..<Int((high - low + 63) / 64) where marks[word] != 0 {
          var rest = marks[word]
          marks[word] = 0
          while rest != 0 {
            let place = word * 64 + rest.trailingZeroBitCount
            rest &= rest - 1
            let score = scores[place]
            scores[place] = 0
            finish(low + UInt32(place), score, optional, &top)
          }
        }
      }
      low = high
    }
  }

  /// Adds the optional lists to a passage's score as long as it can rise above the threshold.
  @inline(__always)
  private func finish(
    _ passage: UInt32, _ score: UInt32, _ optional: Int, _ top: inout TopPassages
  ) {
    guard score + sums[optional] > top.threshold, !isExcluded(passage) else { return }
    var score = score
    var index = optional
    while index > 0 {
      index -= 1
      let missing = Int64(top.threshold) - Int64(score) - Int64(sums[index])
      guard let weight = lists[index].weight(of: passage, over: missing, lengths) else { return }
      score += weight
      if score + sums[index] <= top.threshold { return }
    }
    top.insert(base + Int(passage), score)
  }

  /// The window's passages of a list with their places, blocks without a chance left out.
  @inline(__always)
  private func forEach(
    _ index: Int, _ low: UInt32, _ high: UInt32, _ threshold: UInt32,
    _ body: (_ passage: UInt32, _ count: UInt32) -> Void
  ) {
    let list = lists.baseAddress.unsafelyUnwrapped + index
    let others = sums[lists.count] - bounds[index]
    var block = list.pointee.cursor.block
    while block < list.pointee.cursor.blocks, list.pointee.cursor.first(block) < high {
      defer { block += 1 }
      let best = list.pointee.bound(ofBlock: block, lengths) + list.pointee.documentBound
      if best + others <= threshold { continue }
      list.pointee.cursor.decode(block)
      let cursor = list.pointee.cursor
      let size = cursor.size
      guard size > 0 else { continue }
      var place = cursor.passages[0] >= low ? 0 : cursor.lowerBound(low)
      let end = cursor.passages[size - 1] < high ? size : cursor.lowerBound(high)
      while place < end {
        body(cursor.passages[place], cursor.count(place))
        place += 1
      }
    }
  }

  /// Adds a list's weights to the scores of a window.
  private func gather(
    _ index: Int, _ low: UInt32, _ high: UInt32, _ threshold: UInt32,
    _ scores: UnsafeMutablePointer<UInt32>, _ marks: UnsafeMutablePointer<UInt64>
  ) {
    let weight = lists[index].weight
    let lengths = lengths
    forEach(index, low, high, threshold) { passage, count in
      let place = Int(passage - low)
      scores[place] += weight.of(Float(count), length: Float(lengths[Int(passage)]))
      marks[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// Scores the passages of a single list that can lift them.
  private func scan(_ index: Int, _ low: UInt32, _ high: UInt32, _ top: inout TopPassages) {
    let weight = lists[index].weight
    let lengths = lengths
    forEach(index, low, high, top.threshold) { passage, count in
      finish(
        passage, weight.of(Float(count), length: Float(lengths[Int(passage)])), index, &top)
    }
  }
}
