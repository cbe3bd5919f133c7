internal import PolicyText

/// Words of questions that say nothing about what is asked for: 请问, 怎么, 有没有.
struct StopPhrases: Sendable {
  private var phrases = ScalarTrie()

  /// The list that travels with the program.
  static let standard = StopPhrases(parsing: embeddedText("vocabulary/stop-phrases.txt"))

  init(parsing file: String) {
    let lines = file.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("[") }
    for (number, phrase) in lines.enumerated() { phrases.insert(phrase, value: number) }
  }

  /// `words` with the phrases cut out, each leaving a space, the longest that begins at a place first; the
  /// words as they are where less than two characters would be left.
  func removed(from words: String) -> String {
    let scalars = Array(words.unicodeScalars)
    var result = String.UnicodeScalarView()
    var isCut = false
    var index = 0
    while index < scalars.count {
      let found = phrases.longest(at: index) { $0 < scalars.count ? scalars[$0].value : 0 }
      if let found {
        result.append(" ")
        isCut = true
        index += found.length
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    guard isCut else { return words }
    let left = String(result)
    return left.count { $0.isLetter || $0.isNumber } < 2 ? words : left
  }
}
