internal import PolicyText

/// Recognises names of public bodies (机关、部门、单位) by their endings and beginnings.
struct OrganisationReader {
  let text: MatchText

  private static let endings: Set<String> = Set(
    embeddedText("vocabulary/unit-endings.txt").split(separator: "\n")
      .filter { !$0.hasPrefix("#") && !$0.hasPrefix("[") }.map(String.init))
  private static let longestEnding = endings.map(\.count).max() ?? 1

  /// Whether the whole of `range` reads as the name of one body.
  func isName(_ range: Range<Int>, longest: Int = 40) -> Bool {
    guard 3...longest ~= range.count, endsAsName(range) else { return false }
    for index in range {
      switch text[index] {
      case "。", ";", ":", ",", "!", "?", "《", "》", "的", "、", "\n": return false
      default: break
      }
    }
    return !text.contains(["关于", "印发", "负责", "如下", "根据", "为了", "进一步"], in: range)
  }

  /// Whether `range` ends as names of public bodies do.
  func endsAsName(_ range: Range<Int>) -> Bool {
    var key = ""
    var index = range.upperBound
    while index > range.lowerBound, key.count < Self.longestEnding {
      index -= 1
      if text[index] == " " { continue }
      key = String(Character(text[index])) + key
      if Self.endings.contains(key) { return true }
    }
    return false
  }

  /// The names that stand in `range`, divided by spaces: a line of joint issuers.
  func names(in range: Range<Int>) -> [Range<Int>] {
    if isName(range), !text.contains(["局 ", "府 ", "部 ", "会 ", "厅 ", "室 ", "委 "], in: range) {
      return [range]
    }
    var names: [Range<Int>] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || text[index] == " " || text[index] == "、" {
      let part = text.trimmed(start..<index)
      if !part.isEmpty {
        guard isName(part) else { return isName(range) ? [range] : [] }
        names.append(part)
      }
      start = index + 1
    }
    return names
  }
}
