import Foundation
import GRDB
import PolicyText
import Segmenter
import TestSupport
import Testing

@testable import Indexer

@Suite struct PostingListTests {
  @Test(arguments: seeds(30))
  func `reads what it wrote`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    var entries: [[Int]] = []
    var passage = -1
    for _ in 0..<Int.random(in: 0...400, using: &generator) {
      let distance = Int.random(
        in: 1...(Bool.random(using: &generator) ? 3 : 90_000), using: &generator)
      let count = Int.random(in: 1...(Bool.random(using: &generator) ? 1 : 700), using: &generator)
      passage += distance
      PostingList.append(UInt32(distance), count: UInt16(count), to: &bytes)
      entries.append([passage, count])
    }
    var read: [[Int]] = []
    bytes.withUnsafeBufferPointer { PostingList.forEach($0) { read.append([$0, $1]) } }
    #expect(read == entries)
  }

  @Test func `a directory reads what it wrote`() {
    var directory = SegmentDirectory()
    directory.documents = [3, 9, 12]
    directory.firstPassages = [0, 2, 5]
    directory.lengths = [7, 1, 0, 900, 3]
    directory.clauses = [1, 1, 4, 5, 5]
    directory.starts = [0, 40, 0, 7, 300_000]
    directory.sizes = [40, 9, 7, 1, 2]
    let copy = SegmentDirectory(directory.encoded())
    #expect(copy.documents == directory.documents && copy.lengths == directory.lengths)
    #expect(
      copy.starts == directory.starts && copy.clauses == directory.clauses
        && copy.sizes == directory.sizes)
  }
}

@Suite struct RankingTermTests {
  private func terms(_ text: String) -> [Int64] {
    var terms: [Int64] = []
    RankingTerm.forEach(in: RankingTerm.fold(Array(text.utf8)) { $0 }) { terms.append($0) }
    return terms
  }

  @Test func `pairs of characters, single characters alone, runs whole`() {
    #expect(terms("高新技术").count == 3)
    #expect(terms("税").count == 1)
    #expect(terms("LPR加点").count == 2)
    #expect(terms("ＬＰＲ") == terms("lpr"))
    #expect(terms("政 策") != terms("政策"))
    #expect(terms("政\n策") == terms("政策"))
  }
}

/// The index of a few random documents, and the same scores counted without any index.
@Suite struct PassageRankerTests {
  private struct BruteForce {
    var passages: [(clause: Int, document: Int, counts: [Int64: Int], length: Int)] = []

    func scores(_ query: [Int64: Int]) -> [Float] {
      let n = passages.count
      let documents = (passages.map(\.document).max() ?? -1) + 1
      let average = Float(passages.reduce(0) { $0 + $1.length }) / Float(max(1, n))
      let short = n * 2 < documents * 3
      let lengths = (0..<documents).map { d in
        passages.filter { $0.document == d }.reduce(0) { $0 + $1.length }
      }
      let documentAverage = Float(lengths.reduce(0, +)) / Float(max(1, documents))
      return passages.map { passage in
        var score: Float = 0
        for (key, count) in query.sorted(by: { $0.key < $1.key }) {
          let df = passages.count { $0.counts[key] != nil }
          guard df > 0 else { continue }
          if let own = passage.counts[key] {
            score +=
              PassageRanker.idf(df, of: n) * Float(count)
              * (short ? BM25.document : .passage).weight(
                Float(own), length: Float(passage.length), average: average)
          }
        }
        guard !short else { return score }
        var whole: Float = 0
        for (key, count) in query.sorted(by: { $0.key < $1.key }) {
          let ddf = Set(passages.filter { $0.counts[key] != nil }.map(\.document)).count
          let tf = passages.filter { $0.document == passage.document }.reduce(0) {
            $0 + ($1.counts[key] ?? 0)
          }
          guard tf > 0 else { continue }
          whole +=
            PassageRanker.idf(ddf, of: documents) * Float(count)
            * BM25.document.weight(
              Float(tf), length: Float(lengths[passage.document]), average: documentAverage)
        }
        return score + whole
      }
    }
  }

  @Test(arguments: seeds(12))
  func `gives the same ten as scoring every passage`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    // Enough documents for several segments and a merge of them.
    for index in 0..<Int.random(in: 30...60, using: &generator) {
      let clauses = (1...Int.random(in: 1...4, using: &generator)).map {
        "第\($0)条 \(Self.words(Int.random(in: 5...400, using: &generator), &generator))。"
      }
      try folder.write(
        Self.words(8, &generator) + "办法\n" + clauses.joined(separator: "\n"),
        to: "docs/\(index).txt")
    }
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    for part in 0..<10 {
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("docs"))
        .filter { (Int($0.dropLast(4)) ?? 0) % 10 == part }.sorted().map {
          folder.path("docs/\($0)")
        }
      _ = try await IndexWriter(store).index(files, jobs: 2)
    }
    try compare(store, &generator)
  }

  private static func words(_ count: Int, _ generator: inout SeededGenerator) -> String {
    let alphabet = Array("政策企业资金奖励补贴申报条件科技创新贷款贴息人才")
    return String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "政" })
  }

  /// Asks random queries of the index and of the brute force.
  private func compare(_ store: IndexStore, _ generator: inout SeededGenerator) throws {
    try store.pool.read { db in
      let snapshot = try store.rankingSnapshot(db)
      let segments = try Int.fetchOne(db, sql: "SELECT count(*) FROM ranking_segment") ?? 0
      #expect(segments < 10, "segments were merged")
      var brute = BruteForce()
      brute.passages = (0..<snapshot.passageCount).map { passage in
        (
          Int(snapshot.clauses[passage]), Int(snapshot.documentOfPassage[passage]), [:],
          Int(snapshot.lengths[passage])
        )
      }
      let rows = try Row.fetchAll(db, sql: "SELECT term, segment, list FROM ranking_list")
      for row in rows {
        let base = snapshot.bases[row["segment"]] ?? 0
        Array(row["list"] as Data).withUnsafeBufferPointer {
          PostingList.forEach($0) { passage, count in
            brute.passages[base + passage].counts[row["term"]] = count
          }
        }
      }
      for passage in brute.passages {
        #expect(passage.counts.values.reduce(0, +) == passage.length)
      }
      for _ in 0..<12 {
        var query: [Int64: Int] = [:]
        let text = Self.words(Int.random(in: 1...9, using: &generator), &generator)
        RankingTerm.forEach(in: RankingTerm.fold(Array(text.utf8)) { $0 }) {
          query[$0, default: 0] += 1
        }
        var ranker = PassageRanker(snapshot)
        let best = try ranker.best(query, limit: 10, allowed: nil, in: db)
        let scores = brute.scores(query)
        let matching = brute.passages.indices.filter { index in
          query.keys.contains { brute.passages[index].counts[$0] != nil }
        }
        let expected = matching.sorted {
          scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
        }.prefix(10)
        #expect(best.map(\.passage).map { scores[$0] } == expected.map { scores[$0] })
        #expect(best.map(\.score) == expected.map { scores[$0] })
      }
    }
  }
}
