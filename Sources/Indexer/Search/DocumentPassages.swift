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
  /// The text with its markup.
  public let source: SourceDocument
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
  /// - Complexity: O(the documents' texts); nothing is parsed.
  public func passages(of keys: [String]) throws(IndexError) -> [DocumentPassages] {
    try IndexStore.wrapping {
      try self.store.pool.read { db in
        try keys.compactMap { key in
          let row = try Row.fetchOne(
            db,
            sql: """
              SELECT d.id, \(DocumentSummary.columns), d.triage, d.media_type, d.encoding, d.address,
                d.text, d.layout, \(SealedPart.text.isSound("d"))
                AND \(SealedPart.facts.isSound("d")) AS is_sound
              FROM document d WHERE d.key = ? AND d.is_current LIMIT 1
              """, arguments: [key])
          guard let row else { return nil }
          guard row["is_sound"] else { throw IndexError.damaged }
          let source = Layout.decode(
            row["layout"], text: row["text"], name: row["name"], mediaType: row["media_type"],
            encoding: row["encoding"], address: row["address"])
          let clauses = try Row.fetchAll(
            db,
            sql: """
              SELECT *, \(SealedPart.clause.isSound()) AS is_sound FROM clause
              WHERE document = ? ORDER BY start
              """, arguments: [row["id"] as Int64])
          let items = try ItemTable.items(in: clauses.map { $0["id"] }, db)
          let size = source.text.count
          return DocumentPassages(
            summary: DocumentSummary(row), triage: Triage(rawValue: row["triage"]), source: source,
            units: try clauses.compactMap { clause in
              guard clause["is_sound"] else { throw IndexError.damaged }
              let start: Int = clause["start"]
              let length: Int = clause["length"]
              guard start + length <= size else { return nil }
              return DocumentPassages.Unit(
                path: clause["path"],
                labels: (clause["labels"] as String).split(separator: "/").map(String.init),
                heading: clause["heading"], range: ByteRange(start, start + length),
                departments: clause["units"], items: items[clause["id"]] ?? [])
            })
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
