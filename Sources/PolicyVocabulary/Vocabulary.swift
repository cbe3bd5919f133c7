private import PolicyText

/// All words that reading rests on (词表), with categories, features and units, in one tree.
///
/// Rules ask for categories; a word is changed, added or taken away in a table below
/// `vocabulary/reading`, and nowhere else.
public struct Vocabulary: Sendable {
  /// What one spelling may stand for.
  public struct Entry: Sendable {
    /// The spelling.
    public let word: String
    /// Its meanings as a word; empty where it is a unit only.
    public internal(set) var senses: [WordSense] = []
    /// Its meaning as a unit behind a figure.
    public internal(set) var unit: MeasureUnit?
  }

  /// The tables that travel in the program.
  public static let standard = Vocabulary(
    words: VocabularyTable.wordTables.map(VocabularyTable.init), units: VocabularyTable("units"))

  /// All entries; a mark refers to its word by the place here.
  public let entries: [Entry]
  private let trie: WordTrie

  /// Collects the words of tables.
  ///
  /// Lines that are not well-formed are left out; a test finds them.
  package init(words: [VocabularyTable], units: VocabularyTable) {
    var entries: [Entry] = []
    var places: [String: Int] = [:]
    func entry(_ word: String) -> Int {
      if let place = places[word] { return place }
      places[word] = entries.count
      entries.append(Entry(word: word))
      return entries.count - 1
    }
    for line in words.flatMap(\.lines) {
      for sense in Self.senses(of: line) {
        for word in line.words { entries[entry(word)].senses.append(sense) }
      }
    }
    for line in units.lines {
      guard let unit = Self.unit(of: line) else { continue }
      for word in line.words { entries[entry(word)].unit = unit }
    }
    self.entries = entries
    trie = WordTrie(entries.map(\.word))
  }

  /// The meanings that a line of a word table gives to its words; empty where it is not well-formed.
  package static func senses(of line: VocabularyTable.Line) -> [WordSense] {
    guard line.columns.count == 2, let category = WordCategory(rawValue: line.columns[0]) else {
      return []
    }
    if line.columns[1] == "-" { return [WordSense(category: category, feature: nil)] }
    let features = line.columns[1].split(separator: ",").map { WordFeature(rawValue: String($0)) }
    return features.contains(nil)
      ? [] : features.map { WordSense(category: category, feature: $0) }
  }

  /// The unit that a line of the unit table tells of; nil where it is not well-formed.
  package static func unit(of line: VocabularyTable.Line) -> MeasureUnit? {
    guard line.columns.count == 3, let family = MeasureUnit.Family(rawValue: line.columns[0]),
      let factor = ExactNumber(decimal: line.columns[2])
    else { return nil }
    return MeasureUnit(family: family, name: line.columns[1], factor: factor)
  }

  /// Calls `found` with length and entry of each word that begins at `index`, shortest first.
  ///
  /// - Complexity: O(length of the longest word).
  @inline(__always)
  package func forEachWord(
    in text: [Unicode.Scalar], at index: Int, limit: Int,
    _ found: (_ length: Int, _ entry: Int) -> Void
  ) {
    trie.forEachWord(in: text, at: index, limit: limit, found)
  }
}
