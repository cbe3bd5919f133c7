internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Scores passages by the terms of a query: BM25 of the passage and of its whole document.
struct PassageRanker {
  /// A passage with its score.
  struct Scored {
    var passage: Int
    var score: Float
  }

  /// What was learned of a term on the way.
  struct TermStatistics {
    var passages: Int
    var documents: Int
  }

  let snapshot: RankingSnapshot
  private(set) var statistics: [RankingTerm.Key: TermStatistics] = [:]

  init(_ snapshot: RankingSnapshot) { self.snapshot = snapshot }

  /// Remembers how common a term is.
  mutating func note(_ key: RankingTerm.Key, passages: Int, documents: Int) {
    statistics[key] = TermStatistics(passages: passages, documents: documents)
  }

  /// The best passages for terms with their counts in the query, best first; exact.
  ///
  /// A query of nothing but single characters finds the passages that have them anywhere; beside longer terms, a
  /// single character is looked for where it stands alone or ends a row of Han characters.
  ///
  /// - Parameters:
  ///   - terms: Terms with their counts.
  ///   - limit: How many are wanted.
  ///   - allowed: Which documents may answer; nil for all that are searched.
  ///   - all: Whether a passage must have all the terms.
  ///   - prunes: Whether passages without a chance are left out; without, every passage is scored.
  ///   - db: A connection that reads the state of the snapshot.
  /// - Returns: At most `limit` passages.
  /// - Throws: `DatabaseError`.
  mutating func best(
    _ terms: [RankingTerm.Key: Float], limit: Int, allowed: Set<Int64>?, all: Bool = false,
    prunes: Bool = true, in db: Database
  ) throws -> [Scored] {
    guard snapshot.passageCount > 0, limit > 0, !terms.isEmpty else { return [] }
    let keys = terms.keys.sorted()
    let lists = PostingLists(
      keys, whole: keys.allSatisfy(RankingTerm.isCharacter), snapshot: snapshot)
    defer { lists.close() }
    try lists.load(in: db)
    for (index, key) in keys.enumerated() {
      statistics[key] = TermStatistics(
        passages: lists.passages(of: index), documents: lists.documents(of: index))
    }
    let short = snapshot.isOfShortDocuments
    let excluded = snapshot.excluded(allowing: allowed)
    // With room for all nothing is ever left out.
    var top = TopPassages(limit: prunes ? limit : snapshot.passageCount)
    for (number, segment) in snapshot.segments.enumerated() {
      var scored: [ScoredList] = []
      segment.lengths.withUnsafeBufferPointer { lengths in
        guard let lengths = lengths.baseAddress else { return }
        for (index, key) in keys.enumerated() {
          guard let cursor = lists.cursor(index, number) else { continue }
          let count = terms[key] ?? 1
          scored.append(
            ScoredList(
              cursor: cursor,
              weight: TermWeight(
                idf: count
                  * Self.idf(lists.passages(of: index), of: snapshot.passageCount),
                parameters: short ? .document : .passage, average: snapshot.averageLength),
              documentWeight: TermWeight(
                idf: count
                  * Self.idf(lists.documents(of: index), of: snapshot.documentCount),
                parameters: .document, average: snapshot.averageDocumentLength),
              documents: !short, lengths: lengths))
        }
        if scored.isEmpty || all && scored.count < keys.count { return }
        scored.sort { $0.bound < $1.bound }
        Self.score(
          &scored, segment, lengths, base: snapshot.bases[number], excluded: excluded[number],
          short: short, all: all, into: &top)
      }
    }
    return top.sorted().prefix(limit).map {
      Scored(passage: $0.passage, score: Float($0.score) / TermWeight.steps)
    }
  }

  private static func score(
    _ lists: inout [ScoredList], _ segment: RankingSegment, _ lengths: UnsafePointer<UInt16>,
    base: Int, excluded: [UInt64], short: Bool, all: Bool, into top: inout TopPassages
  ) {
    lists.withUnsafeMutableBufferPointer { lists in
      excluded.withUnsafeBufferPointer { excluded in
        let scorer = SegmentScorer(
          lists: lists, lengths: lengths, count: segment.count, base: base,
          excluded: excluded.isEmpty ? nil : excluded.baseAddress)
        defer { scorer.close() }
        if short, !all {
          scorer.scorePassages(into: &top)
          return
        }
        segment.documentOfPassage.withUnsafeBufferPointer { ofPassage in
          segment.firstPassages.withUnsafeBufferPointer { first in
            segment.documentLengths.withUnsafeBufferPointer { documentLengths in
              guard let whole = documentLengths.baseAddress else { return }
              let documents = SegmentScorer.Documents(
                ofPassage: ofPassage.isEmpty ? nil : ofPassage.baseAddress,
                firstPassages: first.isEmpty ? nil : first.baseAddress, lengths: whole,
                count: segment.documentCount)
              if all {
                scorer.scoreCommon(documents, short: short, into: &top)
              } else {
                scorer.scoreDocuments(documents, into: &top)
              }
            }
          }
        }
      }
    }
  }

  /// ln(1 + (N - df + .5) / (df + .5)).
  static func idf(_ frequency: Int, of total: Int) -> Float {
    let (df, n) = (Float(min(frequency, total)), Float(total))
    return log(1 + (n - df + 0.5) / (df + 0.5))
  }
}

/// The parameters of BM25.
struct BM25 {
  let k1: Float
  let b: Float

  /// For passages of about 150 characters.
  static let passage = BM25(k1: 0.6, b: 0.5)
  /// For whole documents, and documents that are one passage.
  static let document = BM25(k1: 1.2, b: 0.75)

  /// The weight of a term by its count and the length of the text.
  @inline(__always)
  func weight(_ count: Float, length: Float, average: Float) -> Float {
    count * (k1 + 1) / (count + k1 * (1 - b + b * length / average))
  }
}
