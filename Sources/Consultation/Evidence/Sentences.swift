internal import PolicyText

/// Cuts a stretch of text into sentences, for quoting.
enum Sentences {
  /// The sentences of `range`, to each 。, ；, ！ or ？ outside brackets, or line break; they tile it but for white space.
  ///
  /// A line break parts sentences where the line before ended or a new label begins; else it stands inside one.
  static func of(_ text: MatchText, _ range: Range<Int>) -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    func close(_ end: Int) {
      let sentence = text.trimmed(start..<end)
      start = end
      guard !sentence.isEmpty else { return }
      // （责任单位：…） after a sentence belongs to it.
      if let last = sentences.last, text[sentence.lowerBound] == "(",
        text[sentence.upperBound - 1] == ")" || text[sentence.upperBound - 1] == "。",
        sentence.count < 160,
        text.has("责任", at: sentence.lowerBound + 1)
          || text.has("牵头", at: sentence.lowerBound + 1)
          || text.has("配合", at: sentence.lowerBound + 1)
      {
        sentences[sentences.count - 1] = last.lowerBound..<sentence.upperBound
      } else {
        sentences.append(sentence)
      }
    }
    for index in range {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case "。", "!", "?":
        if depth == 0 || text[index] == "。" {
          close(index + 1)
          depth = 0
        }
      case ";":
        if depth == 0 { close(index + 1) }
      case "\n":
        if text.trimmed(start..<index).count > 0, breaks(text, index, range) {
          close(index)
          depth = 0
        }
      default: break
      }
    }
    close(range.upperBound)
    return sentences
  }

  /// Whether a line break ends a sentence: the next line begins anew, or the line is short as a heading is.
  private static func breaks(_ text: MatchText, _ index: Int, _ range: Range<Int>) -> Bool {
    let next = text.skippingBlanks(index + 1, limit: range.upperBound)
    guard next < range.upperBound else { return true }
    if text[index - 1] == ":" { return true }
    // A blank line or an indent begins a paragraph; a bare break may be that of a page.
    return next - index > 2 || text[next] == "(" || text[next].isDigit
      || text[next] == "第"
      || ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"].contains(text[next])
  }
}
