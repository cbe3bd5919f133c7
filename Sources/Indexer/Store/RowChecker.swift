internal import GRDB

/// Looks for rows that are not as they were written: the pages, the links, the seals, the parts of each file.
struct RowChecker {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// What was found, in Chinese lines.
  ///
  /// - Throws: `DatabaseError` where it is not damage that stands in the way.
  func findings() throws -> [String] {
    var findings: [String] = []
    let looks = [
      pages, settings, texts, facts, clauses, items, parts, links, ranking, contacts, words,
    ]
    for look in looks {
      do {
        if let finding = try look() { findings.append(finding) }
      } catch let error as DatabaseError where Self.isDamage(error) {
        let line = "有的页读不出来。"
        if findings.last != line { findings.append(line) }
      }
    }
    return findings
  }

  private static func isDamage(_ error: DatabaseError) -> Bool {
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_FORMAT, .SQLITE_MISMATCH,
      .SQLITE_TOOBIG:
      true
    default: false
    }
  }

  /// SQLite's own look at the pages; what it says in English is counted.
  private func pages() throws -> String? {
    let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
    if lines.isEmpty { return nil }
    return "文件的结构有 \(lines.count >= 100 ? "100 处以上" : "\(lines.count) 处")不一致。"
  }

  private func settings() throws -> String? {
    let state = try IndexStore.state(db)
    let generation = try String.fetchOne(
      db, sql: "SELECT value FROM setting WHERE name = 'generation'")
    let isWhole = state.identity.count == 32 && generation.flatMap { Int64($0) } != nil
    return isWhole ? nil : "索引的标识或版次被改过。"
  }

  private func texts() throws -> String? {
    try changed(.text, what: "份文件的正文", name: "name")
  }

  private func facts() throws -> String? {
    try changed(.facts, what: "份文件的要素（标题、机关、地区、日期等）", name: "name")
  }

  private func clauses() throws -> String? {
    try changed(.clause, what: "条条款的位置、标题或部门", name: Self.name(of: "clause.document"))
  }

  private func items() throws -> String? {
    try changed(.item, what: "个事项", name: Self.name(of: "item.document"))
  }

  private func contacts() throws -> String? {
    try changed(.contact, what: "条联系方式", name: "department")
  }

  private func words() throws -> String? {
    try changed(.relatedWord, what: "个相关词", name: "word")
  }

  private static func name(of document: String) -> String {
    "(SELECT name FROM document WHERE document.id = \(document))"
  }

  /// A line on the rows of a table that do not fit their seals; nil where all do.
  private func changed(_ part: SealedPart, what: String, name: String) throws -> String? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT count(*) OVER () AS n, CAST(ifnull(\(name), '') AS TEXT) AS name
        FROM \(part.table) WHERE NOT \(part.isSound()) LIMIT 1
        """)
    guard let row = rows.first else { return nil }
    let count: Int = row["n"]
    let example = String.fromDatabaseValue(row["name"]) ?? ""
    let place = example.isEmpty ? "" : "（如“\(Self.short(example))”）"
    return "\(count) \(what)与写入时不同\(place)。"
  }

  /// A name on one line, without what a terminal would obey.
  private static func short(_ name: String) -> String {
    String(
      name.prefix(60).map { $0.isNewline || $0.asciiValue.map { $0 < 32 } ?? false ? " " : $0 })
  }

  /// Files with more or fewer clauses, items or tags than were written, or with others.
  private func parts() throws -> String? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT count(*) OVER () AS n, CAST(document.name AS TEXT) AS name FROM document
        LEFT JOIN document_parts ON document_parts.document = document.id
        WHERE \(IndexSchema.isFile) AND CASE WHEN is_current THEN
            (clauses, items, tags, document_parts.seal) IS NOT (\(DocumentParts.counts("document.id")))
          ELSE document_parts.document IS NOT NULL OR EXISTS (
            SELECT 1 FROM clause WHERE clause.document = document.id) END
        LIMIT 1
        """)
    guard let row = rows.first else { return nil }
    let count: Int = row["n"]
    let example = String.fromDatabaseValue(row["name"]) ?? ""
    return "\(count) 份文件的条款、事项或标签多了、少了或换了（如“\(Self.short(example))”）。"
  }

  private func links() throws -> String? {
    let clauses =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM clause WHERE document NOT IN (SELECT id FROM document)") ?? 0
    let items =
      try Int.fetchOne(
        db,
        sql: """
          SELECT (SELECT count(*) FROM item WHERE document NOT IN (SELECT id FROM document))
            + (SELECT count(*) FROM document_parts WHERE document NOT IN (SELECT id FROM document))
            + (SELECT count(*) FROM item_tag WHERE item NOT IN (SELECT id FROM item))
          """) ?? 0
    let found = [
      clauses > 0 ? "\(clauses) 条条款没有文件。" : nil, items > 0 ? "\(items) 个事项或标签没有文件。" : nil,
    ].compactMap(\.self)
    return found.isEmpty ? nil : found.joined()
  }

  private func ranking() throws -> String? {
    let lists =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM ranking_list WHERE NOT \(SealedPart.list.isSound())") ?? 0
    let segments =
      try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM ranking_segment WHERE NOT \(SealedPart.segment.isSound())") ?? 0
    return lists + segments == 0 ? nil : "排序索引有 \(lists + segments) 处与写入时不同。"
  }
}
