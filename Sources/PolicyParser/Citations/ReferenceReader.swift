internal import PolicyText

/// Reads references: 《标题》(文号) to other documents, 第三条 to clauses of this one.
struct ReferenceReader {
  let text: MatchText

  /// A title between marks: the place of the marks, and of the words between.
  struct Title {
    var outer: Range<Int>
    var inner: Range<Int>
    var isClosed: Bool
  }

  /// The titles in `range`, outermost only: 《A关于印发〈B〉的通知》 is one.
  ///
  /// - Complexity: O(*n*).
  func titles(in range: Range<Int>) -> [Title] {
    var titles: [Title] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index] == "《" else {
        index += 1
        continue
      }
      var depth = 0
      var end = index
      var isClosed = false
      scan: while end < range.upperBound, end - index < 200 {
        switch text[end] {
        case "《": depth += 1
        case "》":
          depth -= 1
          if depth == 0 {
            isClosed = true
            break scan
          }
        case "。": break scan
        default: break
        }
        end += 1
      }
      if isClosed {
        titles.append(Title(outer: index..<(end + 1), inner: (index + 1)..<end, isClosed: true))
        index = end + 1
      } else {
        // Inner marks may lack their partner: take the last closing sign before the sentence ends.
        if depth > 1, let close = text.last("》", in: index..<end) {
          titles.append(
            Title(
              outer: index..<close.upperBound, inner: (index + 1)..<close.lowerBound,
              isClosed: true))
          index = close.upperBound
        } else {
          titles.append(Title(outer: index..<end, inner: (index + 1)..<end, isClosed: false))
          index += 1
        }
      }
    }
    return titles
  }

  /// References to other documents, except those to the titles `own`.
  func references(
    in range: Range<Int>, except own: Set<String>
  ) -> (references: [Reference], diagnostics: [Diagnostic]) {
    var references: [Reference] = []
    var diagnostics: [Diagnostic] = []
    let numbers = DocumentNumberReader(text)
    for title in titles(in: range) {
      guard title.isClosed else {
        diagnostics.append(
          Diagnostic(.unbalancedTitleMarks, .note, at: text.bytes(title.outer)))
        continue
      }
      let key = text.key(title.inner)
      guard key.count >= 2, !own.contains(key) else { continue }
      var end = title.outer.upperBound
      var number: DocumentNumber?
      let after = text.skippingSpaces(end, limit: range.upperBound)
      if text[after] == "(" || text[after] == "[",
        let found = numbers.numbers(
          in: (after + 1)..<min(after + 40, range.upperBound)
        ).first, found.range.lowerBound <= after + 2
      {
        number = found.number
        end = found.range.upperBound
        if text[end] == ")" || text[end] == "]" { end += 1 }
      }
      references.append(
        Reference(
          target: .document(title: joined(title.inner), number: number),
          range: text.bytes(title.outer.lowerBound..<end)))
    }
    return (references, diagnostics)
  }

  /// References to articles of this document: 本办法第三条, 第五条第（二）项, by the articles it has.
  func articleReferences(
    in range: Range<Int>, articles: [Int: String], labels: Set<Int>
  ) -> [Reference] {
    var references: [Reference] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index] == "第", !labels.contains(index),
        let read = ChineseNumeral.read(text, at: index + 1, limit: range.upperBound),
        text[read.end] == "条", text[index - 1] != "》"
      else {
        index += 1
        continue
      }
      references.append(
        Reference(
          target: .clause(id: articles[read.value]), range: text.bytes(index..<(read.end + 1))))
      index = read.end + 1
    }
    return references
  }

  /// The words of a title that a line break may cut.
  private func joined(_ range: Range<Int>) -> String {
    var parts: [String] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || text[index] == "\n" {
      let part = text.trimmed(start..<index)
      if !part.isEmpty { parts.append(text.string(part)) }
      start = index + 1
    }
    return parts.joined()
  }
}
