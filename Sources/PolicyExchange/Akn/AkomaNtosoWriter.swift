public import PolicyParser
internal import PolicyText

/// Writes a document as Akoma Ntoso 3.0 (OASIS LegalDocML), the XML that legal archives exchange.
///
/// Whatever the text, the result is well-formed. The text of the XML is the text of the document, without the signs of
/// Markdown: white space between elements stands where it stands in the document. Source: OASIS, Akoma Ntoso
/// Version 1.0 Part 2, `akomantoso30.xsd`.
public struct AkomaNtosoWriter {
  private let document: PolicyDocument
  private let inlines: InlineWriter
  /// The eId of each clause, by the clause's id.
  private let ids: [String: String]
  /// The place of each line: its content starts, for looking lines up.
  private let starts: [Int]
  private let tables: TableRows
  private var out = ""
  /// How many elements of a name stand below an eId.
  private var counts: [String: Int] = [:]

  private init(_ document: PolicyDocument) {
    self.document = document
    ids = Self.ids(of: document.outline)
    inlines = InlineWriter(document, ids: ids)
    starts = document.lines.map(\.range.lowerBound)
    tables = TableRows(document.source)
  }

  /// The XML of a document, UTF-8.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public static func xml(of document: PolicyDocument) -> String {
    var writer = AkomaNtosoWriter(document)
    writer.writeDocument()
    return writer.out
  }

  // MARK: Names

  /// The element of a clause: 编 章 节 条 款项目, and the levels of ordinary documents by their numbering.
  static func element(of clause: Clause) -> (name: String, short: String) {
    switch clause.style {
    case .part: ("part", "part")
    case .subpart: ("subpart", "subpart")
    case .chapter: ("chapter", "chp")
    case .section, .han: ("section", "sec")
    case .article, .policy: ("article", "art")
    case .hanInParentheses: ("paragraph", "para")
    case .arabic, .arabicTwoDeep, .arabicThreeDeep: ("subparagraph", "subpara")
    case .arabicInParentheses, .arabicBeforeParenthesis, .circled, .latin: ("point", "point")
    case .counted: ("indent", "indent")
    case nil: clause.kind == .part ? ("part", "part") : ("level", "level")
    }
  }

  private static func ids(of outline: [Clause]) -> [String: String] {
    var ids: [String: String] = [:]
    func name(_ clauses: [Clause], below parent: String) {
      for (index, clause) in clauses.enumerated() {
        let id = parent + element(of: clause).short + "_\(index + 1)"
        ids[clause.id] = id
        name(clause.children, below: id + "__")
      }
    }
    name(outline, below: "")
    return ids
  }

  /// A new eId for an element of this name below another.
  private mutating func id(_ name: String, below parent: String) -> String {
    let key = (parent.isEmpty ? "" : parent + "__") + name
    let count = counts[key, default: 0] + 1
    counts[key] = count
    return "\(key)_\(count)"
  }

  // MARK: Structure

  private mutating func writeDocument() {
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    out += "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">"
    out += "<doc name=\"policy\">"
    out += Identification(document).xml
    let end = document.source.text.count
    let first = document.outline.first?.range.lowerBound ?? bodyStart
    if !isBlank(ByteRange(0, first)) {
      out += "<preface>"
      writeBlocks(ByteRange(0, first), below: "preface")
      out += "</preface>"
    } else {
      writeBlocks(ByteRange(0, first), below: "")
    }
    out += "<mainBody>"
    var at = first
    for clause in document.outline {
      writeBlocks(ByteRange(at, max(at, clause.range.lowerBound)), below: "body")
      write(clause)
      at = max(at, clause.range.upperBound)
    }
    if document.outline.isEmpty {
      let body = ByteRange(at, end)
      if isBlank(body) { out += "<p/>" }
      writeBlocks(body, below: "body")
      at = end
    }
    out += "</mainBody>"
    let rest = ByteRange(at, end)
    if isBlank(rest) {
      writeBlocks(rest, below: "")
    } else {
      out += "<conclusions>"
      writeBlocks(rest, below: "conclusions")
      out += "</conclusions>"
    }
    out += "</doc></akomaNtoso>\n"
  }

  /// Where the body begins in a document without clauses.
  private var bodyStart: Int {
    document.lines.first { $0.role == .body }?.range.lowerBound ?? 0
  }

  private mutating func write(_ clause: Clause) {
    let element = Self.element(of: clause)
    let eId = ids[clause.id] ?? id(element.short, below: "")
    out += "<\(element.name) eId=\"\(eId)\">"
    var at = clause.range.lowerBound
    var label = clause.labelRange
    let limit = clause.children.first?.range.lowerBound ?? clause.range.upperBound
    // A label counts where it begins the clause; the gap up to the heading belongs to it.
    var heading = clause.heading.flatMap { range in
      range.lowerBound >= label.upperBound && range.upperBound <= limit
        && !isBlank(range) && isSingleLine(range) ? range : nil
    }
    if let range = heading, !isGap(ByteRange(label.upperBound, range.lowerBound)) {
      heading = nil
    }
    if label.lowerBound >= at, isGap(ByteRange(at, label.lowerBound)), label.upperBound <= limit {
      if let heading {
        label = ByteRange(label.lowerBound, heading.lowerBound)
      }
      let num = ByteRange(at, label.upperBound)
      if num.isEmpty {
      } else if isBlank(num) {
        writeSpace(num)
      } else {
        out += "<num>" + inlines.xml(num, below: eId) + "</num>"
      }
      at = num.upperBound
      if let heading {
        out += "<heading>" + inlines.xml(heading, below: eId) + "</heading>"
        at = heading.upperBound
      }
    }
    if clause.children.isEmpty {
      writeContainer("content", ByteRange(at, max(at, clause.range.upperBound)), below: eId)
    } else {
      writeChildren(of: clause, from: at, eId: eId)
    }
    out += "</\(element.name)>"
  }

  private mutating func writeChildren(of clause: Clause, from start: Int, eId: String) {
    var at = start
    for (index, child) in clause.children.enumerated() {
      let gap = ByteRange(at, max(at, child.range.lowerBound))
      if isBlank(gap) {
        writeBlocks(gap, below: eId)
      } else if index == 0 {
        writeContainer("intro", gap, below: eId)
      } else {
        let container = id("hcontainer", below: eId)
        out += "<hcontainer eId=\"\(container)\" name=\"passage\">"
        writeContainer("content", gap, below: container)
        out += "</hcontainer>"
      }
      write(child)
      at = max(at, child.range.upperBound)
    }
    let rest = ByteRange(at, max(at, clause.range.upperBound))
    if isBlank(rest) {
      writeBlocks(rest, below: eId)
    } else {
      writeContainer("wrapUp", rest, below: eId)
    }
  }

  private mutating func writeContainer(_ name: String, _ range: ByteRange, below parent: String) {
    let eId = id(name == "wrapUp" ? "wrapup" : name, below: parent)
    out += "<\(name) eId=\"\(eId)\">"
    if isBlank(range) { out += "<p/>" }
    writeBlocks(range, below: eId)
    out += "</\(name)>"
  }

  // MARK: Text

  /// The text of a range: rows of tables as tables, other lines as paragraphs.
  private mutating func writeBlocks(_ range: ByteRange, below parent: String) {
    var at = range.lowerBound
    var table: Int?
    for row in tables.rows(in: range) where hasOnlyCells(row) {
      let gap = ByteRange(at, row.range.lowerBound)
      if table == row.table, isBlank(gap) {
        writeSpace(gap)
      } else {
        if table != nil { out += "</table>" }
        writeLines(gap, below: parent)
        out += "<table eId=\"\(id("table", below: parent))\">"
      }
      table = row.table
      write(row, below: parent)
      at = row.range.upperBound
    }
    if table != nil { out += "</table>" }
    writeLines(ByteRange(at, range.upperBound), below: parent)
  }

  /// Whether a row says something, all of it in its cells.
  private func hasOnlyCells(_ row: TableRows.Row) -> Bool {
    !isBlank(row.range)
      && zip(row.cells, row.cells.dropFirst()).allSatisfy {
        isBlank(ByteRange($0.upperBound, $1.lowerBound))
      }
  }

  private mutating func write(_ row: TableRows.Row, below parent: String) {
    out += "<tr>"
    var at = row.range.lowerBound
    for cell in row.cells {
      writeSpace(ByteRange(at, cell.lowerBound))
      out += "<td>"
      writeLines(cell, below: parent)
      out += "</td>"
      at = cell.upperBound
    }
    out += "</tr>"
  }

  /// The lines of a range as paragraphs; what is between them as it is.
  private mutating func writeLines(_ range: ByteRange, below parent: String) {
    guard !range.isEmpty else { return }
    var index = line(at: range.lowerBound)
    while index < document.lines.count, document.lines[index].range.lowerBound < range.upperBound {
      let line = document.lines[index]
      index += 1
      let piece = ByteRange(
        max(line.range.lowerBound, range.lowerBound), min(line.range.upperBound, range.upperBound))
      let words = trimmed(piece)
      guard !words.isEmpty else {
        writeSpace(piece)
        continue
      }
      writeSpace(ByteRange(piece.lowerBound, words.lowerBound))
      let role = Self.word(for: line.role)
      out += role.map { "<p class=\"\($0)\">" } ?? "<p>"
      out += inlines.xml(words, below: parent)
      out += "</p>"
      writeSpace(ByteRange(words.upperBound, piece.upperBound))
    }
  }

  private mutating func writeSpace(_ range: ByteRange) {
    out += inlines.text(range)
  }

  /// The line that holds a byte.
  private func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Without white space of XML at its ends; signs of Markdown alone are none either.
  private func trimmed(_ range: ByteRange) -> ByteRange {
    let bytes = document.source.text.bytes
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, Self.isSpace(bytes[low]) { low += 1 }
    while high > low, Self.isSpace(bytes[high - 1]) { high -= 1 }
    return isBlank(ByteRange(low, high)) ? ByteRange(low, low) : ByteRange(low, high)
  }

  /// Whether nothing of a range is seen but white space of XML.
  private func isBlank(_ range: ByteRange) -> Bool {
    var at = range.lowerBound
    let bytes = document.source.text.bytes
    while at < range.upperBound {
      if let sign = inlines.markup(at: at) {
        at = sign.upperBound
      } else if Self.isSpace(bytes[at]) {
        at += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Whether a range is empty, white space of any kind, or signs of Markdown.
  private func isGap(_ range: ByteRange) -> Bool {
    isBlank(range)
      || inlines.text(range).unicodeScalars.allSatisfy {
        $0.properties.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{200B}"
      }
  }

  private func isSingleLine(_ range: ByteRange) -> Bool {
    !document.source.text.bytes[range.lowerBound..<range.upperBound].contains(0x0A)
  }

  private static func word(for role: LineRole) -> String? {
    switch role {
    case .body, .blank: nil
    default: role.rawValue
    }
  }
}
