internal import PolicyText

/// Reads what a document defines: （以下简称“X”）, 本办法所称X，是指Y。 and the like.
struct DefinitionReader {
  let text: MatchText

  private static let shortNames: [StaticString] = ["以下简称", "以下统称", "以下并称", "以下称", "简称"]
  private static let meaning: [StaticString] = ["是指", "专指", "指的是", "系指"]

  /// The definitions in `range`, in order.
  ///
  /// - Complexity: O(*n*).
  func definitions(in range: Range<Int>) -> [Definition] {
    var found: [Definition] = []
    var index = range.lowerBound
    while index < range.upperBound {
      switch text[index] {
      case "(":
        if let definition = shortName(at: index, in: range) { found.append(definition) }
      case "所":
        if text.has("所称", at: index), let definition = term(at: index + 2, in: range) {
          found.append(definition)
        }
      default: break
      }
      index += 1
    }
    return found
  }

  private func shortName(at open: Int, in range: Range<Int>) -> Definition? {
    guard let length = text.longest(of: Self.shortNames, at: open + 1) else { return nil }
    var start = open + 1 + length
    while text[start] == ":" || text[start] == " " || text[start] == "为" { start += 1 }
    var end = start
    while end < range.upperBound, end - start < 40, text[end] != ")" { end += 1 }
    guard text[end] == ")", end > start else { return nil }
    let termRange = unquoted(text.trimmed(start..<end))
    var from = open
    var depth = 0
    while from > range.lowerBound, open - from < 60 {
      let scalar = text[from - 1]
      if scalar == "》" { depth += 1 }
      if scalar == "《" { depth -= 1 }
      if depth == 0, scalar.endsSentence || scalar == "," || scalar == ":" || scalar == "\n" {
        break
      }
      from -= 1
    }
    for word in ["依托", "根据", "由", "对", "在", "入驻", "为落实", "按照", "通过"] as [StaticString]
    where text.has(word, at: from) {
      from += text.length(of: word, at: from) ?? 0
      break
    }
    let meaning = text.trimmed(from..<open)
    guard !meaning.isEmpty, !termRange.isEmpty else { return nil }
    return Definition(
      term: text.string(termRange), meaning: text.string(meaning),
      range: text.bytes(meaning.lowerBound..<(end + 1)))
  }

  private func term(at start: Int, in range: Range<Int>) -> Definition? {
    var end = start
    while end < range.upperBound, end - start < 40, !text[end].endsSentence, text[end] != "\n" {
      if let length = text.longest(of: Self.meaning, at: end) {
        let name = unquoted(text.trimmed(start..<(text[end - 1] == "," ? end - 1 : end)))
        var stop = end + length
        while stop < range.upperBound, stop - end < 600, text[stop] != "。", text[stop] != "\n" {
          stop += 1
        }
        let meaning = text.trimmed((end + length)..<stop)
        guard !name.isEmpty, !meaning.isEmpty else { return nil }
        return Definition(
          term: text.string(name), meaning: text.string(meaning),
          range: text.bytes(start..<stop))
      }
      end += 1
    }
    return nil
  }

  private func unquoted(_ range: Range<Int>) -> Range<Int> {
    var range = range
    let marks: [Unicode.Scalar] = ["“", "”", "\"", "'", "《", "》"]
    while !range.isEmpty, marks.contains(text[range.lowerBound]) {
      range = (range.lowerBound + 1)..<range.upperBound
    }
    while !range.isEmpty, marks.contains(text[range.upperBound - 1]) {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    return range
  }
}
