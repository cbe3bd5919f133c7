internal import PolicyParser
internal import PolicyText

/// Writes running text of a document as XML: title, number, dates, issuers and references in their elements.
struct InlineWriter {
  /// A stretch of the text that has an element of its own.
  private struct Mark {
    var range: ByteRange
    var element: String
    var attributes: String
    /// Whether it needs an eId of its own, by this name.
    var short: String?
  }

  private let text: SourceText
  private let markup: [ByteRange]
  private let marks: [Mark]
  private let places: [ByteRange]

  init(_ document: PolicyDocument, ids: [String: String]) {
    text = document.source.text
    markup = document.source.markup
    let all = Self.head(document.head) + Self.references(document, ids)
    // What overlaps with an earlier one is left as words; the head goes first.
    var kept: [Mark] = []
    for mark in all.enumerated().sorted(by: {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }) where mark.element.range.lowerBound >= (kept.last?.range.upperBound ?? 0) {
      if !mark.element.range.isEmpty { kept.append(mark.element) }
    }
    marks = kept
    places = kept.map(\.range)
  }

  private static func head(_ head: DocumentHead) -> [Mark] {
    var marks: [Mark] = []
    func add(_ range: ByteRange?, _ element: String, _ attributes: String = "") {
      if let range { marks.append(Mark(range: range, element: element, attributes: attributes)) }
    }
    add(head.title?.range, "docTitle")
    for title in head.payloadTitles { add(title.range, "docTitle") }
    add(head.documentNumber?.range, "docNumber")
    for issuer in head.issuers { add(issuer.range, "docAuthority") }
    for date in [head.signedOn, head.printedOn, head.publishedOn] {
      if let date { add(date.range, "docDate", " date=\"\(date.value)\"") }
    }
    return marks
  }

  private static func references(_ document: PolicyDocument, _ ids: [String: String]) -> [Mark] {
    document.references.compactMap { reference in
      let address: String
      switch reference.target {
      case .document(let title, let number):
        address = Identification.address(number: number, title: title)
      case .clause(let id):
        guard let eId = id.flatMap({ ids[$0] }) else { return nil }
        address = "#" + eId
      }
      return Mark(
        range: reference.range, element: "ref",
        attributes: " href=\"\(MarkupText.escaped(address))\"", short: "ref")
    }
  }

  /// The sign of Markdown that holds a byte.
  func markup(at offset: Int) -> ByteRange? {
    let index = Self.first(in: markup) { $0.upperBound > offset }
    return index < markup.count && markup[index].contains(offset) ? markup[index] : nil
  }

  /// The words of a range, escaped, without the signs of Markdown.
  func text(_ range: ByteRange) -> String {
    var result = ""
    var at = range.lowerBound
    var index = Self.first(in: markup) { $0.upperBound > range.lowerBound }
    while at < range.upperBound {
      let sign = index < markup.count ? markup[index] : nil
      let stop = min(range.upperBound, max(at, sign?.lowerBound ?? range.upperBound))
      result += MarkupText.escaped(text[ByteRange(at, stop)])
      at = max(stop, min(range.upperBound, sign?.upperBound ?? range.upperBound))
      index += 1
    }
    return result
  }

  /// The words of a range with the elements that stand in it.
  func xml(_ range: ByteRange, below parent: String) -> String {
    var result = ""
    var at = range.lowerBound
    var index = Self.first(in: places) { $0.upperBound > range.lowerBound }
    while index < marks.count, marks[index].range.lowerBound < range.upperBound {
      let mark = marks[index]
      let inside = ByteRange(
        max(at, mark.range.lowerBound), min(range.upperBound, mark.range.upperBound))
      let words = text(inside)
      result += text(ByteRange(at, inside.lowerBound))
      let isWhole = inside == mark.range
      // A reference that is cut by a line is one element only where it is whole.
      if words.isEmpty || mark.short != nil && !isWhole {
        result += words
      } else {
        // The mark's place makes the eId unique without a count.
        let eId = mark.short.map { " eId=\"\(parent)__\($0)_\(index + 1)\"" } ?? ""
        result += "<\(mark.element)\(eId)\(mark.attributes)>\(words)</\(mark.element)>"
      }
      at = inside.upperBound
      index += 1
    }
    return result + text(ByteRange(at, range.upperBound))
  }

  /// The first place in a sorted list where `isPast` holds.
  private static func first(in ranges: [ByteRange], _ isPast: (ByteRange) -> Bool) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if isPast(ranges[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
