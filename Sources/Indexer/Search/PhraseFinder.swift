internal import Foundation
internal import GRDB
public import PolicyParser
internal import Segmenter

/// A clause of another document in which some words stand.
public struct PhraseMatch: Sendable {
  /// The document.
  public let summary: DocumentSummary
  /// What kind of document it is.
  public let triage: Triage?
  /// The clause's id.
  public let clause: String
  /// The clause's words.
  public let text: String
}

extension SearchEngine {
  /// The clauses that hold words one after the other: a title that is named, a term that is defined.
  ///
  /// - Parameters:
  ///   - words: The words; white space and signs between them are passed over.
  ///   - key: The public name of a document that is left out.
  ///   - limit: The most clauses.
  /// - Returns: The clauses, in order of documents.
  /// - Throws: ``IndexError``.
  public func clauses(
    holding words: String, except key: String, limit: Int = 40
  ) throws(IndexError) -> [PhraseMatch] {
    try IndexStore.wrapping {
      let segmenter = try Segmenter(.standard)
      let tokens = segmenter.tokens(of: words)
      guard tokens.count > 1 else { return [] }
      let pattern =
        "\"" + TokenStream.encode(tokens).replacing("\"", with: "\"\"") + "\""
      let folded = segmenter.folded(words)
      return try self.store.pool.read { db in
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT c.path, \(DocumentSummary.columns), d.triage,
              CAST(substr(CAST(d.text AS BLOB), c.start + 1, c.length) AS TEXT) AS words
            FROM clause_words JOIN clause c ON c.id = clause_words.rowid
              JOIN document d ON d.id = c.document
            WHERE clause_words MATCH ? AND d.is_current AND d.key <> ? LIMIT ?
            """, arguments: ["text : " + pattern, key, limit])
        return rows.compactMap { row in
          let text: String = row["words"]
          guard segmenter.folded(text).contains(folded) else { return nil }
          return PhraseMatch(
            summary: DocumentSummary(row), triage: Triage(rawValue: row["triage"]),
            clause: row["path"], text: text)
        }
      }
    }
  }
}
