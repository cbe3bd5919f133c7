import PolicyText
import PolicyVocabulary

/// Tells line breaks of the page (换行) from those of the writer (分段).
///
/// Assumption: a writer ends a line with a stop, a colon or a bar, or begins the next with a label, a bar or a
/// heading and its colon. All other breaks inside a clause come from the width of a page.
struct LineJoiner {
  private let text: MatchText
  private let range: Range<Int>

  init(_ text: MatchText, _ range: Range<Int>) {
    self.text = text
    self.range = range
  }

  /// Whether the line break at `index` stands inside a sentence.
  func isWrap(at index: Int) -> Bool {
    var before = index - 1
    while before >= range.lowerBound, text[before] == " " { before -= 1 }
    var next = index + 1
    while next < range.upperBound, text[next] == " " { next += 1 }
    guard before >= range.lowerBound, next < range.upperBound else { return true }
    switch text[before] {
    case "\n", "|", ":": return false
    case let scalar where scalar.endsSentence: return false
    default: break
    }
    return
      !(text[next] == "\n" || text[next] == "|" || text[next] == "#" || isLabel(next)
      || isHeading(next))
  }

  /// Whether a label of a list begins at `index`: (一), ①, or 1 with a full stop.
  private func isLabel(_ index: Int) -> Bool {
    if 0x2460...0x2473 ~= text[index].value { return true }
    var end = index
    if text[end] == "(" { end += 1 }
    let start = end
    while end < index + 4, text[end].isDigit || Numeral.isChineseDigit(text[end]) { end += 1 }
    guard end > start else { return false }
    if text[index] == "(" { return text[end] == ")" }
    return text[end] == "、" || (text[end] == "." && !text[end + 1].isDigit)
  }

  /// Whether a heading of a few Han characters and a colon begins at `index`.
  private func isHeading(_ index: Int) -> Bool {
    var end = index
    while end < index + 9, text[end].isHan || text[end].isLetter { end += 1 }
    return end > index && text[end] == ":"
  }
}
