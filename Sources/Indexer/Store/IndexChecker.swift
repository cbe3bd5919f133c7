internal import GRDB
internal import Segmenter

/// Looks over an index file.
public struct IndexChecker: Sendable {
  private let store: IndexStore

  /// Checks `store`.
  public init(_ store: IndexStore) { self.store = store }

  /// What was found wrong, in Chinese lines; empty where all is well.
  ///
  /// The file's pages, the links between documents and clauses, and the words: each stored clause is cut
  /// anew and compared with what the index holds, as are the posting lists of the ranking index.
  ///
  /// - Throws: ``IndexError`` where the file cannot be read at all.
  public func findings() throws(IndexError) -> [String] {
    var findings: [String] = []
    let stored = try IndexStore.wrapping {
      try store.pool.read { db in
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'segmenter'")
      }
    }
    if stored != store.stamp {
      findings.append("分词已更新：索引的词由 \(stored ?? "未知") 切出，现在是 \(store.stamp)。")
    }
    findings += try IndexStore.wrapping {
      try store.pool.read { db in
        var lines = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let orphans =
          try Int.fetchOne(
            db, sql: "SELECT count(*) FROM clause WHERE document NOT IN (SELECT id FROM document)")
          ?? 0
        if orphans > 0 { lines.append("\(orphans) 条条款没有文件。") }
        return lines
      }
    }
    do {
      try store.pool.write { db in
        try db.execute(
          sql: "INSERT INTO clause_words (clause_words, rank) VALUES ('integrity-check', 1)")
      }
    } catch {
      switch IndexStore.indexError(error) {
      case .damaged, .database: findings.append("词的索引与条款不一致。")
      case let other: throw other
      }
    }
    guard findings.isEmpty else { return findings }
    return try IndexStore.wrapping {
      try store.pool.read { db in
        try RankingChecker(
          snapshot: try store.rankingSnapshot(db), segmenter: try Segmenter(.standard)
        ).findings(in: db)
      }
    }
  }

  /// The numbers of documents and clauses.
  public func counts() throws(IndexError) -> (documents: Int, clauses: Int) {
    try IndexStore.wrapping {
      try store.pool.read { db in
        (
          try Int.fetchOne(db, sql: "SELECT count(*) FROM document WHERE is_current") ?? 0,
          try Int.fetchOne(db, sql: "SELECT count(*) FROM clause") ?? 0
        )
      }
    }
  }
}
