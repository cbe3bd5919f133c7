internal import Foundation
internal import GRDB
public import PolicyParser
public import PolicyText
internal import Segmenter

/// A current document with the units that search finds in it: what an answer is looked for in.
public struct DocumentPassages: Sendable {
  /// What lists say of it.
  public let summary: DocumentSummary
  /// What kind of document it is for a firm; nil where the index does not know it.
  public let triage: Triage?
  let known: KnownDocument
  /// The text with its markup.
  public var source: SourceDocument { known.source }
  /// The folded text.
  package var matchText: MatchText { known.matchText }
  /// The indexed units in order of the text.
  public let units: [Unit]

  /// One indexed unit: a clause, or a passage outside the clauses.
  public struct Unit: Sendable {
    /// The clause's id (`2.1`), or `p3` for a passage outside the clauses.
    public let path: String
    /// The labels down to it: 二、/（三）.
    public let labels: [String]
    /// The headings above it.
    public let heading: String
    /// Where it stands, in bytes of the text.
    public let range: ByteRange
    /// The departments it names.
    public let departments: String
    /// The items it grants.
    public let items: [ItemSummary]

    /// The units of a document, in order of the text; those that are not within its `size` bytes are left out.
    static func all(of document: Int64, size: Int, in db: Database) throws -> [Self] {
      let clauses = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT *, \(SealedPart.clause.isSound()) AS is_sound FROM clause
            WHERE document = ? ORDER BY start
            """), arguments: [document])
      let items = try ItemTable.items(in: clauses.map { $0["id"] }, db)
      return try clauses.compactMap { clause in
        guard clause["is_sound"] else { throw IndexError.damaged }
        let start: Int = clause["start"]
        let length: Int = clause["length"]
        guard start + length <= size else { return nil }
        return Self(
          path: clause["path"],
          labels: (clause["labels"] as String).split(separator: "/").map(String.init),
          heading: clause["heading"], range: ByteRange(start, start + length),
          departments: clause["units"], items: items[clause["id"]] ?? [])
      }
    }
  }
}

/// How common a word is among the indexed units.
public struct TermFrequency: Hashable, Sendable {
  /// In how many units it stands, counted up to a bound.
  public let units: Int
  /// How many units there are.
  public let total: Int
}

extension SearchEngine {
  /// The most units that a word is counted in: above this it says nothing more.
  private static let mostCounted = 4_000

  /// The newest versions of documents with their units, in the order of `keys`; unknown keys are left out.
  ///
  /// - Parameter keys: Public names of documents.
  /// - Returns: A document with its units for each key.
  /// - Throws: ``IndexError``.
  /// - Complexity: O(the documents' texts) where they were not used lately; nothing is parsed.
  public func passages(of keys: [String]) throws(IndexError) -> [DocumentPassages] {
    try IndexStore.wrapping {
      try self.store.pool.read { db in
        try keys.compactMap { key in
          let statement = try db.cachedStatement(
            sql: """
              SELECT \(DocumentSummary.columns), d.triage, \(DocumentCache.columns),
                \(SealedPart.facts.isSound("d")) AS is_sound
              FROM document d WHERE d.key = ? AND d.is_current LIMIT 1
              """)
          guard let row = try Row.fetchOne(statement, arguments: [key]) else { return nil }
          guard row["is_sound"] else { throw IndexError.damaged }
          let known = try self.store.documents.document(row, in: db)
          return DocumentPassages(
            summary: DocumentSummary(row), triage: Triage(rawValue: row["triage"]), known: known,
            units: try known.units(in: db))
        }
      }
    }
  }

  /// The regions of the current documents, each once: paths of names as 云屏省澜川市.
  ///
  /// - Returns: The paths, in no order.
  /// - Throws: ``IndexError``.
  public func regions() throws(IndexError) -> [String] {
    try IndexStore.wrapping {
      try self.store.pool.read { db in
        try String.fetchAll(
          db, sql: "SELECT DISTINCT region FROM document WHERE is_current AND region IS NOT NULL")
      }
    }
  }

  /// How common some words are: in how many passages their rarest pair of characters stands.
  ///
  /// - Parameter words: For each word the folded pieces, as ``Segmenter/Token`` has them, that must stand one after
  ///   the other: one piece for a word of the dictionaries.
  /// - Returns: One frequency a word, in their order.
  /// - Throws: ``IndexError``.
  /// - Complexity: O(lengths of their posting lists in bytes).
  public func frequencies(of words: [[String]]) throws(IndexError) -> [TermFrequency] {
    try IndexStore.wrapping {
      try self.store.pool.read { db in
        let snapshot = try self.store.rankingSnapshot(db)
        return try words.map { pieces in
          var keys: Set<RankingTerm.Key> = []
          // The pieces are folded already.
          RankingTerm.forEach(in: pieces.joined().unicodeScalars.map(\.value)) {
            keys.insert($0)
          }
          let sorted = keys.sorted()
          let lists = PostingLists(
            sorted, whole: sorted.allSatisfy(RankingTerm.isCharacter), snapshot: snapshot)
          defer { lists.close() }
          try lists.load(in: db)
          let least = sorted.indices.map { lists.passages(of: $0) }.min() ?? 0
          return TermFrequency(
            units: min(least, Self.mostCounted), total: snapshot.passageCount)
        }
      }
    }
  }
}
