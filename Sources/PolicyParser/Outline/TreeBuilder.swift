internal import PolicyText

/// Makes the tree of clauses from the resolved labels: where each ends, its heading, its departments.
struct TreeBuilder {
  let text: MatchText
  let lines: [LineDraft]
  let nodes: [OutlineNode]
  private let firstLeads: Bool

  init(text: MatchText, lines: [LineDraft], nodes: [OutlineNode]) {
    self.text = text
    self.lines = lines
    self.nodes = nodes
    // 列第一位者为牵头单位, 排在首位的部门牵头
    firstLeads = ["第一位", "首位", "第一个"].contains { (words: StaticString) in
      guard let place = text.first(words, in: 0..<text.count) else { return false }
      return text.contains(
        ["牵头", "下同"], in: place.upperBound..<min(place.upperBound + 20, text.count))
    }
  }

  /// The clauses of the document.
  func clauses() -> [Clause] {
    var children: [[Int]] = Array(repeating: [], count: nodes.count)
    var roots: [Int] = []
    for (index, node) in nodes.enumerated() {
      if node.parent < 0 { roots.append(index) } else { children[node.parent].append(index) }
    }
    let ends = ends(children, roots)
    return roots.enumerated().map {
      clause($1, id: "\($0 + 1)", children: children, ends: ends)
    }
  }

  private func clause(_ index: Int, id: String, children: [[Int]], ends: [Int]) -> Clause {
    let node = nodes[index]
    let below = children[index].enumerated().map {
      clause($1, id: "\(id).\($0 + 1)", children: children, ends: ends)
    }
    let end = ends[index]
    guard let mark = node.mark else {
      let title = titleEnd(from: node.start)
      return Clause(
        id: id, kind: .part, label: "", number: 0, labelRange: text.bytes(node.start..<node.start),
        range: text.bytes(node.start..<end), heading: text.bytes(node.start..<title),
        units: ResponsibleUnits(), children: below)
    }
    let firstChild = children[index].first.map { nodes[$0].start } ?? end
    let heading = heading(after: mark, limit: firstChild)
    let label = text.trimmed(mark.label)
    let own = mark.label.upperBound..<max(mark.label.upperBound, firstChild)
    return Clause(
      id: id, kind: kind(of: mark, isInline: node.isInline), style: mark.style,
      label: text.string(label),
      number: mark.number, labelRange: text.bytes(label), range: text.bytes(node.start..<end),
      heading: heading.map(text.bytes),
      units: UnitReader(text: text, firstLeads: firstLeads).units(in: own, heading: heading),
      children: below)
  }

  private func kind(of mark: NumberingMark, isInline: Bool) -> Clause.Kind {
    switch mark.style {
    case .part, .subpart: .part
    case .chapter: .chapter
    case .section: .section
    case .article: .article
    case .counted: .enumeration
    default: isInline ? .enumeration : .level
    }
  }

  /// A title may be broken over lines; it ends where they end without a stop.
  private func titleEnd(from start: Int) -> Int {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].content.upperBound <= start { low = middle + 1 } else { high = middle }
    }
    return low < lines.count && lines[low].content.contains(start)
      ? lines[low].content.upperBound : start
  }

  // MARK: Ends

  private func ends(_ children: [[Int]], _ roots: [Int]) -> [Int] {
    var ends = [Int](repeating: text.count, count: nodes.count)
    func close(_ siblings: [Int], at limit: Int) {
      for (position, index) in siblings.enumerated() {
        let next = position + 1 < siblings.count ? nodes[siblings[position + 1]].start : limit
        ends[index] = trimmedEnd(of: index, limit: next)
        close(children[index], at: ends[index])
      }
    }
    let parts = roots.filter { nodes[$0].mark == nil }
    if parts.isEmpty {
      close(roots, at: bodyEnd(after: nodes.last, limit: text.count))
    } else {
      // The document above ends before the title of the next, each with its own closing lines.
      let first = roots.filter { nodes[$0].mark != nil }
      let firstPart = nodes[parts[0]].start
      let lastBefore = lastNode(before: firstPart)
      close(first, at: bodyEnd(after: lastBefore, limit: firstPart))
      for (position, part) in parts.enumerated() {
        let limit = position + 1 < parts.count ? nodes[parts[position + 1]].start : text.count
        let last = lastNode(before: limit)
        ends[part] = trimmedEnd(of: part, limit: limit)
        close(children[part], at: bodyEnd(after: last, limit: limit))
      }
    }
    return ends
  }

  /// The last node that begins before a place; they are in order of the text.
  private func lastNode(before place: Int) -> OutlineNode? {
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].start < place { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? nodes[low - 1] : nil
  }

  private func trimmedEnd(of index: Int, limit: Int) -> Int {
    let start = nodes[index].start
    return text.trimmed(start..<max(start, limit)).upperBound
  }

  /// Where the last clause ends: before the closing words of the document, its signature, notes, enclosures.
  private func bodyEnd(after node: OutlineNode?, limit: Int) -> Int {
    guard let node, let line = node.mark?.line else { return limit }
    var end = lines[line].content.upperBound
    for index in (line + 1)..<max(line + 1, lines.count) {
      let content = lines[index].content
      guard content.lowerBound < limit else { break }
      switch lines[index].role {
      case .blank, .furniture, .pageInfo, .repeated, .contents: continue
      case .body:
        if isClosing(content) { return min(end, limit) }
        end = content.upperBound
      default: return min(end, limit)
      }
    }
    return min(end, limit)
  }

  /// Whether a paragraph after the last clause speaks of the whole document.
  private func isClosing(_ range: Range<Int>) -> Bool {
    let beginnings: [StaticString] = [
      "各区", "各县", "各市", "各相关", "各有关", "各地", "各单位", "各部门", "各责任", "各级", "本意见", "本办法", "本措施",
      "本政策", "本通知", "本方案", "本细则", "本实施", "本规定", "以上", "上述政策", "特此", "此件", "请各", "自印发",
      "本若干", "本公告", "(此件",
    ]
    return beginnings.contains { text.has($0, at: range.lowerBound) }
  }

  // MARK: Headings

  /// The heading after a label: the rest of a short line, or run-in words before the first stop.
  ///
  /// Assumption: run-in headings have under 40 scalars (articles: under 16) and end with 。 before more text.
  private func heading(after mark: NumberingMark, limit: Int) -> Range<Int>? {
    let start = text.skippingSpaces(mark.label.upperBound, limit: limit)
    guard start < limit else { return nil }
    let longest = mark.style == .article ? 16 : mark.style == .counted ? 36 : 48
    var end = start
    while end < limit, end - start <= longest {
      let scalar = text[end]
      if scalar == "\n" { break }
      if scalar == "。" || scalar == ":" && mark.style != .article || scalar == ";" { break }
      if scalar == " ", mark.style == .article, end - start >= 2, end - start <= 16 { break }
      end += 1
    }
    guard end - start <= longest, end > start else { return nil }
    let words = text.trimmed(start..<end)
    guard !words.isEmpty else { return nil }
    if end >= limit || text[end] == "\n" {
      // A line of its own, without a stop.
      return text[words.upperBound - 1] == "," || mark.style == .article && words.count > 24
        ? nil : words
    }
    let after = text.skippingSpaces(end + 1, limit: limit)
    let hasMore = after < limit && text[after] != "\n"
    if mark.style <= .section { return words }
    if text[end] == "。" || text[end] == " " {
      // Words that end their line with 。 are a sentence, unless they are very few.
      return hasMore || text[end] == "。" && words.count <= 8 ? words : nil
    }
    return text[end] == ":" && words.count <= 24 ? words : nil
  }
}
