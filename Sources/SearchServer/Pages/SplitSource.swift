internal import PolicyParser
internal import PolicyText

/// The text of a document on the page `/split`: a block a line, each stretch with the names of the ranges it lies in.
struct SplitSource {
  /// The longest text that is shown, in bytes.
  private static let longest = 400_000

  private let document: PolicyDocument
  private let key: String
  /// The ranges that fields were read from, in order, each once; a range's name is its place.
  private let ranges: [ByteRange]
  private let names: [ByteRange: Int]
  /// The lines that are shown.
  private let lines: [Line]

  /// What is said where not all of the text is shown.
  let cut: String?

  init(_ document: PolicyDocument, key: String, ranges: [ByteRange]) {
    self.document = document
    self.key = key
    let unique = Set(ranges).sorted {
      ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound)
    }
    self.ranges = unique
    names = Dictionary(uniqueKeysWithValues: unique.enumerated().map { ($1, $0) })
    let all = document.lines.filter { $0.role != .blank }
    lines = all.filter { $0.range.upperBound <= Self.longest }
    cut = lines.count < all.count ? "原文较长，这里只显示前一部分；清单按全文整理。" : nil
  }

  /// The link to the line where a range begins; nil where that is not shown.
  func address(of range: ByteRange) -> String? {
    let index = firstLine { $0.range.upperBound > range.lowerBound }
    return index < lines.count ? "#s-\(key)-\(index)" : nil
  }

  /// The names of ranges, as blocks bear them.
  func names(of ranges: [ByteRange]) -> String {
    ranges.compactMap { names[$0] }.map(String.init).joined(separator: " ")
  }

  /// A block a line, in order.
  var blocks: [[String: Any]] {
    var open: [Int] = []
    var next = 0
    return lines.enumerated().map { index, line in
      // The ranges that reach into this line; they are in order of their beginning.
      open.removeAll { ranges[$0].upperBound <= line.range.lowerBound }
      while next < ranges.count, ranges[next].lowerBound < line.range.upperBound {
        if ranges[next].upperBound > line.range.lowerBound { open.append(next) }
        next += 1
      }
      var block: [String: Any] = [
        "id": "s-\(key)-\(index)", "html": html(of: line.range, in: open),
      ]
      if let role = role(of: line.role) { block["role"] = role }
      return block
    }
  }

  private func html(of line: ByteRange, in open: [Int]) -> String {
    let bytes = document.source.text.bytes
    var end = line.upperBound
    while end > line.lowerBound, bytes[end - 1] <= 0x20 { end -= 1 }
    var cuts: Set<Int> = [line.lowerBound, end]
    for name in open {
      for place in [ranges[name].lowerBound, ranges[name].upperBound]
      where line.lowerBound < place && place < end { cuts.insert(place) }
    }
    let signs = markup(in: line)
    for sign in signs {
      cuts.insert(max(sign.lowerBound, line.lowerBound))
      cuts.insert(min(sign.upperBound, end))
    }
    let ordered = cuts.sorted()
    var html = ""
    for (low, high) in zip(ordered, ordered.dropFirst()) where low < end {
      let piece = ByteRange(low, high)
      if signs.contains(where: { $0.contains(piece) }) { continue }
      let words = HTMLText.escaped(document.source.text[piece])
      let inside = open.filter { ranges[$0].contains(piece) }
      html +=
        inside.isEmpty
        ? words
        : "<span data-w=\"\(inside.map(String.init).joined(separator: " "))\">\(words)</span>"
    }
    return html
  }

  private func markup(in line: ByteRange) -> [ByteRange] {
    let all = document.source.markup
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].upperBound > line.lowerBound { high = middle } else { low = middle + 1 }
    }
    return Array(all[low...].prefix { $0.lowerBound < line.upperBound })
  }

  private func firstLine(where isPast: (Line) -> Bool) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if isPast(lines[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func role(of role: LineRole) -> String? {
    switch role {
    case .title, .letterhead: "title"
    case .furniture, .pageInfo, .repeated, .contents: "furniture"
    case .signature, .date: "signature"
    case .addressees, .documentNumber, .annotation, .imprint: "note"
    default: nil
    }
  }
}
