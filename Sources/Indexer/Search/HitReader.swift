internal import GRDB
internal import PolicyText
internal import Segmenter

/// Reads what is shown of the clauses that were found.
struct HitReader {
  let store: IndexStore
  /// Finds the words of the query; nil where they are not asked for.
  let marks: MatchMarks?
  /// Says what scores are made of; nil where that is not asked for.
  let explainer: ClauseFinder?
  let db: Database

  /// A clause with its words.
  ///
  /// - Throws: ``IndexError/damaged`` where it is not there as it was written, `DatabaseError`.
  func hit(_ candidate: ClauseFinder.Candidate) throws -> Hit {
    let statement = try db.cachedStatement(
      sql: """
        SELECT c.path, c.labels, c.heading, c.start, c.length, c.units, \(DocumentSummary.columns),
          \(DocumentCache.columns),
          \(SealedPart.clause.isSound("c")) AND \(SealedPart.facts.isSound("d")) AS is_sound
        FROM clause c JOIN document d ON d.id = c.document WHERE c.id = ?
        """)
    // What the ranking found must be there, as it was written.
    guard let row = try Row.fetchOne(statement, arguments: [candidate.id]), row["is_sound"] else {
      throw IndexError.damaged
    }
    let known = try store.documents.document(row, in: db)
    let range = Self.range(row, in: known.text)
    return Hit(
      document: DocumentSummary(row), clause: row["path"],
      labels: (row["labels"] as String).split(separator: "/").map(String.init),
      heading: row["heading"], text: known.text[range], span: known.offsets.span(of: range),
      score: candidate.score,
      matches: marks.map {
        $0.marks(among: known.tokens(ofClause: candidate.id, range, $0.segmenter))
      } ?? [],
      units: row["units"], items: try known.items(ofClause: candidate.id, in: db),
      explanation: try explainer?.explanation(of: candidate, in: db) ?? [],
      copies: candidate.copies)
  }

  /// Where the clause stands, as far as that is in the text.
  private static func range(_ row: Row, in text: SourceText) -> ByteRange {
    let low = max(0, min(row["start"] as Int, text.count))
    return ByteRange(low, max(low, min(low + (row["length"] as Int), text.count)))
  }
}
