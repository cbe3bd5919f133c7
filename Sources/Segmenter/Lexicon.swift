internal import PolicyText

/// The domain's vocabulary: terms that ICU's dictionary would cut apart, with the cuts worth keeping.
///
/// Written in a text file: `[section]`, `# comment`, one term a line, optionally `term = part part`.
public struct Lexicon: Sendable {
  /// A term's end: how its parts divide it, in scalars from its start.
  struct Entry: Sendable {
    var parts: [Range<Int>]
  }

  private var terms = ScalarTrie()
  private var entries: [Entry] = []
  /// Hash of the vocabulary, a part of the index's stamp.
  public let fingerprint: UInt64

  /// The vocabulary that travels with the program.
  public static let standard = Lexicon(parsing: embeddedText("vocabulary/lexicon.txt"))

  /// Number of terms.
  public var count: Int { entries.count }

  /// Reads a vocabulary.
  ///
  /// - Parameter file: The vocabulary's text: every line but comments and sections is a term.
  /// - Complexity: O(*n*).
  public init(parsing file: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in file.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    fingerprint = hash
    for line in file.split(separator: "\n") {
      guard let first = line.first, first != "#", first != "[" else { continue }
      let sides = line.split(separator: "=", maxSplits: 1)
      guard let term = sides.first?.split(separator: " ").first, term.unicodeScalars.count >= 2
      else {
        continue
      }
      let parts = sides.count > 1 ? sides[1].split(separator: " ") : []
      if terms.insert(term, value: entries.count) {
        entries.append(Entry(parts: Self.cuts(of: Array(term.unicodeScalars), parts: parts)))
      }
    }
  }

  /// Where the parts stand in the term; parts may lie inside each other.
  private static func cuts(of term: [Unicode.Scalar], parts: [Substring]) -> [Range<Int>] {
    parts.compactMap { part in
      let scalars = Array(part.unicodeScalars)
      guard !scalars.isEmpty, scalars.count < term.count else { return nil }
      let place = (0...(term.count - scalars.count)).first {
        term[$0..<($0 + scalars.count)].elementsEqual(scalars)
      }
      return place.map { $0..<($0 + scalars.count) }
    }
  }

  /// The longest term that begins at `index` of the folded `scalars`.
  ///
  /// - Returns: Its length in scalars with its entry, or nil.
  func longestTerm(in scalars: [UInt16], at index: Int) -> (length: Int, entry: Entry)? {
    let found = terms.longest(at: index) { $0 < scalars.count ? UInt32(scalars[$0]) : 0 }
    return found.map { ($0.length, entries[$0.value]) }
  }
}
