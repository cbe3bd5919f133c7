internal import PolicyText
internal import Segmenter

/// Makes FTS5 patterns of our own tokens; nothing a user types reaches FTS5's query language.
enum MatchPattern {
  /// The pattern of a query: any of its words; where it has phrases, all their characters.
  ///
  /// - Returns: nil where the query has neither.
  static func pattern(for analysis: QueryAnalysis) -> String? {
    let phrases = analysis.phrases.map { phrase in
      "(" + characters(of: phrase).map(quoted).joined(separator: " AND ") + ")"
    }
    if !phrases.isEmpty { return phrases.joined(separator: " AND ") }
    guard !analysis.terms.isEmpty else { return nil }
    return analysis.terms.map(quoted).joined(separator: " OR ")
  }

  /// What of a phrase surely stands in the index: each Han character, each run of letters and digits.
  private static func characters(of phrase: String) -> [String] {
    var found: [String] = []
    for scalar in phrase.unicodeScalars where scalar.isHan {
      let character = String(scalar)
      if !found.contains(character) { found.append(character) }
    }
    return found.isEmpty ? [phrase] : found
  }

  private static func quoted(_ term: String) -> String {
    "\""
      + TokenStream.encode([Token(range: ByteRange(0, 0), term: term, kind: .word)])
      .replacing("\"", with: "\"\"") + "\""
  }
}

/// Where the words of a query stand in a clause.
enum MatchMarks {
  /// The ranges that matched, in order, not overlapping; a part inside a marked word is not marked again.
  static func marks(
    of analysis: QueryAnalysis, in words: String, segmenter: Segmenter
  ) -> [ByteRange] {
    // A single character says something only where the query has nothing longer.
    let long = analysis.terms.filter {
      $0.unicodeScalars.count > 1 || !($0.unicodeScalars.first?.isHan ?? false)
    }
    let terms = Set(long.isEmpty ? analysis.terms : long)
    let bytes = Array(words.utf8)
    var ranges = segmenter.tokens(of: bytes, withParts: true)
      .filter { terms.contains($0.term) }.map(\.range)
    ranges.sort { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    var marks: [ByteRange] = []
    for range in ranges {
      guard let last = marks.last, range.lowerBound <= last.upperBound else {
        marks.append(range)
        continue
      }
      if range.upperBound > last.upperBound {
        marks[marks.count - 1] = ByteRange(last.lowerBound, range.upperBound)
      }
    }
    return marks
  }
}
