/// Posting lists as they stand in the file: the passages of a segment that have a term, ascending, each with
/// how often it has it.
///
/// A list begins with the number of its passages and of their documents. Up to 127 passages follow one by one,
/// numbers in groups of seven bits. Longer lists are cut into blocks of 128: first a directory with an entry of
/// twelve bytes for each block (its last passage, where its bytes end, its bound), then the blocks, each the
/// distances and the counts less one, packed in as many bits as the largest of the block needs.
enum PostingList {
  /// How many passages a block has.
  static let blockSize = 128
  /// Bytes of a block's entry in the directory.
  static let entrySize = 12
  /// A passage counts a term at most so often.
  static let mostCount = 255
  /// Bytes that must be readable behind a list.
  static let padding = 16

  static func appendNumber(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Reads a number; `offset` moves behind it.
  @inline(__always)
  static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return value
  }

  /// Appends a list.
  ///
  /// - Parameters:
  ///   - passages: Ascending.
  ///   - counts: How often each passage has the term, at most ``mostCount``.
  ///   - documents: The number of documents that the passages are of.
  ///   - lengths: The length of every passage of the segment.
  ///   - bytes: What the list is appended to.
  static func append(
    passages: [UInt32], counts: [UInt8], documents: Int, lengths: [UInt16], to bytes: inout [UInt8]
  ) {
    appendNumber(UInt64(passages.count), to: &bytes)
    appendNumber(UInt64(documents), to: &bytes)
    guard passages.count >= blockSize else {
      var before: UInt32 = 0
      for (passage, count) in zip(passages, counts) {
        appendNumber(UInt64(passage - before) << 1 | (count == 1 ? 0 : 1), to: &bytes)
        if count != 1 { bytes.append(count) }
        before = passage
      }
      return
    }
    var bounds: [BlockBound] = []
    var data: [UInt8] = []
    var directory: [UInt8] = []
    var next: UInt32 = 0
    data.reserveCapacity(passages.count * 2)
    for start in stride(from: 0, to: passages.count, by: blockSize) {
      let end = min(start + blockSize, passages.count)
      var bound = BlockBound()
      var widest: UInt32 = 0
      var most: UInt8 = 0
      var from = next
      for index in start..<end {
        widest |= passages[index] - from
        from = passages[index] + 1
        most |= counts[index] - 1
        bound.insert(count: counts[index], length: lengths[Int(passages[index])])
      }
      let (distanceBits, countBits) = (
        32 - widest.leadingZeroBitCount, 8 - most.leadingZeroBitCount
      )
      data.append(UInt8(distanceBits))
      data.append(UInt8(countBits))
      var packer = BitPacker()
      for index in start..<end {
        packer.append(passages[index] - next, bits: distanceBits, to: &data)
        next = passages[index] + 1
      }
      packer.finish(&data)
      for index in start..<end {
        packer.append(UInt32(counts[index] - 1), bits: countBits, to: &data)
      }
      packer.finish(&data)
      appendWord(passages[end - 1], to: &directory)
      appendWord(UInt32(data.count), to: &directory)
      appendWord(bound.code, to: &directory)
      bounds.append(bound)
    }
    bytes += directory
    bytes += data
  }

  private static func appendWord(_ word: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Calls `body` with each passage of a list and its count; stops where the bytes are damaged.
  ///
  /// The argument `bytes`: the list and at least ``padding`` readable bytes behind it.
  static func forEach(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (_ passage: UInt32, _ count: UInt8) -> Void
  ) {
    var cursor = PostingCursor()
    guard cursor.open(bytes, passageCount: .max) else { return }
    defer { cursor.close() }
    for block in 0..<cursor.blocks {
      cursor.decode(block)
      for index in 0..<cursor.size { body(cursor.passages[index], UInt8(cursor.count(index))) }
    }
  }
}

/// Writes numbers in a fixed number of bits each, low bits first.
private struct BitPacker {
  private var word: UInt64 = 0
  private var filled = 0

  @inline(__always)
  mutating func append(_ value: UInt32, bits: Int, to bytes: inout [UInt8]) {
    word |= UInt64(value) << UInt64(filled)
    filled += bits
    while filled >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: word))
      word >>= 8
      filled -= 8
    }
  }

  /// Fills the last byte with zeros.
  mutating func finish(_ bytes: inout [UInt8]) {
    if filled > 0 { bytes.append(UInt8(truncatingIfNeeded: word)) }
    word = 0
    filled = 0
  }
}

/// What the best passage of a block can be, whatever the parameters of BM25: the shortest passage that has the
/// term once, the shortest with it twice, and of the rest the shortest length and the highest count.
struct BlockBound {
  /// Lengths of the shortest passage with the term once, twice, and more often, and 255 less the highest count: the
  /// least of each is that of two blocks together.
  private var codes: SIMD4<UInt8>

  init() { codes = SIMD4(repeating: 255) }

  @inline(__always)
  init(code: UInt32) {
    codes = SIMD4(
      UInt8(truncatingIfNeeded: code), UInt8(truncatingIfNeeded: code >> 8),
      UInt8(truncatingIfNeeded: code >> 16), ~UInt8(truncatingIfNeeded: code >> 24))
  }

  /// The bound as four bytes.
  var code: UInt32 {
    UInt32(codes[0]) | UInt32(codes[1]) << 8 | UInt32(codes[2]) << 16 | UInt32(~codes[3]) << 24
  }

  mutating func insert(count: UInt8, length: UInt16) {
    let place = Int(min(count, 3)) - 1
    codes[place] = min(codes[place], Self.lengthCode(length))
    if place == 2 { codes[3] = min(codes[3], ~count) }
  }

  @inline(__always)
  mutating func merge(_ other: BlockBound) { codes = pointwiseMin(codes, other.codes) }

  /// At least the highest that `weight` gives for a passage of the block.
  @inline(__always)
  func highest(_ weight: TermWeight) -> UInt32 {
    var best: UInt32 = 0
    if codes[0] != 255 { best = weight.of(1, length: Self.length(codes[0])) }
    if codes[1] != 255 { best = max(best, weight.of(2, length: Self.length(codes[1]))) }
    if codes[2] != 255 {
      best = max(best, weight.of(Float(~codes[3]), length: Self.length(codes[2])))
    }
    // One more, should rounding not be monotonic.
    return best + 1
  }

  /// What `weight` gives at least for one passage of the block.
  func reached(_ weight: TermWeight) -> UInt32 {
    var best: UInt32 = 0
    for place in 0..<3 where codes[place] < 254 {
      // The next code's length is longer than that of the passage.
      best = max(
        best, weight.of(Float(place + 1), length: Self.length(codes[place] + 1)))
    }
    return max(1, best) - 1
  }

  /// A length in a byte, rounded down: exact below 64, then in steps of a sixteenth.
  static func lengthCode(_ length: UInt16) -> UInt8 {
    guard length >= 64 else { return UInt8(length) }
    let exponent = 15 - length.leadingZeroBitCount
    return UInt8(64 + (exponent - 6) * 16 + Int(length >> UInt16(exponent - 4) & 15))
  }

  @inline(__always)
  static func length(_ code: UInt8) -> Float {
    guard code >= 64 else { return Float(code) }
    let exponent = Int(code - 64) >> 4 + 6
    return Float((16 + Int(code - 64) & 15) << (exponent - 4))
  }
}

/// What a term adds to the score of a passage, in whole steps, so that sums do not depend on their order.
struct TermWeight {
  /// Steps of a score of 1.
  static let steps: Float = 16_384

  /// 2^23: a lesser number added to it is rounded to a whole one, which stands in the lowest 23 bits.
  ///
  /// Far cheaper than a conversion that checks its range.
  private static let rounding: Float = 8_388_608

  private let scale: Float
  private let base: Float
  private let slope: Float

  /// The weight of a term with an inverse document frequency (times its count in the query).
  init(idf: Float, parameters: BM25, average: Float) {
    // Where a query repeats one term hundreds of times, it weighs no more.
    scale = min(idf * (parameters.k1 + 1) * Self.steps, Self.rounding - 2)
    base = parameters.k1 * (1 - parameters.b)
    slope = parameters.k1 * parameters.b / max(average, 1)
  }

  /// The weight by the count of the term and the length of the text; at least 1.
  @inline(__always)
  func of(_ count: Float, length: Float) -> UInt32 {
    let weight = scale * count / (count + (base + slope * length))
    return ((weight + Self.rounding).bitPattern & 0x7F_FFFF) &+ 1
  }

  /// At least the weight of any count in any text.
  var highest: UInt32 { UInt32(truncatingIfNeeded: Int32(scale)) + 2 }
}
