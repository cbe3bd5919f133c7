internal import PolicyParser
internal import PolicyText

/// The sections of a document whose heading or label says which element they state: 申报条件, 申报材料.
struct SectionIndex {
  /// What a section states.
  enum Kind: String {
    case audience, conditions, materials, channel, process, window, limit, contact, department
    case standard, basis
  }

  /// One section.
  struct Section {
    var kind: Kind
    /// The clause it is; nil for a labelled paragraph.
    var clause: Clause?
    /// Its words, without heading or label.
    var content: Range<Int>
    /// The id of the clause for whose items it holds; empty for the whole document.
    var scope: String
    /// The clause it stands in, for links.
    var place: String
    var rule: Rule
  }

  private var sections: [Section] = []
  /// The sections by what they state and for which clause's items, in order of the text.
  private var places: [Kind: [String: [Section]]] = [:]
  private let text: MatchText

  private static let words: WordSet<Kind> = WordSet(
    embeddedText("vocabulary/elements.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
      .flatMap { line -> [(word: String, value: Kind)] in
        let fields = line.split(separator: "\t")
        guard fields.count == 2, let kind = Kind(rawValue: String(fields[0])) else { return [] }
        return fields[1].split(separator: "、").map { (word: String($0), value: kind) }
      })
  private static let general = WordSet("总则 总体要求 一般规定 附则 总体目标 基本原则 保障措施 组织实施 适用范围")

  /// The longest words of a section, in scalars: each item below it has them, so what is longer costs its square.
  ///
  /// Assumption: what an item inherits is no longer; of 1,500 real texts the longest has half of it.
  static let longest = 3_000

  /// Finds the sections of a document.
  ///
  /// - Complexity: O(*n*).
  init(_ document: PolicyDocument, text: MatchText) {
    self.text = text
    collect(document.outline, scope: "", in: document)
    readLabels(of: document)
    for var section in sections.sorted(by: { $0.content.lowerBound < $1.content.lowerBound }) {
      if section.content.count > Self.longest {
        section.content = text.trimmed(section.content.prefix(Self.longest))
      }
      places[section.kind, default: [:]][section.scope, default: []].append(section)
    }
  }

  /// What the heading of a clause says it states.
  static func kind(of heading: Range<Int>, in text: MatchText) -> Kind? {
    let heading = text.trimmed(heading)
    guard heading.count <= 22 else { return nil }
    guard let match = words.first(in: text, heading) else { return nil }
    // 支持对象和条件: the words make most of the heading.
    return match.range.count * 3 >= heading.count || match.range.upperBound == heading.upperBound
      ? match.value : nil
  }

  private mutating func collect(_ clauses: [Clause], scope: String, in document: PolicyDocument) {
    for clause in clauses {
      var inner = clause.id
      if let heading = clause.heading {
        let range = text.index(ofByte: heading.lowerBound)..<text.index(ofByte: heading.upperBound)
        if let kind = Self.kind(of: range, in: text) {
          let start = text.index(ofByte: heading.upperBound)
          let end = text.index(ofByte: clause.range.upperBound)
          var content = text.trimmed(start..<max(start, end))
          while !content.isEmpty, [":", "。", ","].contains(text[content.lowerBound]) {
            content = text.trimmed((content.lowerBound + 1)..<content.upperBound)
          }
          sections.append(
            Section(
              kind: kind, clause: clause, content: content, scope: scope, place: clause.id,
              rule: .sectionHeading))
        }
        // 第一章 总则: what it says holds for all chapters.
        if Self.general.isIn(text, range) { inner = scope }
      }
      collect(clause.children, scope: inner, in: document)
    }
  }

  /// 申报材料：…: a paragraph with a label and no number.
  private mutating func readLabels(of document: PolicyDocument) {
    var places: [(start: Int, clause: Clause)] = []
    func collect(_ clauses: [Clause]) {
      for clause in clauses {
        places.append((text.index(ofByte: clause.range.lowerBound), clause))
        collect(clause.children)
      }
    }
    collect(document.outline)
    var next = 0
    var current: Clause?
    var open: Section?
    func close(_ end: Int) -> Section? {
      guard var section = open else { return nil }
      section.content = text.trimmed(
        section.content.lowerBound..<max(section.content.lowerBound, end))
      return section.content.count >= 2 ? section : nil
    }
    for line in document.lines where line.role == .body {
      let start = text.index(ofByte: line.range.lowerBound)
      let end = text.index(ofByte: line.range.upperBound)
      var startsClause = false
      while next < places.count, places[next].start < end {
        current = places[next].clause
        startsClause = true
        next += 1
      }
      let content = text.trimmed(start..<end)
      guard !content.isEmpty else { continue }
      if startsClause, let section = open {
        // The numbered lines below a label belong to it: 申报材料：⏎1.…⏎2.….
        let holds =
          current.map { $0.id.hasPrefix(section.place + ".") && $0.kind != .enumeration } ?? false
        if !(holds && section.content.isEmpty || holds && section.place != "") {
          if let done = close(start) { sections.append(done) }
          open = nil
        }
      }
      if let label = label(in: content) {
        if let done = close(start) { sections.append(done) }
        let scope = startsClause ? parent(of: current?.id ?? "") : current?.id ?? ""
        open = Section(
          kind: label.kind, clause: nil, content: label.end..<content.upperBound,
          scope: scope, place: current?.id ?? "", rule: .labelledParagraph)
      }
    }
    if let done = close(text.count) { sections.append(done) }
  }

  private func parent(of id: String) -> String {
    id.lastIndex(of: ".").map { String(id[..<$0]) } ?? ""
  }

  /// A label at the beginning of a line: 申报条件：, 【支持对象】.
  private func label(in line: Range<Int>) -> (kind: Kind, end: Int)? {
    var start = line.lowerBound
    while start < line.upperBound, start - line.lowerBound < 8,
      text[start] == "[" || text[start] == "*" || text[start] == "●" || text[start] == "◆"
        || text[start] == "■" || text[start] == "▶" || text[start] == "“" || text[start].isBlank
        || text[start] == "(" || text[start].isDigit || text[start] == "." || text[start] == "、"
        || text[start] == ")" || Self.numerals.contains(text[start])
    {
      start += 1
    }
    guard let match = Self.words.first(in: text, start..<min(line.upperBound, start + 8)) else {
      return nil
    }
    var end = match.range.upperBound
    while end < line.upperBound, end - match.range.upperBound <= 6, text[end] != ":",
      text[end] != "]"
    {
      guard text[end].isHan else { return nil }
      end += 1
    }
    guard end < line.upperBound, text[end] == ":" || text[end] == "]" else { return nil }
    while end < line.upperBound,
      text[end] == ":" || text[end] == "]" || text[end] == "*" || text[end] == "”"
        || text[end].isBlank
    {
      end += 1
    }
    return (match.value, end)
  }

  private static let numerals: Set<Unicode.Scalar> = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
  ]

  /// The sections of a kind that hold for the items of a clause, those of the nearest scope first.
  ///
  /// Assumption: more than three sections of one kind in one scope belong to one matter each, as in a guide of many
  /// projects; of them the one before and the one after the item are taken.
  ///
  /// - Parameters:
  ///   - kind: What the sections state.
  ///   - clause: The clause that grants; empty for words outside the clauses.
  ///   - index: Where the item begins.
  /// - Returns: None where the text has no such section.
  /// - Complexity: O(depth of the clause + sections found).
  func sections(_ kind: Kind, for clause: String, at index: Int) -> [Section] {
    guard let scopes = places[kind] else { return [] }
    var found: [Section] = []
    var scope = clause
    while true {
      let here = scopes[scope] ?? []
      if here.count <= 3 {
        found += here.filter { isElsewhere($0, clause) }
      } else {
        var (low, high) = (0, here.count)
        while low < high {
          let middle = (low + high) / 2
          if here[middle].content.lowerBound <= index { low = middle + 1 } else { high = middle }
        }
        if let before = here[..<low].suffix(4).last(where: { isElsewhere($0, clause) }) {
          found.append(before)
        }
        if let after = here[low...].prefix(4).first(where: { isElsewhere($0, clause) }) {
          found.append(after)
        }
      }
      if scope.isEmpty { return found }
      scope = parent(of: scope)
    }
  }

  /// Whether the granting clause is not part of the section.
  private func isElsewhere(_ section: Section, _ clause: String) -> Bool {
    section.clause.map { $0.id != clause && !clause.hasPrefix($0.id + ".") } ?? true
  }
}
