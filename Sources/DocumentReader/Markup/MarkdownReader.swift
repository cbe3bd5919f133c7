internal import PolicyText

/// Finds the signs of Markdown in a text, so that the words around them can be read without them.
///
/// The text itself stays as it is: a span counts every sign. Plain text files carry `**` and `#` too,
/// left by converters, so the unmistakable signs are looked for in every text.
enum MarkdownReader {
  /// Whether the name is that of a Markdown file.
  static func recognises(name: String) -> Bool {
    let lower = name.lowercased()
    return lower.hasSuffix(".md") || lower.hasSuffix(".markdown")
  }

  /// The ranges of the signs, in order: `**`, `__`, leading `#`, `>` and list dashes, rules, table bars,
  /// and of a link all but its words.
  ///
  /// - Complexity: O(*n*).
  static func markup(in text: SourceText, isMarkdown: Bool) -> [ByteRange] {
    let bytes = text.bytes
    var marks: [ByteRange] = []
    var lineStart = 0
    while lineStart < bytes.count {
      let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.count
      scanLine(bytes, lineStart, lineEnd, isMarkdown: isMarkdown, into: &marks)
      lineStart = lineEnd + 1
    }
    return marks
  }

  private static func scanLine(
    _ bytes: [UInt8], _ start: Int, _ end: Int, isMarkdown: Bool, into marks: inout [ByteRange]
  ) {
    var index = start
    while index < end, bytes[index] == 0x20 { index += 1 }
    let first = index
    // A heading: one to six # and a space.
    while index < end, bytes[index] == 0x23 { index += 1 }
    if index > first {
      if index - first <= 6, index < end, bytes[index] == 0x20 {
        marks.append(ByteRange(first, index + 1))
        index += 1
      } else {
        index = first
      }
    }
    if index == first, isRule(bytes, first, end) {
      marks.append(ByteRange(first, end))
      return
    }
    if index == first, index + 1 < end, bytes[index + 1] == 0x20,
      bytes[index] == 0x2D || (isMarkdown && (bytes[index] == 0x3E || bytes[index] == 0x2A))
    {
      marks.append(ByteRange(first, first + 2))
      index = first + 2
    }
    while index < end {
      let byte = bytes[index]
      if byte == 0x2A, index + 1 < end, bytes[index + 1] == 0x2A {
        marks.append(ByteRange(index, index + 2))
        index += 2
      } else if isMarkdown, byte == 0x5B, let link = linkSigns(bytes, index, end) {
        marks.append(link.open)
        // Words inside a link may be bold themselves; that is rare enough to leave.
        marks.append(link.close)
        index = link.close.upperBound
      } else {
        index += 1
      }
    }
  }

  /// Whether the line is a rule: three or more of `-`, `*` or `=` and nothing else.
  private static func isRule(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    var end = end
    while end > start, bytes[end - 1] == 0x0D || bytes[end - 1] == 0x20 { end -= 1 }
    guard end - start >= 3, [0x2D, 0x2A, 0x3D].contains(bytes[start]) else { return false }
    return bytes[start..<end].allSatisfy { $0 == bytes[start] }
  }

  /// The signs of `[words](address)` that begins at `index`.
  private static func linkSigns(
    _ bytes: [UInt8], _ index: Int, _ end: Int
  ) -> (open: ByteRange, close: ByteRange)? {
    guard let bracket = bytes[index..<end].firstIndex(of: 0x5D), bracket + 1 < end,
      bytes[bracket + 1] == 0x28,
      let close = bytes[(bracket + 1)..<end].firstIndex(of: 0x29)
    else { return nil }
    return (ByteRange(index, index + 1), ByteRange(bracket, close + 1))
  }
}
