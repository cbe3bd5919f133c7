internal import PolicyParser
internal import PolicyText

/// Text made safe for a page, with marks.
enum HTMLText {
  /// `text` with the characters that HTML takes for signs escaped.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Of ranges in order of the text, none within another, those that overlap one.
  ///
  /// - Complexity: O(log *n*) and what is found.
  static func overlapping(_ ranges: [ByteRange], _ range: ByteRange) -> ArraySlice<ByteRange> {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < ranges.count, ranges[end].lowerBound < range.upperBound { end += 1 }
    return ranges[low..<end]
  }

  /// The words of `bytes` in `range` as HTML: what `marks` cover in `<mark>`, signs of Markdown left out,
  /// anchors put before the bytes they name, terms as links to what they mean, line breaks as `<br>`.
  ///
  /// The ranges of `marks` and `leavingOut` are in order of the text.
  static func marked(
    _ bytes: [UInt8], _ range: ByteRange, marks: [ByteRange], leavingOut: [ByteRange] = [],
    anchors: [Int: String] = [:], terms: [TermLink] = []
  ) -> String {
    var cuts: Set<Int> = [range.lowerBound, range.upperBound]
    let marks = overlapping(marks, range)
    let leavingOut = overlapping(leavingOut, range)
    for mark in marks + leavingOut where mark.overlaps(range) {
      cuts.insert(max(mark.lowerBound, range.lowerBound))
      cuts.insert(min(mark.upperBound, range.upperBound))
    }
    for term in terms where term.range.overlaps(range) {
      cuts.insert(max(term.range.lowerBound, range.lowerBound))
      cuts.insert(min(term.range.upperBound, range.upperBound))
    }
    for place in anchors.keys where range.contains(place) { cuts.insert(place) }
    let ordered = cuts.sorted()
    var html = ""
    for (start, end) in zip(ordered, ordered.dropFirst()) {
      if let anchor = anchors[start] { html += "<span id=\"\(anchor)\"></span>" }
      let piece = ByteRange(start, end)
      if leavingOut.contains(where: { $0.contains(piece) }) { continue }
      let words = escaped(String(decoding: bytes[start..<end], as: UTF8.self))
        .replacing("\n", with: "<br>")
      let inner = marks.contains { $0.contains(piece) } ? "<mark>\(words)</mark>" : words
      if let term = terms.first(where: { $0.range.contains(piece) }) {
        html +=
          "<a class=\"term\" href=\"\(escaped(term.url))\" title=\"\(escaped(term.meaning))\">\(inner)</a>"
      } else {
        html += inner
      }
    }
    return html
  }
}

/// A term of the glossary where it stands in a text.
struct TermLink {
  var range: ByteRange
  var url: String
  var meaning: String
}

extension CalendarDay {
  /// 2026年3月1日.
  var inChinese: String { "\(year)年\(month)月\(day)日" }
}
