internal import PolicyText
internal import Segmenter

/// Words that stand for each other (同义词、简称、曾用名), from `synonyms.txt`, and what policies call what people say (口语说法),
/// from `lay-words.txt`.
struct Synonyms: Sendable {
  /// What a word also finds.
  private struct Entry {
    var others: [String]
    /// Whether people say it, so that it may stand inside a longer word by chance.
    var isLay: Bool
  }

  private var words = ScalarTrie()
  private var entries: [Entry] = []

  /// The lists that travel with the program.
  static let standard = Synonyms(
    parsing: embeddedText("vocabulary/synonyms.txt"),
    layWords: embeddedText("vocabulary/lay-words.txt"))

  /// Reads lines `A = B = C` (each finds all others) and `A > B C` (A finds B and C too).
  init(parsing file: String, layWords: String = "") {
    var table = Self.table(file)
    let known = Set(table.keys)
    table.merge(Self.table(layWords)) { $0 + $1 }
    for (word, others) in table.sorted(by: { $0.key < $1.key })
    where words.insert(word, value: entries.count) {
      entries.append(Entry(others: others, isLay: !known.contains(word)))
    }
  }

  private static func table(_ file: String) -> [String: [String]] {
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
    return table
  }

  /// The words of the lists that stand in `text`, the longest first at each place, with what they also find.
  ///
  /// Where a segmenter is given, no word that people say cuts a term apart.
  func found(in text: String, _ segmenter: Segmenter? = nil) -> [(word: String, others: [String])] {
    let scalars = Array(text.unicodeScalars)
    var result: [(word: String, others: [String])] = []
    var tokens: [Token]?
    func cuts(_ range: Range<Int>) -> Bool {
      guard let segmenter else { return false }
      func size(_ part: Range<Int>) -> Int { scalars[part].reduce(0) { $0 + $1.utf8.count } }
      let all = tokens ?? segmenter.tokens(of: Array(text.utf8), withParts: true)
      tokens = all
      let start = size(0..<range.lowerBound)
      return all.areCut(by: ByteRange(start, start + size(range)))
    }
    var index = 0
    while index < scalars.count {
      let match = words.longest(at: index) { $0 < scalars.count ? scalars[$0].value : 0 }
      guard let match, case let range = index..<(index + match.length),
        !(entries[match.value].isLay && cuts(range))
      else {
        index += 1
        continue
      }
      let word = String(String.UnicodeScalarView(scalars[range]))
      if !result.contains(where: { $0.word == word }) {
        result.append((word, entries[match.value].others))
      }
      index = range.upperBound
    }
    return result
  }

  /// What a whole word also finds.
  func others(of word: String) -> [String] {
    found(in: word).first { $0.word == word }?.others ?? []
  }
}
