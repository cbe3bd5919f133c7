internal import PolicyParser

/// The contact directory as a table of text (CSV, RFC 4180) that offices keep in a spreadsheet.
public enum ContactSheet {
  /// The columns, in order.
  public static let columns = ["地区", "部门", "别名", "联系事项", "电话", "地址", "办公时间", "有效期至", "来源"]

  /// What is wrong with a sheet.
  public struct Fault: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// One Chinese line: what is wrong and what to do.
    public let message: String
  }

  /// Reads a sheet; either all of it is good, or the first fault is told.
  ///
  /// - Parameter csv: The sheet with the names of the columns in its first line; a byte order mark is let pass.
  /// - Returns: The contacts in order.
  /// - Throws: ``Fault``.
  public static func contacts(parsing csv: String) throws(Fault) -> [Contact] {
    let rows = rows(of: csv)
    guard let head = rows.first, head.cells.map(trimmed) == columns else {
      throw Fault(
        line: 1, message: "第一行应为列名：\(columns.joined(separator: ","))。请按导出的样式填写。")
    }
    var contacts: [Contact] = []
    for row in rows.dropFirst() where !(row.cells.count == 1 && trimmed(row.cells[0]).isEmpty) {
      guard row.cells.count == columns.count else {
        throw Fault(
          line: row.line, message: "应有 \(columns.count) 列，实有 \(row.cells.count) 列。请检查逗号和引号。")
      }
      let cells = row.cells.map { bare(trimmed($0)) }
      guard !cells[1].isEmpty else { throw Fault(line: row.line, message: "“部门”不能空。") }
      guard !cells[4].isEmpty || !cells[5].isEmpty else {
        throw Fault(line: row.line, message: "“电话”和“地址”至少填一项。")
      }
      var day: CalendarDay?
      if !cells[7].isEmpty {
        day = CalendarDay(cells[7])
        if day == nil { throw Fault(line: row.line, message: "“有效期至”应像 2026-12-31。") }
      }
      contacts.append(
        Contact(
          region: cells[0], department: cells[1],
          aliases: cells[2].split(separator: "、").map(String.init), matter: cells[3],
          phone: cells[4], address: cells[5], hours: cells[6], goodUntil: day, source: cells[8]))
    }
    return contacts
  }

  /// The sheet of some contacts, with a byte order mark, so that spreadsheets read it as UTF-8.
  public static func csv(of contacts: [Contact]) -> String {
    let rows =
      [columns]
      + contacts.map { contact in
        [
          contact.region, contact.department, contact.aliases.joined(separator: "、"),
          contact.matter, contact.phone, contact.address, contact.hours,
          contact.goodUntil?.description ?? "", contact.source,
        ]
      }
    return "\u{FEFF}" + rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    let cell = isSetApart(cell) ? "'" + cell : cell
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  /// Whether a cell begins with an apostrophe in the sheet: one that a spreadsheet would take for a formula, and one
  /// that begins with an apostrophe itself, so that the sheet says what was stored.
  private static func isSetApart(_ cell: String) -> Bool {
    cell.unicodeScalars.first.map { "=+-@＝＋－＠\t\r'".unicodeScalars.contains($0) } ?? false
  }

  /// A cell without the apostrophe that sets it apart.
  private static func bare(_ cell: String) -> String {
    guard cell.unicodeScalars.first == "'" else { return cell }
    let rest = String(cell.unicodeScalars.dropFirst())
    return isSetApart(rest) ? rest : cell
  }

  private static func trimmed(_ cell: String) -> String {
    var part = cell[...]
    while part.first?.isWhitespace ?? false { part.removeFirst() }
    while part.last?.isWhitespace ?? false { part.removeLast() }
    return String(part)
  }

  private static func rows(of csv: String) -> [(line: Int, cells: [String])] {
    var rows: [(line: Int, cells: [String])] = []
    var cells: [String] = []
    var cell = ""
    var (line, start) = (1, 1)
    var isQuoted = false
    var characters = Array(csv)
    if characters.first == "\u{FEFF}" { characters.removeFirst() }
    var index = 0
    func isLast() -> Bool { index + 1 >= characters.count }
    while index < characters.count {
      let character = characters[index]
      if character.isNewline { line += 1 }
      if isQuoted {
        if character == "\"" {
          if !isLast(), characters[index + 1] == "\"" {
            cell.append("\"")
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          cell.append(character)
        }
      } else if character == "\"", cell.isEmpty {
        isQuoted = true
      } else if character == "," {
        cells.append(cell)
        cell = ""
      } else if character.isNewline {
        cells.append(cell)
        rows.append((start, cells))
        (cells, cell, start) = ([], "", line)
      } else {
        cell.append(character)
      }
      index += 1
    }
    if !cell.isEmpty || !cells.isEmpty { rows.append((start, cells + [cell])) }
    return rows
  }
}
