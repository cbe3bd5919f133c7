internal import Indexer
internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// Finds the clauses that may answer: the engine's best documents, each clause of them looked at.
struct CandidateFinder {
  /// How many clauses the engine is asked for.
  private static let depth = 120
  /// How many documents are looked through.
  private static let documents = 10
  /// How many more by words that stand for those of the question.
  private static let more = 5

  let engine: SearchEngine
  let segmenter: Segmenter
  let question: Question
  let strict: Set<Aspect>

  /// What was found: documents as they were opened, candidates best first.
  struct Findings {
    var documents: [OpenDocument]
    var candidates: [Candidate]
  }

  /// The question's words with those that may stand for them; empty where none may.
  private var expanded: String {
    guard question.terms.contains(where: { !$0.variants.isEmpty }) else { return "" }
    return question.terms.flatMap { term in
      [term.word] + term.variants.prefix(3).map(\.word)
    }.joined(separator: " ")
  }

  func findings(today: CalendarDay) throws(IndexError) -> Findings {
    var keys: [String] = []
    var scores: [String: Float] = [:]
    // First the question as asked; then its words with what policies say instead.
    for (words, most) in [(question.text, Self.documents), (expanded, Self.documents + Self.more)]
    where !words.isEmpty {
      var query = SearchQuery(words)
      query.limit = Self.depth
      let result = try engine.search(query, today: today, withText: false)
      let best = Float(result.hits.first?.score ?? 1)
      let share: Float = most == Self.documents ? 1 : 0.9
      for hit in result.hits {
        if !keys.contains(hit.document.key) {
          guard keys.count < most else { continue }
          keys.append(hit.document.key)
        }
        let score = best > 0 ? share * Float(hit.score) / best : 0
        scores["\(hit.document.key) \(hit.clause)", default: 0] = max(
          score, scores["\(hit.document.key) \(hit.clause)"] ?? 0)
      }
    }
    let matcher = TermMatcher(question.terms, segmenter: segmenter)
    let documents = try engine.passages(of: keys).map {
      OpenDocument(
        $0, question: question, matcher: matcher, segmenter: segmenter, today: today)
    }
    var candidates: [Candidate] = []
    for (index, document) in documents.enumerated() {
      let reader = CandidateReader(
        document: document, question: question, matcher: matcher, strict: strict)
      let key = document.passages.summary.key
      for unit in document.passages.units.indices {
        let search = scores["\(key) \(document.passages.units[unit].path)"] ?? 0
        candidates.append(reader.candidate(index, unit: unit, search: search))
      }
    }
    candidates.sort { $0.score > $1.score }
    return Findings(documents: documents, candidates: Array(candidates.prefix(60)))
  }
}

/// Reads one document's clauses as candidates.
struct CandidateReader {
  /// The longest clause that is quoted whole, in scalars.
  private static let whole = 220
  /// From which share of the words in its title a document counts as named.
  private static let titled: Float = 0.4
  /// The longest quotation.
  private static let longest = 320
  /// The longest list of papers or conditions that is quoted whole.
  private static let longestList = 600

  let document: OpenDocument
  let question: Question
  let matcher: TermMatcher
  let strict: Set<Aspect>

  private var terms: [Question.Term] { question.terms }

  func candidate(_ index: Int, unit: Int, search: Float) -> Candidate {
    let passage = document.passages.units[unit]
    let text = document.text
    let range = text.trimmed(
      text.index(ofByte: passage.range.lowerBound)..<text.index(ofByte: passage.range.upperBound))
    let places = Array(occurrences(in: range))
    let own = matcher.strengths(of: places)
    let above = matcher.strengths(in: passage.heading + "\n" + passage.departments)
    let isOfDocument = speaksForDocument(passage)
    // Who names the document by its title asks of it what is not in the title.
    let named = 0.65 + 0.35 * min(1, share(document.title) / Self.titled)
    // What stands around the clause holds for it as well, the less the farther away.
    let around = terms.indices.map { term in
      max(
        0.85 * above[term],
        (isOfDocument || terms[term].isPlace ? 1 : named) * document.title[term],
        document.issuer[term],
        (isOfDocument ? (headingShows(passage) ? 0.6 : 0.35) : 0.2) * document.anywhere[term])
    }
    let strengths = zip(own, around).map { max($0, $1) }
    let sentences = Sentences.of(text, range)
    let picked = pick(sentences, range, places, around, passage)
    return Candidate(
      document: index, unit: unit, search: search, coverage: share(strengths),
      documentCoverage: share(document.anywhere),
      place: document.place(of: picked.sentence, asked: question.places), fit: picked.fit,
      focus: isOfDocument
        ? max(picked.focus, 0.8 * openShare(document.anywhere)) : picked.focus,
      dates: document.dates(in: range), shows: picked.shows,
      shownCoverage: picked.shownCoverage, isStatistic: picked.isStatistic,
      words: picked.words,
      sentence: picked.sentence, strengths: strengths, missing: document.missing,
      isLapsed: document.isLapsed, isOfYear: document.isOf(question.years, in: picked.words),
      isSecondHand: [.interpretation, .news, .list].contains(document.passages.triage))
  }

  private func occurrences(in range: Range<Int>) -> ArraySlice<TermMatcher.Occurrence> {
    let all = document.occurrences
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].start < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < all.count, all[end].start < range.upperBound { end += 1 }
    return all[low..<end]
  }

  /// The weighted share of the terms; a place that the document is of anyway is none of them.
  private func share(_ strengths: [Float]) -> Float {
    var (found, total): (Float, Float) = (0, 0)
    for index in terms.indices where !(terms[index].isPlace && document.title[index] == 1) {
      found += terms[index].weight * min(1, strengths[index])
      total += terms[index].weight
    }
    return total > 0 ? found / total : 1
  }

  // MARK: Choosing words

  private struct Picked {
    var words: Range<Int>
    var sentence: Range<Int>
    var fit: Float
    var focus: Float
    var shows: Bool
    var shownCoverage: Float
    var isStatistic: Bool
  }

  /// The weighted share of what the title leaves open: the words that tell one clause from the others.
  private func openShare(_ strengths: [Float]) -> Float {
    var (found, total): (Float, Float) = (0, 0)
    for (index, term) in terms.enumerated() where !term.isPlace {
      let weight = term.weight * (1 - 0.8 * max(document.title[index], document.issuer[index]))
      found += weight * strengths[index]
      total += weight
    }
    return total > 0 ? found / total : 0
  }

  private func pick(
    _ sentences: [Range<Int>], _ range: Range<Int>, _ places: [TermMatcher.Occurrence],
    _ around: [Float], _ passage: DocumentPassages.Unit
  ) -> Picked {
    guard !sentences.isEmpty else {
      return Picked(
        words: range, sentence: range, fit: 0, focus: 0, shows: false, shownCoverage: 0,
        isStatistic: false)
    }
    var best = (index: 0, value: Float(-1), fit: Float(0), isStatistic: false)
    var wide: [Float] = []
    var rows: [(covered: Float, shown: Float, isStatistic: Bool)] = []
    var focuses: [Float] = []
    for (index, sentence) in sentences.enumerated() {
      let found = matcher.strengths(of: places.lazy.filter { sentence.contains($0.start) })
      let covered = share(found)
      wide.append(share(zip(found, around).map { max($0, $1) }))
      focuses.append(openShare(found))
      let shown = shown(in: sentence)
      let isStatistic =
        question.aspects.contains(.amount) && document.evidence.isStatistic(sentence)
      rows.append((covered, shown, isStatistic))
      let fit = shown == 0 ? 0 : isStatistic ? 0.1 * shown : shown * (0.5 + 0.5 * covered)
      // What the title and the headings say holds for each sentence; its own words decide between them.
      let value = wide[index] + 0.3 * covered + 0.5 * focuses[index] + 0.8 * fit
      if value > best.value { best = (index, value, fit, isStatistic) }
    }
    var shows = speaksForDocument(passage) && rows.contains { $0.shown > 0 }
    var shownCoverage: Float = shows ? wide.max() ?? 0 : 0
    let most = rows.map(\.covered).max() ?? 0
    for (index, row) in rows.enumerated() where row.shown > 0 && !row.isStatistic {
      // The sentence itself speaks of the object, or goes on about that of the sentence before.
      let goesOn =
        index > 0 && rows[index - 1].covered >= 0.75 * most
        && !document.evidence.beginsAnew(sentences[index])
      if row.covered >= 0.5 * most || goesOn {
        shows = true
        shownCoverage = max(shownCoverage, wide[index], goesOn ? wide[index - 1] : 0)
      }
    }
    // A heading that names the element: 申报材料.
    var fit = best.fit
    if headingShows(passage) {
      fit = max(fit, 0.75)
      if !question.aspects.isEmpty {
        shows = true
        shownCoverage = max(shownCoverage, wide.max() ?? 0)
      }
    }
    if question.aspects.isEmpty, !passage.items.isEmpty { fit = max(fit, 0.4) }
    return Picked(
      words: extended(best.index, sentences, range), sentence: sentences[best.index], fit: fit,
      focus: focuses[best.index], shows: shows,
      shownCoverage: shownCoverage, isStatistic: best.isStatistic)
  }

  /// How much of what is asked a sentence shows, from 0 to 1: strict aspects count more than open ones.
  private func shown(in sentence: Range<Int>) -> Float {
    guard !question.aspects.isEmpty else { return 0.5 }
    let asked = question.aspects.filter(strict.contains)
    let decisive = asked.isEmpty ? question.aspects : asked
    let count = decisive.count { document.evidence.shows($0, in: sentence) }
    return Float(count) / Float(decisive.count)
  }

  /// Whether what the passage says holds for all that the document grants: its term, where to ask, a section of papers.
  private func speaksForDocument(_ passage: DocumentPassages.Unit) -> Bool {
    question.aspects.contains { aspect in
      switch aspect {
      case .phone, .url, .address, .hours, .validity: true
      case .material, .process, .window: headingShows(passage)
      default: false
      }
    }
  }

  private func headingShows(_ passage: DocumentPassages.Unit) -> Bool {
    // The heading above, or the words that the clause begins with.
    let start = document.text.index(ofByte: passage.range.lowerBound)
    let words = passage.heading + document.text.key(start..<min(start + 14, document.text.count))
    return question.aspects.contains { aspect in
      switch aspect {
      case .material: words.holds("材料") || words.holds("资料")
      case .process: words.holds("流程") || words.holds("程序")
      case .condition: words.holds("条件")
      case .audience: words.holds("对象") || words.holds("范围")
      case .window:
        words.holds("申报时间") || words.holds("申请时间") || words.holds("受理时间")
          || words.holds("申报期限")
      default: false
      }
    }
  }

  /// The best sentence with its neighbours, as far as they fit; a short clause whole.
  private func extended(
    _ index: Int, _ sentences: [Range<Int>], _ range: Range<Int>
  ) -> Range<Int> {
    let isList = question.aspects.contains {
      $0 == .material || $0 == .condition || $0 == .definition
    }
    if range.count <= (isList ? Self.longestList : Self.whole) {
      return sentences[0].lowerBound..<sentences[sentences.count - 1].upperBound
    }
    var (low, high) = (index, index)
    func length(_ low: Int, _ high: Int) -> Int {
      sentences[high].upperBound - sentences[low].lowerBound
    }
    // What follows explains more often than what stands before.
    while length(low, high) < Self.whole {
      if high + 1 < sentences.count, length(low, high + 1) <= Self.longest {
        high += 1
      } else if low > 0, length(low - 1, high) <= Self.longest {
        low -= 1
      } else {
        break
      }
    }
    return sentences[low].lowerBound..<sentences[high].upperBound
  }
}
