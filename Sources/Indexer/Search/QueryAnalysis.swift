internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// A query taken apart: words to rank by, phrases that must stand, words that must not.
struct QueryAnalysis {
  /// The most words that are ranked by.
  static let mostTerms = 48

  /// Folded words, each once, in the order of the query, with the words inside terms.
  var terms: [String] = []
  /// The words of two characters or more, without those inside others.
  var words: [String] = []
  /// What is ranked by: the query without numbers, exclusions and words of questions.
  var rest = ""
  /// Short names of the places that the query names: their documents come first.
  var places: [String] = []
  /// What else the query is understood to ask for.
  var hints: [QueryHint] = []
  /// Folded phrases without white space.
  var phrases: [String] = []
  /// Folded words or phrases that a hit must not have.
  var exclusions: [String] = []
  /// Document numbers in the words.
  var numbers: [DocumentNumber] = []
  /// Numbers without the issuing code: 〔2024〕6号.
  var serials: [(year: Int, serial: Int)] = []
  /// Both as they stand in the query.
  var numberTexts: [String] = []
  /// Whether words were left out because there are too many.
  var isCut = false

  /// Takes a query apart.
  ///
  /// The argument `withWords`: whether words are cut, which scoring by pairs alone does not need. `ignoring`: document
  /// numbers that are words like others.
  init(
    _ words: String, segmenter: Segmenter, withWords: Bool = true, ignoring: [String] = []
  ) {
    let clean = SourceText(words).withoutControls
    let text = MatchText(clean)
    var rest: [Range<Int>] = []
    let numbers = DocumentNumberReader(text).numbers(in: 0..<text.count).filter {
      !ignoring.contains(text.string($0.range))
    }
    self.numbers = numbers.map(\.number)
    var covered = numbers.map(\.range)
    for found in Self.serials(in: text)
    where !covered.contains(where: { $0.overlaps(found.range) })
      && !ignoring.contains(where: { $0.contains(text.string(found.range)) })
    {
      serials.append((found.year, found.serial))
      covered.append(found.range)
    }
    numberTexts = covered.map { text.string($0) }
    var index = 0
    var start = 0
    func close(_ end: Int) {
      if end > start { rest.append(start..<end) }
    }
    while index < text.count {
      if let number = covered.first(where: { $0.contains(index) }) {
        close(index)
        index = number.upperBound
        start = index
      } else if let end = Self.quoteEnd(in: text, at: index) {
        close(index)
        let phrase = segmenter.folded(text.string((index + 1)..<end))
        if !phrase.isEmpty { phrases.append(phrase) }
        rest.append((index + 1)..<end)
        index = end + 1
        start = index
      } else if text[index] == "-", index + 1 < text.count, !text[index + 1].isBlank,
        index == 0 || text[index - 1].isBlank
      {
        close(index)
        var end = index + 1
        if let quoted = Self.quoteEnd(in: text, at: end) {
          exclusions.append(segmenter.folded(text.string((end + 1)..<quoted)))
          end = quoted + 1
        } else {
          while end < text.count, !text[end].isBlank { end += 1 }
          exclusions.append(segmenter.folded(text.string((index + 1)..<end)))
        }
        index = end
        start = index
      } else {
        index += 1
      }
    }
    close(text.count)
    exclusions.removeAll(where: \.isEmpty)
    readTerms(of: rest.map { text.string($0) }, segmenter, withWords: withWords)
  }

  /// Whether there are words or phrases to rank by.
  var hasWords: Bool { !phrases.isEmpty || rest.contains { $0.isLetter || $0.isNumber } }

  private mutating func readTerms(
    of parts: [String], _ segmenter: Segmenter, withWords: Bool
  ) {
    var seen: Set<String> = []
    for part in parts {
      let words = StopPhrases.standard.removed(from: part)
      rest += (rest.isEmpty ? "" : " ") + words
      guard withWords else { continue }
      for token in segmenter.tokens(of: Array(words.utf8), withParts: true) {
        // A single character inside a word says too little; the words inside a term do not.
        if token.kind == .part, token.term.unicodeScalars.count < 2 { continue }
        guard seen.insert(token.term).inserted else { continue }
        if token.kind != .part, token.term.unicodeScalars.count >= 2 {
          self.words.append(token.term)
        }
        guard terms.count < Self.mostTerms else {
          isCut = true
          return
        }
        terms.append(token.term)
      }
    }
  }

  /// Where a quotation ends that begins at `index`; nil where none begins, or none ends.
  private static func quoteEnd(in text: MatchText, at index: Int) -> Int? {
    let close: Unicode.Scalar
    switch text[index] {
    case "\"": close = "\""
    case "“": close = "”"
    default: return nil
    }
    var end = index + 1
    while end < text.count, text[end] != close, !(close == "”" && text[end] == "\"") { end += 1 }
    return end < text.count && end > index + 1 ? end : nil
  }

  /// 〔2024〕6号 without a code before it.
  private static func serials(
    in text: MatchText
  ) -> [(year: Int, serial: Int, range: Range<Int>)] {
    var found: [(year: Int, serial: Int, range: Range<Int>)] = []
    var index = 0
    while index < text.count {
      if text[index] == "[" || text[index] == "(", let match = serial(in: text, at: index) {
        found.append((match.year, match.serial, index..<match.end))
        index = match.end
      } else {
        index += 1
      }
    }
    return found
  }

  private static func serial(in text: MatchText, at open: Int) -> (
    year: Int, serial: Int, end: Int
  )? {
    func digits(_ index: Int) -> (value: Int, end: Int)? {
      var end = index
      var value = 0
      while end < text.count, end - index < 6, text[end].isDigit {
        value = value * 10 + Int(text[end].value - 0x30)
        end += 1
      }
      return end > index ? (value, end) : nil
    }
    guard let year = digits(open + 1), 1_949...2_099 ~= year.value,
      text[year.end] == "]" || text[year.end] == ")", let serial = digits(year.end + 1),
      text[serial.end] == "号"
    else { return nil }
    return (year.value, serial.value, serial.end + 1)
  }
}
