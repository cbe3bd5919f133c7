public import PolicyParser
public import PolicyText

/// A piece of a document that search finds as one: the smallest clause that says something by itself.
struct IndexUnit: Sendable {
  /// The clause's id, or `p3` for the third passage outside the clauses.
  var path: String
  /// The labels down to it: 二、/（三）.
  var labels: String
  /// The headings above and its own.
  var heading: String
  var range: ByteRange
  var units: String
}

/// Cuts a document into index units.
///
/// A clause with short clauses below it (a list of conditions) is one unit; else each clause by itself,
/// with the words before its first child as a unit where they say more than the heading. What stands
/// outside the clauses is cut at paragraphs.
struct ClauseCutter {
  /// The most bytes of a clause that is kept together with what stands below it (about 200 characters).
  private static let together = 600
  /// The fewest bytes that a passage outside the clauses gathers (about 100 characters).
  private static let passage = 300

  let document: PolicyDocument

  /// The units, in order of the text.
  func units() -> [IndexUnit] {
    var units: [IndexUnit] = []
    for clause in document.outline { append(clause, labels: [], headings: [], to: &units) }
    units += passages()
    return units.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func append(
    _ clause: Clause, labels: [String], headings: [String], to units: inout [IndexUnit]
  ) {
    let text = document.source.text
    let own = clause.heading.map { text[$0].filter { $0 != "\n" } } ?? ""
    let labels = labels + [clause.label.isEmpty ? own : clause.label]
    let above = headings.filter { !$0.isEmpty }.joined(separator: " ")
    let names = (clause.units.lead + clause.units.responsible + clause.units.cooperating)
      .map(\.name).joined(separator: "、")
    func unit(_ range: ByteRange) -> IndexUnit {
      IndexUnit(
        path: clause.id, labels: labels.filter { !$0.isEmpty }.joined(separator: "/"),
        heading: above, range: range, units: names)
    }
    if clause.children.isEmpty || clause.range.count <= Self.together && clause.kind != .part {
      units.append(unit(clause.range))
      return
    }
    let said = clause.ownRange.count - (clause.heading?.count ?? 0) - clause.labelRange.count
    if said > 24, let range = trimmed(clause.ownRange) { units.append(unit(range)) }
    for child in clause.children {
      append(child, labels: labels, headings: headings + [own], to: &units)
    }
  }

  /// Passages of the lines that no clause covers.
  private func passages() -> [IndexUnit] {
    var passages: [IndexUnit] = []
    var open: ByteRange?
    func close() {
      guard let range = open else { return }
      open = nil
      // Under fifteen characters nothing is said: （此件公开发布）.
      if let range = trimmed(range), range.count >= 45 {
        passages.append(
          IndexUnit(
            path: "p\(passages.count + 1)", labels: "", heading: "", range: range, units: ""))
      }
    }
    for line in document.lines {
      switch line.role {
      case .blank: continue
      case .body, .enclosureNote, .annotation:
        for part in uncovered(line.range) {
          for piece in cut(part) {
            if let range = open, range.count < Self.passage,
              piece.lowerBound - range.upperBound < 12
            {
              open = ByteRange(range.lowerBound, piece.upperBound)
            } else {
              close()
              open = piece
            }
          }
        }
      default: close()
      }
    }
    close()
    return passages
  }

  /// The parts of a range that lie in no clause.
  private func uncovered(_ range: ByteRange) -> [ByteRange] {
    var parts: [ByteRange] = []
    var start = range.lowerBound
    for clause in document.outline where clause.range.overlaps(range) {
      if clause.range.lowerBound > start { parts.append(ByteRange(start, clause.range.lowerBound)) }
      start = max(start, clause.range.upperBound)
    }
    if start < range.upperBound { parts.append(ByteRange(start, range.upperBound)) }
    return parts.compactMap(trimmed)
  }

  /// A long paragraph in pieces of whole sentences.
  private func cut(_ range: ByteRange) -> [ByteRange] {
    guard range.count > 3 * Self.passage else { return [range] }
    let bytes = document.source.text.bytes
    var pieces: [ByteRange] = []
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      // 。
      let isStop =
        bytes[index] == 0xE3 && index + 2 < range.upperBound && bytes[index + 1] == 0x80
        && bytes[index + 2] == 0x82
      if isStop, index + 3 - start >= Self.passage {
        pieces.append(ByteRange(start, index + 3))
        start = index + 3
        index += 2
      }
      index += 1
    }
    if start < range.upperBound { pieces.append(ByteRange(start, range.upperBound)) }
    return pieces
  }

  /// The range without white space at its ends; nil where nothing is left.
  private func trimmed(_ range: ByteRange) -> ByteRange? {
    let bytes = document.source.text.bytes
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      if bytes[low] <= 0x20 {
        low += 1
      } else if high - low >= 3, bytes[low] == 0xE3, bytes[low + 1] == 0x80,
        bytes[low + 2] == 0x80
      {
        low += 3
      } else {
        break
      }
    }
    while high > low, bytes[high - 1] <= 0x20 { high -= 1 }
    return low < high ? ByteRange(low, high) : nil
  }
}

/// The passages of a document that lie outside its clauses, as the index names them.
public enum Passages {
  /// Path (`p1`) and place of each, in order of the text.
  public static func of(_ document: PolicyDocument) -> [(path: String, range: ByteRange)] {
    ClauseCutter(document: document).units().filter { $0.path.hasPrefix("p") }.map {
      ($0.path, $0.range)
    }
  }
}
