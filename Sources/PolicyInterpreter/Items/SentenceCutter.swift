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
    /// Whether that standard is an upper limit: 资助额度不超过以下标准：….
    var underLimit: Bool
    /// Whether it is the rest of a line that the line before did not finish.
    var startsLine: Bool
  }

  private static let standards = WordSet(
    """
    补贴标准 补助标准 奖励标准 资助标准 支持标准 扶持标准 补贴金额 补助金额 奖励金额 资助金额 支持金额 资助额度
    补助额度 奖励额度 支持额度 补贴额度 支持限额 资助的额度 资金的额度 标准为 标准如下
    """)

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
    let owners = Dictionary(clauses.map { ($0.clause.id, $0) }) { first, _ in first }
    // The clause that holds a place: text may go on behind the last entry of a list, or behind all clauses.
    func owner(of index: Int) -> (clause: Clause, underStandard: Bool)? {
      var found = current
      while let clause = found?.clause, text.index(ofByte: clause.range.upperBound) <= index {
        found = clause.id.lastIndex(of: ".").flatMap { owners[String(clause.id[..<$0])] }
      }
      return found
    }
    for line in document.lines
    where line.role == .body || line.role == .signature && line.range.count > 120 {
      var start = text.index(ofByte: line.range.lowerBound)
      let limit = text.index(ofByte: line.range.upperBound)
      let lineStart = start
      var index = start
      var depth = 0
      // 资助额度不超过以下标准：…；…；…。: the words before the colon hold to the end of the sentence.
      var introduction: Range<Int>?
      func add(_ end: Int) {
        guard start < end else { return }
        let range = text.trimmed(start..<end)
        start = end
        for piece in SentenceBound(text: text).pieces(of: range) { append(piece) }
      }
      func append(_ range: Range<Int>) {
        guard range.count >= 6 else { return }
        if let named = Self.standards.first(in: text, range),
          let colon = text.first(":", in: named.range.upperBound..<range.upperBound),
          colon.lowerBound - named.range.upperBound <= 12
        {
          introduction = range.lowerBound..<colon.upperBound
        }
        let isGoingOn = goesOn(range)
        if isGoingOn, let last = sentences.popLast() {
          sentences.append(
            Sentence(
              range: last.range.lowerBound..<range.upperBound, clause: last.clause,
              underStandard: last.underStandard, underLimit: last.underLimit,
              startsLine: last.startsLine))
        } else {
          let owner = owner(of: range.lowerBound)
          sentences.append(
            Sentence(
              range: range, clause: owner?.clause,
              underStandard: introduction != nil || owner?.underStandard ?? false,
              underLimit: introduction.map { text.contains(["不超过", "最高", "上限"], in: $0) } ?? false,
              startsLine: text.trimmed(lineStart..<max(lineStart, range.lowerBound)).isEmpty))
        }
        if text[range.upperBound - 1] == "。" { introduction = nil }
      }
      // 给予50万元、⏎30万元和20万元: a line that ends in a comma goes on in the next.
      func goesOn(_ range: Range<Int>) -> Bool {
        guard let last = sentences.last, last.clause?.id == current?.clause.id,
          let clause = current?.clause,
          text.index(ofByte: clause.labelRange.upperBound) <= last.range.lowerBound,
          text.trimmed(lineStart..<max(lineStart, range.lowerBound)).isEmpty,
          range.upperBound - last.range.lowerBound <= SentenceBound.longest
        else { return false }
        return text[last.range.upperBound - 1] == "、" || text[last.range.upperBound - 1] == "("
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
            // 1.初次认定为市级工作室的，给予30万元资助。…: a sentence that grants, not a heading.
            let begin = text.index(ofByte: heading.lowerBound)
            if hasMore, text.first(",", in: begin..<end) != nil,
              !AmountScanner(text: text).figures(in: begin..<end).isEmpty
            {
              index = max(index, min(start, limit))
              next += 1
              continue
            }
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
