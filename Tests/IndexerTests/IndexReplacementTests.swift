import Foundation
import GRDB
import PolicyParser
import Testing

@testable import Indexer

@Suite struct IndexReplacementTests {
  private static let text = """
    澜川市支持科技创新若干措施

    一、奖励高新技术企业。对首次通过认定的高新技术企业，给予一次性奖励20万元。（责任单位：市科技局）
    二、支持贷款贴息。对科技型中小企业贷款，按实际利息的50%给予贴息。

    澜川市人民政府
    2024年12月20日
    """
  private let contact = Contact(
    region: "澜川市", department: "科学技术局", aliases: [], matter: "", phone: "0123-4567890",
    address: "", hours: "", goodUntil: nil, source: "")

  private func sample() async throws -> (TemporaryFolder, String) {
    let folder = try TemporaryFolder()
    try folder.write(Self.text, to: "docs/a.txt")
    let path = folder.path("index.sqlite")
    let store = try IndexStore.open(path, creates: true)
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 1)
    try store.add([contact])
    return (folder, path)
  }

  @Test func `who has the old file open reads it, writes nothing to it, and can tell`() async throws
  {
    let (folder, path) = try await sample()
    let store = try IndexStore.open(path)
    let before = try store.state()
    let outcome = try await IndexRebuild(at: path).run([folder.path("docs")], jobs: 1)
    #expect(outcome.isReplaced && outcome.report.added == 1 && outcome.notes.isEmpty)
    #expect(store.isReplaced(at: path))
    #expect(try store.state() == before)
    #expect(throws: IndexError.replaced) { try store.add([contact]) }
    let new = try IndexStore.open(path)
    #expect(try new.state().identity != before.identity)
    #expect(try new.contacts() == [contact])
  }

  @Test func `a reader that is opened late never sees the other file`() async throws {
    let (folder, path) = try await sample()
    let store = try IndexStore.open(path)
    _ = try await IndexRebuild(at: path).run([folder.path("docs")], jobs: 1)
    // Readers that are there read the old file; one that is opened now would open the new one.
    #expect(throws: IndexError.replaced) {
      try IndexStore.wrapping {
        try store.pool.read { _ in try store.pool.unsafeReentrantRead { _ in } }
        try store.pool.read { _ in }
        store.pool.releaseMemory()
        try store.pool.read { _ in }
      }
    }
  }

  @Test func `closing the old file takes no log from the new one`() async throws {
    let (folder, path) = try await sample()
    var old: IndexStore? = try IndexStore.open(path)
    _ = try old?.state()
    _ = try await IndexRebuild(at: path).run([folder.path("docs")], jobs: 1)
    let new = try IndexStore.open(path)
    try new.add([contact])
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    old = nil
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    #expect(try IndexStore.open(path).contacts() == [contact])
  }

  @Test func `the last to close leaves one file`() async throws {
    let (folder, path) = try await sample()
    defer { withExtendedLifetime(folder) {} }
    do {
      let first = try IndexStore.open(path)
      let second = try IndexStore.open(path)
      _ = (try first.state(), try second.contacts())
    }
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    #expect(!FileManager.default.fileExists(atPath: path + "-shm"))
  }

  @Test func `two rebuilds at once: the second is told`() async throws {
    let (folder, path) = try await sample()
    defer { withExtendedLifetime(folder) {} }
    let first = try IndexReplacement(path)
    #expect(throws: IndexError.busy) { try IndexReplacement(path) }
    first.abandon()
    withExtendedLifetime(first) {}
  }

  @Test(arguments: [
    "UPDATE clause SET heading = 'x'", "UPDATE document SET title = 'x'",
    "UPDATE document SET text = text || 'x'", "UPDATE ranking_list SET list = x'00'",
    "UPDATE item SET amount = '1'", "UPDATE ranking_segment SET passages = 0",
  ])
  func `what was changed by hand is no answer`(statement: String) async throws {
    let (folder, path) = try await sample()
    defer { withExtendedLifetime(folder) {} }
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: statement) }
    try queue.close()
    let store = try IndexStore.open(path)
    #expect(throws: IndexError.damaged) {
      try SearchEngine(store).search(
        SearchQuery("高新技术企业 奖励"), today: CalendarDay("2026-11-21") ?? .epoch)
    }
    #expect(try !IndexChecker(store).findings(.stored).isEmpty)
  }

  @Test func `seals tell kinds and places apart`() {
    func seal(_ parts: [(Int32, [UInt8])]) -> Int64 {
      var seal = RowSeal()
      for (kind, bytes) in parts { bytes.withUnsafeBytes { seal.add(kind: kind, $0) } }
      return seal.value
    }
    let seals = [
      seal([]), seal([(3, [])]), seal([(5, [])]), seal([(3, [0])]), seal([(4, [0])]),
      seal([(3, [1]), (3, [2])]), seal([(3, [1, 2])]), seal([(3, [2]), (3, [1])]),
      seal([(3, Array(repeating: 7, count: 8))]), seal([(3, Array(repeating: 7, count: 16))]),
    ]
    #expect(Set(seals).count == seals.count)
  }
}
