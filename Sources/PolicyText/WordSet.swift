/// Some words to look for in folded text, each with a value.
///
/// One pass finds any of hundreds of words; a list of literals would be a pass for each.
package struct WordSet<Value: Sendable>: Sendable {
  /// A word where it stands.
  package struct Match {
    /// The scalars of the word.
    package let range: Range<Int>
    /// What the word stands for.
    package let value: Value
  }

  private var trie = ScalarTrie()
  private var values: [Value] = []

  /// Collects words with their values; of a word given twice the first stays.
  package init(_ words: some Sequence<(word: String, value: Value)>) {
    for (word, value) in words where !word.isEmpty {
      if trie.insert(word, value: values.count) { values.append(value) }
    }
  }

  /// Collects words by what they stand for, with white space between them.
  package init(_ groups: KeyValuePairs<Value, String>) {
    self.init(
      groups.flatMap { value, words in
        words.split(whereSeparator: \.isWhitespace).map { (word: String($0), value: value) }
      })
  }

  /// The longest word that begins at an index and ends below `limit`.
  package func longest(in text: MatchText, at index: Int, limit: Int) -> Match? {
    trie.longest(in: text, at: index, limit: limit).map {
      Match(range: index..<(index + $0.length), value: values[$0.value])
    }
  }

  /// The first word in `range`, the longest where several begin there.
  ///
  /// - Complexity: O(*n*).
  package func first(in text: MatchText, _ range: Range<Int>) -> Match? {
    trie.first(in: text, range).map { Match(range: $0.range, value: values[$0.value]) }
  }

  /// The word in `range` that begins last.
  package func last(in text: MatchText, _ range: Range<Int>) -> Match? {
    trie.last(in: text, range).map { Match(range: $0.range, value: values[$0.value]) }
  }

  /// All words in `range` from left to right, not overlapping.
  package func all(in text: MatchText, _ range: Range<Int>) -> [Match] {
    var matches: [Match] = []
    var start = range.lowerBound
    while start < range.upperBound, let found = trie.first(in: text, start..<range.upperBound) {
      matches.append(Match(range: found.range, value: values[found.value]))
      start = found.range.upperBound
    }
    return matches
  }

  /// Whether any of the words stands in `range`.
  package func isIn(_ text: MatchText, _ range: Range<Int>) -> Bool {
    trie.first(in: text, range) != nil
  }
}

extension WordSet where Value == Bool {
  /// Collects words that stand for nothing but themselves.
  package init(_ words: String...) {
    self.init(
      words.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map {
        (word: String($0), value: true)
      })
  }
}
