internal import Foundation
internal import GRDB
internal import PolicyParser
internal import PolicyText

/// Scores the best passages anew, by what pairs of characters do not see: words, single characters, places.
///
/// `P = B + .5 W + .4 U` for the passage and for its document, the two added, then `(1 + .4 place)`
/// (formulas and constants: Benchmarks/RELEVANCE.md). Words and characters are counted in the candidates' own text, so
/// that no list of theirs is needed.
struct Rescorer {
  private static let wordWeight: Float = 0.5
  private static let characterWeight: Float = 0.4
  private static let placeWeight: Float = 0.4

  private let ranker: PassageRanker
  /// Folded words of the query, of two characters or more, each once.
  private let words: [[UInt32]]
  /// The Han characters of the query with their counts.
  private let characters: [(scalar: UInt32, count: Int)]
  /// Folded names of places in the query.
  private let places: [[UInt32]]
  private let fold: ([UInt8], Range<Int>) -> [UInt32]
  /// For each character of the basic plane its place in `characters`, from 1; 0 for all others.
  private let slots: [UInt8]

  init(
    ranker: PassageRanker, words: [[UInt32]], characters: [UInt32: Int], places: [[UInt32]],
    fold: @escaping ([UInt8], Range<Int>) -> [UInt32]
  ) {
    self.ranker = ranker
    self.words = words
    self.places = places
    self.fold = fold
    self.characters = characters.filter { $0.key < 0x1_0000 }.sorted { $0.key < $1.key }.prefix(255)
      .map { ($0.key, $0.value) }
    var slots = [UInt8](repeating: 0, count: 0x1_0000)
    for (index, character) in self.characters.enumerated() {
      slots[Int(character.scalar)] = UInt8(index + 1)
    }
    self.slots = slots
  }

  private func fold(_ text: String) -> [UInt32] {
    let bytes = Array(text.utf8)
    return fold(bytes, 0..<bytes.count)
  }

  /// The candidates with their final scores, best first.
  func rescored(_ candidates: [PassageRanker.Scored], in db: Database) throws -> [PassageRanker
    .Scored]
  {
    let snapshot = ranker.snapshot
    var documents: [UInt32: (prefix: [UInt32], bytes: [UInt8], score: Float, place: Float)] = [:]
    var scores: [Float] = []
    var placeValues: [Float] = []
    let short = snapshot.isOfShortDocuments
    let statement = try db.cachedStatement(
      sql:
        "SELECT title, coalesce(region, '') || issuers AS origin, text FROM document WHERE id = ?")
    for candidate in candidates {
      let number = snapshot.documentOfPassage[candidate.passage]
      if documents[number] == nil {
        guard let row = try Row.fetchOne(statement, arguments: [snapshot.documentIDs[Int(number)]])
        else {
          continue
        }
        let bytes = Array((row["text"] as String).utf8)
        let title = fold(row["title"] as String)
        let text = fold(bytes, 0..<bytes.count)
        let score =
          short
          ? 0
          : extra(
            in: [title, text], length: snapshot.documentLengths[Int(number)],
            average: snapshot.averageDocumentLength, parameters: .document, ofDocuments: true)
        let origin = fold(row["origin"] as String)
        documents[number] = (
          title + [0] + text.prefix(60), bytes, score,
          place(title: title + [0] + origin, text: text)
        )
      }
      guard let document = documents[number] else { continue }
      let start = Int(snapshot.starts[candidate.passage])
      let end = min(document.bytes.count, start + Int(snapshot.sizes[candidate.passage]))
      let passage = start < end ? fold(document.bytes, start..<end) : []
      let own = extra(
        in: [document.prefix, passage], length: snapshot.lengths[candidate.passage],
        average: snapshot.averageLength, parameters: short ? .document : .passage,
        ofDocuments: false)
      scores.append(candidate.score + own + document.score)
      placeValues.append(document.place)
    }
    let highest = scores.max() ?? 1
    return zip(candidates, zip(scores, placeValues)).map { candidate, values in
      PassageRanker.Scored(
        passage: candidate.passage,
        score: values.0 / max(highest, .leastNonzeroMagnitude) * (1 + Self.placeWeight * values.1))
    }.sorted { $0.score == $1.score ? $0.passage < $1.passage : $0.score > $1.score }
  }

  /// .5 W + .4 U over some text.
  private func extra(
    in parts: [[UInt32]], length: UInt32, average: Float, parameters: BM25, ofDocuments: Bool
  ) -> Float {
    var sum: Float = 0
    let snapshot = ranker.snapshot
    let total = ofDocuments ? snapshot.documentIDs.count : snapshot.passageCount
    for word in words {
      let count = parts.reduce(0) { $0 + Self.count(of: word, in: $1) }
      guard count > 0 else { continue }
      let frequency = frequency(of: word, ofDocuments: ofDocuments)
      sum +=
        Self.wordWeight * PassageRanker.idf(frequency, of: total)
        * parameters.weight(Float(count), length: Float(length), average: average)
    }
    var counts = [Int](repeating: 0, count: characters.count + 1)
    for part in parts {
      for scalar in part where scalar < 0x1_0000 { counts[Int(slots[Int(scalar)])] += 1 }
    }
    for (index, (scalar, queryCount)) in characters.enumerated() {
      let count = counts[index + 1]
      guard count > 0 else { continue }
      let passages = Int(snapshot.characters[scalar] ?? 1)
      let frequency = ofDocuments ? documentFrequency(ofPassages: passages) : passages
      sum +=
        Self.characterWeight * Float(queryCount)
        * PassageRanker.idf(min(frequency, total), of: total)
        * parameters.weight(Float(count), length: Float(length), average: average)
    }
    return sum
  }

  /// In how many texts a word stands: at most as many as the rarest pair of its characters.
  private func frequency(of word: [UInt32], ofDocuments: Bool) -> Int {
    var least = Int.max
    RankingTerm.forEach(in: word) { key in
      if let statistics = ranker.statistics[key] {
        least = min(least, ofDocuments ? statistics.documents : statistics.passages)
      }
    }
    return least == .max ? 1 : least
  }

  /// How many documents have a character that so many passages have, if it were spread evenly.
  private func documentFrequency(ofPassages passages: Int) -> Int {
    let snapshot = ranker.snapshot
    let share = Double(passages) / Double(max(1, snapshot.passageCount))
    let perDocument = Double(snapshot.passageCount) / Double(max(1, snapshot.documentIDs.count))
    return Int(Double(snapshot.documentIDs.count) * (1 - pow(1 - min(1, share), perDocument)))
  }

  private func place(title: [UInt32], text: [UInt32]) -> Float {
    guard !places.isEmpty else { return 0 }
    var sum: Float = 0
    for place in places {
      if Self.count(of: place, in: title) > 0
        || Self.count(of: place, in: Array(text.prefix(200))) > 0
        || Self.count(of: place, in: Array(text.suffix(150))) > 0
      {
        sum += 1
      } else if Self.count(of: place, in: text) > 0 {
        sum += 0.4
      }
    }
    return sum / Float(places.count)
  }

  /// How often `word` stands in `text`.
  static func count(of word: [UInt32], in text: [UInt32]) -> Int {
    guard let first = word.first, text.count >= word.count else { return 0 }
    var count = 0
    var index = 0
    let last = text.count - word.count
    word.withUnsafeBufferPointer { word in
      text.withUnsafeBufferPointer { text in
        while index <= last {
          if text[index] == first {
            var matched = 1
            while matched < word.count, text[index + matched] == word[matched] { matched += 1 }
            if matched == word.count {
              count += 1
              index += matched
              continue
            }
          }
          index += 1
        }
      }
    }
    return count
  }
}
