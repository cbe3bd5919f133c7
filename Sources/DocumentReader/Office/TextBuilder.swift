internal import PolicyText

/// Builds the text of a document from the pieces of its file: lines, hints, findings.
struct TextBuilder {
  private(set) var bytes: [UInt8] = []
  private(set) var blocks: [TextBlock] = []
  var markup: [ByteRange] = []
  var findings: [Diagnostic] = []

  /// Where the next byte will stand.
  var count: Int { bytes.count }

  /// Adds words to the line that is open; control characters, which are no text, become spaces.
  ///
  /// A text that is longer than ``DocumentReader/textLimit`` is refused when it is whole, so nothing is added then.
  mutating func append(_ text: String) {
    guard bytes.count <= DocumentReader.textLimit else { return }
    for byte in text.utf8 {
      bytes.append(byte < 0x20 && byte != 0x0A && byte != 0x09 ? 0x20 : byte)
    }
  }

  /// Ends the line, where one is open.
  mutating func endLine() {
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
  }

  /// Takes line breaks and white space at the end away, not before `start`, so that the line goes on.
  mutating func reopenLine(from start: Int) {
    while bytes.count > start, let last = bytes.last, last <= 0x20 { bytes.removeLast() }
  }

  /// Adds a line of its own.
  mutating func appendLine(_ text: String, _ kind: TextBlock.Kind? = nil) {
    endLine()
    let start = count
    append(text)
    if let kind { mark(kind, from: start) }
    endLine()
  }

  /// Says what the text from `start` on is, without white space at its end.
  mutating func mark(_ kind: TextBlock.Kind, from start: Int) {
    var end = count
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    if end > start { blocks.append(TextBlock(kind, ByteRange(start, end))) }
  }

  /// Says what a stretch of the text is.
  mutating func mark(_ kind: TextBlock.Kind, from start: Int, to end: Int) {
    if end > start { blocks.append(TextBlock(kind, ByteRange(start, end))) }
  }

  /// Ends a cell, also one without words: columns are counted.
  mutating func markCell(from start: Int) {
    blocks.append(TextBlock(.tableCell, ByteRange(start, max(start, count))))
  }

  /// Ends a row, with the cells at its end that have no words.
  mutating func markRow(from start: Int) {
    blocks.append(TextBlock(.tableRow, ByteRange(start, max(start, count))))
  }

  /// Adds another document: its text, shifted hints, findings.
  mutating func append(_ document: SourceDocument) {
    endLine()
    let shift = count
    bytes += document.text.bytes
    blocks += document.blocks.map {
      TextBlock($0.kind, ByteRange($0.range.lowerBound + shift, $0.range.upperBound + shift))
    }
    markup += document.markup.map { ByteRange($0.lowerBound + shift, $0.upperBound + shift) }
    findings += document.findings
    endLine()
  }

  /// The document.
  func document(name: String, mediaType: String, encoding: String = "utf-8") -> SourceDocument {
    let text = SourceText(repairing: bytes)
    let isWhole = text.count == bytes.count
    return SourceDocument(
      name: name, mediaType: mediaType, encoding: encoding, text: text,
      markup: isWhole ? markup.sorted { $0.lowerBound < $1.lowerBound } : [],
      blocks: isWhole ? TextBlock.ordered(blocks) : [], findings: findings)
  }
}

extension TextBlock {
  /// Hints in order of the text, the wider first; cells that begin at one place, as empty ones do, as they stood.
  static func ordered(_ blocks: [TextBlock]) -> [TextBlock] {
    blocks.enumerated().map { index, block in
      let rank: (Int, Int) =
        switch block.kind {
        case .table: (0, -block.range.upperBound)
        case .tableRow: (1, -block.range.upperBound)
        case .tableCell: (3, index)
        default: (2, -block.range.upperBound)
        }
      return (block: block, key: (block.range.lowerBound, rank.0, rank.1))
    }.sorted { $0.key < $1.key }.map(\.block)
  }
}
