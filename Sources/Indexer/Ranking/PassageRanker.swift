internal import Foundation
internal import GRDB

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
  /// The document scores, by document number.
  private(set) var documentScores: [Float] = []

  init(_ snapshot: RankingSnapshot) { self.snapshot = snapshot }

  /// The best passages for terms with their counts in the query, best first; exact.
  ///
  /// `allowed` says which documents may answer; nil for all that are searched.
  ///
  /// - Complexity: O(postings of the terms).
  mutating func best(
    _ terms: [RankingTerm.Key: Int], limit: Int, allowed: Set<Int64>?, in db: Database
  ) throws -> [Scored] {
    let count = snapshot.passageCount
    guard count > 0 else { return [] }
    var scores = [Float](repeating: 0, count: count)
    documentScores = [Float](repeating: 0, count: snapshot.documentIDs.count)
    var touched: [UInt32] = []
    let statement = try db.cachedStatement(
      sql: "SELECT segment, list FROM ranking_list WHERE term = ? ORDER BY segment")
    var entries: [(passage: UInt32, count: UInt32)] = []
    // In a fixed order, so that sums of floating point numbers are the same each time.
    for (key, queryCount) in terms.sorted(by: { $0.key < $1.key }) {
      entries.removeAll(keepingCapacity: true)
      let rows = try Row.fetchCursor(statement, arguments: [key])
      while let row = try rows.next() {
        guard let base = snapshot.bases[row["segment"]] else { continue }
        try row.withUnsafeData(atIndex: 1) { data in
          data?.withUnsafeBytes { raw in
            PostingList.forEach(raw.bindMemory(to: UInt8.self)) { passage, count in
              entries.append((UInt32(base + passage), UInt32(count)))
            }
          }
        }
      }
      add(entries, key: key, queryCount: queryCount, to: &scores, touched: &touched)
    }
    return select(touched, scores, limit: limit, allowed: allowed)
  }

  private mutating func add(
    _ entries: [(passage: UInt32, count: UInt32)], key: RankingTerm.Key, queryCount: Int,
    to scores: inout [Float], touched: inout [UInt32]
  ) {
    guard !entries.isEmpty else {
      statistics[key] = TermStatistics(passages: 0, documents: 0)
      return
    }
    let short = snapshot.isOfShortDocuments
    let idf = Self.idf(entries.count, of: snapshot.passageCount) * Float(queryCount)
    let parameters = short ? BM25.document : BM25.passage
    var documents = 0
    var document = UInt32.max
    for (passage, count) in entries {
      let index = Int(passage)
      if scores[index] == 0 { touched.append(passage) }
      scores[index] +=
        idf
        * parameters.weight(
          Float(count), length: Float(snapshot.lengths[index]), average: snapshot.averageLength)
      if snapshot.documentOfPassage[index] != document {
        document = snapshot.documentOfPassage[index]
        documents += 1
      }
    }
    statistics[key] = TermStatistics(passages: entries.count, documents: documents)
    guard !short else { return }
    let documentIDF = Self.idf(documents, of: snapshot.documentIDs.count) * Float(queryCount)
    var sum: Float = 0
    document = snapshot.documentOfPassage[Int(entries[0].passage)]
    func close() {
      documentScores[Int(document)] +=
        documentIDF
        * BM25.document.weight(
          sum, length: Float(snapshot.documentLengths[Int(document)]),
          average: snapshot.averageDocumentLength)
    }
    for (passage, count) in entries {
      let other = snapshot.documentOfPassage[Int(passage)]
      if other != document {
        close()
        document = other
        sum = 0
      }
      sum += Float(count)
    }
    close()
  }

  private func select(
    _ touched: [UInt32], _ scores: [Float], limit: Int, allowed: Set<Int64>?
  ) -> [Scored] {
    let permitted = allowed.map { allowed in snapshot.documentIDs.map(allowed.contains) }
    var heap = BestHeap(limit: limit)
    for passage in touched {
      let document = Int(snapshot.documentOfPassage[Int(passage)])
      guard snapshot.isCurrent[document], permitted?[document] ?? true else { continue }
      heap.insert(
        Scored(passage: Int(passage), score: scores[Int(passage)] + documentScores[document]))
    }
    return heap.sorted()
  }

  /// ln(1 + (N - df + .5) / (df + .5)).
  static func idf(_ frequency: Int, of total: Int) -> Float {
    let (df, n) = (Float(frequency), Float(total))
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

/// The best of many, by score; of equal scores the earlier passage.
struct BestHeap {
  private let limit: Int
  private var items: [PassageRanker.Scored] = []

  init(limit: Int) {
    self.limit = limit
    items.reserveCapacity(limit + 1)
  }

  /// Whether `left` is the worse one.
  private static func isWorse(_ left: PassageRanker.Scored, _ right: PassageRanker.Scored) -> Bool {
    left.score == right.score ? left.passage > right.passage : left.score < right.score
  }

  mutating func insert(_ item: PassageRanker.Scored) {
    if items.count < limit {
      items.append(item)
      var child = items.count - 1
      while child > 0, Self.isWorse(items[child], items[(child - 1) / 2]) {
        items.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    } else if limit > 0, Self.isWorse(items[0], item) {
      items[0] = item
      var parent = 0
      while true {
        var worst = parent
        for child in [2 * parent + 1, 2 * parent + 2]
        where child < items.count && Self.isWorse(items[child], items[worst]) {
          worst = child
        }
        if worst == parent { break }
        items.swapAt(parent, worst)
        parent = worst
      }
    }
  }

  /// The items, best first.
  func sorted() -> [PassageRanker.Scored] { items.sorted { Self.isWorse($1, $0) } }
}
