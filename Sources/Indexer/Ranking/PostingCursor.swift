/// Reads one posting list: by blocks in order, or passage by passage ahead.
///
/// Works on memory that the caller keeps; ``close()`` gives back what the cursor itself took.
struct PostingCursor {
  /// The number of passages.
  private(set) var total = 0
  /// The number of documents.
  private(set) var documents = 0
  private(set) var blocks = 0
  /// The passages of the decoded block.
  private(set) var passages: UnsafeMutablePointer<UInt32>
  /// How many the decoded block has.
  private(set) var size = 0
  private var directory: UnsafeRawPointer?
  private var data: UnsafeRawPointer
  private var dataSize = 0
  private var decoded = -1
  private var countBytes: UnsafeRawPointer
  private var countBits = 0
  private var countMask: UInt64 = 0
  /// Counts of a short list, less one.
  private var shortCounts: UnsafeMutablePointer<UInt8>
  private var limit: UInt32 = 0
  /// The first block that is not wholly before the window.
  var block = 0
  /// The block that was looked into last, going ahead.
  private var ahead = 0

  init() {
    passages = .allocate(capacity: PostingList.blockSize)
    shortCounts = .allocate(capacity: PostingList.blockSize + PostingList.padding)
    data = UnsafeRawPointer(shortCounts)
    countBytes = data
  }

  /// Gives its memory back.
  func close() {
    passages.deallocate()
    shortCounts.deallocate()
  }

  /// Takes a list.
  ///
  /// - Parameters:
  ///   - bytes: The list; ``PostingList/padding`` more bytes are readable.
  ///   - passageCount: How many passages the segment has.
  /// - Returns: Whether the list is sound so far as its head says.
  mutating func open(_ bytes: UnsafeBufferPointer<UInt8>, passageCount: UInt32) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var offset = 0
    total = Int(truncatingIfNeeded: PostingList.number(bytes, &offset))
    documents = Int(truncatingIfNeeded: PostingList.number(bytes, &offset))
    limit = passageCount
    guard total > 0, total <= Int(passageCount) else { return false }
    guard total >= PostingList.blockSize else { return openShort(bytes, offset) }
    blocks = (total + PostingList.blockSize - 1) / PostingList.blockSize
    let start = offset + blocks * PostingList.entrySize
    guard start <= bytes.count else { return false }
    directory = UnsafeRawPointer(base + offset)
    data = UnsafeRawPointer(base + start)
    dataSize = bytes.count - start
    return true
  }

  private mutating func openShort(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var offset = start
    var passage: UInt64 = 0
    for index in 0..<total {
      guard offset < bytes.count else { return false }
      let entry = PostingList.number(bytes, &offset)
      passage += entry >> 1
      guard passage < UInt64(limit), index == 0 || passage > UInt64(passages[index - 1]) else {
        return false
      }
      passages[index] = UInt32(passage)
      shortCounts[index] = 0
      if entry & 1 == 1 {
        guard offset < bytes.count else { return false }
        shortCounts[index] = bytes[offset] &- 1
        offset += 1
      }
    }
    countBytes = UnsafeRawPointer(shortCounts)
    countBits = 8
    countMask = 0xFF
    size = total
    blocks = 1
    decoded = 0
    return true
  }

  @inline(__always)
  private func word(_ index: Int, _ field: Int) -> UInt32 {
    guard let directory else { return 0 }
    return UInt32(
      littleEndian: directory.loadUnaligned(
        fromByteOffset: index * PostingList.entrySize + field * 4, as: UInt32.self))
  }

  /// The last passage of a block.
  @inline(__always)
  func last(_ block: Int) -> UInt32 {
    directory == nil ? passages[size - 1] : word(block, 0)
  }

  /// The first passage that a block may have.
  @inline(__always)
  func first(_ block: Int) -> UInt32 {
    directory == nil ? passages[0] : block == 0 ? 0 : word(block - 1, 0) &+ 1
  }

  /// At least the highest weight in a block.
  @inline(__always)
  func bound(_ block: Int, _ weight: TermWeight, _ lengths: UnsafePointer<UInt16>) -> UInt32 {
    guard directory == nil else { return BlockBound(code: word(block, 2)).highest(weight) }
    var best: UInt32 = 0
    for index in 0..<size {
      best = max(
        best, weight.of(Float(count(index)), length: Float(lengths[Int(passages[index])])))
    }
    return best
  }

  /// At least the highest weight from a block on up to a passage; the list has more than one block.
  @inline(__always)
  func bound(from block: Int, upTo end: UInt32, _ weight: TermWeight) -> UInt32 {
    var all = BlockBound(code: word(block, 2))
    var block = block + 1
    while block < blocks, first(block) < end {
      all.merge(BlockBound(code: word(block, 2)))
      block += 1
    }
    return all.highest(weight)
  }

  /// Weights that passages of the list have at least: of a short list those of all, else of one in each block.
  func weights(_ weight: TermWeight, _ lengths: UnsafePointer<UInt16>) -> [UInt32] {
    if directory == nil {
      return (0..<size).map {
        weight.of(Float(count($0)), length: Float(lengths[Int(passages[$0])]))
      }
    }
    return (0..<blocks).map { BlockBound(code: word($0, 2)).reached(weight) }
  }

  /// At least the highest weight in the list.
  func bound(_ weight: TermWeight, _ lengths: UnsafePointer<UInt16>) -> UInt32 {
    guard directory != nil else { return bound(0, weight, lengths) }
    var all = BlockBound()
    for block in 0..<blocks { all.merge(BlockBound(code: word(block, 2))) }
    return all.highest(weight)
  }

  /// Makes a block the decoded one; a damaged block is empty.
  @inline(__always)
  mutating func decode(_ block: Int) {
    if decoded != block { unpack(block) }
  }

  /// Forgets which block is decoded: a copy of the cursor has used its memory.
  mutating func forget() { if directory != nil { decoded = -1 } }

  private mutating func unpack(_ block: Int) {
    decoded = block
    let count =
      block + 1 < blocks ? PostingList.blockSize : total - block * PostingList.blockSize
    let start = block == 0 ? 0 : Int(word(block - 1, 1))
    let end = Int(word(block, 1))
    size = 0
    guard start + 2 <= end, end <= dataSize else { return }
    let bits = Int(data.load(fromByteOffset: start, as: UInt8.self))
    countBits = Int(data.load(fromByteOffset: start + 1, as: UInt8.self))
    let distanceSize = (bits * count + 7) / 8
    guard bits <= 32, countBits <= 8,
      start + 2 + distanceSize + (countBits * count + 7) / 8 <= end
    else { return }
    let source = data + (start + 2)
    countBytes = source + distanceSize
    countMask = 1 << UInt64(countBits) - 1
    let mask: UInt64 = 1 << UInt64(bits) - 1
    var passage = block == 0 ? 0 : UInt64(word(block - 1, 0)) + 1
    var bit = 0
    for index in 0..<count {
      let word = UInt64(
        littleEndian: source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
      passage &+= word &>> UInt64(bit & 7) & mask
      passages[index] = UInt32(truncatingIfNeeded: passage)
      passage &+= 1
      bit &+= bits
    }
    guard passage == UInt64(word(block, 0)) + 1, passage <= UInt64(limit) else { return }
    size = count
  }

  /// How often the passage at an index of the decoded block has the term.
  @inline(__always)
  func count(_ index: Int) -> UInt32 {
    let bit = index &* countBits
    let word = UInt64(
      littleEndian: countBytes.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
    return UInt32(truncatingIfNeeded: word &>> UInt64(bit & 7) & countMask) &+ 1
  }

  /// The first index of the decoded block whose passage is `passage` or later.
  @inline(__always)
  func lowerBound(_ passage: UInt32) -> Int {
    guard size > 0 else { return 0 }
    // Without branches that cannot be foretold.
    var low = 0
    var rest = size
    while rest > 1 {
      let half = rest >> 1
      low &+= passages[low &+ half &- 1] < passage ? half : 0
      rest &-= half
    }
    return low &+ (passages[low] < passage ? 1 : 0)
  }

  /// Moves ``block`` to the first block that reaches `passage`.
  @inline(__always)
  mutating func skip(to passage: UInt32) {
    while block < blocks, last(block) < passage { block += 1 }
  }

  /// The first passage from `passage` on that the list may have, at least; the largest number behind the end.
  @inline(__always)
  mutating func next(_ passage: UInt32) -> UInt32 {
    skip(to: passage)
    guard block < blocks else { return .max }
    if directory == nil { return passages[lowerBound(passage)] }
    return max(passage, first(block))
  }

  /// The block that can hold a passage, going ahead from the block that was found last; nil behind the end.
  @inline(__always)
  mutating func find(_ passage: UInt32) -> Int? {
    if ahead < block { ahead = block }
    guard ahead < blocks else { return nil }
    if last(ahead) >= passage { return ahead }
    var step = 1
    var low = ahead
    while low + step < blocks, last(low + step) < passage {
      low += step
      step *= 2
    }
    // last(low) < passage
    var high = min(low + step, blocks)
    while high - low > 1 {
      let middle = (low + high) / 2
      if last(middle) < passage { low = middle } else { high = middle }
    }
    ahead = high
    return high < blocks ? high : nil
  }

  /// Calls `body` with the count of each passage from `begin` up to `end`, wherever the cursor stands.
  mutating func forEach(_ begin: UInt32, _ end: UInt32, _ body: (_ count: UInt32) -> Void) {
    var (low, high) = (0, blocks)
    while low < high {
      let middle = (low + high) / 2
      if last(middle) < begin { low = middle + 1 } else { high = middle }
    }
    while low < blocks, first(low) < end {
      decode(low)
      var place = lowerBound(begin)
      while place < size, passages[place] < end {
        body(count(place))
        place += 1
      }
      low += 1
    }
  }
}
