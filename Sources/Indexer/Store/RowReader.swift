internal import GRDB
internal import GRDBSQLite

/// Reads the row of an id by a statement with one argument.
struct RowReader {
  private let statement: OpaquePointer

  init(_ statement: Statement) { self.statement = statement.sqliteStatement }

  /// The first columns of the row as text; nil where there is no such row.
  func texts(_ id: Int64, count: Int32) -> [String]? {
    sqlite3_bind_int64(statement, 1, id)
    defer { sqlite3_reset(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW else { return nil }
    return (0..<count).map { column in
      guard let start = sqlite3_column_text(statement, column) else { return "" }
      let size = Int(sqlite3_column_bytes(statement, column))
      return String(decoding: UnsafeBufferPointer(start: start, count: size), as: UTF8.self)
    }
  }
}
