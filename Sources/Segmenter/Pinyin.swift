private import CICU
internal import PolicyText

/// The pinyin of Chinese words: for suggestions while typing, never for the index.
///
/// ICU's Han-Latin gives one reading a character; a list of words corrects those of several readings (银行, 重庆).
public struct Pinyin: Sendable {
  private let syllables: [String]
  private let words: WordSet<[String]>

  /// The readings that travel with the program.
  public static let standard = Pinyin(corrections: embeddedText("vocabulary/polyphones.tsv"))

  /// Reads corrections: word, tab, syllables with spaces between.
  init(corrections: String) {
    syllables = Self.table()
    words = WordSet(
      corrections.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
        let columns = line.split(separator: "\t")
        guard columns.count == 2 else { return nil }
        return (
          word: String(columns[0]),
          value: columns[1].split(separator: " ").map { $0.replacing("ü", with: "v") }.map(
            String.init)
        )
      })
  }

  private static func table() -> [String] {
    var table = [String](repeating: "", count: 0x9FFF - 0x4E00 + 1)
    var status: Int32 = 0
    guard let pinyin = cicu_pinyin_open(&status) else { return table }
    defer { cicu_pinyin_close(pinyin) }
    for index in table.indices {
      var syllable = [CChar](repeating: 0, count: 16)
      let count = cicu_pinyin_of(pinyin, UInt16(0x4E00 + index), &syllable, 16)
      table[index] = String(
        decoding: syllable.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return table
  }

  /// The syllables of a word, one a character: 惠企政策 is hui, qi, zheng, ce.
  ///
  /// - Returns: A letter or a digit stands for itself in lower case; other signs are left out.
  /// - Complexity: O(*n*).
  public func syllables(of word: String) -> [String] {
    let text = MatchText(SourceText(word))
    var found: [String] = []
    var index = 0
    while index < text.count {
      if let match = words.longest(in: text, at: index, limit: text.count),
        match.value.count == match.range.count
      {
        found += match.value
        index = match.range.upperBound
        continue
      }
      let scalar = text[index]
      if (0x4E00...0x9FFF).contains(scalar.value) {
        let syllable = syllables[Int(scalar.value) - 0x4E00]
        if !syllable.isEmpty { found.append(syllable) }
      } else if scalar.isLetter || scalar.isDigit {
        found.append(String(scalar).lowercased())
      }
      index += 1
    }
    return found
  }
}
