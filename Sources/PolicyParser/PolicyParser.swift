public import PolicyText

/// Reads a notice: text to lines, lines to an outline, outline to a tree, then what stands around it.
///
/// Parsing cannot fail: whatever the text, it gives a document in which every scalar has its place, and
/// findings about what was doubtful.
public enum PolicyParser {
  /// Parses a document.
  ///
  /// - Parameter source: The text with the file's hints.
  /// - Returns: The document; the same for the same source.
  /// - Complexity: O(*n*) in the length of the text.
  public static func parse(_ source: SourceDocument) -> Parsed<PolicyDocument> {
    var reading = Reading(source)
    return reading.document()
  }
}

/// One reading of one document: the steps, and what each leaves for the next.
private struct Reading {
  let source: SourceDocument
  let text: MatchText
  var lines: [LineDraft] = []
  var nodes: [OutlineNode] = []
  var tables: [PolicyTable] = []
  var diagnostics: [Diagnostic] = []

  init(_ source: SourceDocument) {
    self.source = source
    text = MatchText(source.text, markup: source.markup)
  }

  mutating func document() -> Parsed<PolicyDocument> {
    lines = LineReader(text: text, source: source).lines()
    tables = TableReader(text: text, source: source).tables()
    markTables()
    markContents()
    markEnclosureLists()
    trimFurniture()
    resolveOutline()

    let firstClauseLine = nodes.compactMap { $0.mark?.line }.min() ?? lines.count
    var headReader = HeadReader(
      text: text, source: source, lines: lines, firstClauseLine: firstClauseLine)
    headReader.read()
    lines = headReader.lines
    diagnostics += headReader.diagnostics + source.findings

    let builder = TreeBuilder(text: text, lines: lines, nodes: nodes)
    let outline = TableClauses(text: text, tables: tables).inserted(into: builder.clauses())
    let triage = TriageReader(
      text: text, head: headReader.head,
      hasArticles: nodes.contains { $0.mark?.style == .article },
      hasChapters: nodes.contains { $0.mark?.style == .chapter },
      clauseCount: nodes.count,
      onlyCounted: nodes.allSatisfy { $0.mark?.style == .counted }
    ).triage()
    let (references, definitions) = readCitations(headReader.head, outline)
    noteForm()
    return Parsed(
      PolicyDocument(
        source: source, lines: tiledLines(), triage: triage, head: headReader.head,
        outline: outline, tables: tables, references: references, definitions: definitions),
      diagnostics.sorted {
        ($0.range.lowerBound, $0.code.rawValue) < ($1.range.lowerBound, $1.code.rawValue)
      })
  }

  // MARK: Lines

  /// Lines of tables that state policy are body, and their numbers are no labels.
  private mutating func markTables() {
    var next = 0
    for index in lines.indices where !lines[index].isBlank {
      let start = text.byteOffset(lines[index].content.lowerBound)
      while next < tables.count, tables[next].range.upperBound <= start { next += 1 }
      guard next < tables.count else { return }
      if tables[next].range.contains(start), lines[index].role != .furniture {
        lines[index].role = .body
        lines[index].isTabled = true
      }
    }
  }

  /// The table of contents: from 目录 to where its first entry stands again.
  private mutating func markContents() {
    guard let start = lines.firstIndex(where: { $0.role == .contents }) else { return }
    let scanner = MarkScanner(text: text)
    var first: (mark: NumberingMark, line: Int)?
    for index in (start + 1)..<max(start + 1, lines.count) where lines[index].role == .body {
      guard let mark = scanner.marks(in: lines[index].content, number: index).first,
        mark.place == .lineStart
      else { continue }
      guard let entry = first else {
        first = (mark, index)
        continue
      }
      if mark.style == entry.mark.style, mark.number == entry.mark.number {
        for line in start..<index where !lines[line].isBlank { lines[line].role = .contents }
        return
      }
    }
  }

  /// The list under 附件：: numbered names of enclosures, which are no clauses.
  private mutating func markEnclosureLists() {
    let scanner = MarkScanner(text: text)
    var isInList = false
    for index in lines.indices {
      switch lines[index].role {
      case .enclosureNote: isInList = true
      case .body where isInList:
        let content = lines[index].content
        let mark = scanner.marks(in: content, number: index).first
        let isEntry =
          mark?.place == .lineStart && mark?.style == .arabic && content.count <= 80
          && !text[content.upperBound - 1].endsSentence
        if isEntry { lines[index].role = .enclosureNote } else { isInList = false }
      case .blank, .furniture: break
      default: isInList = false
      }
    }
  }

  /// On a web page, short lines before the first and after the last line of text are the page's furniture.
  private mutating func trimFurniture() {
    guard
      source.mediaType == "text/html"
        || source.mediaType.hasPrefix("text/") && lines.contains(where: { $0.role == .furniture })
    else { return }
    var index = lines.count - 1
    while index >= 0 {
      let line = lines[index]
      if line.role == .body {
        let last = text[line.content.upperBound - 1]
        let isText =
          line.content.count > 30 || last.endsSentence || last == ")" || last == ":"
          || DateReader(text: text).firstDate(in: line.content) != nil
          || OrganisationReader(text: text).isName(line.content)
          || MarkScanner(text: text).marks(in: line.content, number: index).first?.place
            == .lineStart
        if isText { break }
        lines[index].role = .furniture
      } else if line.role != .blank && line.role != .furniture && line.role != .pageInfo
        && line.role != .repeated
      {
        break
      }
      index -= 1
    }
  }

  private mutating func noteForm() {
    let furniture = lines.count { $0.role == .furniture }
    if furniture > 0 {
      diagnostics.append(
        Diagnostic(.pageFurniture, .note, at: ByteRange(0, 0), detail: "\(furniture)"))
    }
    if let first = lines.first(where: { $0.role == .repeated }) {
      diagnostics.append(Diagnostic(.repeatedBody, .note, at: text.bytes(first.content)))
    }
    if source.isRepaired {
      diagnostics.append(Diagnostic(.repairedEncoding, .warning, at: ByteRange(0, 0)))
    }
    if lines.allSatisfy(\.isBlank) {
      diagnostics.append(Diagnostic(.emptyDocument, .warning, at: ByteRange(0, 0)))
    } else if nodes.isEmpty {
      diagnostics.append(Diagnostic(.noClauses, .note, at: ByteRange(0, 0)))
    }
  }

  /// The lines with their breaks: each begins where the one before ends.
  private func tiledLines() -> [Line] {
    let bytes = source.text.bytes
    var tiled: [Line] = []
    var start = 0
    for (index, line) in lines.enumerated() {
      var end = bytes.count
      if index + 1 < lines.count {
        // The next line begins after the break that ends this one.
        end = start
        let content = line.isBlank ? start : text.byteOffset(line.content.upperBound)
        end = lineEnd(from: max(start, content), in: bytes)
      }
      tiled.append(Line(role: line.role, range: ByteRange(start, end)))
      start = end
    }
    if tiled.isEmpty || start < bytes.count {
      tiled.append(Line(role: .blank, range: ByteRange(start, bytes.count)))
    }
    return tiled
  }

  /// One past the first line break (as MatchText folds them) from `offset` on.
  private func lineEnd(from offset: Int, in bytes: [UInt8]) -> Int {
    var index = offset
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A, 0x0B, 0x0C, 0x0D: return index + 1
      case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0x85: return index + 2
      case 0xE2
      where index + 2 < bytes.count && bytes[index + 1] == 0x80
        && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9):
        return index + 3
      default: index += 1
      }
    }
    return bytes.count
  }

  // MARK: Outline

  private mutating func resolveOutline() {
    let scanner = MarkScanner(text: text)
    var candidates: [NumberingMark] = []
    for index in lines.indices where lines[index].role == .body && !lines[index].isTabled {
      candidates += scanner.marks(in: lines[index].content, number: index)
    }
    var resolver = OutlineResolver(
      text: text, candidates: candidates, titles: furtherTitles(candidates),
      flatLines: flatLines(candidates), continuesSentence: continuations())
    resolver.resolve()
    nodes = resolver.nodes
    diagnostics += resolver.diagnostics
  }

  /// Lines that hold several clauses of the wide styles: the text lost its line breaks.
  private func flatLines(_ candidates: [NumberingMark]) -> Set<Int> {
    var flat: Set<Int> = []
    var previous: [Int: [NumberingStyle: NumberingMark]] = [:]
    for mark in candidates
    where mark.style <= .arabic && lines[mark.line].content.count >= 200
      && !flat.contains(mark.line)
    {
      if let before = previous[mark.line]?[mark.style], mark.follows(before), before.number == 1,
        mark.label.lowerBound - before.label.upperBound > 12,
        mark.style != .arabic || mark.place >= .afterStop
      {
        if mark.style <= .hanInParentheses || lines[mark.line].content.count >= 600 {
          flat.insert(mark.line)
        }
      }
      if mark.number == 1 || previous[mark.line]?[mark.style].map({ mark.follows($0) }) ?? false {
        previous[mark.line, default: [:]][mark.style] = mark
      }
    }
    return flat
  }

  /// For each line, whether the one before breaks off in the middle of a sentence.
  private func continuations() -> [Bool] {
    var result = [Bool](repeating: false, count: lines.count)
    var previous: Range<Int>?
    for index in lines.indices where lines[index].role == .body || lines[index].role == .signature {
      if let previous, previous.count >= 24 {
        let last = text[previous.upperBound - 1]
        switch last {
        case "。", ";", ":", "!", "?", ")", "”", "》", "]", "…": break
        default: result[index] = true
        }
      }
      previous = lines[index].content
    }
    return result
  }

  /// Titles in the middle of the file, over a body whose numbering starts again.
  private func furtherTitles(
    _ candidates: [NumberingMark]
  ) -> [(start: Int, beforeMark: Int)] {
    guard let top = candidates.first(where: { $0.place == .lineStart }) else { return [] }
    let titles = TitleReader(text: text)
    let passedOn = Set(
      ReferenceReader(text: text).titles(in: 0..<min(text.count, 3_000))
        .filter(\.isClosed).map { text.key($0.inner) })
    var found: [(start: Int, beforeMark: Int)] = []
    var next = 0
    for index in lines.indices where index > top.line && lines[index].role == .body {
      let content = lines[index].content
      while next < candidates.count, candidates[next].line < index { next += 1 }
      guard content.count <= 80, next < candidates.count, candidates[next].line > index else {
        continue
      }
      let isKnown = passedOn.contains(text.key(content))
      guard isKnown || titles.isTitle(content) else { continue }
      // The wide style begins again at one, soon after.
      guard
        let restart = candidates[next...].first(where: {
          $0.place == .lineStart && $0.style <= top.style
        }), restart.number == 1, restart.line - index <= 30
      else { continue }
      let above = lines[max(0, index - 6)..<index]
      let isMarked =
        lines[index].isCentred || lines[index].heading != nil
        || above.contains { $0.role == .enclosureMark || $0.role == .enclosureNote }
        || index > 0 && lines[index - 1].isBlank
      if isKnown || isMarked { found.append((content.lowerBound, next)) }
    }
    return found
  }

  // MARK: Citations

  private func readCitations(
    _ head: DocumentHead, _ outline: [Clause]
  ) -> ([Reference], [Definition]) {
    let reader = ReferenceReader(text: text)
    let definitionReader = DefinitionReader(text: text)
    var own = Set(head.payloadTitles.map { key($0.value) })
    if let title = head.title { own.insert(key(title.value)) }
    var references: [Reference] = []
    var definitions: [Definition] = []
    let articles = articleIDs(outline)
    let labels = Set(nodes.compactMap { $0.mark?.label.lowerBound })
    for run in textRuns() {
      let (found, notes) = reader.references(in: run, except: own)
      references += found
      _ = notes
      references += reader.articleReferences(in: run, articles: articles, labels: labels)
      definitions += definitionReader.definitions(in: run)
    }
    return (
      references.sorted { $0.range.lowerBound < $1.range.lowerBound }, definitions
    )
  }

  private func key(_ words: String) -> String {
    let match = MatchText(SourceText(words))
    return match.key(0..<match.count)
  }

  private func articleIDs(_ clauses: [Clause]) -> [Int: String] {
    var ids: [Int: String] = [:]
    for clause in clauses {
      if clause.kind == .article, ids[clause.number] == nil { ids[clause.number] = clause.id }
      ids.merge(articleIDs(clause.children)) { first, _ in first }
    }
    return ids
  }

  /// Stretches of text without the page's furniture; a title may run over a line break.
  private func textRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for line in lines {
      switch line.role {
      case .blank: continue
      case .furniture, .pageInfo, .repeated, .contents: continue
      default:
        if let last = runs.last, line.content.lowerBound - last.upperBound <= 2 {
          runs[runs.count - 1] = last.lowerBound..<line.content.upperBound
        } else {
          runs.append(line.content)
        }
      }
    }
    return runs
  }
}
