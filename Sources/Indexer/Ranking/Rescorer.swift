internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Segmenter

/// Scores the best passages anew, by what pairs of characters do not see: words, single characters, places.
///
/// `P = B + .5 W + .4 U` for the passage and for its document, the two added, then `(1 + .4 place)`
/// (formulas and constants: Benchmarks/RELEVANCE.md). Words and characters are counted in the candidates' own
/// text, so that no list of theirs is needed.
struct Rescorer {
  private static let wordWeight: Float = 0.5
  private static let characterWeight: Float = 0.4
  /// What the highest authority adds to a score whose best is 1, where the query names no place.
  private static let authorityWeight: Float = 0.3
  /// Characters of the document's beginning that count as a part of each passage.
  private static let beginning = 60
  /// Characters of a document's beginning and end where a place is its own.
  private static let (head, tail) = (200, 150)

  /// A word of the query with the words that stand for it (同义词) or are used alike (相关词).
  struct SoftWord {
    /// Another word, folded, and how much an occurrence of it counts.
    struct Neighbour {
      var word: [UInt32]
      var weight: Float
    }

    var word: [UInt32]
    var neighbours: [Neighbour] = []
  }

  /// A word whose occurrences add to one sum.
  private struct Counted {
    var number: Int
    var group: Int
    var weight: Float
    /// The place among the word's neighbours; nil for the word itself.
    var neighbour: Int?
  }

  /// What a term weighs in passages and in documents.
  private struct Inverse {
    var passages: Float
    var documents: Float
  }

  private let ranker: PassageRanker
  private let matcher = TextMatcher()
  private var words: [Counted] = []
  private var wordInverses: [Inverse] = []
  private var characters: [(slot: Int, count: Float, inverse: Inverse)] = []
  private let wishes: Wishes
  private var places: [Int] = []
  private var sums: [Float]
  /// What the latest candidate's base is made of, beside its pairs; only where it is traced.
  private var trace: Trace?

  /// A word of the query, or the neighbour of it that was found instead.
  struct WordKey: Hashable {
    var word: Int
    var neighbour: Int?
  }

  /// What one candidate's score is made of.
  struct Trace {
    /// Sums by the word, and by its neighbour where that one stands.
    var words: [WordKey: Float] = [:]
    var characters: Float = 0
    var fit = Wishes.Fit()
    /// From 0 to 1.
    var authority: Float = 0
  }

  /// Prepares a query.
  ///
  /// - Parameters:
  ///   - ranker: What fetched the candidates.
  ///   - words: Folded words of the query, of two characters or more, each once.
  ///   - characters: The Han characters of the query with their counts.
  ///   - wishes: What the query asks for beside its words.
  ///   - segmenter: Folds characters.
  init(
    ranker: PassageRanker, words: [SoftWord], characters: [UInt32: Int], wishes: Wishes,
    segmenter: Segmenter
  ) {
    self.ranker = ranker
    self.wishes = wishes
    let snapshot = ranker.snapshot
    sums = [Float](repeating: 0, count: words.count)
    let passages = snapshot.passageCount
    let documents = snapshot.documentCount
    for (scalar, count) in characters.sorted(by: { $0.key < $1.key }) {
      guard let slot = matcher.slot(of: scalar, segmenter) else { continue }
      let code = Int(RankingTerm.code(of: scalar))
      let frequency = code < snapshot.characters.count ? Int(snapshot.characters[code]) : 0
      let inverse = Inverse(
        passages: PassageRanker.idf(max(1, frequency), of: passages),
        documents: PassageRanker.idf(
          Self.documentFrequency(ofPassages: max(1, frequency), snapshot), of: documents))
      self.characters.append((slot, Float(count), inverse))
    }
    for (group, word) in words.enumerated() {
      let frequency = Self.frequency(of: word.word, ranker)
      wordInverses.append(
        Inverse(
          passages: PassageRanker.idf(frequency.passages, of: passages),
          documents: PassageRanker.idf(frequency.documents, of: documents)))
      if let number = matcher.add(word.word, segmenter) {
        self.words.append(Counted(number: number, group: group, weight: 1))
      }
      for (place, neighbour) in word.neighbours.enumerated() {
        guard let number = matcher.add(neighbour.word, segmenter) else { continue }
        self.words.append(
          Counted(number: number, group: group, weight: neighbour.weight, neighbour: place))
      }
    }
    places = wishes.places.compactMap { matcher.add($0, segmenter) }
  }

  /// The base of the best candidate, which scores are divided by.
  private(set) var highest: Float = 1

  /// The candidates with their final scores, best first.
  mutating func rescored(
    _ candidates: [PassageRanker.Scored], in db: Database
  ) throws -> [PassageRanker.Scored] {
    let snapshot = ranker.snapshot
    let short = snapshot.isOfShortDocuments
    let statement = try db.cachedStatement(
      sql: """
        SELECT title, text, coalesce(region, '') || issuers AS origin, year,
          coalesce(effective_until < ?2, 0) AS lapsed, coalesce(signed_on, published_on) AS day
        FROM document WHERE id = ?1
        """
    ).sqliteStatement
    sqlite3_bind_text(statement, 2, wishes.day, -1, Self.transient)
    var scores = candidates.map(\.score)
    var fits = [Wishes.Fit](repeating: Wishes.Fit(), count: candidates.count)
    var authorities = [Float](repeating: 0, count: candidates.count)
    // Passages of one document follow each other, and rows of the file are read in order.
    let order = candidates.indices.sorted { candidates[$0].passage < candidates[$1].passage }
    var start = 0
    while start < order.count {
      let (segment, first) = snapshot.place(candidates[order[start]].passage)
      let document = segment.document(first)
      let base = candidates[order[start]].passage - first
      let passages = segment.passages(document)
      var end = start + 1
      while end < order.count, candidates[order[end]].passage - base < passages.upperBound {
        end += 1
      }
      defer { start = end }
      defer { sqlite3_reset(statement) }
      sqlite3_bind_int64(statement, 1, segment.documentID(document))
      guard sqlite3_step(statement) == SQLITE_ROW else { continue }
      let title = Self.bytes(statement, 0)
      let text = Self.bytes(statement, 1)
      var whole: Float = 0
      if !short {
        matcher.reset()
        matcher.count(title)
        matcher.count(text)
        whole = extra(
          length: segment.documentLengths[document], average: snapshot.averageDocumentLength,
          parameters: .document, ofDocuments: true)
      }
      var fit = Wishes.Fit()
      if !places.isEmpty {
        fit.place = place(title, text, Self.bytes(statement, 2), isCounted: !short)
      }
      if wishes.years.contains(sqlite3_column_int64(statement, 3)) { fit.year = 1 }
      fit.lapsed = sqlite3_column_int(statement, 4) == 0 ? 0 : 1
      fit.newness = Wishes.newness(Self.bytes(statement, 5))
      let authority = places.isEmpty ? Authority.level(of: title) / Authority.most : 0
      for index in order[start..<end] {
        let passage = candidates[index].passage - base
        matcher.reset()
        matcher.count(title)
        matcher.count(text, limit: Self.beginning)
        matcher.count(Self.slice(text, segment.range(passage)))
        scores[index] +=
          whole
          + extra(
            length: UInt32(segment.lengths[passage]), average: snapshot.averageLength,
            parameters: short ? .document : .passage, ofDocuments: false)
        if let clauses = wishes.clauses {
          fit.amount = clauses.contains(snapshot.clause(candidates[index].passage)) ? 1 : 0
        }
        fits[index] = fit
        trace?.fit = fit
        trace?.authority = authority
        authorities[index] = authority
      }
    }
    let highest = max(scores.max() ?? 1, .leastNonzeroMagnitude)
    self.highest = highest
    return candidates.indices.map { index in
      PassageRanker.Scored(
        passage: candidates[index].passage,
        score: scores[index] / highest * fits[index].factor
          + Self.authorityWeight * authorities[index])
    }.sorted { $0.score == $1.score ? $0.passage < $1.passage : $0.score > $1.score }
  }

  /// SQLite copies the text.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private static func bytes(_ statement: OpaquePointer, _ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
  }

  private static func slice(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> UnsafeRawBufferPointer {
    let low = min(range.lowerBound, bytes.count)
    return UnsafeRawBufferPointer(rebasing: bytes[low..<min(range.upperBound, bytes.count)])
  }

  /// .5 W + .4 U over what was counted.
  private mutating func extra(
    length: UInt32, average: Float, parameters: BM25, ofDocuments: Bool
  ) -> Float {
    for index in sums.indices { sums[index] = 0 }
    for word in words { sums[word.group] += Float(matcher.wordCounts[word.number]) * word.weight }
    var sum: Float = 0
    for (group, count) in sums.enumerated() where count > 0 {
      let inverse = wordInverses[group]
      let weight =
        Self.wordWeight * (ofDocuments ? inverse.documents : inverse.passages)
        * parameters.weight(count, length: Float(length), average: average)
      sum += weight
      if trace != nil { share(weight, of: group, count) }
    }
    let words = sum
    for character in characters {
      let count = matcher.slotCounts[character.slot]
      guard count > 0 else { continue }
      sum +=
        Self.characterWeight * character.count
        * (ofDocuments ? character.inverse.documents : character.inverse.passages)
        * parameters.weight(Float(count), length: Float(length), average: average)
    }
    trace?.characters += sum - words
    return sum
  }

  /// Divides what a word adds between itself and its neighbours, by how much each was found.
  private mutating func share(_ weight: Float, of group: Int, _ count: Float) {
    for word in words where word.group == group {
      let own = Float(matcher.wordCounts[word.number]) * word.weight
      guard own > 0 else { continue }
      let key = WordKey(word: group, neighbour: word.neighbour)
      trace?.words[key, default: 0] += weight * own / count
    }
  }

  /// What a candidate's score is made of; nil where its document is gone.
  mutating func trace(_ candidate: PassageRanker.Scored, in db: Database) throws -> Trace? {
    trace = Trace()
    defer { trace = nil }
    _ = try rescored([candidate], in: db)
    return trace
  }

  /// What scores are raised by.
  static func authority(_ authority: Float) -> Float { authorityWeight * authority }

  /// In how many texts a word stands: at most as many as the rarest pair of its characters.
  private static func frequency(
    of word: [UInt32], _ ranker: PassageRanker
  ) -> PassageRanker.TermStatistics {
    var least: PassageRanker.TermStatistics?
    RankingTerm.forEach(in: word) { key in
      guard let found = ranker.statistics[key] else { return }
      least = PassageRanker.TermStatistics(
        passages: min(least?.passages ?? .max, found.passages),
        documents: min(least?.documents ?? .max, found.documents))
    }
    return least ?? PassageRanker.TermStatistics(passages: 1, documents: 1)
  }

  /// How many documents have a character that so many passages have, if it were spread evenly.
  private static func documentFrequency(
    ofPassages passages: Int, _ snapshot: RankingSnapshot
  ) -> Int {
    let share = Double(passages) / Double(max(1, snapshot.passageCount))
    let perDocument = Double(snapshot.passageCount) / Double(max(1, snapshot.documentCount))
    return Int(Double(snapshot.documentCount) * (1 - pow(1 - min(1, share), perDocument)))
  }

  /// The mean over the places of the query: 1 where one stands in the head or at the end, .4 elsewhere.
  private mutating func place(
    _ title: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer,
    _ origin: UnsafeRawBufferPointer, isCounted: Bool
  ) -> Float {
    if !isCounted {
      matcher.reset()
      matcher.count(title)
      matcher.count(text)
    }
    let anywhere = places.map { matcher.wordCounts[$0] > 0 }
    var start = text.count
    var left = Self.tail
    while start > 0, left > 0 {
      start -= 1
      if text[start] & 0xC0 != 0x80, text[start] > 0x20 { left -= 1 }
    }
    matcher.reset()
    matcher.count(title)
    matcher.count(origin)
    matcher.count(text, limit: Self.head)
    matcher.count(Self.slice(text, start..<text.count))
    var sum: Float = 0
    for (index, number) in places.enumerated() {
      if matcher.wordCounts[number] > 0 {
        sum += 1
      } else if anywhere[index] {
        sum += 0.4
      }
    }
    return sum / Float(places.count)
  }
}
