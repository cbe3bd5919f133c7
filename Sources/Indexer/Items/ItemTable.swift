internal import Foundation
internal import GRDB
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// The items of the current documents, rebuilt from their texts whenever the rules that read them change.
enum ItemTable {
  /// Changes with every change of the rules that read items, so that an older index is read anew.
  static let rules = "2"

  static let schema = """
    CREATE TABLE item (
      id INTEGER PRIMARY KEY,
      document INTEGER NOT NULL REFERENCES document (id),
      number INTEGER NOT NULL,
      clause INTEGER REFERENCES clause (id),
      path TEXT NOT NULL,
      name TEXT NOT NULL,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      amount TEXT,
      most INTEGER,
      audience TEXT,
      "window" TEXT,
      until TEXT,
      department TEXT,
      claim TEXT
    );
    CREATE UNIQUE INDEX item_by_document ON item (document, number);
    CREATE INDEX item_by_clause ON item (clause);
    CREATE TABLE item_tag (
      axis TEXT NOT NULL, value TEXT NOT NULL, item INTEGER NOT NULL REFERENCES item (id),
      PRIMARY KEY (axis, value, item)
    ) WITHOUT ROWID;
    CREATE INDEX item_tag_by_item ON item_tag (item);
    """

  /// The elements of 政策解读 as JSON, beside each item.
  static let readings = "ALTER TABLE item ADD COLUMN reading TEXT NOT NULL DEFAULT '[]'"

  /// Adds the items of a document whose clauses are there.
  static func add(_ rows: [ItemRow], to document: Int64, in db: Database) throws {
    guard !rows.isEmpty else { return }
    let clauses = try Row.fetchAll(
      db,
      sql: "SELECT id, start, length FROM clause WHERE document = ? ORDER BY length",
      arguments: [document]
    ).map { (id: $0["id"] as Int64, start: $0["start"] as Int, length: $0["length"] as Int) }
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO item (document, number, clause, path, name, start, length, amount, most, audience,
          "window", until, department, claim, reading, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
          \(SealedPart.seal(ofArguments: 1...15)))
        """)
    let tag = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO item_tag (axis, value, item) VALUES (?, ?, ?)")
    let encoder = JSONEncoder()
    for row in rows {
      // The smallest unit that holds the end of the passage, where its sum stands.
      let place = row.range.upperBound - 1
      let clause = clauses.first { $0.start <= place && place < $0.start + $0.length }?.id
      try insert.execute(arguments: [
        document, row.number, clause, row.clause, row.name, row.range.lowerBound, row.range.count,
        row.amount, row.most, row.audience, row.window, row.until, row.department, row.claim,
        String(decoding: try encoder.encode(row.reading), as: UTF8.self),
      ])
      let id = db.lastInsertedRowID
      for label in row.tags { try tag.execute(arguments: [label.axis, label.value, id]) }
    }
  }

  /// Takes out the items of a document.
  static func remove(_ document: Int64, in db: Database) throws {
    try db.execute(
      sql: "DELETE FROM item_tag WHERE item IN (SELECT id FROM item WHERE document = ?)",
      arguments: [document])
    try db.execute(sql: "DELETE FROM item WHERE document = ?", arguments: [document])
  }

  /// Reads all items anew where they were read by other rules.
  static func refresh(in db: Database) throws {
    let known = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'item_rules'")
    guard known != rules else { return }
    try db.execute(sql: "DELETE FROM item_tag; DELETE FROM item")
    let ids = try Int64.fetchAll(
      db,
      sql: "SELECT id FROM document WHERE is_current AND media_type <> 'application/jsonl'")
    for id in ids {
      let row = try Row.fetchOne(
        db,
        sql: "SELECT name, media_type, encoding, address, text, layout FROM document WHERE id = ?",
        arguments: [id])
      guard let row else { continue }
      let source = Layout.decode(
        row["layout"], text: row["text"], name: row["name"], mediaType: row["media_type"],
        encoding: row["encoding"], address: row["address"])
      try add(ItemRow.rows(of: PolicyParser.parse(source).value), to: id, in: db)
      try DocumentParts.update(id, in: db)
    }
    try db.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('item_rules', ?)",
      arguments: [rules])
  }

  /// The items that stand in some clauses, by clause, in order of the text.
  static func items(in clauses: [Int64], _ db: Database) throws -> [Int64: [ItemSummary]] {
    guard !clauses.isEmpty else { return [:] }
    var found: [Int64: [ItemSummary]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT item.*, \(SealedPart.item.isSound()) AS is_sound, d.key AS document_key FROM item JOIN document d ON d.id = item.document
        WHERE item.clause IN (\(clauses.map(String.init).joined(separator: ",")))
        ORDER BY item.number
        """)
    while let row = try rows.next() {
      guard row["is_sound"] else { throw IndexError.damaged }
      found[row["clause"], default: []].append(ItemSummary(row))
    }
    return found
  }
}

extension ItemSummary {
  init(_ row: Row) {
    self.init(
      document: row["document_key"], number: row["number"], clause: row["path"], name: row["name"],
      amount: row["amount"], audience: row["audience"], window: row["window"],
      department: row["department"], claim: row["claim"],
      reading: ReadingField.list(row["reading"]))
  }
}

extension ReadingField {
  /// Fields as the index keeps them; none where the words are no such list.
  static func list(_ json: String) -> [ReadingField] {
    (try? JSONDecoder().decode([ReadingField].self, from: Data(json.utf8))) ?? []
  }
}
