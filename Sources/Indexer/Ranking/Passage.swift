internal import PolicyText
internal import Segmenter

/// A piece of a clause that is ranked by itself, with its terms.
struct Passage: Sendable {
  /// Where it stands in the document's text.
  var range: ByteRange
  /// Terms in order of the text, each as often as it stands; title and the document's first words counted in.
  var terms: [RankingTerm.Key]
  /// How many of the terms are of what stands before the passage.
  var prefix: Int
  /// The number of terms, the last characters of longer rows not counted in.
  var length: Int
}

/// Cuts clauses into passages and counts their terms.
struct PassageCutter {
  /// A passage has at least so many scalars, where its clause has (150 or a natural clause).
  private static let least = 150
  let segmenter: Segmenter

  /// The passages of a clause.
  ///
  /// - Parameters:
  ///   - text: The document's text.
  ///   - range: The clause.
  ///   - prefix: Folded scalars put before each passage: title, headings, first words.
  /// - Returns: At least one where the clause has words.
  func passages(of text: SourceText, _ range: ByteRange, prefix: [UInt32]) -> [Passage] {
    Self.ranges(of: text.bytes, range).map { passage(text.bytes, $0, prefix) }
  }

  /// Where a clause is cut.
  static func ranges(of bytes: [UInt8], _ range: ByteRange) -> [ByteRange] {
    var ranges: [ByteRange] = []
    var start = range.lowerBound
    var scalars = 0
    var index = start
    while index < range.upperBound {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80 { scalars += 1 }
      index += 1
      guard scalars >= least, ends(bytes, at: index, limit: range.upperBound),
        range.upperBound - index > least * 2
      else { continue }
      ranges.append(ByteRange(start, index))
      start = index
      scalars = 0
    }
    if start < range.upperBound { ranges.append(ByteRange(start, range.upperBound)) }
    return ranges
  }

  /// Whether a sentence ends just before `index`: 。 ； or a line break.
  private static func ends(_ bytes: [UInt8], at index: Int, limit: Int) -> Bool {
    if bytes[index - 1] == 0x0A { return true }
    guard index >= 3 else { return false }
    let last = (bytes[index - 3], bytes[index - 2], bytes[index - 1])
    return last == (0xE3, 0x80, 0x82) || last == (0xEF, 0xBC, 0x9B)
  }

  /// One passage.
  func passage(_ bytes: [UInt8], _ range: ByteRange, _ prefix: [UInt32]) -> Passage {
    let scalars = fold(bytes, in: range.lowerBound..<range.upperBound)
    var terms: [RankingTerm.Key] = []
    terms.reserveCapacity(prefix.count + scalars.count + 2)
    var ends = 0
    func add(_ part: [UInt32]) {
      let addEnd = { (key: RankingTerm.Key) in
        terms.append(key)
        ends += 1
      }
      RankingTerm.forEach(in: part, ends: addEnd) { terms.append($0) }
    }
    add(prefix)
    let before = terms.count
    add(scalars)
    return Passage(range: range, terms: terms, prefix: before, length: terms.count - ends)
  }

  /// Scalars as terms are cut from.
  func fold(_ bytes: [UInt8], in range: Range<Int>? = nil) -> [UInt32] {
    RankingTerm.fold(bytes, in: range) { segmenter.simplified($0) }
  }
}
