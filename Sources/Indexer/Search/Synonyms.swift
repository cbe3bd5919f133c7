internal import PolicyText

/// Words that stand for each other (同义词、简称、曾用名), from `synonyms.txt`, and what policies call what people say, from
/// `lay-words.txt`.
struct Synonyms: Sendable {
  private var words = ScalarTrie()
  /// For each word those that it also finds.
  private var others: [[String]] = []

  /// The lists that travel with the program.
  static let standard = Synonyms(
    parsing: embeddedText("vocabulary/synonyms.txt") + "\n"
      + embeddedText("vocabulary/lay-words.txt"))

  /// Reads lines `A = B = C` (each finds all others) and `A > B C` (A finds B and C too).
  init(parsing file: String) {
    var table: [String: [String]] = [:]
    func trimmed(_ part: Substring) -> String {
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    for line in file.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("[") {
      if line.contains(">") {
        let sides = line.split(separator: ">").map(trimmed)
        if sides.count == 2 {
          table[sides[0], default: []] += sides[1].split(separator: " ").map(String.init)
        }
      } else {
        let same = line.split(separator: "=").map(trimmed)
        guard same.count > 1 else { continue }
        for word in same { table[word, default: []] += same.filter { $0 != word } }
      }
    }
    for (word, found) in table.sorted(by: { $0.key < $1.key })
    where words.insert(word, value: others.count) { others.append(found) }
  }

  /// The words of the list that stand in `text`, the longest first at each place, with what they also find.
  func found(in text: String) -> [(word: String, others: [String])] {
    let scalars = Array(text.unicodeScalars)
    var result: [(word: String, others: [String])] = []
    var index = 0
    while index < scalars.count {
      let match = words.longest(at: index) { $0 < scalars.count ? scalars[$0].value : 0 }
      if let match {
        let word = String(String.UnicodeScalarView(scalars[index..<(index + match.length)]))
        if !result.contains(where: { $0.word == word }) {
          result.append((word, others[match.value]))
        }
        index += match.length
      } else {
        index += 1
      }
    }
    return result
  }
}
