internal import PolicyText

/// Which other words say the same as a word of a question: synonyms, aliases, what people say for what policies call it.
struct WordRelations: Sendable {
  /// A word that may stand for another.
  struct Variant: Hashable, Sendable {
    var word: String
    /// How well it stands for it: 1 for a synonym, less for a wider or a lay word.
    var strength: Float
  }

  private var variants: [String: [Variant]] = [:]
  /// Words that people say, for finding them in questions that no word boundary shows.
  private(set) var lay = WordSet<Bool>([] as [(word: String, value: Bool)])

  /// The relations that travel with the program.
  static let standard = WordRelations(
    synonyms: embeddedText("vocabulary/synonyms.txt"),
    layWords: embeddedText("vocabulary/lay-words.txt"))

  /// Reads `A = B = C` and `A > B` lines, and `A > B C` lines of lay words.
  init(synonyms: String, layWords: String) {
    for line in synonyms.split(separator: "\n") where !line.hasPrefix("#") {
      if line.contains(" = ") {
        let words = line.split(separator: "=").map { Self.trimmed($0) }
        for word in words {
          for other in words where other != word { add(other, to: word, strength: 1) }
        }
      } else {
        let sides = line.split(separator: ">").map { Self.trimmed($0) }
        if sides.count == 2 { add(sides[1], to: sides[0], strength: 0.85) }
      }
    }
    var found: [(word: String, value: Bool)] = []
    for line in layWords.split(separator: "\n") where !line.hasPrefix("#") {
      let sides = line.split(separator: ">").map { Self.trimmed($0) }
      guard sides.count == 2 else { continue }
      found.append((sides[0], true))
      for word in sides[1].split(separator: " ") {
        add(String(word), to: sides[0], strength: 0.8)
      }
    }
    lay = WordSet(found)
  }

  private mutating func add(_ word: String, to other: String, strength: Float) {
    guard word != other, !variants[other, default: []].contains(where: { $0.word == word }) else {
      return
    }
    variants[other, default: []].append(Variant(word: word, strength: strength))
  }

  private static func trimmed(_ part: Substring) -> String {
    var part = part
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }

  /// What may stand for a word, the word itself left out.
  func variants(of word: String) -> [Variant] { variants[word] ?? [] }
}
