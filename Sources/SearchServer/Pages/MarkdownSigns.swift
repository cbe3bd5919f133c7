internal import PolicyText

/// The signs of Markdown that a clause's words may hold, for leaving them out where a hit is shown.
enum MarkdownSigns {
  /// The ranges of `**`, of `#` and `>` at line starts, of the bars of a table and of the line under its head; ascending.
  static func ranges(in bytes: [UInt8]) -> [ByteRange] {
    var ranges: [ByteRange] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      addSigns(of: start..<end, bytes, to: &ranges)
      start = end + 1
    }
    return ranges
  }

  /// The bytes without their signs.
  static func removed(from bytes: [UInt8]) -> [UInt8] {
    var words: [UInt8] = []
    var index = 0
    for range in ranges(in: bytes) {
      words += bytes[index..<range.lowerBound]
      index = range.upperBound
    }
    return words + bytes[index...]
  }

  private static func addSigns(
    of line: Range<Int>, _ bytes: [UInt8], to ranges: inout [ByteRange]
  ) {
    var index = line.lowerBound
    while index < line.upperBound, bytes[index] == 0x20 { index += 1 }
    var isTable = false
    if index < line.upperBound, bytes[index] == 0x7C {
      isTable = true
      // |:--|---:|
      if line.count > 2, bytes[line].contains(0x2D), bytes[line].allSatisfy(isRule) {
        ranges.append(ByteRange(line.lowerBound, min(line.upperBound + 1, bytes.count)))
        return
      }
    } else if let end = endOfMark(from: index, to: line.upperBound, bytes) {
      ranges.append(ByteRange(index, end))
      index = end
    }
    while index < line.upperBound {
      let isBold =
        bytes[index] == 0x2A && index + 1 < line.upperBound && bytes[index + 1] == 0x2A
      if isBold || isTable && bytes[index] == 0x7C {
        ranges.append(ByteRange(index, index + (isBold ? 2 : 1)))
        index += isBold ? 2 : 1
      } else {
        index += 1
      }
    }
  }

  /// The end of `### ` or `> `; nil where a line begins with words.
  private static func endOfMark(from start: Int, to end: Int, _ bytes: [UInt8]) -> Int? {
    guard start < end, bytes[start] == 0x23 || bytes[start] == 0x3E else { return nil }
    var index = start
    while index < end, bytes[index] == bytes[start] { index += 1 }
    guard index < end, bytes[index] == 0x20, index - start <= 6 else { return nil }
    return index + 1
  }

  private static func isRule(_ byte: UInt8) -> Bool {
    byte == 0x7C || byte == 0x2D || byte == 0x3A || byte == 0x20 || byte == 0x0D
  }
}
