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
    let block = cursor.block
    guard block < cursor.blocks, cursor.first(block) < end else { return 0 }
    if block + 1 == cursor.blocks || cursor.first(block + 1) >= end {
      return bound(ofBlock: block, lengths) + documentBound
    }
    return cursor.bound(from: block, upTo: end, weight) + documentBound
  }

  /// A weight that at least `count` passages have or exceed; 0 where that is not known.
  func weight(ofBest count: Int, _ lengths: UnsafePointer<UInt16>) -> UInt32 {
    guard count > 0, cursor.total >= count else { return 0 }
    let known = cursor.weights(weight, lengths)
    guard known.count >= count else { return 0 }
    return known.sorted(by: >)[count - 1]
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
  /// So few passages are looked for in a block one by one; for more, a table of the block is made.
  private static let fewPassages = 6

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
  ///
  /// A window is scored list by list: first the essential ones, then for what is left each of the others, and what
  /// cannot rise above the threshold any more drops out after each.
  func scorePassages(into top: inout TopPassages) {
    let window = PassageWindow(size: Int(Self.window))
    defer { window.close() }
    seed(&top)
    var low: UInt32 = 0
    while let next = nextPassage(from: low, top.threshold) {
      low = next
      let high = min(low &+ Self.window, count)
      let optional = enterWindow(low, high, top.threshold)
      var found = 0
      if optional + 1 == lists.count {
        found = take(optional, low, high, top.threshold, window)
      } else if optional < lists.count {
        for index in optional..<lists.count {
          gather(index, low, high, top.threshold, window)
        }
        found = window.collect(low, high, over: top.threshold, adding: sums[optional])
      }
      if excluded != nil { found = leaveOutExcluded(found, window) }
      var index = optional
      while index > 0, found > 0 {
        index -= 1
        found = complete(index, found, top.threshold, window)
      }
      for place in 0..<found { insert(window.passages[place], window.scores[place], &top) }
      low = high
    }
  }

  /// Raises the threshold to what the best passages surely reach, as the rarest term alone tells.
  private func seed(_ top: inout TopPassages) {
    guard excluded == nil, let list = lists.last else { return }
    let known = list.weight(ofBest: top.limit, lengths)
    if known > 0 { top.raise(to: known - 1) }
  }

  /// The first passage from `low` on that may rise above the threshold by what its terms add at most anywhere; nil for
  /// none.
  @inline(__always)
  private func nextPassage(from low: UInt32, _ threshold: UInt32) -> UInt32? {
    var next = UInt32.max
    var sum: UInt32 = 0
    for index in lists.indices {
      sum += lists[index].bound
      if sum > threshold { next = min(next, lists[index].cursor.next(low)) }
    }
    return next < count ? next : nil
  }

  private func leaveOutExcluded(_ found: Int, _ window: PassageWindow) -> Int {
    var kept = 0
    for place in 0..<found where !isExcluded(window.passages[place]) {
      window.passages[kept] = window.passages[place]
      window.scores[kept] = window.scores[place]
      kept += 1
    }
    return kept
  }

  /// Adds a list to the passages of a window that were found.
  ///
  /// - Parameters:
  ///   - index: The list.
  ///   - found: How many passages were found.
  ///   - threshold: What a passage must rise above.
  ///   - window: The passages, the kept ones moved to the front.
  /// - Returns: The number of those that can still rise above the threshold.
  private func complete(
    _ index: Int, _ found: Int, _ threshold: UInt32, _ window: PassageWindow
  ) -> Int {
    let list = lists.baseAddress.unsafelyUnwrapped + index
    let (passages, scores) = (window.passages, window.scores)
    // At least what the lists that come after this one can add.
    let others = sums[index]
    var kept = 0
    var place = 0
    while place < found {
      // Those before the list's next block, or behind its end, have nothing of it.
      let next = list.pointee.cursor.find(passages[place])
      let first = next.map { list.pointee.cursor.first($0) } ?? .max
      while place < found, passages[place] < first {
        let score = scores[place]
        passages[kept] = passages[place]
        scores[kept] = score
        kept += score + others > threshold ? 1 : 0
        place += 1
      }
      guard let block = next, place < found else { continue }
      let last = list.pointee.cursor.last(block)
      let bound = list.pointee.bound(ofBlock: block, lengths) + others
      // Nothing of the block is read where none of its passages has a chance.
      let from = kept
      while place < found, passages[place] <= last {
        passages[kept] = passages[place]
        scores[kept] = scores[place]
        kept += scores[place] + bound > threshold ? 1 : 0
        place += 1
      }
      guard kept > from else { continue }
      list.pointee.cursor.decode(block)
      kept = from + add(list, window, from: from, to: kept, threshold, others: others)
    }
    return kept
  }

  /// Adds the decoded block of a list to some passages of a window; the number of those that are kept, moved to
  /// `from`.
  @inline(__always)
  private func add(
    _ list: UnsafeMutablePointer<ScoredList>, _ window: PassageWindow, from: Int, to end: Int,
    _ threshold: UInt32, others: UInt32
  ) -> Int {
    let cursor = list.pointee.cursor
    let weight = list.pointee.weight
    let (passages, scores, slots) = (window.passages, window.scores, window.slots)
    // A damaged block has nothing.
    guard cursor.size > 0 else { return end - from }
    var kept = from
    @inline(__always)
    func keep(_ place: Int, _ at: Int) {
      let passage = passages[place]
      let own = weight.of(Self.float(cursor.count(at)), length: Float(lengths[Int(passage)]))
      let score = scores[place] + (cursor.passages[at] == passage ? own : 0)
      passages[kept] = passage
      scores[kept] = score
      kept += score + others > threshold ? 1 : 0
    }
    if end - from < Self.fewPassages {
      for place in from..<end {
        keep(place, min(cursor.lowerBound(passages[place]), cursor.size - 1))
      }
    } else {
      // Only what stands between the passages looked for: the rest of the block may be of the next window. What is left
      // from another block leads to another passage, which is seen.
      var index = cursor.lowerBound(passages[from])
      let last = passages[end - 1]
      while index < cursor.size, cursor.passages[index] <= last {
        slots[Int(cursor.passages[index] & (Self.window - 1))] = UInt8(truncatingIfNeeded: index)
        index += 1
      }
      for place in from..<end {
        keep(place, min(Int(slots[Int(passages[place] & (Self.window - 1))]), cursor.size - 1))
      }
    }
    return kept - from
  }

  /// A count as it is weighed.
  @inline(__always)
  private static func float(_ count: UInt32) -> Float { Float(Int32(truncatingIfNeeded: count)) }

  /// The window's passages of a list with their counts, blocks without a chance left out.
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

  /// Adds a list's weights to the sums of a window.
  private func gather(
    _ index: Int, _ low: UInt32, _ high: UInt32, _ threshold: UInt32, _ window: PassageWindow
  ) {
    let weight = lists[index].weight
    let lengths = lengths
    let (sums, marks) = (window.sums, window.marks)
    forEach(index, low, high, threshold) { passage, count in
      let place = Int(passage &- low)
      sums[place] += weight.of(Self.float(count), length: Float(lengths[Int(passage)]))
      marks[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// Takes the passages of the only list that can lift them.
  private func take(
    _ index: Int, _ low: UInt32, _ high: UInt32, _ threshold: UInt32, _ window: PassageWindow
  ) -> Int {
    let weight = lists[index].weight
    let lengths = lengths
    let others = sums[index]
    let (passages, scores) = (window.passages, window.scores)
    var found = 0
    forEach(index, low, high, threshold) { passage, count in
      let score = weight.of(Self.float(count), length: Float(lengths[Int(passage)]))
      passages[found] = passage
      scores[found] = score
      found += score + others > threshold ? 1 : 0
    }
    return found
  }
}

/// The sums of a window of passages, and those of them that are still in the running, ascending.
private struct PassageWindow {
  let sums: UnsafeMutablePointer<UInt32>
  let marks: UnsafeMutablePointer<UInt64>
  let passages: UnsafeMutablePointer<UInt32>
  let scores: UnsafeMutablePointer<UInt32>
  /// For each passage of the window its place in the block in hand; anything for others.
  let slots: UnsafeMutablePointer<UInt8>

  init(size: Int) {
    sums = .allocate(capacity: size)
    marks = .allocate(capacity: size / 64)
    // One more: the next is written before it is counted.
    passages = .allocate(capacity: size + 1)
    scores = .allocate(capacity: size + 1)
    sums.initialize(repeating: 0, count: size)
    marks.initialize(repeating: 0, count: size / 64)
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
  }

  /// Gives its memory back.
  func close() {
    sums.deallocate()
    marks.deallocate()
    passages.deallocate()
    scores.deallocate()
    slots.deallocate()
  }

  /// The marked passages that can rise above the threshold; all sums and marks are 0 afterwards.
  func collect(_ low: UInt32, _ high: UInt32, over threshold: UInt32, adding others: UInt32) -> Int
  {
    var found = 0
    for word in 0..<Int((high - low + 63) / 64) where marks[word] != 0 {
      var rest = marks[word]
      marks[word] = 0
      while rest != 0 {
        let place = word * 64 + rest.trailingZeroBitCount
        rest &= rest - 1
        let score = sums[place]
        sums[place] = 0
        passages[found] = low + UInt32(truncatingIfNeeded: place)
        scores[found] = score
        found += score + others > threshold ? 1 : 0
      }
    }
    return found
  }
}
