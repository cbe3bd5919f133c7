internal import GRDB
internal import GRDBSQLite

/// A number of 64 bits over the values of a row (行校验), stored with it: what a row says is shown only if it fits.
///
/// It finds damage and changes by hand; it is no signature. In SQL it is `huice_seal(value, …)`.
struct RowSeal {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  private mutating func mix(_ value: UInt64) {
    state = (state ^ value) &* 0xBF58_476D_1CE4_E5B9
    state ^= state >> 29
  }

  /// Adds a value of SQLite: its kind, then its bytes.
  mutating func add(kind: Int32, _ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(UInt32(bitPattern: kind)) << 48 ^ UInt64(bytes.count))
    var offset = 0
    while offset + 8 <= bytes.count {
      mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    guard offset < bytes.count else { return }
    var last: UInt64 = 0
    for index in offset..<bytes.count { last = last << 8 | UInt64(bytes[index]) }
    mix(last)
  }

  /// Adds a whole number.
  mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number) { add(kind: SQLITE_INTEGER, $0) }
  }

  /// The seal.
  var value: Int64 { Int64(bitPattern: (state ^ state >> 32) &* 0x94D0_49BB_1331_11EB) }

  /// Makes `huice_seal` known to a connection.
  static func register(in db: Database) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      db.sqliteConnection, "huice_seal", -1, flags, nil,
      { context, count, values in
        var seal = RowSeal()
        for index in 0..<Int(count) {
          guard let value = values?[index] else { continue }
          let kind = sqlite3_value_type(value)
          switch kind {
          case SQLITE_INTEGER: seal.add(sqlite3_value_int64(value))
          case SQLITE_FLOAT:
            withUnsafeBytes(of: sqlite3_value_double(value)) { seal.add(kind: kind, $0) }
          case SQLITE_TEXT:
            let start = sqlite3_value_text(value)
            let size = Int(sqlite3_value_bytes(value))
            seal.add(
              kind: kind, UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : size))
          case SQLITE_BLOB:
            let start = sqlite3_value_blob(value)
            let size = Int(sqlite3_value_bytes(value))
            seal.add(
              kind: kind, UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : size))
          default: seal.add(kind: kind, UnsafeRawBufferPointer(start: nil, count: 0))
          }
        }
        sqlite3_result_int64(context, seal.value)
      }, nil, nil, nil)
  }
}

/// What of the rows of a table carries a ``RowSeal``.
enum SealedPart: CaseIterable {
  /// A document's text with what the file says about it; for a record of a list its title too. The only truth.
  case text
  /// What was read of it: title, issuers, days.
  case facts
  case clause
  case item
  case list
  case segment
  case contact
  case relatedWord

  /// The table.
  var table: String {
    switch self {
    case .text, .facts: "document"
    case .clause: "clause"
    case .item: "item"
    case .list: "ranking_list"
    case .segment: "ranking_segment"
    case .contact: "contact"
    case .relatedWord: "related_word"
    }
  }

  /// The column with the seal.
  private var column: String { self == .facts ? "facts_seal" : "seal" }

  /// The columns that the seal is over; where a file stands may change without its content.
  private var columns: String {
    switch self {
    case .text: "key version name sha256 media_type encoding address text layout added_on"
    case .facts:
      """
      key version title number number_key issuers level region year kind triage signed_on published_on \
      effective_from effective_until
      """
    case .clause: "document path labels heading start length units digest"
    case .item:
      """
      document number clause path name start length amount most audience window until department claim \
      reading
      """
    case .list: "id list"
    case .segment: "id generation first tier passages directory characters"
    case .contact: "region department aliases matter phone address hours good_until source"
    case .relatedWord: "word others"
    }
  }

  /// The seal that a row should have, in SQL.
  ///
  /// - Parameter alias: The table's name in the statement; nil for its own.
  /// - Returns: A call of `huice_seal`.
  func seal(_ alias: String? = nil) -> String {
    let table = alias ?? table
    var values = columns.split(separator: " ").map { "\(table).\"\($0)\"" }
    if self == .text {
      values.append("iif(\(table).media_type = 'application/jsonl', \(table).title, NULL)")
    }
    return "huice_seal(\(values.joined(separator: ", ")))"
  }

  /// Whether a row fits its seal, in SQL: 1 or 0.
  func isSound(_ alias: String? = nil) -> String {
    "(\(alias ?? table).\(column) IS \(seal(alias)))"
  }

  /// The statement that seals some rows as they are.
  func sealing(_ condition: String) -> String {
    "UPDATE \(table) SET \(column) = \(seal()) WHERE \(condition)"
  }

  /// The seal of the values that a statement inserts, in SQL.
  ///
  /// - Parameter places: Their places in the statement, from 1: `[2, 3]` for `?2` and `?3`.
  /// - Returns: `huice_seal(?2, ?3)`.
  static func seal(ofArguments places: some Collection<Int>) -> String {
    "huice_seal(\(places.map { "?\($0)" }.joined(separator: ", ")))"
  }

  /// The columns with the seals, and the seals of the rows that are there.
  static let schema =
    allCases.map {
      """
      ALTER TABLE \($0.table) ADD COLUMN \($0.column) INTEGER NOT NULL DEFAULT 0;
      \($0.sealing("1"));

      """
    }.joined() + DocumentParts.schema
}

/// How many clauses, items and tags each file has, and a sum over their seals: what is missing is noticed too.
///
/// Records of a list have one clause each, and no row here.
enum DocumentParts {
  static let schema = """
    CREATE TABLE document_parts (
      document INTEGER PRIMARY KEY,
      clauses INTEGER NOT NULL,
      items INTEGER NOT NULL,
      tags INTEGER NOT NULL,
      seal INTEGER NOT NULL
    );
    INSERT INTO document_parts (document, clauses, items, tags, seal)
      SELECT document.id, \(counts("document.id")) FROM document
      WHERE is_current AND \(IndexSchema.isFile);
    """

  /// Three counts and the seal over them, in SQL.
  static func counts(_ id: String) -> String {
    let half = 0x7FFF_FFFF
    let items = "SELECT id FROM item WHERE document = \(id)"
    func number(_ what: String, _ source: String) -> String { "(SELECT \(what) FROM \(source))" }
    let clause = "clause WHERE document = \(id)"
    let item = "item WHERE document = \(id)"
    let tag = "item_tag WHERE item IN (\(items))"
    let sums = [
      number("count(*)", clause), number("ifnull(sum(seal & \(half)), 0)", clause),
      number("count(*)", item), number("ifnull(sum(seal & \(half)), 0)", item),
      number("count(*)", tag),
      number("ifnull(sum(huice_seal(axis, value, item) & \(half)), 0)", tag),
    ]
    return "\(sums[0]), \(sums[2]), \(sums[4]), huice_seal(\(id), \(sums.joined(separator: ", ")))"
  }

  /// Counts the parts of a file anew.
  static func update(_ document: Int64, in db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO document_parts (document, clauses, items, tags, seal)
        VALUES (?1, \(counts("?1")))
        """
    ).execute(arguments: [document])
  }

  /// Takes out the parts of a file that is no longer searched.
  static func remove(_ document: Int64, in db: Database) throws {
    try db.execute(sql: "DELETE FROM document_parts WHERE document = ?", arguments: [document])
  }
}
