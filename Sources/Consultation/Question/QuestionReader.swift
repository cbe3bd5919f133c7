internal import Indexer
internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// Reads a question: cues of what is asked, places, years, and the words of the object that remain.
struct QuestionReader {
  /// The most scalars of a question that are read.
  static let longest = 400
  /// What a word counts for that is no term, in a question that tells a story.
  private static let told: Float = 0.6
  /// The most words of an object.
  private static let mostTerms = 24

  let segmenter: Segmenter
  let engine: SearchEngine
  private let vocabulary = AspectVocabulary.standard
  private let relations = WordRelations.standard

  private let regions: RegionNames

  init(segmenter: Segmenter, engine: SearchEngine, regions: RegionNames) {
    self.segmenter = segmenter
    self.engine = engine
    self.regions = regions
  }

  /// Reads a question.
  ///
  /// - Throws: ``IndexError`` where the index cannot say how common its words are.
  func question(_ words: String) throws(IndexError) -> Question {
    let text = Self.clean(words, segmenter)
    let match = MatchText(SourceText(text))
    var covered = [Bool](repeating: false, count: match.count)
    let aspects = readAspects(match, &covered)
    let days = DayWords(match, covering: &covered)
    let places = readPlaces(match, regions, &covered)
    var question = Question(
      text: text, aspects: aspects, terms: [], places: places, years: days.years, isPersonal: false,
      isImplied: false, sums: [])
    question.terms = try readTerms(match, covered, places)
    question.sums = readSums(match)
    question.dates = days.dates
    question.numbers = DocumentNumberReader(match).numbers(in: 0..<match.count).map {
      $0.number.description
    }
    question.isPersonal = Self.personal.isIn(match, 0..<match.count)
    // 首次认定 奖励: a benefit is named and nothing asked of it, so what it gives is.
    if aspects.isEmpty, question.terms.contains(where: { Self.benefits.contains($0.word) }) {
      question.aspects = [.amount]
      question.isImplied = true
    }
    return question
  }

  /// The question with simplified characters, without controls, single characters set apart by spaces joined.
  static func clean(_ words: String, _ segmenter: Segmenter) -> String {
    var scalars: [Unicode.Scalar] = []
    for scalar in SourceTextScalars.of(words).prefix(longest) {
      if (0x4E00...0x9FFF).contains(scalar.value) {
        scalars.append(
          Unicode.Scalar(segmenter.simplified(UInt16(scalar.value))) ?? scalar)
      } else {
        scalars.append(scalar)
      }
    }
    // 工 作 日: each character by itself between spaces.
    func isHan(_ index: Int) -> Bool { scalars.indices.contains(index) && scalars[index].isHan }
    func isSpace(_ index: Int) -> Bool {
      scalars.indices.contains(index) && (scalars[index] == " " || scalars[index] == "\u{3000}")
    }
    func isAlone(_ index: Int) -> Bool {
      isHan(index) && !isHan(index - 1) && !isHan(index + 1)
    }
    var result = String.UnicodeScalarView()
    for index in scalars.indices {
      if isSpace(index), isAlone(index - 1), isAlone(index + 1) { continue }
      result.append(scalars[index])
    }
    return String(result)
  }

  /// What is asked for.
  ///
  /// A noun of an element (申报材料) is asked for only where no other element is asked for in words.
  private func readAspects(_ text: MatchText, _ covered: inout [Bool]) -> [Aspect] {
    let cues = vocabulary.words.all(in: text, 0..<text.count)
    func isPlain(_ cue: WordSet<Aspect>.Match) -> Bool {
      cue.value == .amount && cue.range.count <= 2 && text[cue.range.lowerBound] == "多"
    }
    func isAsking(_ cue: WordSet<Aspect>.Match) -> Bool {
      cue.range.contains { Self.asking.contains(text[$0]) }
    }
    let asked = cues.filter {
      vocabulary.strict.contains($0.value) && isAsking($0) && !isPlain($0)
    }
    var found: [Aspect] = []
    for cue in cues {
      // 好几家: many, and no question.
      if text[cue.range.lowerBound] == "几", text[cue.range.lowerBound - 1] == "好" { continue }
      let isTopic =
        vocabulary.strict.contains(cue.value) && !isAsking(cue)
        && asked.contains { $0.value != cue.value }
      if isTopic { continue }
      for index in cue.range { covered[index] = true }
      // 多少万以下的项目: a threshold is asked for, and no sum that is given.
      if cue.value == .amount, isAsking(cue),
        Self.bounds.contains(where: { text.has($0, at: cue.range.upperBound) })
      {
        if !found.contains(.threshold) { found.append(.threshold) }
        continue
      }
      // 电话是多少: the sum is not what is asked.
      if isPlain(cue),
        cues.contains(where: { vocabulary.strict.contains($0.value) && !isPlain($0) })
      {
        continue
      }
      if !found.contains(cue.value) { found.append(cue.value) }
    }
    return found
  }

  private static let telling = Set("我你他她咱您吗呢吧的了，。？".unicodeScalars)
  private static let asking = Set("什哪几多怎谁何吗".unicodeScalars)
  private static let bounds: [StaticString] = ["以下", "以上", "以内", "才能", "起步"]

  /// What is asked of a person and not of a policy.
  private static let personal = WordSet(
    "手机号 身份证号 家庭住址 领导姓名 局长是谁 区长是谁 市长是谁 工资多少 私人电话 银行卡号 住在哪里 他的电话 她的电话")

  /// Sums of 亿元: in a question such a sum is quoted from a report or a fund.
  private func readSums(_ text: MatchText) -> [String] {
    QuantityScanner(text: text).quantities(in: 0..<text.count).filter { $0.kind == .money }
      .map { text.key($0.range) }.filter { $0.hasSuffix("亿元") }
  }

  private func readPlaces(_ text: MatchText, _ regions: RegionNames, _ covered: inout [Bool])
    -> [String]
  {
    let gazetteer = Gazetteer.standard
    var names: [String] = []
    var index = 0
    while index < text.count {
      if !covered[index], let (name, length) = regions.name(in: text, at: index) {
        if !names.contains(name) { names.append(name) }
        for place in index..<(index + length) { covered[place] = true }
        index += length
        continue
      }
      guard !covered[index],
        let found = gazetteer.anyName(in: text, at: index, limit: text.count),
        let place = found.places.first
      else {
        index += 1
        continue
      }
      let name = gazetteer.places[place].shortName
      if name.unicodeScalars.count >= 2, !names.contains(name) { names.append(name) }
      for place in index..<(index + found.length) { covered[place] = true }
      index += found.length
    }
    return names
  }

  /// The words that are no cue, no place and no function word, with how rare they are.
  private func readTerms(
    _ text: MatchText, _ covered: [Bool], _ places: [String]
  ) throws(IndexError) -> [Question.Term] {
    var pieces: [String] = []
    var start: Int?
    func close(_ end: Int) {
      if let from = start, from < end { pieces.append(text.string(from..<end)) }
      start = nil
    }
    for index in 0..<text.count {
      if covered[index] || text[index].isBlank {
        close(index)
      } else if start == nil {
        start = index
      }
    }
    close(text.count)
    let stop = StopPhrases.standard
    var terms: [Question.Term] = []
    for place in places {
      terms.append(
        Question.Term(
          word: place, weight: 0, isTerm: true, isUnknown: false, isPlace: true, variants: [],
          parts: [], pieces: [place]))
    }
    for name in Self.names(in: text) {
      let tokens = segmenter.tokens(of: name)
      let parts = tokens.map(\.term).filter { $0.unicodeScalars.count >= 2 && $0 != name }
      add(
        WordJoiner.Word(text: name, kind: .name, parts: parts, pieces: tokens.map(\.term)),
        to: &terms)
    }
    for piece in pieces {
      for words in stop.pieces(of: piece) { append(words, to: &terms) }
    }
    terms.removeAll { term in
      !term.isPlace
        && places.contains { place in
          term.word == place
            || term.word.count == place.count + 1 && term.word.hasPrefix(place)
              && "省市区县州盟旗".contains(term.word.last ?? " ")
        }
    }
    terms = Array(terms.prefix(Self.mostTerms))
    let isTerse = text.count <= 18 && !(0..<text.count).contains { Self.telling.contains(text[$0]) }
    return try weighted(terms, isTerse: isTerse)
  }

  /// Words in quotation marks: names that no dictionary knows.
  private static func names(in text: MatchText) -> [String] {
    var names: [String] = []
    var index = 0
    while index < text.count {
      guard text[index] == "“" || text[index] == "\"" else {
        index += 1
        continue
      }
      var end = index + 1
      while end < text.count, end - index < 14, text[end] != "”", text[end] != "\"" { end += 1 }
      if end < text.count, text[end] == "”" || text[end] == "\"", end - index >= 3 {
        names.append(text.key((index + 1)..<end))
      }
      index = end + 1
    }
    return names
  }

  private func append(_ words: String, to terms: inout [Question.Term]) {
    // What people say stands out first: no dictionary of documents knows these words.
    let match = MatchText(SourceText(words))
    let tokens = segmenter.tokens(of: Array(words.utf8), withParts: true)
    var index = 0
    var rest: [Range<Int>] = []
    for lay in relations.lay.all(in: match, 0..<match.count) {
      if tokens.areCut(by: match.bytes(lay.range)) { continue }
      if lay.range.lowerBound > index { rest.append(index..<lay.range.lowerBound) }
      add(WordJoiner.Word(text: match.key(lay.range), kind: .said, parts: []), to: &terms)
      index = lay.range.upperBound
    }
    if index < match.count { rest.append(index..<match.count) }
    for range in rest {
      let bytes = Array(match.string(range).utf8)
      let found = WordJoiner.words(of: segmenter.tokens(of: bytes, withParts: true), in: bytes)
      var next = 0
      while next < found.count {
        // 房租|补助: two words that have a synonym as one.
        if next + 1 < found.count {
          let both = found[next].text + found[next + 1].text
          if !relations.variants(of: both).isEmpty, match.key(range).contains(both) {
            add(
              WordJoiner.Word(
                text: both, kind: .term, parts: [found[next].text, found[next + 1].text],
                pieces: [found[next].text, found[next + 1].text]), to: &terms)
            next += 2
            continue
          }
        }
        add(found[next], to: &terms)
        next += 1
      }
    }
  }

  private func add(_ word: WordJoiner.Word, to terms: inout [Question.Term]) {
    guard !Self.functionWords.contains(word.text), !terms.contains(where: { $0.word == word.text })
    else { return }
    terms.append(
      Question.Term(
        word: word.text, weight: 0, isTerm: word.kind != .word && word.kind != .said,
        isUnknown: false, isPlace: false, variants: relations.variants(of: word.text),
        parts: word.parts, pieces: word.pieces.isEmpty ? [word.text] : word.pieces))
  }

  /// Words that name what policies give.
  private static let benefits: Set<String> = [
    "补贴", "补助", "奖励", "资助", "奖补", "贴息", "减免", "返还", "报销", "抵税", "免租", "奖金", "退税", "租金补贴",
    "房租补贴", "社保补贴", "贷款贴息", "租房补贴", "购房补贴", "住房补贴", "一次性奖励", "一次性补贴", "补偿", "免税", "减税",
  ]

  /// Words without an object of their own: 那会儿, 自个儿, 我司.
  private static let functionWords = Set(
    embeddedText("vocabulary/spoken-words.txt").split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }.flatMap { $0.split(separator: " ").map(String.init) })

  private func weighted(_ terms: [Question.Term], isTerse: Bool) throws(IndexError) -> [Question
    .Term]
  {
    var words: [[String]] = []
    for term in terms {
      words.append(term.pieces)
      words += term.variants.map { [$0.word] }
    }
    let found = try engine.frequencies(of: words)
    var next = 0
    return terms.map { term in
      var term = term
      let own = found[next]
      let others = found[(next + 1)..<(next + 1 + term.variants.count)]
      next += 1 + term.variants.count
      let most = max(own.units, others.map(\.units).max() ?? 0)
      term.isUnknown = most == 0
      // Of words with variants the commonest decides: it is what the documents say.
      term.weight = Self.rarity(most, of: own.total)
      if term.isUnknown {
        // In a few bare words each counts; in a story many words are only told.
        term.weight = term.isTerm && term.pieces.count == 1 ? 1 : isTerse ? 0.7 : 0.2
      } else if !isTerse, !term.isTerm {
        // Who tells a story uses words that no policy needs.
        term.weight *= Self.told
      }
      return term
    }
  }

  /// 1 for a word of a single clause, 0 for one of every clause.
  static func rarity(_ count: Int, of total: Int) -> Float {
    guard total > 1 else { return 1 }
    let (most, this) = (Logarithm.of(Float(total) + 1), Logarithm.of(Float(count) + 1))
    return max(0.02, 1 - this / most)
  }
}

/// The natural logarithm without Foundation.
enum Logarithm {
  /// ln *x* for *x* > 0, to five digits.
  static func of(_ value: Float) -> Float {
    // value = m · 2^e with 1 ≤ m < 2; ln m by the series of artanh.
    let exponent = value.exponent
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    let series = ratio * (2 + square * (2 / 3 + square * (2 / 5 + square * 2 / 7)))
    return series + Float(exponent) * 0.693_147_2
  }
}

/// The scalars of what people type, control characters as spaces.
enum SourceTextScalars {
  static func of(_ words: String) -> [Unicode.Scalar] {
    words.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
  }
}

/// Words of questions that say nothing about what is asked for.
struct StopPhrases: Sendable {
  private let words: WordSet<Bool>

  /// The list that travels with the program.
  static let standard = StopPhrases(parsing: embeddedText("vocabulary/stop-phrases.txt"))

  init(parsing file: String) {
    words = WordSet(
      file.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("[") }
        .map { (word: String($0), value: true) })
  }

  /// What is left of `text` between the phrases.
  func pieces(of text: String) -> [String] {
    let match = MatchText(SourceText(text))
    var pieces: [String] = []
    var index = 0
    for phrase in words.all(in: match, 0..<match.count) {
      if phrase.range.lowerBound > index {
        pieces.append(match.string(index..<phrase.range.lowerBound))
      }
      index = phrase.range.upperBound
    }
    if index < match.count { pieces.append(match.string(index..<match.count)) }
    return pieces
  }
}
