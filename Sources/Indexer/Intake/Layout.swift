internal import Foundation
internal import PolicyText

/// What a file says about its text, written beside the text, so that a stored document can be parsed again.
enum Layout {
  private struct Record: Codable {
    var markup: [[Int]]
    var blocks: [[Int]]
    var repaired: Bool?
    var findings: [Finding]?
  }

  /// What the reader noted about the file: tracked changes, pages without text, signatures.
  private struct Finding: Codable {
    var code: String
    var severity: String
    var range: [Int]
    var detail: String
  }

  /// The layout of a document as JSON.
  static func encode(_ source: SourceDocument) -> String {
    if source.markup.isEmpty, source.blocks.isEmpty, !source.isRepaired, source.findings.isEmpty {
      return "{}"
    }
    let record = Record(
      markup: source.markup.map { [$0.lowerBound, $0.upperBound] },
      blocks: source.blocks.map { [code(of: $0.kind), $0.range.lowerBound, $0.range.upperBound] },
      repaired: source.isRepaired ? true : nil,
      findings: source.findings.isEmpty
        ? nil
        : source.findings.map {
          Finding(
            code: $0.code.rawValue, severity: $0.severity.rawValue,
            range: [$0.range.lowerBound, $0.range.upperBound], detail: $0.detail)
        })
    let data = try? JSONEncoder().encode(record)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// The document that was stored with `layout`.
  static func decode(
    _ layout: String, text: String, name: String, mediaType: String, encoding: String,
    address: String?
  ) -> SourceDocument {
    decode(
      layout, source: SourceText(text), name: name, mediaType: mediaType, encoding: encoding,
      address: address)
  }

  /// The document that was stored with `layout`.
  static func decode(
    _ layout: String, source text: SourceText, name: String, mediaType: String, encoding: String,
    address: String?
  ) -> SourceDocument {
    let record = try? JSONDecoder().decode(Record.self, from: Data(layout.utf8))
    let count = text.count
    func range(_ low: Int, _ high: Int) -> ByteRange? {
      0 <= low && low <= high && high <= count ? ByteRange(low, high) : nil
    }
    return SourceDocument(
      name: name, mediaType: mediaType, encoding: encoding, text: text,
      markup: (record?.markup ?? []).compactMap { $0.count == 2 ? range($0[0], $0[1]) : nil },
      blocks: (record?.blocks ?? []).compactMap { entry in
        guard entry.count == 3, let kind = kind(of: entry[0]) else { return nil }
        return range(entry[1], entry[2]).map { TextBlock(kind, $0) }
      },
      address: address, isRepaired: record?.repaired ?? false,
      findings: (record?.findings ?? []).compactMap { entry in
        guard let code = DiagnosticCode(rawValue: entry.code),
          let severity = Diagnostic.Severity(rawValue: entry.severity), entry.range.count == 2
        else { return nil }
        return range(entry.range[0], entry.range[1]).map {
          Diagnostic(code, severity, at: $0, detail: entry.detail)
        }
      })
  }

  private static func code(of kind: TextBlock.Kind) -> Int {
    switch kind {
    case .pageTitle: 0
    case .heading(let level): level
    case .furniture: 10
    case .tableCell: 11
    case .centred: 12
    case .table: 13
    case .tableRow: 14
    case .footnote: 15
    case .page(let number): 1_000 + number
    }
  }

  private static func kind(of code: Int) -> TextBlock.Kind? {
    switch code {
    case 0: .pageTitle
    case 1...6: .heading(code)
    case 10: .furniture
    case 11: .tableCell
    case 12: .centred
    case 13: .table
    case 14: .tableRow
    case 15: .footnote
    case 1_001...1_000_000: .page(code - 1_000)
    default: nil
    }
  }
}

/// Document numbers as they are looked up: without brackets, so that every style of them is the same.
enum NumberKey {
  /// `鄂政办发〔2022〕52号` as `鄂政办发|2022|52`.
  static func of(_ number: String) -> String {
    var key = ""
    for character in number where character != "号" && !character.isWhitespace {
      key.append("〔〕[]（）()【】［］".contains(character) ? "|" : character)
    }
    return key
  }
}
