import Foundation
import PolicyParser
import Testing

@testable import Indexer

@Suite struct IndexStateTests {
  private let contact = Contact(
    region: "澜川市", department: "科学技术局", aliases: ["科技局"], matter: "", phone: "0123-4567890",
    address: "", hours: "", goodUntil: nil, source: "")

  @Test func `what people write raises the generation, and the identity stays`() throws {
    let folder = try TemporaryFolder()
    let store = try IndexStore.open(folder.path("a.sqlite"), creates: true)
    let before = try store.state()
    #expect(before.identity.count == 32)
    try store.add([contact])
    let imported = try store.state()
    #expect(imported.generation > before.generation && imported.identity == before.identity)
    _ = try store.learnRelatedWords()
    let learned = try store.state()
    #expect(learned.generation > imported.generation)
    try store.forgetRelatedWords()
    #expect(try store.state().generation > learned.generation)
    #expect(try IndexStore.open(folder.path("a.sqlite")).state() == store.state())
  }

  @Test func `two files have two identities`() throws {
    let folder = try TemporaryFolder()
    let first = try IndexStore.open(folder.path("a.sqlite"), creates: true).state()
    let second = try IndexStore.open(folder.path("b.sqlite"), creates: true).state()
    #expect(first.identity != second.identity)
  }

  @Test func `a file that was moved, removed or replaced is noticed`() throws {
    let folder = try TemporaryFolder()
    let (place, aside) = (folder.path("a.sqlite"), folder.path("b.sqlite"))
    let store = try IndexStore.open(place, creates: true)
    #expect(!store.isReplaced(at: place))
    try FileManager.default.moveItem(atPath: place, toPath: aside)
    #expect(store.isReplaced(at: place))
    #expect(!store.isReplaced(at: aside))
    try Data("x".utf8).write(to: URL(filePath: place))
    #expect(store.isReplaced(at: place))
  }
}
