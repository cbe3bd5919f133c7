internal import PolicyText

/// Reads a list of comma-separated values (RFC 4180), or of values with tabs between them.
enum CSVReader {
  /// Whether the text is such a list: by its name, or by a first line that names several columns of a list.
  static func recognises(_ text: SourceText, name: String) -> Bool {
    let lower = name.lowercased()
    guard lower.hasSuffix(".csv") || lower.hasSuffix(".tsv") else { return false }
    return text.bytes.contains(separator(of: text))
  }

  /// Reads it.
  static func read(_ decoded: DecodedText, name: String) -> SourceDocument {
    var builder = TextBuilder()
    let rows = rows(of: decoded.text.bytes, separator: separator(of: decoded.text))
    builder.append(table: rows)
    return builder.document(name: name, mediaType: "text/csv", encoding: decoded.encoding)
  }

  private static func separator(of text: SourceText) -> UInt8 {
    let head = text.bytes.prefix { $0 != 0x0A }
    return head.count { $0 == 0x09 } > head.count { $0 == 0x2C } ? 0x09 : 0x2C
  }

  /// The cells, row by row; a quote that is never closed ends with the text.
  static func rows(of bytes: [UInt8], separator: UInt8) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var at = 0
    func text(_ cell: [UInt8]) -> String { String(decoding: cell, as: UTF8.self) }
    while at < bytes.count {
      let byte = bytes[at]
      if isQuoted {
        if byte == 0x22, at + 1 < bytes.count, bytes[at + 1] == 0x22 {
          cell.append(byte)
          at += 1
        } else if byte == 0x22 {
          isQuoted = false
        } else {
          cell.append(byte)
        }
      } else if byte == 0x22, cell.isEmpty {
        isQuoted = true
      } else if byte == separator {
        row.append(text(cell))
        cell = []
      } else if byte == 0x0A {
        row.append(text(cell))
        rows.append(row)
        (row, cell) = ([], [])
      } else if byte != 0x0D {
        cell.append(byte)
      }
      at += 1
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [text(cell)]) }
    return rows
  }
}
