import Foundation
import PolicyParser
import PolicyText
import TestSupport
import Testing

@testable import Indexer

/// A folder that is removed with the value.
final class TemporaryFolder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "huice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ text: String, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

@Suite struct IndexTests {
  private let today = CalendarDay("2026-11-21") ?? .epoch
  private static let first = """
    澜川市支持科技创新若干措施

    一、奖励高新技术企业。对首次通过认定的高新技术企业，给予一次性奖励20万元。（责任单位：市科技局）
    二、支持贷款贴息。对科技型中小企业贷款，按实际利息的50%给予贴息。
    三、附则。本措施自2025年1月1日起施行，有效期至2025年12月31日。

    澜川市人民政府
    2024年12月20日
    """
  private static let second = """
    松陵市惠企政策管理办法

    第一条 新出台的政策文件应当在十个工作日内拆分为兑现事项。
    第二条 惠企政策库由市政务服务局负责维护。
    第三条 本办法自2026年1月1日起施行，有效期5年。

    松陵市人民政府
    2025年12月1日
    """

  private func index(_ folder: TemporaryFolder) async throws -> (IndexStore, IndexReport) {
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    return (store, try await IndexWriter(store).index([folder.path("docs")], jobs: 2))
  }

  private func search(_ store: IndexStore, _ query: SearchQuery) throws -> SearchResult {
    try SearchEngine(store).search(query, today: today, withFacets: true)
  }

  private func sample() async throws -> (TemporaryFolder, IndexStore) {
    let folder = try TemporaryFolder()
    try folder.write(Self.first, to: "docs/a.txt")
    try folder.write(Self.second, to: "docs/b.txt")
    let (store, report) = try await index(folder)
    #expect(report.added == 2 && report.failures.isEmpty)
    return (folder, store)
  }

  @Test func `finds the clause, with its place and what matched`() async throws {
    let (_, store) = try await sample()
    let result = try search(store, SearchQuery("高新技术企业 首次认定 奖励多少"))
    let hit = try #require(result.hits.first)
    #expect(hit.document.name == "a.txt" && hit.clause == "1" && hit.units == "市科技局")
    let document = try #require(try store.document(hit.document.key))
    let scalars = Array(
      document.parsed.value.source.text[document.parsed.value.source.text.range].unicodeScalars)
    var words = String.UnicodeScalarView()
    words.append(contentsOf: scalars[hit.span[0]..<hit.span[1]])
    #expect(String(words) == hit.text)
    let bytes = Array(hit.text.utf8)
    #expect(
      hit.matches.contains {
        String(decoding: bytes[$0.lowerBound..<$0.upperBound], as: UTF8.self).contains("高新技术企业")
      })
  }

  @Test func `a phrase of a clause finds that clause`() async throws {
    let (_, store) = try await sample()
    for phrase in ["十个工作日内拆分为兑现事项", "按实际利息的50%给予贴息", "惠企政策库由"] {
      let result = try search(store, SearchQuery("\"\(phrase)\""))
      #expect(result.relaxations.isEmpty)
      #expect(result.hits.first?.text.contains(phrase) ?? false, "\(phrase)")
    }
  }

  @Test func `an exclusion leaves hits out`() async throws {
    let (_, store) = try await sample()
    let all = try search(store, SearchQuery("支持 企业"))
    let some = try search(store, SearchQuery("支持 企业 -贴息"))
    #expect(all.hits.contains { $0.text.contains("贴息") })
    #expect(!some.hits.isEmpty && !some.hits.contains { $0.text.contains("贴息") })
  }

  @Test func `filters, and their relaxing`() async throws {
    let (_, store) = try await sample()
    var query = SearchQuery("企业 政策")
    query.filters.statuses = [.inForce]
    #expect(try search(store, query).hits.allSatisfy { $0.document.name == "b.txt" })
    query.filters.statuses = [.lapsed]
    #expect(try search(store, query).hits.allSatisfy { $0.document.name == "a.txt" })
    query.filters.statuses = []
    query.filters.years = [1999]
    let relaxed = try search(store, query)
    #expect(!relaxed.hits.isEmpty && relaxed.relaxations == [.filter("1999年")])
  }

  @Test func `odd spellings find the same`() async throws {
    let (_, store) = try await sample()
    for words in ["惠企政策庫", "惠企 政策 库", "ＨＵＩ 惠企政策库"] {
      #expect(
        try search(store, SearchQuery(words)).hits.first?.document.name == "b.txt", "\(words)")
    }
  }

  @Test(arguments: [
    "\"", "\"\"", "*", "NEAR(", "AND", "OR NOT", "a:b", "(", "^", "-", "- -", "\u{0}", "😀",
    "' OR 1=1 --", "“", "〔2024〕", "%", "_",
  ])
  func `no query is too strange`(words: String) async throws {
    let (_, store) = try await sample()
    _ = try search(store, SearchQuery(words))
    _ = try search(store, SearchQuery("政策 " + words))
    _ = try search(store, SearchQuery(words + String(repeating: words, count: 500)))
  }

  @Test func `indexing again changes nothing, new content makes a version`() async throws {
    let (folder, store) = try await sample()
    let again = try await IndexWriter(store).index([folder.path("docs")], jobs: 2)
    #expect(again.unchanged == 2 && again.added == 0 && again.changed == 0)
    let key = try #require(try search(store, SearchQuery("贷款贴息")).hits.first?.document.key)
    try folder.write(
      Self.first.replacingOccurrences(of: "按实际利息的50%给予贴息", with: "按担保费的八成给予保费补助"), to: "docs/a.txt")
    let changed = try await IndexWriter(store).index([folder.path("docs")], jobs: 2)
    #expect(changed.changed == 1 && changed.unchanged == 1)
    #expect(
      try search(store, SearchQuery("\"实际利息的50%\"")).hits.allSatisfy { !$0.text.contains("实际利息") })
    let hit = try #require(try search(store, SearchQuery("保费补助")).hits.first)
    #expect(hit.document.key == key)
    #expect(try store.document(key)?.version == 2)
    #expect(try store.document(key, version: 1)?.isCurrent == false)
    #expect(try IndexChecker(store).findings().isEmpty)
  }

  @Test func `a moved file keeps its key`() async throws {
    let (folder, store) = try await sample()
    let key = try #require(try search(store, SearchQuery("贷款贴息")).hits.first?.document.key)
    try FileManager.default.moveItem(
      atPath: folder.path("docs/a.txt"), toPath: folder.path("docs/c.txt"))
    let report = try await IndexWriter(store).index([folder.path("docs")], jobs: 1)
    #expect(report.unchanged == 2 && report.added == 0)
    #expect(try search(store, SearchQuery("贷款贴息")).hits.first?.document.key == key)
  }

  @Test func `a file that cannot be read does not stop the rest`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.first, to: "docs/a.txt")
    try folder.write("%PDF-1.7", to: "docs/b.txt")
    let (_, report) = try await index(folder)
    #expect(report.added == 1 && report.failures.map(\.name) == ["b.txt"])
  }

  @Test func `lists hold a document a line`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "{\"id\":\"x1\",\"title\":\"劳动合同法\",\"text\":\"用人单位应当支付加班费。\"}\n不是JSON\n{\"id\":\"x2\",\"title\":\"\",\"text\":\"试用期不得超过六个月。\"}\n",
      to: "docs/list.jsonl")
    let (store, report) = try await index(folder)
    #expect(report.added == 2 && report.failures.count == 1)
    #expect(try search(store, SearchQuery("试用期多久")).hits.first?.document.name == "x2")
  }

  @Test func `facets count documents`() async throws {
    let (_, store) = try await sample()
    let facets = try search(store, SearchQuery("政策 企业")).facets
    let statuses = facets.first { $0.name == "status" }?.values.map { "\($0.value) \($0.count)" }
    #expect(statuses?.sorted() == ["inForce 1", "lapsed 1"])
  }

  @Test func `another program's file is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("这不是数据库，只是一段文字。这不是数据库，只是一段文字。", to: "x.sqlite")
    #expect(throws: IndexError.notAnIndex) {
      try IndexStore.open(folder.path("x.sqlite"), creates: true)
    }
    #expect(throws: IndexError.noDatabase) { try IndexStore.open(folder.path("none.sqlite")) }
  }
}
