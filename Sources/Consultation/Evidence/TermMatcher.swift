internal import PolicyText
internal import Segmenter

/// Finds the words of a question, and what may stand for them, in folded text: all of them in one pass.
struct TermMatcher {
  /// A word where it stands.
  struct Occurrence {
    /// Its place among the question's terms.
    var term: Int
    /// The index of its first scalar.
    var start: Int
    /// One past its last scalar.
    var end: Int
    /// How well it stands for the term; 0 for a part of it.
    var strength: Float
    /// Which part of the term it is, as a bit; 0 for the whole.
    var part: UInt32
  }

  private struct Pattern {
    var scalars: [UInt32]
    var term: Int
    var strength: Float
    var part: UInt32
  }

  /// How many parts each term has.
  private var partCounts: [Int] = []

  private var patterns: [UInt32: [Pattern]] = [:]
  /// Which scalars of the basic plane begin a pattern.
  private var begins = [Bool](repeating: false, count: 0x1_0000)
  private let segmenter: Segmenter

  init(_ terms: [Question.Term], segmenter: Segmenter) {
    self.segmenter = segmenter
    for (index, term) in terms.enumerated() {
      add(term.word, index, 1)
      for variant in term.variants { add(variant.word, index, variant.strength) }
      let parts = term.parts.filter { $0 != term.word }.prefix(8)
      for (place, part) in parts.enumerated() {
        add(part, index, 0, part: 1 << UInt32(place))
        for variant in WordRelations.standard.variants(of: part) {
          add(variant.word, index, 0, part: 1 << UInt32(place))
        }
      }
      // A name put together of one word and a single character is not found by that word alone.
      partCounts.append(term.pieces.count > 1 ? max(2, parts.count) : parts.count)
    }
  }

  private mutating func add(_ word: String, _ term: Int, _ strength: Float, part: UInt32 = 0) {
    let scalars = Self.folded(MatchText(SourceText(word)), segmenter)
    guard let first = scalars.first, first < 0x1_0000 else { return }
    begins[Int(first)] = true
    patterns[first, default: []].append(
      Pattern(scalars: scalars, term: term, strength: strength, part: part))
  }

  /// The scalars of a text in lower case and simplified, index for index.
  static func folded(_ text: MatchText, _ segmenter: Segmenter) -> [UInt32] {
    text.scalars.map { scalar in
      switch scalar.value {
      case 0x41...0x5A: scalar.value + 0x20
      case 0x4E00...0x9FFF: UInt32(segmenter.simplified(UInt16(scalar.value)))
      default: scalar.value
      }
    }
  }

  /// All occurrences, in order of their starts; they may overlap.
  ///
  /// - Complexity: O(*n*).
  func occurrences(in scalars: [UInt32]) -> [Occurrence] {
    var found: [Occurrence] = []
    for index in scalars.indices {
      let scalar = scalars[index]
      guard scalar < 0x1_0000, begins[Int(scalar)], let candidates = patterns[scalar] else {
        continue
      }
      for pattern in candidates {
        var place = index
        var matched = 0
        // A line break or a space inside a word does not part it.
        while matched < pattern.scalars.count, place < scalars.count {
          if scalars[place] == pattern.scalars[matched] {
            matched += 1
          } else if matched == 0 || (scalars[place] != 0x0A && scalars[place] != 0x20) {
            break
          }
          place += 1
        }
        if matched == pattern.scalars.count {
          found.append(
            Occurrence(
              term: pattern.term, start: index, end: place, strength: pattern.strength,
              part: pattern.part))
        }
      }
    }
    return found
  }

  /// How well each term is found by some occurrences: the whole word or one that stands for it, else its parts.
  func strengths(of occurrences: some Sequence<Occurrence>) -> [Float] {
    var strengths = [Float](repeating: 0, count: partCounts.count)
    var masks = [UInt32](repeating: 0, count: partCounts.count)
    for found in occurrences {
      strengths[found.term] = max(strengths[found.term], found.strength)
      masks[found.term] |= found.part
    }
    for term in partCounts.indices where masks[term] != 0 {
      let count = masks[term].nonzeroBitCount
      strengths[term] = max(
        strengths[term], count >= partCounts[term] && count >= 2 ? 0.8 : 0.4)
    }
    return strengths
  }

  /// How well each term is found in a short text.
  func strengths(in words: String) -> [Float] {
    strengths(of: occurrences(in: Self.folded(MatchText(SourceText(words)), segmenter)))
  }
}
