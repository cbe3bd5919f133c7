internal import PolicyText

/// Decides which candidates are labels, and which unit each stands under.
///
/// No table of levels: a sequence that starts at one under an open unit is nested in it; one that goes on
/// (n + 1) belongs to the level where it left off, also under a new parent; one that starts again stands
/// beside. The usual order of styles is asked only where the document's own marks leave two readings.
struct OutlineResolver {
  /// A level that is open at some point of the text.
  private struct Open {
    var node: Int
    var mark: NumberingMark?
    var isInline: Bool
  }

  let text: MatchText
  let candidates: [NumberingMark]
  /// Titles of further documents in the file: index of the first mark after it, and where it stands.
  let titles: [(start: Int, beforeMark: Int)]
  /// Lines that hold several whole clauses, because the text lost its line breaks.
  let flatLines: Set<Int>
  /// For each line, whether the text before it breaks off in the middle of a sentence.
  let continuesSentence: [Bool]

  private(set) var nodes: [OutlineNode] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var open: [Open] = []
  /// The last mark accepted of each style, wherever it was.
  private var last: [NumberingStyle: NumberingMark] = [:]
  /// Pairs of styles seen nested.
  private var nested: Set<[NumberingStyle]> = []
  private var nextOfStyle: [Int] = []

  init(
    text: MatchText, candidates: [NumberingMark], titles: [(start: Int, beforeMark: Int)],
    flatLines: Set<Int>, continuesSentence: [Bool]
  ) {
    self.text = text
    self.candidates = candidates
    self.titles = titles
    self.flatLines = flatLines
    self.continuesSentence = continuesSentence
  }

  /// Builds the outline; read ``nodes`` afterwards.
  ///
  /// - Complexity: O(*n* · depth).
  mutating func resolve() {
    linkStyles()
    var nextTitle = 0
    for index in candidates.indices {
      while nextTitle < titles.count, titles[nextTitle].beforeMark <= index {
        beginDocument(at: titles[nextTitle].start)
        nextTitle += 1
      }
      let mark = candidates[index]
      if let isInline = accepts(mark, at: index) { place(mark, at: index, isInline: isInline) }
    }
  }

  /// For each candidate the next one of its style that stands as firmly.
  private mutating func linkStyles() {
    nextOfStyle = Array(repeating: candidates.count, count: candidates.count)
    var next: [NumberingStyle: Int] = [:]
    var nextAtLine: [NumberingStyle: Int] = [:]
    for index in candidates.indices.reversed() {
      let mark = candidates[index]
      let firm = isFirm(mark)
      nextOfStyle[index] = (firm ? nextAtLine[mark.style] : next[mark.style]) ?? candidates.count
      next[mark.style] = index
      if firm { nextAtLine[mark.style] = index }
    }
  }

  private func isFirm(_ mark: NumberingMark) -> Bool {
    mark.place == .lineStart || flatLines.contains(mark.line)
  }

  private mutating func beginDocument(at start: Int) {
    open.removeAll()
    last.removeAll()
    nodes.append(OutlineNode(mark: nil, start: start, parent: -1, isInline: false))
    open.append(Open(node: nodes.count - 1, mark: nil, isInline: false))
  }

  // MARK: Which candidates are labels

  /// Whether the candidate is a label: nil for no, else whether it stands inside a sentence.
  private func accepts(_ mark: NumberingMark, at index: Int) -> Bool? {
    if mark.style == .counted { return acceptsCounted(mark, at: index) ? true : nil }
    if mark.style <= .article, followsLabel(mark) { return nil }
    if mark.place == .lineStart {
      if mark.style == .latin, !goesOn(mark), mark.number != 1 || !isFollowed(index) { return nil }
      if goesOn(mark) { return isInlineSequence(mark) }
      // 第三条 was looked at for being spoken of; the other styles need their sequence.
      if mark.style > .article, continuesSentence[mark.line], mark.number != 1 || !isFollowed(index)
      {
        return nil
      }
      if mark.number == 1 { return false }
      return isPlausibleGap(mark) ? false : nil
    }
    if flatLines.contains(mark.line) {
      return acceptsInFlatText(mark, at: index) ? false : nil
    }
    if opensLines(mark, at: index) || isGlued(mark, at: index) { return false }
    return acceptsInSentence(mark, at: index) ? true : nil
  }

  /// Whether nothing stands between the label before and this one: （一）第一章总则 speaks of the chapter.
  private func followsLabel(_ mark: NumberingMark) -> Bool {
    guard let before = nodes.last?.mark, before.style > .article else { return false }
    return text.trimmed(
      before.label.upperBound..<max(before.label.upperBound, mark.label.lowerBound)
    ).isEmpty
  }

  /// An article or chapter whose line break was lost: the sequence goes on with it, and again after it.
  private func isGlued(_ mark: NumberingMark, at index: Int) -> Bool {
    guard mark.style <= .article, goesOn(mark), mark.place == .afterStop || followsHeading(mark)
    else {
      return false
    }
    for next in (index + 1)..<min(max(index + 1, candidates.count), index + 400)
    where candidates[next].style == mark.style && candidates[next].place == .lineStart {
      return candidates[next].follows(mark)
    }
    return false
  }

  /// The first label of a list whose others begin their lines: 以下条件：（1）…⏎（2）….
  private func opensLines(_ mark: NumberingMark, at index: Int) -> Bool {
    guard mark.place == .afterStop, mark.number == 1, mark.style != .counted else { return false }
    for next in (index + 1)..<min(max(index + 1, candidates.count), index + 400) {
      let other = candidates[next]
      guard other.style == mark.style else { continue }
      return other.place == .lineStart && other.number == 2
        && (other.line - mark.line <= 3 || mark.style <= .hanInParentheses)
    }
    return false
  }

  /// Whether the mark goes on with a sequence that is open, or was.
  private func goesOn(_ mark: NumberingMark) -> Bool {
    if let level = open.last(where: { $0.mark?.style == mark.style }), let before = level.mark {
      return mark.follows(before)
    }
    return last[mark.style].map { mark.follows($0) } ?? false
  }

  private func isInlineSequence(_ mark: NumberingMark) -> Bool {
    open.last { $0.mark?.style == mark.style }?.isInline ?? false
  }

  /// Whether the next mark of the style has the next number.
  private func isFollowed(_ index: Int) -> Bool {
    let next = nextOfStyle[index]
    return next < candidates.count && candidates[next].follows(candidates[index])
  }

  /// A label whose number leaves some out: a clause that was cut, or a number misread.
  private func isPlausibleGap(_ mark: NumberingMark) -> Bool {
    guard let before = last[mark.style] else { return mark.number <= 200 }
    if mark.number > before.number { return mark.number - before.number <= 30 }
    return true
  }

  /// 一是…；二是…: after a stop, and two or more in one paragraph.
  private func acceptsCounted(_ mark: NumberingMark, at index: Int) -> Bool {
    guard mark.place != .inline else { return false }
    if mark.number > 1 {
      guard let level = open.last(where: { $0.mark?.style == .counted }), let before = level.mark
      else { return false }
      return mark.follows(before) && sameWord(mark, before) && mark.line - before.line <= 2
    }
    var next = index + 1
    while next < candidates.count, candidates[next].line - mark.line <= 2 {
      let other = candidates[next]
      if other.style == .counted, sameWord(mark, other), other.place != .inline {
        return other.number == 2
      }
      next += 1
    }
    return false
  }

  /// Whether both say 是 or both say 要.
  private func sameWord(_ left: NumberingMark, _ right: NumberingMark) -> Bool {
    text[left.label.upperBound - 1] == text[right.label.upperBound - 1]
  }

  /// A list inside a sentence: （1）…；（2）…, after stops, complete from one.
  private func acceptsInSentence(_ mark: NumberingMark, at index: Int) -> Bool {
    guard mark.place == .afterStop, mark.style > .article else { return false }
    if mark.number > 1 {
      guard let level = open.last(where: { $0.mark?.style == mark.style }), level.isInline,
        let before = level.mark
      else { return false }
      return mark.follows(before) && mark.line == before.line
    }
    if text[mark.label.lowerBound - 1] == "," || text[mark.label.lowerBound - 1] == "、" {
      return false
    }
    var next = index + 1
    while next < candidates.count, candidates[next].line == mark.line {
      let other = candidates[next]
      if other.style == mark.style, other.place == .afterStop {
        return other.number == 2
          && contains(stop: [";", "。", ",", "、"], between: mark, other)
      }
      next += 1
    }
    return false
  }

  private func contains(
    stop: [Unicode.Scalar], between left: NumberingMark, _ right: NumberingMark
  ) -> Bool {
    (left.label.upperBound..<right.label.lowerBound).contains { stop.contains(text[$0]) }
  }

  /// In text without line breaks a label goes on with its sequence, or begins one that goes on; it stands
  /// after a stop, or right after a heading.
  private func acceptsInFlatText(_ mark: NumberingMark, at index: Int) -> Bool {
    // 第一章 begins right after a title.
    let isDivision = mark.style <= .article && mark.number == 1 && isFollowed(index)
    guard mark.place != .inline || isDivision || followsHeading(mark) else { return false }
    if goesOn(mark) { return true }
    if mark.number > 1, mark.place == .afterStop, let before = last[mark.style],
      mark.number - before.number == 2, isFollowed(index)
    {
      // One label was lost; the sequence goes on.
      return true
    }
    guard mark.number == 1 else { return false }
    if isFollowed(index) { return true }
    // The only item under a heading: taken where the level above goes on right after it.
    return mark.style <= .article && mark.place == .afterStop
  }

  /// Whether nothing but a short heading stands between the last label and this one.
  private func followsHeading(_ mark: NumberingMark) -> Bool {
    guard let level = open.last, let before = level.mark, before.line == mark.line else {
      return false
    }
    let between = before.label.upperBound..<mark.label.lowerBound
    return between.count <= 45 && !between.isEmpty
      && !between.contains { text[$0].endsSentence || text[$0] == ":" }
  }

  // MARK: Where a label stands

  private mutating func place(_ mark: NumberingMark, at index: Int, isInline: Bool) {
    if !isInline { closeSentences(before: mark) }
    if let level = open.lastIndex(where: { $0.mark?.style == mark.style }) {
      note(mark, after: open[level].mark)
      open.removeSubrange(level...)
    } else {
      note(mark, after: last[mark.style], isNew: true)
      openParent(of: mark, at: index, isInline: isInline)
    }
    let parent = open.last
    if let style = parent?.mark?.style { nested.insert([style, mark.style]) }
    nodes.append(
      OutlineNode(
        mark: mark, start: mark.label.lowerBound, parent: parent?.node ?? -1, isInline: isInline))
    open.append(Open(node: nodes.count - 1, mark: mark, isInline: isInline))
    last[mark.style] = mark
    // A level below starts anew under each unit unless its numbers run on; both are looked at by goesOn.
  }

  /// Lists inside a sentence end with their paragraph.
  private mutating func closeSentences(before mark: NumberingMark) {
    while let level = open.last, level.isInline,
      level.mark?.style != mark.style
        || level.mark.map({ mark.line != $0.line && !mark.follows($0) }) ?? false
    {
      open.removeLast()
    }
  }

  /// Leaves open only the units that a new sequence may stand under.
  private mutating func openParent(of mark: NumberingMark, at index: Int, isInline: Bool) {
    while let level = open.last, let above = level.mark {
      if isInline && mark.line == above.line { return }
      if above.style < mark.style { return }
      if nested.contains([above.style, mark.style]) { return }
      if continuesLater(level, after: index) { return }
      open.removeLast()
    }
  }

  /// Whether a sequence goes on after the candidate at `index`: what stands between is inside its unit.
  private func continuesLater(_ level: Open, after index: Int) -> Bool {
    guard let mark = level.mark else { return true }
    let own = candidates[index].style
    // As far as a unit reaches in real documents; a bound keeps a list of a million lines linear.
    for next in (index + 1)..<max(index + 1, min(candidates.count, index + 600)) {
      let other = candidates[next]
      guard isFirm(other) || level.isInline else { continue }
      if other.style == mark.style { return other.follows(mark) }
      // A unit above the level comes first: the level is over.
      if open.contains(where: { $0.mark?.style == other.style && other.style != mark.style })
        && other.style != own
      {
        return false
      }
    }
    return false
  }

  private mutating func note(
    _ mark: NumberingMark, after before: NumberingMark?, isNew: Bool = false
  ) {
    guard let before else {
      if mark.number > 1 { report(.numberingStart, mark, detail: "“\(label(mark))”") }
      return
    }
    if mark.follows(before) || mark.number == 1 { return }
    let detail = "“\(label(before))”之后是“\(label(mark))”"
    if mark.number == before.number {
      report(.numberingRepeat, mark, detail: detail)
    } else {
      report(isNew ? .numberingStart : .numberingGap, mark, detail: detail)
    }
  }

  private mutating func report(_ code: DiagnosticCode, _ mark: NumberingMark, detail: String) {
    diagnostics.append(Diagnostic(code, .warning, at: text.bytes(mark.label), detail: detail))
  }

  private func label(_ mark: NumberingMark) -> String { text.string(text.trimmed(mark.label)) }
}
