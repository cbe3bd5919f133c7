internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// Recognises years, levels, departments and sums in a query.
enum HintReader {
  /// Names of levels; the longer before those they end with.
  private static let levels: [(word: String, level: GovernmentLevel)] = [
    ("国家级", .national), ("省级", .province), ("地市级", .city), ("市级", .city), ("区县级", .county),
    ("县区级", .county), ("区级", .county), ("县级", .county),
  ]
  /// What makes a word of the synonyms a department.
  private static let endings = ["局", "委", "厅", "部", "办", "部门", "总局", "委员会"]

  /// The hints in the words of a query, each once, in order of kinds.
  static func hints(in words: String) -> [QueryHint] {
    let text = MatchText(SourceText(words))
    var hints = years(in: text) + self.levels(in: text)
    for word in departments(in: words) {
      hints.append(QueryHint(kind: .department, text: word, value: word, isApplied: false))
    }
    for sum in MoneyReader.sums(in: text) {
      hints.append(
        QueryHint(
          kind: .amount, text: text.string(sum.range), value: "\(sum.fen)", isApplied: true))
    }
    var seen: Set<String> = []
    return hints.filter { seen.insert($0.text).inserted }
  }

  /// The departments in the words of a query.
  private static func departments(in words: String) -> [String] {
    Synonyms.standard.found(in: words).map(\.word).filter { word in
      endings.contains { word.hasSuffix($0) }
    }
  }

  /// 2024年 and 2024 alone; a date with its month belongs to the matter.
  private static func years(in text: MatchText) -> [QueryHint] {
    var hints: [QueryHint] = []
    var index = 0
    while index < text.count {
      guard text[index].isDigit else {
        index += 1
        continue
      }
      let start = index
      var value = 0
      while index < text.count, text[index].isDigit {
        if index - start < 5 { value = value * 10 + Int(text[index].value - 0x30) }
        index += 1
      }
      guard index - start == 4, 1_990...2_099 ~= value else { continue }
      let before = start == 0 || text[start - 1].isBlank
      if index < text.count, text[index] == "年" {
        let isDate = index + 1 < text.count && text[index + 1].isDigit
        if !isDate {
          hints.append(
            QueryHint(kind: .year, text: "\(value)年", value: "\(value)", isApplied: true))
        }
      } else if before, index == text.count || text[index].isBlank {
        hints.append(QueryHint(kind: .year, text: "\(value)年", value: "\(value)", isApplied: true))
      }
    }
    return hints
  }

  private static func levels(in text: MatchText) -> [QueryHint] {
    var hints: [QueryHint] = []
    var index = 0
    while index < text.count {
      let found = levels.first { entry in
        var at = index
        for scalar in entry.word.unicodeScalars {
          guard at < text.count, text[at] == scalar else { return false }
          at += 1
        }
        return true
      }
      if let found {
        hints.append(
          QueryHint(
            kind: .level, text: found.word, value: found.level.rawValue, isApplied: false))
      }
      index += found?.word.unicodeScalars.count ?? 1
    }
    return hints
  }
}
