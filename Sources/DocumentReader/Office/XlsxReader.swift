internal import PolicyText

/// Reads a spreadsheet (.xlsx): the visible sheets in order, each as a table.
///
/// Source: ECMA-376 part 1, 18.
enum XlsxReader {
  private static let cellLimit = 2_000_000
  private static let columnLimit = 512

  /// Reads a file.
  static func read(_ archive: Archive, name: String) throws(ReadError) -> SourceDocument {
    guard let book = try archive.xml("xl/workbook.xml") else { throw .damaged(what: "缺少工作簿") }
    var targets: [String: String] = [:]
    for relation in try archive.xml("xl/_rels/workbook.xml.rels")?.children("Relationship") ?? [] {
      if let id = relation["Id"], let target = relation["Target"] {
        targets[id] = Archive.resolve(target, from: "xl/workbook.xml")
      }
    }
    let strings = try archive.xml("xl/sharedStrings.xml")?.children("si").map(words) ?? []
    let dates = dateStyles(try archive.xml("xl/styles.xml"))
    var sheets: [(name: String, rows: [[String]])] = []
    var left = cellLimit
    for sheet in book.child("sheets")?.children("sheet") ?? []
    where (sheet["state"] ?? "visible") == "visible" {
      guard let target = sheet["id"].flatMap({ targets[$0] }), let root = try archive.xml(target)
      else { continue }
      let rows = try rows(of: root, strings, dates, &left)
      if !rows.isEmpty { sheets.append((sheet["name"] ?? "", rows)) }
    }
    var builder = TextBuilder()
    for sheet in sheets {
      if sheets.count > 1 { builder.appendLine(sheet.name, .heading(2)) }
      builder.append(table: sheet.rows)
    }
    return builder.document(
      name: name, mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
  }

  /// The words of a string, without those that say how it is read aloud.
  private static func words(_ element: XMLElement) -> String {
    element.children.reduce(into: "") { text, part in
      if part.name == "t" { text += part.text }
      if part.name == "r" { text += part.child("t")?.text ?? "" }
    }
  }

  private static func rows(
    of sheet: XMLElement, _ strings: [String], _ dates: Set<Int>, _ left: inout Int
  ) throws(ReadError) -> [[String]] {
    var rows: [[String]] = []
    for row in sheet.child("sheetData")?.children("row") ?? [] {
      if row["hidden"] == "1" { continue }
      var cells: [String] = []
      for cell in row.children("c") {
        left -= 1
        guard left > 0 else { throw .unsafe(what: "单元格过多") }
        let column = cell["r"].flatMap(column) ?? cells.count
        guard column < columnLimit else { continue }
        while cells.count < column { cells.append("") }
        let value = value(of: cell, strings, dates)
        if cells.count == column { cells.append(value) } else { cells[column] = value }
      }
      if cells.contains(where: { !$0.isEmpty }) { rows.append(cells) }
    }
    return rows
  }

  private static func value(
    of cell: XMLElement, _ strings: [String], _ dates: Set<Int>
  ) -> String {
    let raw = cell.child("v")?.text ?? ""
    switch cell["t"] {
    case "s": return Int(raw).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
    case "inlineStr": return cell.child("is").map(words) ?? ""
    case "b": return raw == "1" ? "是" : "否"
    case "e": return ""
    case "str": return raw
    default:
      guard let number = Double(raw) else { return raw }
      if let style = cell["s"].flatMap({ Int($0) }), dates.contains(style) { return date(number) }
      if number == number.rounded(), abs(number) < 1e15 { return "\(Int(number))" }
      return "\(number)"
    }
  }

  /// `C7` as 2.
  private static func column(_ reference: String) -> Int? {
    var value = 0
    for byte in reference.utf8 {
      guard (0x41...0x5A).contains(byte), value < 100_000 else { break }
      value = value * 26 + Int(byte - 0x40)
    }
    return value > 0 ? value - 1 : nil
  }

  /// The styles of cells that show a day.
  private static func dateStyles(_ root: XMLElement?) -> Set<Int> {
    var formats: Set<Int> = Set(14...22).union(27...36).union(50...58)
    for format in root?.child("numFmts")?.children("numFmt") ?? [] {
      let code = (format["formatCode"] ?? "").lowercased()
      if let id = format["numFmtId"].flatMap({ Int($0) }), code.contains("yy") || code.contains("年")
      {
        formats.insert(id)
      }
    }
    var styles: Set<Int> = []
    for (index, style) in (root?.child("cellXfs")?.children("xf") ?? []).enumerated() {
      if let id = style["numFmtId"].flatMap({ Int($0) }), formats.contains(id) {
        styles.insert(index)
      }
    }
    return styles
  }

  /// A day counted from 1900-01-01 as 1, as `2025-03-01`.
  private static func date(_ number: Double) -> String {
    guard number >= 61, number < 200_000 else { return "\(number)" }
    // Civil date of days since 1970-01-01 (algorithm of H. Hinnant); 1970-01-01 is day 25569.
    let days = Int(number) - 25_569 + 719_468
    let era = days / 146_097
    let day = days - era * 146_097
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let ofYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let ofMonth = ofYear - (153 * month + 2) / 5 + 1
    let shown = month < 10 ? month + 3 : month - 9
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(year + era * 400 + (shown <= 2 ? 1 : 0))-\(two(shown))-\(two(ofMonth))"
  }
}
