/// Posting lists as they stand in the file: passages ascending, each with how often it has the term.
///
/// Each entry is the distance to the one before, doubled, plus 1 where a count other than 1 follows; all
/// numbers in groups of seven bits, low ones first.
enum PostingList {
  /// Appends an entry.
  static func append(_ distance: UInt32, count: UInt16, to bytes: inout [UInt8]) {
    appendNumber(UInt64(distance) << 1 | (count == 1 ? 0 : 1), to: &bytes)
    if count != 1 { appendNumber(UInt64(count), to: &bytes) }
  }

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

  /// Calls `body` with each entry of a list.
  @inline(__always)
  static func forEach(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (_ passage: Int, _ count: Int) -> Void
  ) {
    var offset = 0
    var passage = -1
    while offset < bytes.count {
      let entry = number(bytes, &offset)
      passage += Int(entry >> 1)
      body(passage, entry & 1 == 0 ? 1 : Int(number(bytes, &offset)))
    }
  }
}
