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
    // Quotation marks would end the phrase: the longest piece between them stands for the whole.
    let pieces = words.split(whereSeparator: { "“”\"".contains($0) })
    guard let phrase = pieces.max(by: { $0.count < $1.count }), phrase.count >= 4 else { return [] }
    var query = SearchQuery("\"\(phrase)\"")
    query.limit = limit
    query.marksWords = false
    let result = try search(query, today: .epoch)
    guard result.relaxations.isEmpty else { return [] }
    return try IndexStore.wrapping {
      let segmenter = try Segmenter(.standard)
      let folded = segmenter.folded(words)
      let hits = result.hits.filter {
        $0.document.key != key && segmenter.folded($0.text).contains(folded)
      }
      return try self.store.pool.read { db in
        let statement = try db.cachedStatement(
          sql: "SELECT triage FROM document WHERE key = ? AND is_current")
        return try hits.map { hit in
          let triage = try String.fetchOne(statement, arguments: [hit.document.key])
          return PhraseMatch(
            summary: hit.document, triage: triage.flatMap(Triage.init(rawValue:)),
            clause: hit.clause, text: hit.text)
        }
      }
    }
  }
}
