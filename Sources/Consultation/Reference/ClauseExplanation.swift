public import Indexer
internal import PolicyText
internal import Segmenter

/// A passage of an interpretation (政策解读) that explains a clause of the document it is about.
public struct ClauseExplanation: Sendable {
  /// The clause that is explained: its id.
  public let clause: String
  /// The public name of the interpretation.
  public let document: String
  /// The passage of the interpretation that explains it: its id.
  public let passage: String
  /// How the passage begins.
  public let heading: String

  /// The least share of a passage's pairs of characters that the clause must have.
  private static let likeness = 0.3
  /// How far the best clause must stand above the second.
  private static let margin = 1.25

  /// For each passage of the interpretations of a document the clause that it is most like, where one stands out.
  ///
  /// - Parameters:
  ///   - stored: The document.
  ///   - mentions: The documents that speak of it.
  ///   - store: The index.
  /// - Returns: The explanations, in order of the interpretations' texts.
  /// - Throws: ``IndexError``.
  public static func all(
    of stored: StoredDocument, by mentions: [DocumentMention], in store: IndexStore
  ) throws(IndexError) -> [ClauseExplanation] {
    let keys = mentions.filter { $0.relation == .interpretation }.map(\.summary.key)
    guard !keys.isEmpty else { return [] }
    let engine = SearchEngine(store)
    let own = try engine.passages(of: [stored.summary.key])
    guard let document = own.first else { return [] }
    let clauses = document.units.filter { !$0.path.hasPrefix("p") }.map {
      (path: $0.path, pairs: pairs(of: document.source.text[$0.range]))
    }
    // Pairs that half of the clauses have tell none apart.
    var counts: [UInt64: Int] = [:]
    for clause in clauses { for pair in clause.pairs { counts[pair, default: 0] += 1 } }
    let common = Set(counts.filter { $0.value * 4 > clauses.count && clauses.count > 4 }.keys)
    var found: [ClauseExplanation] = []
    for interpretation in try engine.passages(of: keys) {
      for unit in interpretation.units where unit.range.count >= 60 {
        let words = interpretation.source.text[unit.range]
        let pairs = pairs(of: words).subtracting(common)
        guard pairs.count >= 12 else { continue }
        let shares = clauses.map { clause in
          Double(clause.pairs.intersection(pairs).count) / Double(pairs.count)
        }
        guard let best = shares.max(), let index = shares.firstIndex(of: best) else { continue }
        let second = shares.enumerated().filter { $0.offset != index }.map(\.element).max() ?? 0
        guard best >= likeness, best >= margin * second else { continue }
        found.append(
          ClauseExplanation(
            clause: clauses[index].path, document: interpretation.summary.key, passage: unit.path,
            heading: beginning(of: words)))
      }
    }
    return found
  }

  private static func pairs(of words: String) -> Set<UInt64> {
    var pairs: Set<UInt64> = []
    var before: UInt64 = 0
    for scalar in words.unicodeScalars {
      guard scalar.isHan || scalar.isDigit else {
        before = 0
        continue
      }
      if before != 0 { pairs.insert(before << 32 | UInt64(scalar.value)) }
      before = UInt64(scalar.value)
    }
    return pairs
  }

  private static func beginning(of words: String) -> String {
    var result = ""
    for character in words {
      if character.isNewline || "。？?".contains(character), result.count >= 4 { break }
      if character != "*", character != "#", !(character.isWhitespace) { result.append(character) }
      if result.count >= 28 { return result + "……" }
    }
    return result
  }
}
