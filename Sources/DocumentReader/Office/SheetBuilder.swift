internal import PolicyText

extension TextBuilder {
  /// Adds a table of cells: a line a row, with tabs between the cells.
  mutating func append(table rows: [[String]]) {
    endLine()
    let start = count
    for row in rows where row.contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
      // What is too long is refused when it is whole.
      guard count <= DocumentReader.textLimit else { break }
      let rowStart = count
      for (index, cell) in row.enumerated() {
        if index > 0 { append("\t") }
        let cellStart = count
        append(
          String(
            cell.map { $0 == "\t" || $0 == "\r" || $0 == "\r\n" ? ($0 == "\t" ? " " : "\n") : $0 }))
        reopenLine(from: cellStart)
        markCell(from: cellStart)
      }
      markRow(from: rowStart)
      endLine()
    }
    mark(.table, from: start)
    endLine()
  }
}
