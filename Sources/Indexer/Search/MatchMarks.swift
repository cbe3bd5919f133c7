internal import PolicyText
internal import Segmenter

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
