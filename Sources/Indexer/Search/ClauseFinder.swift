internal import GRDB
internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// Finds the best clauses for a query by the ranking index: fetched by pairs of characters, then scored by words,
/// characters and places; phrases and exclusions are checked letter by letter.
struct ClauseFinder {
  /// A clause that was found.
  struct Candidate {
    var id: Int64
    var document: Int64
    var score: Double
    /// The passage that it was found by; nil where it was not ranked.
    var passage: Int?
    /// What its sums were multiplied by; 0 where it was not scored to the end.
    var scale: Float = 0
    /// How many clauses of the same text stand behind it.
    var copies = 0
  }

  /// How many clauses are wanted.
  struct Need {
    /// How many are shown or put in order.
    var clauses: Int
    /// How many of the best are only counted, these included.
    var counted = 0
    var all: Int { max(clauses, counted) }
  }

  /// How many of the best passages are scored anew: few where a page of ten is wanted.
  private static let rescored = (few: 150, most: 300)
  /// How much a synonym counts beside the word itself; a related word counts by its cosine less.
  private static let synonymWeight: Float = 0.3
  /// How many synonyms of a word are looked for.
  private static let mostSynonyms = 4
  /// The most pairs of characters that a query is ranked by.
  private static let mostTerms = 1_024

  let snapshot: RankingSnapshot
  let analysis: QueryAnalysis
  let ranking: SearchQuery.Ranking
  let allowed: Set<Int64>?
  let segmenter: Segmenter
  /// The day that 时效 is asked for.
  let day: CalendarDay

  private func fold(_ text: String) -> [UInt32] {
    RankingTerm.fold(Array(text.utf8)) { segmenter.simplified($0) }
  }

  /// The best clauses, best first.
  func clauses(_ need: Need, in db: Database) throws -> [Candidate] {
    let rescored = need.clauses <= 20 ? Self.rescored.few : Self.rescored.most
    let isChecked = !analysis.phrases.isEmpty || !analysis.exclusions.isEmpty
    let checks = isChecked ? Checks(analysis, segmenter) : nil
    // Several passages may be of one clause, and checks leave clauses out: ask for more until there are enough.
    var limit = need.all
    if isChecked || snapshot.passageCount != snapshot.documentCount { limit += limit / 2 + 4 }
    if ranking == .full { limit = max(limit, rescored) }
    while true {
      let (ranked, scale) = try ranked(limit, rescored: rescored, in: db)
      var seen: Set<Int64> = []
      var found: [Candidate] = []
      for (index, scored) in ranked.enumerated() {
        guard found.count < need.all else { break }
        let clause = snapshot.clause(scored.passage)
        guard seen.insert(clause).inserted, try checks?.pass(clause, db) ?? true else { continue }
        found.append(
          Candidate(
            id: clause, document: snapshot.document(scored.passage), score: Double(scored.score),
            passage: scored.passage,
            scale: ranking != .full || index < rescored ? scale : 0))
      }
      if found.count >= need.all || ranked.count < limit { return found }
      limit *= 4
    }
  }

  /// What a query is fetched by.
  private struct Terms {
    var weights: [RankingTerm.Key: Float] = [:]
    /// For each term that only a synonym has, that synonym.
    var synonyms: [RankingTerm.Key: String] = [:]
    /// Whether a passage must have all of them.
    var all = false
  }

  /// The terms of the words with their counts, and less of their synonyms; where the query has phrases, those of
  /// the phrases.
  private func terms(_ scalars: [UInt32]) -> Terms {
    var terms = Terms()
    let needed = requiredTerms()
    if !needed.isEmpty {
      // Nothing but what the phrases have decides.
      terms.weights = needed
      terms.all = true
      return terms
    }
    var count = 0
    RankingTerm.forEach(in: scalars) { key in
      guard count < Self.mostTerms else { return }
      count += 1
      terms.weights[key, default: 0] += 1
    }
    for (word, others) in synonyms {
      let own = Self.keys(fold(word))
      for other in others.prefix(Self.mostSynonyms) {
        let keys = Self.keys(fold(other)).filter {
          terms.weights[$0] == nil && RankingTerm.isPair($0)
        }
        // All pairs of a synonym weigh less than those of the word.
        let weight = Self.synonymWeight * Float(own.count) / Float(max(keys.count, own.count))
        for key in keys {
          terms.weights[key] = weight
          terms.synonyms[key] = other
        }
      }
    }
    return terms
  }

  private static func keys(_ scalars: [UInt32]) -> [RankingTerm.Key] {
    var keys: [RankingTerm.Key] = []
    RankingTerm.forEach(in: scalars) { keys.append($0) }
    return keys
  }

  /// The words of the query that have synonyms.
  private var synonyms: [(word: String, others: [String])] {
    analysis.phrases.isEmpty ? Synonyms.standard.found(in: analysis.rest, segmenter) : []
  }

  /// The best passages, best first, and what their sums were multiplied by.
  private func ranked(
    _ limit: Int, rescored depth: Int, in db: Database
  ) throws -> (passages: [PassageRanker.Scored], scale: Float) {
    let scalars = fold(analysis.rest)
    let terms = terms(scalars)
    var ranker = PassageRanker(snapshot)
    let best = try ranker.best(
      terms.weights, limit: limit, allowed: allowed, all: terms.all, prunes: ranking != .plain,
      in: db)
    if ranking != .full { return (best, 1) }
    let clauses = try granting(best.prefix(depth).map { snapshot.clause($0.passage) }, in: db)
    var rescorer = rescorer(ranker, scalars, try softWords(in: db), clauses)
    let head = try rescorer.rescored(Array(best.prefix(depth)), in: db)
    let floor = head.last?.score ?? 1
    let highest = max(best.first?.score ?? 1, .leastNonzeroMagnitude)
    let tail = best.dropFirst(depth).map {
      PassageRanker.Scored(passage: $0.passage, score: min(floor, $0.score / highest) * 0.999)
    }
    return (head + tail, 1 / rescorer.highest)
  }

  /// Of some clauses those that grant a sum of the query; nil where it names none.
  private func granting(_ clauses: [Int64], in db: Database) throws -> Set<Int64>? {
    let sums = analysis.hints.compactMap { $0.kind == .amount ? Int64($0.value) : nil }
    guard !sums.isEmpty else { return nil }
    func list(_ numbers: [Int64]) -> String { numbers.map { "\($0)" }.joined(separator: ",") }
    return try Int64.fetchSet(
      db,
      sql: "SELECT clause FROM item WHERE clause IN (\(list(clauses))) AND most IN (\(list(sums)))")
  }

  /// A word that counts, less, where it stands for a word of the query.
  private struct Other {
    var word: String
    var weight: Float
    var kind: ScorePart.Kind
  }

  /// The words of the query, each with its synonyms and the words that are used alike.
  private func softWords(in db: Database) throws -> [(word: String, others: [Other])] {
    let synonyms = synonyms
    let hasRelated = try db.tableExists("related_word")
    return try analysis.words.map { word in
      let same = synonyms.first { segmenter.folded($0.word) == word }?.others ?? []
      var others = same.prefix(Self.mostSynonyms).map {
        Other(word: $0, weight: Self.synonymWeight, kind: .synonym)
      }
      for other in hasRelated ? try RelatedWords.others(of: word, in: db) : []
      where !same.contains(other.word) && !analysis.words.contains(other.word) {
        others.append(
          Other(word: other.word, weight: Self.synonymWeight * other.cosine, kind: .related))
      }
      return (word, others)
    }
  }

  private func rescorer(
    _ ranker: PassageRanker, _ scalars: [UInt32], _ others: [(word: String, others: [Other])],
    _ clauses: Set<Int64>?
  ) -> Rescorer {
    var characters: [UInt32: Int] = [:]
    for scalar in scalars where RankingTerm.isHan(scalar) { characters[scalar, default: 0] += 1 }
    let words = others.map { word, others in
      Rescorer.SoftWord(
        word: fold(word),
        neighbours: others.map { .init(word: fold($0.word), weight: $0.weight) })
    }
    let wishes = Wishes(
      places: analysis.places.map(fold),
      years: analysis.hints.compactMap { $0.kind == .year ? Int64($0.value) : nil },
      clauses: clauses, day: day.description)
    return Rescorer(
      ranker: ranker, words: words, characters: characters, wishes: wishes, segmenter: segmenter)
  }

  // MARK: Explaining

  /// What a clause's score is made of: parts that add up to it; none where it was not scored to the end.
  func explanation(of candidate: Candidate, in db: Database) throws -> [ScorePart] {
    guard let passage = candidate.passage, candidate.scale > 0 else { return [] }
    let scalars = fold(analysis.rest)
    var ranker = PassageRanker(snapshot)
    let terms = terms(scalars)
    let (own, whole) = try ranker.parts(of: passage, terms.weights, in: db)
    let scale = candidate.scale
    var parts = own.map { key, score in
      ScorePart(
        kind: terms.synonyms[key] == nil ? .pair : .synonym,
        text: terms.synonyms[key] ?? text(of: key, scalars), value: Double(score * scale))
    }
    func add(_ kind: ScorePart.Kind, _ text: String = "", _ value: Float) {
      if value != 0 { parts.append(ScorePart(kind: kind, text: text, value: Double(value))) }
    }
    add(.document, "", whole * scale)
    if ranking == .full {
      let sum = own.reduce(whole) { $0 + $1.score }
      let words = try softWords(in: db)
      var rescorer = rescorer(ranker, scalars, words, try granting([candidate.id], in: db))
      if let trace = try rescorer.trace(.init(passage: passage, score: sum), in: db) {
        for (key, value) in trace.words {
          let (word, others) = words[key.word]
          if let other = key.neighbour.map({ others[$0] }) {
            add(other.kind, "\(word)≈\(other.word)", value * scale)
          } else {
            add(.word, word, value * scale)
          }
        }
        add(.character, "", trace.characters * scale)
        let base = trace.words.values.reduce(sum + trace.characters, +) * scale
        for part in trace.fit.parts { add(part.kind, "", base * part.share) }
        add(.authority, "", Rescorer.authority(trace.authority))
      }
    }
    return parts.sorted { ($1.value, $0.text) < ($0.value, $1.text) }
  }

  /// The words that a term stands for.
  private func text(of key: RankingTerm.Key, _ scalars: [UInt32]) -> String {
    func string(_ part: some Collection<UInt32>) -> String {
      String(String.UnicodeScalarView(part.compactMap(Unicode.Scalar.init)))
    }
    let all = analysis.phrases.isEmpty ? scalars : analysis.phrases.flatMap { fold($0) + [0] }
    for length in 1...2 where all.count >= length {
      for start in 0...(all.count - length) {
        var found = false
        RankingTerm.forEach(in: all[start..<(start + length)]) { found = found || $0 == key }
        let isWhole = RankingTerm.isPair(key) || RankingTerm.isCharacter(key)
        if found, isWhole, length == (RankingTerm.isPair(key) ? 2 : 1) {
          return string(all[start..<(start + length)])
        }
      }
    }
    for run in all.split(whereSeparator: { $0 == 0 || RankingTerm.isHan($0) }) {
      var found = false
      RankingTerm.forEach(in: run) { found = found || $0 == key }
      if found { return string(run) }
    }
    return ""
  }

  // MARK: Phrases

  /// The terms that a passage with the query's phrases surely has.
  ///
  /// A row of letters and a character alone at the ends of a phrase may be a part of a longer row of the text.
  private func requiredTerms() -> [RankingTerm.Key: Float] {
    var required: [RankingTerm.Key: Float] = [:]
    for phrase in analysis.phrases {
      var keys: [RankingTerm.Key] = []
      RankingTerm.forEach(in: fold(phrase)) { keys.append($0) }
      for (index, key) in keys.enumerated() {
        let isInside = index > 0 && index < keys.count - 1
        if RankingTerm.isPair(key) || isInside && !RankingTerm.isCharacter(key) {
          required[key, default: 0] += 1
        }
      }
    }
    return required
  }

  /// Whether clauses have the query's phrases, letter by letter, and none of its exclusions.
  ///
  /// Letters are compared as words are folded, without white space, in bytes of UTF-8.
  private struct Checks {
    let phrases: [[UInt8]]
    let exclusions: [[UInt8]]
    let segmenter: Segmenter

    init(_ analysis: QueryAnalysis, _ segmenter: Segmenter) {
      phrases = analysis.phrases.map { Array(segmenter.folded($0).utf8) }
      exclusions = analysis.exclusions.map { Array(segmenter.folded($0).utf8) }
      self.segmenter = segmenter
    }

    func pass(_ id: Int64, _ db: Database) throws -> Bool {
      let reader = RowReader(
        try db.cachedStatement(
          sql: "SELECT title, heading, text FROM clause_content WHERE id = ?"))
      return reader.read(id) { row in
        // Folding keeps folded letters, so that what has a word before is sure to have it after.
        if exclusions.isEmpty, phrases.allSatisfy({ stands($0, in: row) }) { return true }
        let parts = (0..<3).map { segmenter.folded(row.text($0)) }
        func hasAny(_ word: [UInt8]) -> Bool { parts.contains { Self.contains($0, word) } }
        return phrases.allSatisfy(hasAny) && !exclusions.contains(where: hasAny)
      } ?? false
    }

    /// Whether a title, heading or text has a word letter by letter, before anything is folded.
    private func stands(_ word: [UInt8], in row: RowReader.Columns) -> Bool {
      (0..<3).contains { column in row.bytes(column) { Self.contains($0, word) } }
    }

    private static func contains(_ text: String, _ word: [UInt8]) -> Bool {
      var text = text
      return text.withUTF8 { contains($0, word) }
    }

    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
      guard let start = text.baseAddress, let last = word.last else { return word.isEmpty }
      // The last byte of a Han character tells more than its first.
      var end = word.count
      while end <= text.count {
        if text[end - 1] == last,
          UnsafeBufferPointer(start: start + (end - word.count), count: word.count)
            .elementsEqual(word)
        {
          return true
        }
        end += 1
      }
      return false
    }
  }
}
