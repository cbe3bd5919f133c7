internal import Foundation
internal import GRDB
internal import PolicyText
internal import Segmenter

/// What was learned about words that are used alike (相关词).
public struct RelatedWordReport: Sendable {
  /// Documents that were read.
  public internal(set) var documents = 0
  /// Words that were read, each occurrence.
  public internal(set) var words = 0
  /// Words that have related ones.
  public internal(set) var learned = 0
}

/// Learns from the texts of an index which words are used alike (相关词): 租金 and 房租, 招聘 and 招工.
///
/// Words beside which the same words stand have a high cosine (``WordVectors``). Up to five with at least 0.55
/// are kept for each word. Nothing but the texts is read: no questions, no judgements.
struct RelatedWordLearner {
  /// Words that stand less often are not learned about.
  private static let leastCount = 5
  /// The most words, by how often they stand.
  private static let mostWords = 20_000
  /// The least cosine of two related words.
  private static let leastCosine: Float = 0.55
  /// The most related words of a word.
  private static let most = 5
  /// The most text that is read, in bytes: documents are left out evenly beyond it.
  private static let mostText = 12_000_000

  private var found = Cooccurrences()
  private(set) var report = RelatedWordReport()
  private let segmenter: Segmenter

  init(_ segmenter: Segmenter) { self.segmenter = segmenter }

  /// Reads the newest versions of the documents of an index, or an even choice of them where there is much text.
  ///
  /// They are read in the order of their digests, so that the same texts teach the same whatever order they were
  /// stored in.
  mutating func read(_ db: Database, size: Int) throws {
    let step = max(1, size / Self.mostText)
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM document WHERE is_current ORDER BY sha256, name")
    let text = try db.cachedStatement(
      sql: "SELECT CAST(text AS BLOB) FROM document WHERE id = ?")
    for place in stride(from: 0, to: ids.count, by: step) {
      if let bytes = try Data.fetchOne(text, arguments: [ids[place]]) { read([UInt8](bytes)) }
    }
  }

  /// Reads one text.
  mutating func read(_ text: [UInt8]) {
    report.documents += 1
    var end = 0
    for token in segmenter.tokens(of: text) {
      if Self.endsSentence(text[end..<token.range.lowerBound]) { found.endSentence() }
      found.add(token.term)
      end = token.range.upperBound
    }
    found.endSentence()
  }

  /// Whether signs between two words end a sentence.
  private static func endsSentence(_ gap: ArraySlice<UInt8>) -> Bool {
    guard !gap.isEmpty else { return false }
    if gap.contains(0x0A) { return true }
    // 。；！？ and their narrow forms.
    let text = String(decoding: gap, as: UTF8.self)
    return text.unicodeScalars.contains { "。；;！!？?".unicodeScalars.contains($0) }
  }

  /// The related words of each word that has some, the nearest first.
  mutating func related() -> [(word: String, others: [RelatedWords.Other])] {
    report.words = found.wordCount
    let chosen = found.counts.indices
      .filter { found.counts[$0] >= Self.leastCount }
      .sorted { (found.counts[$1], $0) < (found.counts[$0], $1) }
      .prefix(Self.mostWords)
      .map(Int32.init)
    guard chosen.count > 1 else { return [] }
    let vectors = WordVectors(found.pairs(of: chosen, least: 1), count: chosen.count)
    // A single character says too little.
    let long = chosen.indices.filter { found.words[Int(chosen[$0])].unicodeScalars.count > 1 }
    var others = [[(place: Int, cosine: Float)]](repeating: [], count: chosen.count)
    func keep(_ other: Int, _ cosine: Float, of word: Int) {
      let place = others[word].firstIndex { $0.cosine < cosine } ?? others[word].count
      guard place < Self.most else { return }
      others[word].insert((other, cosine), at: place)
      if others[word].count > Self.most { others[word].removeLast() }
    }
    for (index, word) in long.enumerated() {
      for other in long[..<index] {
        let cosine = vectors.cosine(word, other)
        if cosine >= Self.leastCosine {
          keep(other, cosine, of: word)
          keep(word, cosine, of: other)
        }
      }
    }
    let result = long.compactMap { word -> (word: String, others: [RelatedWords.Other])? in
      guard !others[word].isEmpty else { return nil }
      return (
        found.words[Int(chosen[word])],
        others[word].map {
          RelatedWords.Other(word: found.words[Int(chosen[$0.place])], cosine: $0.cosine)
        }
      )
    }
    report.learned = result.count
    return result
  }
}
