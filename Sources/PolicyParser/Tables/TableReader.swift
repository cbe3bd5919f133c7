internal import PolicyText

/// Finds the tables of a document that state policy, by the names of their columns or labels.
struct TableReader {
  let text: MatchText
  let source: SourceDocument

  private struct Row {
    var range: ByteRange
    var cells: [ByteRange] = []
  }

  private static let names: [String: TableColumn] = {
    var names: [String: TableColumn] = [:]
    for line in embeddedText("vocabulary/columns.tsv").split(separator: "\n")
    where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let column = TableColumn(rawValue: String(fields[0])) else {
        continue
      }
      for name in fields[1].split(separator: "、") where names[String(name)] == nil {
        names[String(name)] = column
      }
    }
    return names
  }()

  /// The tables, in order.
  ///
  /// - Complexity: O(*n*) in the number of cells.
  func tables() -> [PolicyTable] {
    innermost().compactMap { rows in list(rows) ?? cards(rows) }
  }

  /// The rows of the tables that hold no other table.
  private func innermost() -> [[Row]] {
    var open: [(range: ByteRange, rows: [Row], holdsTable: Bool)] = []
    var found: [[Row]] = []
    func close(before offset: Int) {
      while let last = open.last, last.range.upperBound <= offset {
        open.removeLast()
        if !last.holdsTable, last.rows.count >= 2 { found.append(last.rows) }
      }
    }
    for block in source.blocks {
      switch block.kind {
      case .table:
        close(before: block.range.lowerBound)
        // Those around it hold a table already.
        if !open.isEmpty { open[open.count - 1].holdsTable = true }
        open.append((block.range, [], false))
      case .tableRow:
        close(before: block.range.lowerBound)
        guard !open.isEmpty else { continue }
        open[open.count - 1].rows.append(Row(range: block.range))
      case .tableCell:
        let table = open.count - 1
        guard table >= 0, !open[table].rows.isEmpty else { continue }
        let row = open[table].rows.count - 1
        guard block.range.upperBound <= open[table].rows[row].range.upperBound else { continue }
        open[table].rows[row].cells.append(trimmed(block.range))
      default: break
      }
    }
    close(before: .max)
    return found
  }

  private func trimmed(_ range: ByteRange) -> ByteRange {
    let scalars = text.trimmed(
      text.index(ofByte: range.lowerBound)..<text.index(ofByte: range.upperBound))
    return scalars.isEmpty ? ByteRange(range.lowerBound, range.lowerBound) : text.bytes(scalars)
  }

  /// The column that a cell names; nil for other words.
  private func column(of cell: ByteRange) -> TableColumn? {
    guard cell.count > 0, cell.count <= 60 else { return nil }
    let start = text.index(ofByte: cell.lowerBound)
    var end = text.index(ofByte: cell.upperBound)
    while end > start, text[end - 1] == ":" || text[end - 1] == "*" { end -= 1 }
    let words = text.key(start..<end)
    if let column = Self.names[words] { return column }
    // 联系电话（区号0000）, 支持标准(万元).
    guard words.hasSuffix(")"), let bracket = words.firstIndex(of: "(") else { return nil }
    return Self.names[String(words[..<bracket])]
  }

  // MARK: Lists

  private static let stating: Set<TableColumn> = [
    .content, .conditions, .audience, .basis, .materials, .process, .department, .channel,
  ]

  /// A list: a heading row that names three columns, or most of them, and rows below it.
  private func list(_ rows: [Row]) -> PolicyTable? {
    for (index, row) in rows.prefix(4).enumerated() where index + 1 < rows.count {
      let columns = row.cells.map(column)
      let named = Set(columns.compactMap(\.self))
      let filled = row.cells.count { !$0.isEmpty }
      guard named.count >= 3, named.count * 2 >= filled,
        named.contains(.name) || named.contains(.content),
        named.contains(.content) || named.intersection(Self.stating).count >= 2
      else { continue }
      var above: [TableColumn: ByteRange] = [:]
      let records = rows[(index + 1)...].compactMap { row -> PolicyTable.Record? in
        record(row, columns, headings: rows[index].cells, above: &above)
      }
      guard !records.isEmpty else { continue }
      return table(rows, records, isCards: false)
    }
    return nil
  }

  private static let shared: Set<TableColumn> = [.department, .contact, .phone, .category, .basis]

  private func record(
    _ row: Row, _ columns: [TableColumn?], headings: [ByteRange],
    above: inout [TableColumn: ByteRange]
  ) -> PolicyTable.Record? {
    var entries: [PolicyTable.Entry] = []
    var used: Set<TableColumn> = []
    for (cell, place) in zip(row.cells, columns.indices) {
      guard let column = columns[place], used.insert(column).inserted else { continue }
      var value = cell
      // A merged cell of a department or a contact holds for the rows below it.
      if Self.shared.contains(column) {
        if cell.isEmpty, let merged = above[column] { value = merged }
        above[column] = value
      }
      if !value.isEmpty {
        entries.append(PolicyTable.Entry(column: column, label: headings[place], value: value))
      }
    }
    let own = entries.filter { row.range.contains($0.value) && $0.column != .number }
    guard own.contains(where: { $0.column == .name || $0.column == .content }) else { return nil }
    // The heading row again, on the next page.
    guard !own.allSatisfy({ column(of: $0.value) == $0.column }) else { return nil }
    let cells = row.cells.filter { !$0.isEmpty }
    guard let first = cells.first, let last = cells.last else { return nil }
    return PolicyTable.Record(
      range: ByteRange(first.lowerBound, last.upperBound), title: nil, entries: entries)
  }

  // MARK: Cards

  /// Cards: rows of a label and its words; a label that stood already, or a title, begins the next card.
  private func cards(_ rows: [Row]) -> PolicyTable? {
    var records: [PolicyTable.Record] = []
    var entries: [PolicyTable.Entry] = []
    var title: ByteRange?
    var start: Int?
    var end = 0
    var pairs = 0
    func close() {
      let named = Set(entries.map(\.column))
      if named.count >= 3, named.contains(.content) || named.contains(.conditions), let start {
        records.append(
          PolicyTable.Record(range: ByteRange(start, end), title: title, entries: entries))
      }
      (entries, title, start) = ([], nil, nil)
    }
    for row in rows {
      let cells = row.cells.filter { !$0.isEmpty }
      guard let first = cells.first, let last = cells.last else { continue }
      let labels = cells.map(column)
      if cells.count == 1, labels[0] == nil {
        if entries.isEmpty || first.count <= 240 && entries.count >= 3 {
          close()
          title = first
        } else if let before = entries.popLast() {
          // The words of the row above go on.
          entries.append(
            PolicyTable.Entry(
              column: before.column, label: before.label,
              value: ByteRange(before.value.lowerBound, first.upperBound)))
        }
      }
      var place = 0
      while place + 1 < cells.count {
        guard let label = labels[place], labels[place + 1] == nil else {
          place += 1
          continue
        }
        if label == .name, title == nil { title = cells[place + 1] }
        if entries.contains(where: { $0.column == label && same($0.label, cells[place]) }) {
          close()
        }
        entries.append(
          PolicyTable.Entry(column: label, label: cells[place], value: cells[place + 1]))
        pairs += 1
        place += 2
      }
      start = start ?? first.lowerBound
      end = last.upperBound
    }
    close()
    guard !records.isEmpty, pairs * 2 >= rows.count else { return nil }
    return table(rows, records, isCards: true)
  }

  private func same(_ left: ByteRange, _ right: ByteRange) -> Bool {
    text.key(text.index(ofByte: left.lowerBound)..<text.index(ofByte: left.upperBound))
      == text.key(text.index(ofByte: right.lowerBound)..<text.index(ofByte: right.upperBound))
  }

  private func table(
    _ rows: [Row], _ records: [PolicyTable.Record], isCards: Bool
  ) -> PolicyTable? {
    guard let first = rows.first, let last = rows.last else { return nil }
    return PolicyTable(
      isCards: isCards, range: ByteRange(first.range.lowerBound, last.range.upperBound),
      records: records)
  }
}
