import DocumentReader
import Foundation
import PolicyParser
import PolicyText
import TestSupport
import Testing

@Suite struct LawsTests {
  @Test(arguments: corpusFiles())
  func `documents of the corpus keep the laws and their golden trees`(path: String) throws {
    let data = try Data(contentsOf: repositoryRoot.appending(path: "corpus/\(path)"))
    let document = try DocumentReader.read(Array(data), name: (path as NSString).lastPathComponent)
    let parsed = PolicyParser.parse(document)
    expectLaws(parsed, path)
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    try expectGolden(
      TreeDumper.dump(parsed), path.replacingOccurrences(of: "/", with: "-") + ".tree",
      folder: folder)
  }

  @Test(arguments: seeds(150))
  func `any text keeps the laws`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = NoticeGenerator.text(
      pieces: Int.random(in: 1...140, using: &generator), using: &generator)
    expectLaws(PolicyParser.parse(source(text)), "seed \(seed)")
  }

  @Test(arguments: seeds(60))
  func `damaged documents keep the laws`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let files = corpusFiles().filter { $0.hasSuffix(".txt") || $0.hasSuffix(".md") }
    let path = try #require(files.randomElement(using: &generator))
    let data = try Data(contentsOf: repositoryRoot.appending(path: "corpus/\(path)"))
    let document = try DocumentReader.read(Array(data), name: "case.txt")
    let text = NoticeGenerator.damaged(document.text[document.text.range], using: &generator)
    expectLaws(PolicyParser.parse(source(text)), "\(path), seed \(seed)")
  }

  @Test func `parsing again gives the same`() throws {
    for path in corpusFiles().prefix(12) {
      let data = try Data(contentsOf: repositoryRoot.appending(path: "corpus/\(path)"))
      let document = try DocumentReader.read(Array(data), name: "case")
      #expect(
        TreeDumper.dump(PolicyParser.parse(document))
          == TreeDumper.dump(PolicyParser.parse(document)))
    }
  }

  @Test(arguments: [
    "", " ", "\n", "\u{FEFF}", "《", "（", "第", "一、", "附件", "\r\n\r\n", "第一条", "1.", "**", "#",
  ])
  func `the smallest texts keep the laws`(text: String) {
    expectLaws(PolicyParser.parse(source(text)), text)
  }

  @Test func `a long list takes time in proportion`() {
    let text = (1...20_000).map { "\($0 % 999 + 1).第\($0)项内容。" }.joined(separator: "\n")
    expectLaws(PolicyParser.parse(source(text)), "long list")
  }
}
