import PolicyText
package import PolicyVocabulary

/// A clause with all marks that rules look at: words with their categories, figures, spans of time, brackets and
/// stops (标注).
///
/// Marks may overlap; what a stretch stands for is decided later, by ``Chart``. Made in one pass.
package struct MarkedClause: Sendable {
  /// A word of the vocabulary where it stands.
  package struct Word: Sendable {
    /// The scalars of the word.
    package let range: Range<Int>
    /// Its place in ``Vocabulary/entries``.
    package let entry: Int
  }

  /// The words of the clause.
  package let text: ClauseText
  /// The vocabulary of the words.
  package let vocabulary: Vocabulary
  /// Words in order of their starts, shorter ones first.
  package let words: [Word]
  /// Figures in order; they do not overlap.
  package let figures: [Figure]
  /// Spans of time in order; they overlap neither each other nor a figure.
  package let dates: [DateSpan]
  /// How many brackets are open at each scalar; quotes and book marks count as brackets.
  package let depth: [UInt8]
  private let firstWord: [Int32]
  private let byEnd: [Int32]
  private let firstByEnd: [Int32]
  private let figureAt: [Int32]

  /// Marks a clause.
  ///
  /// - Complexity: O(*n*) with the longest word as factor.
  package init(_ text: ClauseText, vocabulary: Vocabulary = .standard) {
    self.text = text
    self.vocabulary = vocabulary
    depth = BracketDepth.depths(text)
    var words: [Word] = []
    var firstWord: [Int32] = []
    firstWord.reserveCapacity(text.count + 1)
    for index in 0..<text.count {
      firstWord.append(Int32(words.count))
      vocabulary.forEachWord(in: text.scalars, at: index, limit: text.count) { length, entry in
        words.append(Word(range: index..<(index + length), entry: entry))
      }
    }
    firstWord.append(Int32(words.count))
    self.words = words
    self.firstWord = firstWord
    (byEnd, firstByEnd) = Self.sortedByEnd(words, count: text.count)
    (figures, dates) = Self.figuresAndDates(text, vocabulary, words)
    var figureAt = [Int32](repeating: -1, count: text.count + 1)
    for (number, figure) in figures.enumerated() {
      for index in figure.range { figureAt[index] = Int32(number) }
    }
    self.figureAt = figureAt
  }

  /// The places of `words` in order of their ends, and where the words of each end begin (a counting sort).
  private static func sortedByEnd(
    _ words: [Word], count: Int
  ) -> (byEnd: [Int32], first: [Int32]) {
    var first = [Int32](repeating: 0, count: count + 2)
    for word in words { first[word.range.upperBound + 1] += 1 }
    for index in 1..<first.count { first[index] += first[index - 1] }
    var next = first
    var byEnd = [Int32](repeating: 0, count: words.count)
    for (place, word) in words.enumerated() {
      byEnd[Int(next[word.range.upperBound])] = Int32(place)
      next[word.range.upperBound] += 1
    }
    return (byEnd, first)
  }

  /// All figures and spans of time.
  ///
  /// Where a longer word that begins before covers a numeral (500强 in 世界500强, 一次性), the word counts.
  private static func figuresAndDates(
    _ text: ClauseText, _ vocabulary: Vocabulary, _ words: [Word]
  ) -> (figures: [Figure], dates: [DateSpan]) {
    let reader = FigureReader(text: text, vocabulary: vocabulary, limit: text.count)
    let dateReader = DateReader(text: text, vocabulary: vocabulary, limit: text.count)
    var figures: [Figure] = []
    var dates: [DateSpan] = []
    var covered = 0
    var next = 0
    var index = 0
    while index < text.count {
      while next < words.count, words[next].range.lowerBound <= index {
        let word = words[next]
        let starts = word.range.lowerBound
        if starts < index || vocabulary.coversNumeral(word.entry) {
          covered = max(covered, vocabulary.hidesNumeral(word.entry) ? word.range.upperBound : 0)
        }
        next += 1
      }
      guard covered <= index, startsNumeral(text, index) else {
        index += 1
        continue
      }
      if let date = dateReader.span(at: index) {
        dates.append(date)
        index = date.range.upperBound
      } else if let figure = reader.figure(at: index) {
        figures.append(figure)
        index = max(figure.end, index + 1)
      } else {
        index += 1
      }
    }
    return (FigureRuns.shared(figures, text), dates)
  }

  /// Whether a numeral may begin at `index`: not inside a Latin word or another numeral.
  private static func startsNumeral(_ text: ClauseText, _ index: Int) -> Bool {
    let scalar = text[index]
    if scalar.isASCIIDigit {
      return !text[index - 1].isASCIIDigit && !text[index - 1].isLetter && text[index - 1] != "."
    }
    return Numeral.isChineseDigit(scalar) || "百千万壹贰叁".unicodeScalars.contains(scalar)
  }

  /// Number of scalars.
  package var count: Int { text.count }

  /// The longest word of `category` that begins at `index`.
  package func word(_ category: WordCategory, at index: Int) -> (end: Int, feature: WordFeature?)? {
    guard index >= 0, index < count else { return nil }
    for place in stride(from: Int(firstWord[index + 1]) - 1, through: Int(firstWord[index]), by: -1)
    {
      for sense in vocabulary.entries[words[place].entry].senses where sense.category == category {
        return (words[place].range.upperBound, sense.feature)
      }
    }
    return nil
  }

  /// The longest word of `category` that ends before `end`.
  package func word(
    _ category: WordCategory, endingAt end: Int
  ) -> (start: Int, feature: WordFeature?)? {
    guard end > 0, end <= count else { return nil }
    for place in Int(firstByEnd[end])..<Int(firstByEnd[end + 1]) {
      let word = words[Int(byEnd[place])]
      for sense in vocabulary.entries[word.entry].senses where sense.category == category {
        return (word.range.lowerBound, sense.feature)
      }
    }
    return nil
  }

  /// The end of the longest word that begins at `index`; `index` where none does.
  package func longestWord(at index: Int) -> Int {
    let last = Int(firstWord[index + 1]) - 1
    return last >= Int(firstWord[index]) ? words[last].range.upperBound : index
  }

  /// The first word of `category` in `range`, the longest where several begin there.
  package func first(
    _ category: WordCategory, in range: Range<Int>
  ) -> (range: Range<Int>, feature: WordFeature?)? {
    for index in range {
      if let word = word(category, at: index), word.end <= range.upperBound {
        return (index..<word.end, word.feature)
      }
    }
    return nil
  }

  /// The last word of `category` in `range`, the longest where several end there.
  package func last(
    _ category: WordCategory, in range: Range<Int>
  ) -> (range: Range<Int>, feature: WordFeature?)? {
    for end in stride(from: range.upperBound, to: range.lowerBound, by: -1) {
      if let word = word(category, endingAt: end), word.start >= range.lowerBound {
        return (word.start..<end, word.feature)
      }
    }
    return nil
  }

  /// Whether a word of `category` stands in `range`.
  package func has(_ category: WordCategory, in range: Range<Int>) -> Bool {
    first(category, in: range) != nil
  }

  /// The figure whose scalars hold `index`; nil where none does.
  package func figure(covering index: Int) -> Int? {
    index >= 0 && index < count && figureAt[index] >= 0 ? Int(figureAt[index]) : nil
  }

  /// The figures that begin in `range`.
  package func figures(in range: Range<Int>) -> Range<Int> {
    let low = lowerBound(range.lowerBound)
    return low..<max(low, lowerBound(range.upperBound))
  }

  private func lowerBound(_ index: Int) -> Int {
    var low = 0
    var high = figures.count
    while low < high {
      let middle = (low + high) / 2
      if figures[middle].range.lowerBound < index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Vocabulary {
  /// Whether the numerals inside a word are none of their own: 一事一议, 世界500强, 第一.
  func hidesNumeral(_ entry: Int) -> Bool {
    entries[entry].senses.contains {
      switch $0.category {
      case .period, .onceWord, .negotiated, .serviceWord, .honourName, .listHead, .yearlyWord,
        .exclusivity, .stage, .industry, .subject:
        true
      default: false
      }
    }
  }

  /// Whether a word that begins with a numeral hides it too: 一次性, 一事一议, 三年累计.
  func coversNumeral(_ entry: Int) -> Bool { hidesNumeral(entry) }
}
