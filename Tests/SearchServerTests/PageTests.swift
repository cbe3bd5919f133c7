import Foundation
import Hummingbird
import Indexer
import Logging
import NIOEmbedded
import PolicyParser
import PolicyText
import TestSupport
import Testing

@testable import SearchServer

/// Answers of the router over the corpus, without a socket.
@Suite struct PageTests {
  private struct Site {
    var responder: RouterResponder<ServerContext>
    var folder: URL

    func get(_ path: String) async throws -> (status: Int, body: String, headers: HTTPFields) {
      let request = Request(
        head: .init(method: .get, scheme: "http", authority: "localhost", path: path),
        body: .init(buffer: .init()))
      let context = ServerContext(
        source: ApplicationRequestContextSource(
          channel: EmbeddedChannel(), logger: Logger(label: "test")))
      let response = try await responder.respond(to: request, context: context)
      let collector = Collector()
      try await response.body.write(collector)
      return (response.status.code, await collector.text, response.headers)
    }
  }

  private actor Sink {
    var bytes: [UInt8] = []
    func append(_ more: [UInt8]) { bytes += more }
  }

  private struct Collector: ResponseBodyWriter {
    let sink = Sink()
    var text: String { get async { String(decoding: await sink.bytes, as: UTF8.self) } }
    mutating func write(_ buffer: ByteBuffer) async throws {
      await sink.append(Array(buffer.readableBytesView))
    }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }

  private static func site() async throws -> Site {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "huice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = try IndexStore.open(folder.appending(path: "i.sqlite").path, creates: true)
    _ = try await IndexWriter(store).index([repositoryRoot.appending(path: "corpus").path], jobs: 2)
    let server = SearchServer(
      store: store, path: folder.appending(path: "i.sqlite").path,
      configuration: ServerConfiguration(
        host: "127.0.0.1", port: 0, version: "test", cores: 2,
        today: { CalendarDay("2026-11-21") ?? .epoch }),
      logger: Logger(label: "test"))
    return Site(responder: try server.router().buildResponder(), folder: folder)
  }

  @Test func `home, results, document and errors`() async throws {
    let site = try await Self.site()
    defer { try? FileManager.default.removeItem(at: site.folder) }
    let home = try await site.get("/")
    #expect(home.status == 200 && home.body.contains("想办什么"))
    let query = QueryString.encoded("贷款贴息")
    let results = try await site.get("/?q=\(query)")
    #expect(results.status == 200 && results.body.contains("<mark>贷款贴息</mark>"))
    #expect(results.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'self'") ?? false)
    let link = try #require(
      results.body.firstMatch(of: /href="(\/documents\/[0-9a-f]{12})[^"]*#(c-[0-9p.]+)"/))
    let document = try await site.get(String(link.1))
    #expect(document.status == 200 && document.body.contains("id=\"\(link.2)\""))
    #expect(try await site.get("/documents/nothing").status == 404)
    #expect(try await site.get("/nowhere").status == 404)
    #expect(try await site.get("/healthz").body.contains("\"documents\":40"))
    let problem = try await site.get("/api/v1/search?q=&level=x")
    #expect(problem.status == 400 && problem.headers[.contentType] == "application/problem+json")
    #expect(
      try await site.get("/api/v1/documents/\(link.1.dropFirst(11))").body.contains(
        "huice.policy/1"))
    #expect(try await site.get("/?q=" + String(repeating: "%E6%94%BF", count: 2_500)).status == 413)
  }

  @Test func `what a user types is never markup`() async throws {
    let site = try await Self.site()
    defer { try? FileManager.default.removeItem(at: site.folder) }
    for words in ["<script>alert(1)</script>", "\"><img src=x>", "{{title}}", "政策<b>"] {
      let body = try await site.get("/?q=\(QueryString.encoded(words))").body
      #expect(
        !body.contains("<script>alert") && !body.contains("<img src=x") && !body.contains("政策<b>"))
    }
  }
}

@Suite struct QueryStringTests {
  @Test func `choosing a value twice leaves it as it was`() {
    var string = QueryString()
    string.words = "贴息 a&b=c"
    let chosen = string.toggling("city", of: "level")
    #expect(chosen.url == "/?q=%E8%B4%B4%E6%81%AF%20a%26b%3Dc&level=city")
    #expect(chosen.toggling("city", of: "level").url == string.url)
  }
}

@Suite struct HTMLTextTests {
  @Test func `marks and anchors stand where they belong`() {
    let bytes = Array("甲<乙>**丙**".utf8)
    let html = HTMLText.marked(
      bytes, ByteRange(0, bytes.count), marks: [ByteRange(4, 7)],
      leavingOut: [ByteRange(8, 10), ByteRange(13, 15)], anchors: [10: "c-1"])
    #expect(html == "甲&lt;<mark>乙</mark>&gt;<span id=\"c-1\"></span>丙")
  }

  @Test(arguments: seeds(30))
  func `a snippet is whole scalars`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = Array(NoticeGenerator.text(pieces: 300, using: &generator).utf8)
    let at = Int.random(in: 0..<(text.count - 10), using: &generator)
    let range = SnippetCutter.range(of: text, matches: [ByteRange(at, at + 9)])
    let words = String(decoding: text[range.lowerBound..<range.upperBound], as: UTF8.self)
    #expect(!words.contains("\u{FFFD}"))
    #expect(range.count <= 620 || range.count == text.count)
  }
}
