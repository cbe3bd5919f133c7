internal import PolicyParser
internal import PolicyText

/// A document as it is compared: its folded words without form, cut into units in order of the text.
struct DifferenceText {
  /// A clause's own words, or a line outside the clauses.
  struct Unit {
    /// The clause; nil for a line outside.
    let clause: Clause?
    /// The unit that it stands below; -1 at the top.
    let parent: Int
    /// Its own words in the source.
    let range: ByteRange
    /// Its words with its label, among ``DifferenceText/scalars``.
    let whole: Range<Int>
    /// Its words without the label.
    let body: Range<Int>
    /// One past the last unit below it.
    var end: Int
  }

  let document: PolicyDocument
  /// The folded text that ``places`` refer to.
  private let text: MatchText
  /// What is compared.
  let scalars: [UInt32]
  /// The place of each scalar in the folded text.
  private let places: [UInt32]
  private(set) var units: [Unit] = []

  init(_ document: PolicyDocument) {
    self.document = document
    text = MatchText(document.source.text, markup: Self.form(of: document))
    (scalars, places) = Self.compared(text, in: 0..<text.count)
    var line = 0
    cut(document.outline, document.source.text.range, below: -1, line: &line)
  }

  /// The scalars of a folded text that are compared, with their places.
  private static func compared(
    _ text: MatchText, in range: Range<Int>
  ) -> (scalars: [UInt32], places: [UInt32]) {
    var scalars: [UInt32] = []
    var places: [UInt32] = []
    scalars.reserveCapacity(range.count)
    places.reserveCapacity(range.count)
    for index in range {
      var value = text.scalars[index].value
      switch value {
      case 0x20, 0x0A: continue
      case 0x201C, 0x201D: value = 0x22
      case 0x2D where scalars.last == 0x2D: continue
      default: break
      }
      scalars.append(value)
      places.append(UInt32(index))
    }
    return (scalars, places)
  }

  /// The lines of the page around the document: what one version has there and the other in its text is no
  /// change of the document.
  ///
  /// - Complexity: O(*n*); the text is folded again.
  func linesAround() -> [[UInt32]] {
    let lines = document.lines.filter { $0.role == .furniture || $0.role == .pageInfo }
    guard !lines.isEmpty else { return [] }
    let text = MatchText(document.source.text, markup: document.source.markup)
    return lines.map { line in
      Self.compared(
        text,
        in: text.index(ofByte: line.range.lowerBound)..<text.index(ofByte: line.range.upperBound)
      ).scalars
    }
  }

  /// What stands for form: signs of Markdown, and lines that are no words of the document.
  private static func form(of document: PolicyDocument) -> [ByteRange] {
    let lines = document.lines.filter { isForm($0.role) }.map(\.range)
    guard !lines.isEmpty else { return document.source.markup }
    var merged: [ByteRange] = []
    for range in (document.source.markup + lines).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = ByteRange(
          last.lowerBound, max(last.upperBound, range.upperBound))
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private static func isForm(_ role: LineRole) -> Bool {
    switch role {
    case .blank, .furniture, .pageInfo, .repeated, .contents: true
    default: false
    }
  }

  /// Cuts `range` into the clauses and the lines around them.
  private mutating func cut(
    _ clauses: [Clause], _ range: ByteRange, below parent: Int, line: inout Int
  ) {
    var start = range.lowerBound
    for clause in clauses {
      cutLines(start, clause.range.lowerBound, below: parent, line: &line)
      let place = units.count
      let own = clause.ownRange
      let whole = indices(own.lowerBound, own.upperBound)
      let body = index(clause.label.isEmpty ? own.lowerBound : clause.labelRange.upperBound)
      units.append(
        Unit(
          clause: clause, parent: parent, range: own, whole: whole,
          body: min(max(body, whole.lowerBound), whole.upperBound)..<whole.upperBound,
          end: place + 1))
      cut(
        clause.children, ByteRange(own.upperBound, clause.range.upperBound), below: place,
        line: &line)
      units[place].end = units.count
      start = clause.range.upperBound
    }
    cutLines(start, range.upperBound, below: parent, line: &line)
  }

  /// The lines between two bytes, each a unit where it has words.
  private mutating func cutLines(_ start: Int, _ end: Int, below parent: Int, line: inout Int) {
    guard start < end else { return }
    let lines = document.lines
    while line < lines.count, lines[line].range.upperBound <= start { line += 1 }
    while line < lines.count, lines[line].range.lowerBound < end {
      let part = indices(
        max(start, lines[line].range.lowerBound), min(end, lines[line].range.upperBound))
      if !part.isEmpty {
        units.append(
          Unit(
            clause: nil, parent: parent, range: bytes(part), whole: part, body: part,
            end: units.count + 1))
      }
      guard lines[line].range.upperBound <= end else { return }
      line += 1
    }
  }

  /// The first compared scalar at or after a byte.
  private func index(_ byte: Int) -> Int {
    let place = text.index(ofByte: byte)
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func indices(_ start: Int, _ end: Int) -> Range<Int> { index(start)..<index(end) }

  /// The compared scalars of a range of the source.
  func scalars(in range: ByteRange) -> ArraySlice<UInt32> {
    scalars[indices(range.lowerBound, range.upperBound)]
  }

  /// Where compared scalars stand in the source.
  private func bytes(_ range: Range<Int>) -> ByteRange {
    text.bytes(Int(places[range.lowerBound])..<Int(places[range.upperBound - 1]) + 1)
  }

  /// Where compared scalars of a clause stand in the source; of none, the place behind the word before.
  func bytes(_ range: Range<Int>, within clause: ByteRange) -> ByteRange {
    guard range.isEmpty else { return bytes(range) }
    let end =
      range.lowerBound > 0 ? bytes(range.lowerBound - 1..<range.lowerBound).upperBound : 0
    let place = min(max(end, clause.lowerBound), clause.upperBound)
    return ByteRange(place, place)
  }

  /// The unit that a byte stands in, or the last one before it; nil before the first.
  func unit(at byte: Int) -> Int? {
    var low = 0
    var high = units.count
    while low < high {
      let middle = (low + high) / 2
      if units[middle].range.lowerBound <= byte { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// A unit with all below it.
  func fullRange(_ unit: Int) -> ByteRange { units[unit].clause?.range ?? units[unit].range }

  func place(_ unit: Int, whole: Bool) -> ClauseChange.Place {
    let found = units[unit]
    return ClauseChange.Place(
      clause: found.clause?.id ?? "", label: found.clause?.label ?? "",
      range: whole ? fullRange(unit) : found.range)
  }
}
