internal import PolicyParser
internal import PolicyText

/// Cuts the body of a document into sentences, each with its clause.
struct SentenceCutter {
  let document: PolicyDocument
  let text: MatchText

  /// A sentence with its clause.
  struct Sentence {
    var range: Range<Int>
    var clause: Clause?
    /// Whether a heading above speaks of a standard of support.
    var underStandard: Bool
    /// Whether it is the rest of a line that the line before did not finish.
    var startsLine: Bool
  }

  private static let standards = WordSet("补贴标准 补助标准 奖励标准 资助标准 支持标准 扶持标准 补贴金额")

  /// The sentences of the body: to each 。, ； or line break, without headings and lists of departments.
  func sentences() -> [Sentence] {
    var clauses: [(clause: Clause, underStandard: Bool)] = []
    func collect(_ more: [Clause], _ above: Bool) {
      for clause in more {
        let isStandard =
          above
          || clause.heading.map { heading in
            Self.standards.isIn(
              text, text.index(ofByte: heading.lowerBound)..<text.index(ofByte: heading.upperBound))
          } ?? false
        clauses.append((clause, isStandard))
        collect(clause.children, isStandard)
      }
    }
    collect(document.outline, false)
    var sentences: [Sentence] = []
    var next = 0
    var current: (clause: Clause, underStandard: Bool)?
    for line in document.lines
    where line.role == .body || line.role == .signature && line.range.count > 120 {
      var start = text.index(ofByte: line.range.lowerBound)
      let limit = text.index(ofByte: line.range.upperBound)
      let lineStart = start
      var index = start
      var depth = 0
      func add(_ end: Int) {
        guard start < end else { return }
        let range = text.trimmed(start..<end)
        start = end
        guard range.count >= 6 else { return }
        sentences.append(
          Sentence(
            range: range, clause: current?.clause, underStandard: current?.underStandard ?? false,
            startsLine: text.trimmed(lineStart..<max(lineStart, range.lowerBound)).isEmpty))
      }
      while index < limit {
        while next < clauses.count,
          text.index(ofByte: clauses[next].clause.range.lowerBound) <= index
        {
          if index > start { add(index) }
          current = clauses[next]
          start = text.index(ofByte: clauses[next].clause.labelRange.upperBound)
          if let heading = clauses[next].clause.heading {
            let end = text.index(ofByte: heading.upperBound)
            let hasMore = text[end] == "。" || text[end] == ":"
            if hasMore || end >= limit - 1 { start = min(limit, hasMore ? end + 1 : end) }
          }
          index = max(index, min(start, limit))
          next += 1
        }
        guard index < limit else { break }
        switch text[index] {
        case "(": depth += 1
        case ")": depth = max(0, depth - 1)
        case "。", ";", "!":
          if depth == 0 || text[index] == "。" {
            add(index + 1)
            depth = 0
          }
        default: break
        }
        index += 1
      }
      add(limit)
    }
    return sentences
  }
}
