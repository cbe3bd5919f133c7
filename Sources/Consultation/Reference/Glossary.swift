package import PolicyText

/// Terms of the field explained in plain words, each with its source (用语解释).
public struct Glossary: Sendable {
  /// One term.
  public struct Entry: Hashable, Sendable {
    /// The term.
    public let term: String
    /// Other names of it.
    public let aliases: [String]
    /// What it means, in plain words of ours.
    public let explanation: String
    /// The document that fixes the meaning.
    public let source: String
  }

  /// The terms, in the order of the file.
  public let entries: [Entry]
  private let words: WordSet<Int>

  /// The glossary that travels with the program.
  public static let standard = Glossary(parsing: embeddedText("vocabulary/glossary.tsv"))

  /// Reads a table: term, aliases joined by 、 or `-`, explanation, source.
  init(parsing file: String) {
    var entries: [Entry] = []
    var words: [(word: String, value: Int)] = []
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t").map(String.init)
      guard columns.count == 4 else { continue }
      let aliases = columns[1] == "-" ? [] : columns[1].split(separator: "、").map(String.init)
      for word in [columns[0]] + aliases { words.append((word, entries.count)) }
      entries.append(
        Entry(term: columns[0], aliases: aliases, explanation: columns[2], source: columns[3]))
    }
    self.entries = entries
    self.words = WordSet(words)
  }

  /// The entry with a term or one of its names.
  public func entry(named name: String) -> Entry? {
    entries.first { $0.term == name || $0.aliases.contains(name) }
  }

  /// The terms that stand in a text, each once, in order of their first place.
  package func terms(in text: MatchText) -> [(entry: Entry, range: ByteRange)] {
    var seen: Set<Int> = []
    return words.all(in: text, 0..<text.count).compactMap { match in
      seen.insert(match.value).inserted
        ? (entries[match.value], text.bytes(match.range)) : nil
    }
  }
}
