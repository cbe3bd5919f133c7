private import CXLSX
private import Glibc
internal import PolicyInterpreter

/// Writes lists of items as spreadsheets (.xlsx) through libxlsxwriter.
public enum SpreadsheetWriter {
  /// A spreadsheet that could not be written.
  public struct Failure: Error, Hashable, Sendable {
    /// What libxlsxwriter says: a number of its `lxw_error`.
    public let code: Int
  }

  /// The longest text that a cell takes, in UTF-16 units.
  private static let cellLimit = 32_767

  /// Writes a list: frozen heading row, wrapped text, columns wide enough to read, ready to print.
  ///
  /// - Parameters:
  ///   - sheet: The list.
  ///   - path: The file, which is replaced.
  /// - Throws: ``Failure`` where the file cannot be written.
  public static func write(_ sheet: ItemSheet, to path: String) throws(Failure) {
    guard let workbook = workbook_new(path) else { throw Failure(code: 1) }
    guard let worksheet = workbook_add_worksheet(workbook, sheet.list.name) else {
      workbook_close(workbook)
      throw Failure(code: 2)
    }
    let heading = workbook_add_format(workbook)
    format_set_bold(heading)
    format_set_align(heading, UInt8(LXW_ALIGN_CENTER.rawValue))
    format_set_align(heading, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    format_set_border(heading, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_bg_color(heading, 0xE3E8EC)
    let body = workbook_add_format(workbook)
    format_set_text_wrap(body)
    format_set_align(body, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    format_set_border(body, UInt8(LXW_BORDER_THIN.rawValue))
    for (index, column) in sheet.list.columns.enumerated() {
      worksheet_set_column(worksheet, UInt16(index), UInt16(index), width(of: column.key), nil)
      worksheet_write_string(worksheet, 0, UInt16(index), column.name, heading)
    }
    worksheet_set_row(worksheet, 0, 24, nil)
    for (row, cells) in sheet.rows.enumerated() {
      for (index, cell) in cells.enumerated() {
        worksheet_write_string(worksheet, UInt32(row + 1), UInt16(index), cut(cell), body)
      }
    }
    worksheet_freeze_panes(worksheet, 1, 1)
    worksheet_set_landscape(worksheet)
    worksheet_set_paper(worksheet, 8)
    worksheet_fit_to_pages(worksheet, 1, 0)
    worksheet_repeat_rows(worksheet, 0, 0)
    let result = workbook_close(workbook)
    guard result == LXW_NO_ERROR else { throw Failure(code: Int(result.rawValue)) }
  }

  /// A list as the bytes of a spreadsheet; nothing is written to disk.
  ///
  /// - Throws: ``Failure`` where the system gives no memory.
  public static func bytes(of sheet: ItemSheet) throws(Failure) -> [UInt8] {
    let file = cxlsx_memory_file()
    guard file >= 0 else { throw Failure(code: 1) }
    defer { close(file) }
    try write(sheet, to: "/proc/self/fd/\(file)")
    let count = lseek(file, 0, SEEK_END)
    guard count > 0 else { throw Failure(code: 1) }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes { raw in
        pread(file, raw.baseAddress?.advanced(by: done), count - done, off_t(done))
      }
      guard got > 0 else { throw Failure(code: 1) }
      done += got
    }
    return bytes
  }

  /// The width of a column in characters.
  private static func width(of key: Element.Key) -> Double {
    switch key {
    case .content, .conditions, .materials, .process: 48
    case .name, .basis, .audience: 28
    default: 18
    }
  }

  private static func cut(_ cell: String) -> String {
    guard cell.utf16.count > cellLimit else { return cell }
    return String(cell.prefix(cellLimit / 2)) + "……"
  }
}
