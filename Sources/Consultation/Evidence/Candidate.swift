internal import Indexer
internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// A clause that may answer, with the facts that speak for it.
struct Candidate {
  /// Its place among the documents read.
  var document: Int
  /// Its place among the document's units.
  var unit: Int
  /// The engine's score against that of the best, 0 to 1; 0 where the engine did not find it.
  var search: Float
  /// Which share of the question's words stands in the clause, its headings or its title, by weight.
  var coverage: Float
  /// Which share stands anywhere in the document.
  var documentCoverage: Float
  /// How the document lies to the places that the question names: 1 of it, .4 above it, 0 elsewhere.
  var place: Float
  /// How well the clause shows what is asked for.
  var fit: Float
  /// Which share of the words that the title leaves open stands in the best sentence itself.
  var focus: Float
  /// Which share of the months and days that the question names stands in the clause or, for half, in the document.
  var dates: Float
  /// Whether the clause shows it at all.
  var shows: Bool
  /// Which share of the words stands in the sentence that shows it, or above it.
  var shownCoverage: Float
  /// Whether what it shows is a statistic or the size of a fund.
  var isStatistic: Bool
  /// The sentences that answer best, as one range of the document's match text.
  var words: Range<Int>
  /// The one sentence that answers best.
  var sentence: Range<Int>
  /// How well each term is found.
  var strengths: [Float]
  /// The weight of the heaviest name that the document does not have.
  var missing: Float
  /// Whether the document is no longer in force.
  var isLapsed: Bool
  /// Whether the document is of a year that the question names, or holds in it, or speaks of it.
  var isOfYear: Bool
  /// Whether the document tells of a policy (解读, 新闻, 名单) and is none.
  var isSecondHand: Bool

  /// The sum that candidates are ordered by (weights: Benchmarks/ANSWERS.md).
  var score: Float {
    2.5 * search + 0.2 * coverage + 0.2 * documentCoverage + 0.4 * place + 0.5 * fit
      + 0.5 * focus + 0.3 * dates - missing - (isLapsed ? 0.07 : 0) - (isOfYear ? 0 : 0.5)
      - (isSecondHand ? 0.13 : 0)
  }
}

extension Candidate {
  /// How much speaks for an answer from this clause, against a refusal: above 0 it is given.
  ///
  /// The weights are those of a logistic regression (Benchmarks/ANSWERS.md): that the engine puts the clause first
  /// among all, how much the question tells in all, how much of it the document has, how much of what the title
  /// leaves open the sentence has, and which share of the question a name is that the document does not have.
  ///
  /// - Parameter weight: ``Question/weight``.
  /// - Returns: The logarithm of the odds for an answer.
  func confidence(weight: Float) -> Float {
    9 * search + 0.8 * Logarithm.of(weight) + 0.7 * documentCoverage + 0.6 * focus
      - 4.8 * min(1, missing / weight) - 8.5
  }
}

/// A document that is looked through, folded once.
struct OpenDocument {
  let passages: DocumentPassages
  let text: MatchText
  let evidence: EvidenceReader
  /// Where the question's words stand, in order.
  let occurrences: [TermMatcher.Occurrence]
  /// How well each term is found in the title and the names around the text.
  let title: [Float]
  /// How well each term is found in the names of the issuers.
  let issuer: [Float]
  /// The weight of the heaviest name of the question that the document does not have.
  let missing: Float
  /// How well each term is found anywhere.
  let anywhere: [Float]
  let place: Float
  /// Whether it is no longer in force.
  let isLapsed: Bool
  /// Months and days that the question names, as texts write them.
  private let asked: [[UInt32]]
  /// Which share of them the document has.
  private let datesAnywhere: Float
  /// Names of cities and counties where they stand; only in documents that name the place asked for among others.
  private let mentions: [(index: Int, name: String)]

  init(
    _ passages: DocumentPassages, question: Question, matcher: TermMatcher, segmenter: Segmenter,
    today: CalendarDay
  ) {
    self.passages = passages
    isLapsed = passages.summary.status(on: today) == .lapsed
    text = passages.matchText
    evidence = EvidenceReader(text: text)
    let scalars = TermMatcher.folded(text, segmenter)
    occurrences = matcher.occurrences(in: scalars)
    let summary = passages.summary
    let fit = PlaceFit(summary: summary, text: text)
    var title = matcher.strengths(
      in: summary.title + "\n" + summary.issuers + "\n" + (summary.number ?? ""))
    for (index, term) in question.terms.enumerated() where term.isPlace && fit.isOrigin(term.word) {
      title[index] = 1
    }
    self.title = title
    issuer = matcher.strengths(in: summary.issuers)
    let anywhere = zip(title, matcher.strengths(of: occurrences)).map { max($0, $1) }
    self.anywhere = anywhere
    missing =
      zip(question.terms, anywhere).filter { term, strength in
        term.isTerm && !term.isPlace && strength < 0.5
          && !(term.isUnknown && term.pieces.count > 1)
      }.map(\.0.weight).max() ?? 0
    place = fit.value(of: question.places)
    asked = question.dates.map { $0.unicodeScalars.map(\.value) }
    datesAnywhere = asked.isEmpty ? 0 : Self.share(of: asked, in: text.scalars.map(\.value)[...])
    // In a report on several places the one named last before a passage is the one it speaks of.
    let isReport = !question.places.isEmpty && !question.places.contains { fit.isOrigin($0) }
    mentions = isReport && place > 0.4 ? fit.mentions() : []
  }

  /// Whether it is of one of some years, holds in one, or says one in `range`; true where none is asked for.
  func isOf(_ years: [Int], in range: Range<Int>) -> Bool {
    guard !years.isEmpty else { return true }
    let summary = passages.summary
    let words = summary.title + (summary.number ?? "") + text.key(range)
    return years.contains { year in
      if summary.date?.year == year || words.contains("\(year)") { return true }
      guard let from = summary.effectiveFrom?.year ?? summary.date?.year else { return true }
      guard let until = summary.effectiveUntil?.year else {
        return year >= from && year <= from + 5
      }
      return year >= from && year <= until
    }
  }

  /// Which share of the months and days of the question stands in some words or, for half, in the document.
  func dates(in range: Range<Int>) -> Float {
    guard datesAnywhere > 0 else { return 0 }
    let words = text.scalars[range].map(\.value)
    return max(0.5 * datesAnywhere, Self.share(of: asked, in: words[...]))
  }

  private static func share(of dates: [[UInt32]], in words: ArraySlice<UInt32>) -> Float {
    let found = dates.count { date in
      guard words.count >= date.count else { return false }
      return (words.startIndex...(words.endIndex - date.count)).contains { start in
        words[start] == date[0] && words[start..<start + date.count].elementsEqual(date)
      }
    }
    return Float(found) / Float(dates.count)
  }

  /// How a passage lies to the places that the question names.
  func place(of range: Range<Int>, asked: [String]) -> Float {
    guard !mentions.isEmpty else { return place }
    if mentions.contains(where: { range.contains($0.index) && asked.contains($0.name) }) {
      return place
    }
    guard let last = mentions.last(where: { $0.index < range.lowerBound }) else {
      return 0.5 * place
    }
    return asked.contains(last.name) ? place : 0.3 * place
  }
}

/// How a document lies to the places that a question names.
struct PlaceFit {
  let summary: DocumentSummary
  let text: MatchText

  /// 1 where it is of every place named, .7 where its text names it, .4 where it is of a place above it, 0 elsewhere.
  ///
  /// Without a place, 1.
  func value(of places: [String]) -> Float {
    guard !places.isEmpty else { return 1 }
    let origin = (summary.region ?? "") + summary.issuers + summary.title
    var sum: Float = 0
    for place in places {
      if origin.holds(place) {
        // A province is asked for, and this is of a city of it.
        let isBelow =
          !(summary.issuers + summary.title).holds(place)
          && !(summary.region.map { $0.hasPrefix(place) && $0.count <= place.count + 1 } ?? false)
        sum += isBelow ? 0.85 : 1
      } else if isNamed(place) {
        sum += 0.7
      } else if isAbove(place) {
        sum += 0.4
      }
    }
    return sum / Float(places.count)
  }

  /// Whether a place is in the region, an issuer's name or the title.
  func isOrigin(_ place: String) -> Bool {
    ((summary.region ?? "") + summary.issuers + summary.title).holds(place)
  }

  /// The names of cities and counties in the text, in order.
  func mentions() -> [(index: Int, name: String)] {
    let gazetteer = Gazetteer.standard
    var found: [(index: Int, name: String)] = []
    var index = 0
    while index < text.count {
      guard text[index].isHan,
        let match = gazetteer.anyName(in: text, at: index, limit: text.count),
        let place = match.places.first, gazetteer.places[place].level >= .city
      else {
        index += 1
        continue
      }
      found.append((index, gazetteer.places[place].shortName))
      index += match.length
    }
    return found
  }

  private func isNamed(_ place: String) -> Bool {
    let name = MatchText(SourceText(place)).scalars
    guard let first = name.first, text.count >= name.count else { return false }
    for index in 0...(text.count - name.count) where text[index] == first {
      if (0..<name.count).allSatisfy({ text[index + $0] == name[$0] }) { return true }
    }
    return false
  }

  private func isAbove(_ place: String) -> Bool {
    if summary.level == .national { return true }
    guard let region = summary.region, !region.isEmpty else { return false }
    let gazetteer = Gazetteer.standard
    let match = MatchText(SourceText(place))
    guard let found = gazetteer.anyName(in: match, at: 0, limit: match.count) else { return false }
    return found.places.contains { gazetteer.path($0).hasPrefix(region) }
  }
}
