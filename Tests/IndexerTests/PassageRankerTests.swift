import Foundation
import GRDB
import PolicyParser
import PolicyText
import Segmenter
import TestSupport
import Testing

@testable import Indexer

/// The index of a few random documents, and the same scores counted without any index.
@Suite struct PassageRankerTests {
  /// Every passage with its counts, read from the lists one by one.
  private struct BruteForce {
    struct Passage {
      var document: Int64
      var counts: [Int64: Int] = [:]
      var length: Int
      var isRetired = false
    }
    var passages: [Passage] = []

    /// The score of each passage in steps; 0 for those without a term.
    func scores(_ query: [Int64: Float], all: Bool) -> [UInt32] {
      let n = passages.count
      let documents = Dictionary(grouping: passages, by: \.document)
      let total = passages.reduce(0) { $0 + $1.length }
      let average = Float(total) / Float(max(1, n))
      let documentAverage = Float(total) / Float(max(1, documents.count))
      let short = n * 2 < documents.count * 3
      var weights: [(key: Int64, own: TermWeight, whole: TermWeight)] = []
      for (key, count) in query {
        let df = passages.count { $0.counts[key] != nil }
        let ddf = documents.values.count { $0.contains { $0.counts[key] != nil } }
        guard df > 0 else { continue }
        weights.append(
          (
            key,
            TermWeight(
              idf: count * PassageRanker.idf(df, of: n),
              parameters: short ? .document : .passage, average: average),
            TermWeight(
              idf: count * PassageRanker.idf(ddf, of: documents.count),
              parameters: .document, average: documentAverage)
          ))
      }
      return passages.map { passage in
        if passage.isRetired { return 0 }
        let own = weights.filter { passage.counts[$0.key] != nil }
        guard !own.isEmpty, !all || own.count == query.count else { return 0 }
        var score: UInt32 = 0
        for (key, weight, _) in own {
          score += weight.of(Float(passage.counts[key] ?? 0), length: Float(passage.length))
        }
        if short { return score }
        let whole = documents[passage.document] ?? []
        let length = whole.reduce(0) { $0 + $1.length }
        for (key, _, weight) in weights {
          let count = whole.reduce(0) { $0 + ($1.counts[key] ?? 0) }
          if count > 0 { score += weight.of(Float(count), length: Float(length)) }
        }
        return score
      }
    }
  }

  private static func words(_ count: Int, _ generator: inout SeededGenerator) -> String {
    let alphabet = Array("政策企业资金奖励补贴申报条件科技创新贷款贴息人才")
    return String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "政" })
  }

  @Test(arguments: seeds(10))
  func `gives the same ten as scoring every passage, documents`(seed: UInt64) async throws {
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
    let all = try FileManager.default.contentsOfDirectory(atPath: folder.path("docs"))
    for part in 0..<10 {
      let files = all.filter { (Int($0.dropLast(4)) ?? 0) % 10 == part }.sorted().map {
        folder.path("docs/\($0)")
      }
      _ = try await IndexWriter(store).index(files, jobs: 2)
    }
    try compare(store, &generator)
    // Some change: their old passages are out of search, and still count until they are merged.
    for name in all.sorted().prefix(5) {
      try folder.write("补贴办法\n第一条 \(Self.words(90, &generator))。", to: "docs/\(name)")
    }
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 2)
    try compare(store, &generator)
  }

  @Test(arguments: seeds(4))
  func `gives the same ten as scoring every passage, records`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    // More than a window, so that there is something to leave out.
    let lines = (0..<9_000).map { index in
      let text = Self.words(Int.random(in: 4...60, using: &generator), &generator)
      return #"{"id":"\#(index)","title":"\#(Self.words(3, &generator))","text":"\#(text)"}"#
    }
    try folder.write(lines.joined(separator: "\n"), to: "list.jsonl")
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("list.jsonl")], jobs: 2)
    try compare(store, &generator)
  }

  @Test func `a block that reaches into the next window does not hide what is in this one`()
    async throws
  {
    let folder = try TemporaryFolder()
    // 贴息 from the second window on in each 64th record: 128 of them reach over two windows of 4,096, and fall on the
    // same places in both.
    let lines = (0..<13_000).map { index in
      let words =
        index % 64 == 0 && index >= 4_096 ? "奖励贴息" : index % 16 == 0 ? "奖励政策" : "企业政策"
      return #"{"id":"\#(index)","title":"","text":"\#(words)"}"#
    }
    try folder.write(lines.joined(separator: "\n"), to: "list.jsonl")
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("list.jsonl")], jobs: 1)
    // 奖励 counts so much that 贴息 alone cannot lift a record: it is only looked up.
    try await store.pool.read { db in
      var query: [Int64: Float] = [:]
      RankingTerm.forEach(in: RankingTerm.fold(Array("奖励".utf8)) { $0 }) { query[$0] = 5 }
      RankingTerm.forEach(in: RankingTerm.fold(Array("贴息".utf8)) { $0 }) { query[$0] = 1 }
      let snapshot = try store.rankingSnapshot(db)
      let best = try [true, false].map { prunes in
        var ranker = PassageRanker(snapshot)
        return try ranker.best(query, limit: 10, allowed: nil, prunes: prunes, in: db)
      }
      #expect(best[0].map(\.passage) == (0..<10).map { 4_096 + $0 * 64 })
      #expect(best[0].map(\.score) == best[1].map(\.score))
      #expect(best[0].map(\.passage) == best[1].map(\.passage))
    }
  }

  private func bruteForce(_ snapshot: RankingSnapshot, _ db: Database) throws -> BruteForce {
    var brute = BruteForce()
    for (index, segment) in snapshot.segments.enumerated() {
      for passage in 0..<segment.count {
        let bits = snapshot.retired[index]
        brute.passages.append(
          .init(
            document: segment.documentID(segment.document(passage)),
            length: Int(segment.lengths[passage]),
            isRetired: !bits.isEmpty && bits[passage / 64] >> UInt64(passage % 64) & 1 == 1))
      }
    }
    for row in try Row.fetchAll(db, sql: "SELECT id, list FROM ranking_list") {
      let id: Int64 = row["id"]
      let number = snapshot.segments.firstIndex { $0.identity.id == id >> RankingTerm.bits }
      let base = snapshot.bases[try #require(number)]
      let list = [UInt8](row["list"] as Data)
      let padded = list + [UInt8](repeating: 0, count: PostingList.padding)
      padded.withUnsafeBufferPointer { buffer in
        PostingList.forEach(UnsafeBufferPointer(rebasing: buffer[..<list.count])) {
          brute.passages[base + Int($0)].counts[id & (1 << RankingTerm.bits - 1)] = Int($1)
        }
      }
    }
    return brute
  }

  /// Asks random queries of the index and of the brute force.
  private func compare(_ store: IndexStore, _ generator: inout SeededGenerator) throws {
    try store.pool.read { db in
      let snapshot = try store.rankingSnapshot(db)
      #expect(snapshot.segments.count < 10, "segments were merged")
      let brute = try bruteForce(snapshot, db)
      for round in 0..<16 {
        var query: [Int64: Float] = [:]
        let text = Self.words(Int.random(in: 2...9, using: &generator), &generator)
        RankingTerm.forEach(in: RankingTerm.fold(Array(text.utf8)) { $0 }) {
          query[$0, default: 0] += 1
        }
        let all = round % 4 == 0
        if round % 3 == 0 { query = query.mapValues { $0 * 0.3 } }
        if all { query = query.filter { $0.key.isMultiple(of: 2) } }
        var allowed: Set<Int64>?
        if round % 4 == 1 {
          allowed = Set(brute.passages.map(\.document).filter { $0.isMultiple(of: 3) })
        }
        for limit in [1, 10, 60] {
          var ranker = PassageRanker(snapshot)
          let best = try ranker.best(query, limit: limit, allowed: allowed, all: all, in: db)
          let scores = brute.scores(query, all: all)
          let matching = brute.passages.indices.filter { index in
            scores[index] > 0 && allowed?.contains(brute.passages[index].document) ?? true
          }
          let expected = matching.sorted {
            scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
          }.prefix(limit)
          #expect(best.map(\.passage) == Array(expected))
          #expect(best.map(\.score) == expected.map { Float(scores[$0]) / TermWeight.steps })
        }
      }
    }
  }

  @Test func `a single character finds every text that has it`() async throws {
    let folder = try TemporaryFolder()
    let texts = ["所得税", "税务局办理", "纳税人", "补贴", "税"]
    let lines = texts.enumerated().map { #"{"id":"\#($0)","title":"","text":"\#($1)"}"# }
    try folder.write(lines.joined(separator: "\n"), to: "list.jsonl")
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("list.jsonl")], jobs: 1)
    let found = try SearchEngine(store).search(SearchQuery("税"), today: .epoch)
    #expect(Set(found.hits.map(\.document.name)) == ["0", "1", "2", "4"])
  }

  @Test func `the parts of a score add up to it`() async throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 7)
    for index in 0..<20 {
      try folder.write(
        "澜川市补贴办法\n第一条 \(Self.words(300, &generator))。\n第二条 LPR \(Self.words(80, &generator))。",
        to: "docs/\(index).txt")
    }
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 2)
    for words in ["澜川市 贷款贴息 LPR", "发改委 贴息", "政策企业奖励", "税", #""补贴申报""#] {
      for ranking in SearchQuery.Ranking.allCases {
        var query = SearchQuery(words)
        query.explains = true
        query.ranking = ranking
        for hit in try SearchEngine(store).search(query, today: .epoch).hits {
          let sum = hit.explanation.reduce(0) { $0 + $1.value }
          #expect(!hit.explanation.isEmpty)
          #expect(abs(sum - hit.score) < 0.000_1 * max(1, hit.score), "\(words) \(ranking)")
        }
      }
    }
  }

  @Test func `clauses of one text are folded where that is asked for`() async throws {
    let folder = try TemporaryFolder()
    let text = "对首次认定的高新技术企业给予一次性奖励，奖励资金由市、区两级财政按比例承担，当年兑现。"
    for name in ["甲", "乙", "丙"] {
      try folder.write("\(name)区转发奖励办法\n第一条 \(text)\n第二条 本办法自印发之日起施行。", to: "docs/\(name).txt")
    }
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 2)
    var query = SearchQuery("高新技术企业 奖励")
    let all = try SearchEngine(store).search(query, today: .epoch)
    query.foldsCopies = true
    let folded = try SearchEngine(store).search(query, today: .epoch)
    #expect(all.hits.count { $0.text.contains("首次认定") } == 3)
    #expect(folded.hits.count { $0.text.contains("首次认定") } == 1)
    #expect(folded.hits.first?.copies == 2)
  }

  @Test func `a synonym is found behind the word, and named`() async throws {
    let folder = try TemporaryFolder()
    let texts = ["工信局受理补助申请", "工业和信息化局受理补助申请", "本条与此无关的其他事项"]
    let lines = texts.enumerated().map { #"{"id":"\#($0)","title":"","text":"\#($1)"}"# }
    try folder.write(lines.joined(separator: "\n"), to: "list.jsonl")
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("list.jsonl")], jobs: 1)
    var query = SearchQuery("工信局")
    query.explains = true
    let hits = try SearchEngine(store).search(query, today: .epoch).hits
    #expect(hits.map(\.document.name) == ["0", "1"])
    #expect(hits.last?.explanation.contains { $0.kind == .synonym && $0.text == "工业和信息化局" } == true)
  }

  @Test func `a word that people say does not cut a term apart`() throws {
    let segmenter = try Segmenter(.standard)
    let list = Synonyms(parsing: "工信局 = 经信局", layWords: "机器 > 机器设备\n租房 > 租赁住房")
    func others(_ words: String) -> [String] {
      list.found(in: words, segmenter).flatMap(\.others)
    }
    #expect(others("机器人产业") == [] && others("买机器") == ["机器设备"])
    #expect(others("租房补贴") == ["租赁住房"] && others("公租房") == [])
    #expect(others("市工信局") == ["经信局"] && list.others(of: "工信局") == ["经信局"])
  }

  @Test func `a place of the words puts its documents first until it is let go`() async throws {
    let folder = try TemporaryFolder()
    for (name, place) in [("a", "济南市"), ("b", "青岛市")] {
      try folder.write("\(place)补贴办法\n第一条 对企业给予贷款贴息补贴，由财政部门兑现。", to: "docs/\(name).txt")
    }
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 1)
    var query = SearchQuery("青岛 企业贷款贴息补贴")
    let near = try SearchEngine(store).search(query, today: .epoch)
    #expect(near.places == ["青岛"] && near.hits.first?.document.name == "b.txt")
    query.ignoredHints = ["青岛"]
    #expect(try SearchEngine(store).search(query, today: .epoch).places.isEmpty)
  }

  /// An index of notices with the same words, by name.
  private func index(_ notices: [String: String], in folder: TemporaryFolder) async throws
    -> SearchEngine
  {
    for (name, text) in notices { try folder.write(text, to: "docs/\(name).txt") }
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 1)
    return SearchEngine(store)
  }

  @Test func `a year of the words puts its documents first until it is let go`() async throws {
    let folder = try TemporaryFolder()
    func notice(_ year: Int) -> String {
      "澜川市贷款贴息补贴办法\n澜财发〔\(year)〕3号\n第一条 对企业给予贷款贴息补贴。"
    }
    let engine = try await index(
      ["a": notice(2021), "b": notice(2023), "c": notice(2024)], in: folder)
    var query = SearchQuery("2023年 贷款贴息补贴")
    query.explains = true
    let found = try engine.search(query, today: .epoch)
    #expect(found.hints.map(\.kind) == [.year] && found.hints.map(\.value) == ["2023"])
    #expect(found.hits.first?.document.name == "b.txt")
    #expect(found.hits.first?.explanation.contains { $0.kind == .year } == true)
    query.ignoredHints = ["2023年"]
    let other = try engine.search(query, today: .epoch)
    #expect(other.hints.isEmpty)
    #expect(!other.hits.contains { $0.explanation.contains { $0.kind == .year } })
  }

  @Test func `a department of the words is offered, and found by its full name`() async throws {
    let folder = try TemporaryFolder()
    let engine = try await index(
      [
        "a": "澜川市财政局关于贷款贴息补贴的通知\n第一条 工信局对企业给予贷款贴息补贴。\n澜川市财政局\n2023年5月6日",
        "b": "澜川市工业和信息化局关于贷款贴息补贴的通知\n第一条 对企业给予贷款贴息补贴。\n澜川市工业和信息化局\n2023年5月6日",
      ], in: folder)
    var query = SearchQuery("工信局 贷款贴息补贴")
    let hint = try #require(try engine.search(query, today: .epoch).hints.first)
    #expect(hint.kind == .department && !hint.isApplied && hint.facet == "issuer")
    query.filters.issuers = [hint.value]
    let found = try engine.search(query, today: .epoch)
    #expect(Set(found.hits.map(\.document.name)) == ["b.txt"] && found.relaxations.isEmpty)
  }

  @Test func `a date, a level and a number are not taken for what they are not`() async throws {
    let folder = try TemporaryFolder()
    let engine = try await index(
      ["a": "澜川市补贴办法\n澜财发〔2021〕3号\n第一条 对企业给予补贴。"], in: folder)
    func hints(_ words: String, _ ignored: [String] = []) throws -> [QueryHint] {
      var query = SearchQuery(words)
      query.ignoredHints = ignored
      return try engine.search(query, today: .epoch).hints
    }
    #expect(try hints("2021年3月发票 补贴").isEmpty && hints("补贴 20211").isEmpty)
    let level = try hints("国家级专精特新 补贴")
    #expect(level.map(\.value) == ["national"] && level.allSatisfy { !$0.isApplied })
    let number = try hints("澜财发〔2021〕3号")
    #expect(number.map(\.kind) == [.number])
    #expect(try hints("澜财发〔2021〕3号", number.map(\.text)).isEmpty)
  }

  @Test func `of notices with the same words the one in force and the newer one come first`()
    async throws
  {
    let folder = try TemporaryFolder()
    func notice(_ year: Int, until: Int) -> String {
      "澜川市贷款贴息补贴办法\n第一条 对企业给予贷款贴息补贴。\n第二条 本办法自\(year)年6月1日起施行，有效期至\(until)年5月31日。\n"
        + "澜川市财政局\n\(year)年5月6日"
    }
    let engine = try await index(
      [
        "a": notice(2018, until: 2020), "b": notice(2022, until: 2032),
        "c": notice(2024, until: 2034),
      ],
      in: folder)
    var query = SearchQuery("企业贷款贴息补贴")
    query.explains = true
    let today = try #require(CalendarDay("2025-01-01"))
    let hits = try engine.search(query, today: today).hits
    var names: [String] = []
    for hit in hits where !names.contains(hit.document.name) { names.append(hit.document.name) }
    #expect(names == ["c.txt", "b.txt", "a.txt"])
    let last = hits.first { $0.document.name == "a.txt" }
    #expect(last?.explanation.contains { $0.kind == .lapsed && $0.value < 0 } == true)
  }

  @Test func `a facet is counted without what is chosen in it, the others with it`() async throws {
    let folder = try TemporaryFolder()
    var notices: [String: String] = [:]
    for (index, year) in [2021, 2021, 2022, 2023].enumerated() {
      notices["\(index)"] =
        "澜川市补贴\(index < 3 ? "办法" : "实施细则")\n澜财发〔\(year)〕\(index + 1)号\n第一条 对企业给予补贴\(index)。"
    }
    let engine = try await index(notices, in: folder)
    func counts(_ name: String, _ query: SearchQuery) throws -> [String: Int] {
      let found = try engine.search(query, today: .epoch, withFacets: true)
      let facet = found.facets.first { $0.name == name }
      return Dictionary(uniqueKeysWithValues: (facet?.values ?? []).map { ($0.value, $0.count) })
    }
    var query = SearchQuery("补贴")
    let years = ["2021": 2, "2022": 1, "2023": 1]
    #expect(try counts("year", query) == years)
    let kinds = try counts("kind", query)
    query.filters.years = [2021, 2023]
    #expect(try counts("year", query) == years)
    #expect(try counts("kind", query).values.reduce(0, +) == 3)
    query.filters.years = []
    query.filters.kinds = kinds.filter { $0.value == 3 }.map(\.key)
    #expect(try counts("year", query) == ["2021": 2, "2022": 1])
    #expect(try counts("kind", query) == kinds)
  }
}
