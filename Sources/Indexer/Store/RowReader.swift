internal import GRDB
internal import GRDBSQLite

/// Reads single rows by a statement that is kept, without an object for each row and value.
struct RowReader {
  /// The columns of the row in hand.
  struct Columns {
    fileprivate let statement: OpaquePointer

    /// A column as text; empty where it is NULL.
    func text(_ column: Int32) -> String {
      guard let start = sqlite3_column_text(statement, column) else { return "" }
      let size = Int(sqlite3_column_bytes(statement, column))
      return String(decoding: UnsafeBufferPointer(start: start, count: size), as: UTF8.self)
    }

    /// A column's bytes, while `body` runs; none where it is NULL.
    func bytes<Value>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
      let start = sqlite3_column_text(statement, column)
      return body(
        UnsafeBufferPointer(
          start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column))))
    }

    /// A column as a whole number; 0 where it is NULL.
    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  }

  private let statement: OpaquePointer

  init(_ statement: Statement) { self.statement = statement.sqliteStatement }

  /// The first row for `word` as the statement's only argument; nil where there is no row.
  func read<Value>(_ word: String, _ body: (Columns) -> Value) -> Value? {
    var word = word
    return word.withUTF8 { bytes in
      sqlite3_bind_text(
        statement, 1, UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
        Int32(bytes.count), nil)
      defer { sqlite3_reset(statement) }
      guard sqlite3_step(statement) == SQLITE_ROW else { return nil }
      return body(Columns(statement: statement))
    }
  }

  /// The first row, for `id` as the statement's only argument where there is one; nil where there is no row.
  func read<Value>(_ id: Int64? = nil, _ body: (Columns) -> Value) -> Value? {
    if let id { sqlite3_bind_int64(statement, 1, id) }
    defer { sqlite3_reset(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW else { return nil }
    return body(Columns(statement: statement))
  }
}
