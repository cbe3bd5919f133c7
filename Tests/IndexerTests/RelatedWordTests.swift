import Foundation
import PolicyParser
import Segmenter
import TestSupport
import Testing

@testable import Indexer

@Suite struct RelatedWordTests {
  @Test(arguments: seeds(12))
  func `pairs are those that counting every two words gives`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let vocabulary = ["租金", "房租", "补贴", "企业", "厂房", "A座", "3"]
    let words = (0..<Int.random(in: 0...200, using: &generator)).map { _ -> String? in
      Int.random(in: 0...9, using: &generator) == 0
        ? nil : vocabulary.randomElement(using: &generator)
    }
    var found = Cooccurrences()
    for word in words {
      if let word { found.add(word) } else { found.endSentence() }
    }
    let chosen = found.words.indices.shuffled(using: &generator).prefix(4).map(Int32.init)
    var expected: [[Int32]: Float] = [:]
    for (index, word) in words.enumerated() {
      guard let word, let a = chosen.firstIndex(where: { found.words[Int($0)] == word }) else {
        continue
      }
      for distance in 1...4 where index >= distance {
        guard let other = words[index - distance] else { break }
        if let b = chosen.firstIndex(where: { found.words[Int($0)] == other }) {
          expected[[Int32(min(a, b)), Int32(max(a, b))], default: 0] += 1 / Float(distance)
        }
      }
    }
    let pairs = found.pairs(of: chosen, least: 0)
    #expect(pairs.count == expected.count)
    for pair in pairs {
      #expect(abs(pair.weight - (expected[[pair.first, pair.second]] ?? -1)) < 1e-3)
    }
    #expect(found.words.allSatisfy { $0 != "3" && $0 != "A座" })
  }

  @Test(arguments: seeds(12))
  func `eigenvectors are stretched by their values and stand upright on each other`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let width = Int.random(in: 1...24, using: &generator)
    var matrix = [Double](repeating: 0, count: width * width)
    for row in 0..<width {
      for column in 0...row {
        let value = Double.random(in: -3...3, using: &generator)
        matrix[row * width + column] = value
        matrix[column * width + row] = value
      }
    }
    let (values, vectors) = SymmetricMatrix(matrix, width: width).eigen()
    for first in 0..<width {
      for row in 0..<width {
        let image = (0..<width).reduce(0) {
          $0 + matrix[row * width + $1] * vectors[$1 * width + first]
        }
        #expect(abs(image - values[first] * vectors[row * width + first]) < 1e-8)
      }
      for second in 0..<width {
        let product = (0..<width).reduce(0) {
          $0 + vectors[$1 * width + first] * vectors[$1 * width + second]
        }
        #expect(abs(product - (first == second ? 1 : 0)) < 1e-8)
      }
    }
  }

  /// Sentences in which 租金 and 房租 stand beside the same words, and 贷款 and 借款 beside others.
  private static func sentences() -> String {
    var generator = SeededGenerator(seed: 7)
    let groups = [
      (words: ["租金", "房租"], beside: ["减免", "厂房", "承租", "每月", "园区", "合同"]),
      (words: ["贷款", "借款"], beside: ["银行", "利率", "抵押", "信用", "期限", "客商"]),
      (words: ["专利", "商标"], beside: ["授权", "国外", "注册", "代理", "维权", "申请"]),
    ]
    return (0..<900).map { _ in
      let group = groups[Int.random(in: groups.indices, using: &generator)]
      let word = group.words[Int.random(in: 0...1, using: &generator)]
      let beside = group.beside.shuffled(using: &generator)
      return
        "\(beside[0])、\(word)、\(beside[1])、\(beside[2])。"
    }.joined(separator: "\n")
  }

  @Test func `words that stand beside the same words are related, each time the same`() throws {
    func learned() throws -> [String: [RelatedWords.Other]] {
      var learner = RelatedWordLearner(try Segmenter(.standard))
      learner.read(Array(Self.sentences().utf8))
      return Dictionary(
        uniqueKeysWithValues: learner.related().map { ($0.word, $0.others) })
    }
    let first = try learned()
    for (word, other) in [("租金", "房租"), ("贷款", "借款"), ("专利", "商标")] {
      #expect(first[word]?.first?.word == other)
      #expect(first[other]?.first?.word == word)
    }
    #expect(try learned() == first)
  }

  @Test func `a question finds what is told in a related word, and the parts of its score add up`()
    async throws
  {
    let folder = try TemporaryFolder()
    try folder.write(Self.sentences(), to: "docs/words.txt")
    try folder.write("澜川市办法\n第一条 对小店给予房租优惠，由街道办理。", to: "docs/a.txt")
    try folder.write("澜川市规定\n第一条 对小店给予客商优惠，由街道办理。", to: "docs/b.txt")
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    _ = try await IndexWriter(store).index([folder.path("docs")], jobs: 1)
    let report = try store.learnRelatedWords()
    #expect(report.documents == 3 && report.learned > 0)
    var query = SearchQuery("小店租金优惠")
    query.explains = true
    func hit() throws -> Hit {
      try #require(
        try SearchEngine(store).search(query, today: .epoch).hits.first {
          $0.document.name == "a.txt"
        })
    }
    let known = try hit()
    #expect(known.explanation.contains { $0.kind == .related && $0.text == "租金≈房租" })
    #expect(abs(known.explanation.reduce(0) { $0 + $1.value } - known.score) < 1e-4)
    try store.forgetRelatedWords()
    #expect(try !hit().explanation.contains { $0.kind == .related })
  }

  @Test func `an index without texts teaches nothing`() throws {
    let folder = try TemporaryFolder()
    let store = try IndexStore.open(folder.path("index.sqlite"), creates: true)
    #expect(try store.learnRelatedWords().learned == 0)
  }
}
