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

  /// The words of `bytes` in `range` as HTML: what `marks` cover in `<mark>`, signs of Markdown left out,
  /// anchors put before the bytes they name, line breaks as `<br>`.
  static func marked(
    _ bytes: [UInt8], _ range: ByteRange, marks: [ByteRange], leavingOut: [ByteRange] = [],
    anchors: [Int: String] = [:]
  ) -> String {
    var cuts: Set<Int> = [range.lowerBound, range.upperBound]
    for mark in marks + leavingOut where mark.overlaps(range) {
      cuts.insert(max(mark.lowerBound, range.lowerBound))
      cuts.insert(min(mark.upperBound, range.upperBound))
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
      html += marks.contains { $0.contains(piece) } ? "<mark>\(words)</mark>" : words
    }
    return html
  }
}

extension CalendarDay {
  /// 2026年3月1日.
  var inChinese: String { "\(year)年\(month)月\(day)日" }
}
