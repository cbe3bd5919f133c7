internal import GRDB
public import PolicyInterpreter
public import PolicyParser
public import PolicyText
internal import Synchronization

/// A document as the index keeps it, parsed again from its text.
public struct StoredDocument: Sendable {
  /// What lists say of it.
  public let summary: DocumentSummary
  let known: KnownDocument
  /// The document with its findings.
  ///
  /// - Complexity: O(*n*), about 10 MB/s, where the document was not used lately; O(1) else.
  public var parsed: Parsed<PolicyDocument> { known.parsed }
  /// What it grants.
  ///
  /// - Complexity: As ``parsed``.
  public var interpretation: Interpretation { known.interpretation }
  /// Its folded text.
  ///
  /// - Complexity: As ``parsed``.
  package var matchText: MatchText { known.matchText }
  /// Which version of its file this is, from 1.
  public let version: Int
  /// Whether a newer version is there.
  public let isCurrent: Bool
  /// The digest of the file.
  public let sha256: String
}

/// How much an index holds.
public struct IndexTotals: Hashable, Sendable {
  /// Documents, in their newest version.
  public let documents: Int
  /// Clauses that search finds.
  public let clauses: Int
  /// Items that these documents grant.
  public let items: Int
  /// The day the newest document was added.
  public let updated: CalendarDay?
  /// Documents by level; nil for those without.
  public let levels: [String: Int]
}

extension IndexStore {
  /// A document by its public name.
  ///
  /// - Parameters:
  ///   - key: The public name: twelve letters.
  ///   - version: Which version; nil for the newest.
  /// - Returns: nil where there is none.
  /// - Throws: ``IndexError``.
  /// - Complexity: One row; what is asked of the document is worked out when it is asked.
  public func document(_ key: String, version: Int? = nil) throws(IndexError) -> StoredDocument? {
    try Self.wrapping {
      try self.pool.read { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT \(DocumentSummary.columns), d.is_current, \(DocumentCache.columns),
              \(SealedPart.facts.isSound("d")) AS is_sound
            FROM document d WHERE d.key = ? AND (? IS NULL OR d.version = ?)
            ORDER BY d.version DESC LIMIT 1
            """)
        let row = try Row.fetchOne(statement, arguments: [key, version, version])
        guard let row else { return nil }
        guard row["is_sound"] else { throw IndexError.damaged }
        return StoredDocument(
          summary: DocumentSummary(row), known: try self.documents.document(row, in: db),
          version: row["version"], isCurrent: row["is_current"], sha256: row["sha256"])
      }
    }
  }

  /// The documents added last.
  public func recent(_ limit: Int) throws(IndexError) -> [DocumentSummary] {
    try Self.wrapping {
      try self.pool.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT \(DocumentSummary.columns) FROM document d
            WHERE d.is_current ORDER BY coalesce(d.signed_on, d.published_on, '') DESC, d.id LIMIT ?
            """, arguments: [limit]
        ).map(DocumentSummary.init)
      }
    }
  }

  /// The documents that bear a title, or a number, or that publish what bears the title (印发…的通知).
  public func documents(titled title: String, numbered number: String?) throws(IndexError)
    -> [DocumentSummary]
  {
    try Self.wrapping {
      try self.pool.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT \(DocumentSummary.columns) FROM document d
            WHERE d.is_current AND (d.number_key = ? OR d.title = ? OR instr(d.title, ?) > 0
              OR instr(d.title, ?) > 0) LIMIT 8
            """,
          arguments: [number.map(NumberKey.of), title, "《\(title)》", "印发\(title)的通知"]
        ).map(DocumentSummary.init)
      }
    }
  }

  /// How much there is.
  ///
  /// - Returns: The counts of the current state.
  /// - Throws: ``IndexError``.
  /// - Complexity: O(documents) once for each state of the index.
  public func totals() throws(IndexError) -> IndexTotals {
    try Self.wrapping {
      try self.reading { db in
        let state = try Self.state(db)
        if let known = self.knownTotals.withLock({ $0 }), known.state == state {
          return known.totals
        }
        let totals = try Self.totals(db)
        self.knownTotals.withLock { $0 = (state, totals) }
        return totals
      }
    }
  }

  private static func totals(_ db: Database) throws -> IndexTotals {
    var levels: [String: Int] = [:]
    for row in try Row.fetchAll(
      db,
      sql:
        "SELECT coalesce(level, '') AS level, count(*) AS n FROM document WHERE is_current GROUP BY 1"
    ) {
      levels[row["level"]] = row["n"]
    }
    return IndexTotals(
      documents: levels.values.reduce(0, +),
      clauses: try Int.fetchOne(db, sql: "SELECT count(*) FROM clause") ?? 0,
      items: try Int.fetchOne(db, sql: "SELECT count(*) FROM item") ?? 0,
      updated: try String.fetchOne(db, sql: "SELECT max(added_on) FROM document")
        .flatMap { CalendarDay($0) },
      levels: levels)
  }

  /// What the words of this index were cut with.
  public var segmenterStamp: String { stamp }
}
