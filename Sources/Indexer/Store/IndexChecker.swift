internal import GRDB
internal import Segmenter

/// Looks over an index file.
///
/// Every row was sealed when it was written, and of each file the number of its parts; so damage and changes by hand
/// are found without knowing what they were. The words and posting lists are compared with the texts besides.
public struct IndexChecker: Sendable {
  /// How much is looked at.
  public enum Depth: Sendable {
    /// What is stored: pages, links, seals. Reads the file once.
    case stored
    /// The words too: every text is cut anew.
    case words
  }

  /// The most lines that are told.
  private static let mostFindings = 20
  private let store: IndexStore

  /// Checks `store`.
  public init(_ store: IndexStore) { self.store = store }

  /// What was found wrong.
  ///
  /// - Parameter depth: How much is looked at.
  /// - Returns: Chinese lines, at most twenty; none where all is well.
  /// - Throws: ``IndexError`` where the file cannot be read at all.
  /// - Complexity: O(file); for words, the texts are cut and parsed anew.
  public func findings(_ depth: Depth = .words) throws(IndexError) -> [String] {
    var findings: [String] = []
    let stored = try? IndexStore.wrapping {
      try store.pool.read { db in
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'segmenter'")
      }
    }
    if depth == .words, stored != store.stamp {
      findings.append("分词已更新：索引的词由 \(stored ?? "未知") 切出，现在是 \(store.stamp)。")
    }
    findings += try IndexStore.wrapping {
      try store.pool.read { db in try RowChecker(db).findings() }
    }
    guard depth == .words else { return Array(findings.prefix(Self.mostFindings)) }
    if findings.isEmpty, try !wordsFit() { findings.append("词的索引与条款不一致。") }
    if findings.isEmpty {
      do {
        findings = try IndexStore.wrapping {
          try store.pool.read { db in
            try RankingChecker(
              snapshot: try store.rankingSnapshot(db), segmenter: try Segmenter(.standard)
            ).findings(in: db)
          }
        }
      } catch .damaged {
        findings.append("排序索引读不全。")
      }
    }
    return Array(findings.prefix(Self.mostFindings))
  }

  /// Whether FTS5 has the words of the texts.
  ///
  /// It can be asked only by writing; no search rests on it, so that a file
  /// which is only read goes without.
  private func wordsFit() throws(IndexError) -> Bool {
    guard !store.isReadOnly else { return true }
    do {
      try store.pool.write { db in
        try db.execute(
          sql: "INSERT INTO clause_words (clause_words, rank) VALUES ('integrity-check', 1)")
      }
      return true
    } catch {
      switch IndexStore.indexError(error) {
      case .damaged, .database: return false
      case let other: throw other
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
