import Foundation
import PolicyText
import Segmenter
import TestSupport
import Testing

@testable import Indexer

@Suite struct PostingListTests {
  /// A list as it is read back.
  private func read(_ list: [UInt8]) -> [[Int]] {
    var entries: [[Int]] = []
    let padded = list + [UInt8](repeating: 0, count: PostingList.padding)
    padded.withUnsafeBufferPointer {
      PostingList.forEach(UnsafeBufferPointer(rebasing: $0[..<list.count])) {
        entries.append([Int($0), Int($1)])
      }
    }
    return entries
  }

  private func random(_ generator: inout SeededGenerator) -> (
    passages: [UInt32], counts: [UInt8], lengths: [UInt16]
  ) {
    var passages: [UInt32] = []
    var counts: [UInt8] = []
    var passage: UInt32 = 0
    for _ in 0..<Int.random(in: 1...900, using: &generator) {
      passage += UInt32.random(
        in: 1...(Bool.random(using: &generator) ? 3 : 9_000), using: &generator)
      passages.append(passage)
      counts.append(
        UInt8.random(
          in: 1...(Int.random(in: 0...5, using: &generator) > 0 ? 2 : 255), using: &generator))
    }
    let lengths = (0...passage).map { _ in UInt16.random(in: 1...3_000, using: &generator) }
    return (passages, counts, lengths)
  }

  @Test(arguments: seeds(30))
  func `reads what it wrote`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (passages, counts, lengths) = random(&generator)
    var list: [UInt8] = []
    PostingList.append(
      passages: passages, counts: counts, documents: 1, lengths: lengths, to: &list)
    #expect(read(list) == zip(passages, counts).map { [Int($0), Int($1)] })
  }

  @Test(arguments: seeds(30))
  func `bounds are at least every weight, lookups find every passage and no other`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (passages, counts, lengths) = random(&generator)
    var list: [UInt8] = []
    PostingList.append(
      passages: passages, counts: counts, documents: 1, lengths: lengths, to: &list)
    let padded = list + [UInt8](repeating: 0, count: PostingList.padding)
    var faults: [String] = []
    let weight = TermWeight(
      idf: Float.random(in: 0.01...12, using: &generator),
      parameters: Bool.random(using: &generator) ? .passage : .document,
      average: Float.random(in: 1...2_000, using: &generator))
    padded.withUnsafeBufferPointer { buffer in
      lengths.withUnsafeBufferPointer { lengths in
        guard let lengths = lengths.baseAddress else { return }
        var cursor = PostingCursor()
        defer { cursor.close() }
        let isOpen = cursor.open(
          UnsafeBufferPointer(rebasing: buffer[..<list.count]), passageCount: .max)
        #expect(isOpen)
        let all = cursor.bound(weight, lengths)
        for (index, passage) in passages.enumerated() {
          let block = index / PostingList.blockSize
          let own = weight.of(Float(counts[index]), length: Float(lengths[Int(passage)]))
          let isBounded =
            own <= cursor.bound(block, weight, lengths) && own <= all && own <= weight.highest
          if !isBounded { faults.append("bound of \(passage)") }
        }
        var scored = ScoredList(
          cursor: cursor, weight: weight, documentWeight: weight, documents: false,
          lengths: lengths)
        let known = Dictionary(uniqueKeysWithValues: zip(passages, counts))
        var passage: UInt32 = 0
        while Int(passage) < (passages.last.map { Int($0) } ?? 0) {
          let expected =
            known[passage].map { weight.of(Float($0), length: Float(lengths[Int(passage)])) } ?? 0
          if scored.weight(of: passage, lengths) != expected {
            faults.append("weight of \(passage)")
          }
          passage += UInt32.random(in: 1...40, using: &generator)
        }
      }
    }
    #expect(faults.isEmpty)
  }

  @Test(arguments: seeds(60))
  func `damaged lists are read without harm`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (passages, counts, lengths) = random(&generator)
    var list: [UInt8] = []
    PostingList.append(
      passages: passages, counts: counts, documents: 1, lengths: lengths, to: &list)
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      list[Int.random(in: 0..<list.count, using: &generator)] = .random(
        in: 0...255, using: &generator)
    }
    list = Array(list.prefix(Int.random(in: 0...list.count, using: &generator)))
    let entries = read(list)
    #expect(zip(entries, entries.dropFirst()).allSatisfy { $0[0] < $1[0] })
  }

  @Test func `a directory reads what it wrote`() {
    var directory = SegmentDirectory()
    directory.documents = [3, 9, 12]
    directory.firstPassages = [0, 2, 4]
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
    #expect(Set(terms("𠀀㐀一龥鿿政策LPR5.1")).count == 7)
  }

  @Test func `every character stands in one range of terms`() {
    let text = RankingTerm.fold(Array("高新技术企业，LPR税，所得税".utf8)) { $0 }
    var all: [Int64] = []
    let add = { (key: Int64) in all.append(key) }
    RankingTerm.forEach(in: text, ends: add, add)
    for scalar in text where RankingTerm.isHan(scalar) {
      let range = RankingTerm.range(of: RankingTerm.code(of: scalar) << 17)
      #expect(all.contains { range.contains($0) })
    }
    #expect(all.allSatisfy { 0 < $0 && $0 < 1 << RankingTerm.bits })
  }
}
