import PolicyText
import PolicyVocabulary

/// A phrase with its readings, its role and what a heading above it says of it.
struct ReadPhrase {
  /// The phrase.
  let phrase: Phrase
  /// The chosen readings, in order.
  let readings: [Reading]
  /// What it does.
  var role: PhraseRole
  /// What the heading or the head of the column says: 申报条件, 支持标准; nil where none does.
  var heading: WordFeature?

  /// Whether it gives something.
  var gives: Bool { role == .grant }
}

/// Reads the phrases of a clause one by one, and hands the kind of each heading down to what it heads.
struct PhraseReader {
  let clause: MarkedClause

  /// All phrases with readings and roles.
  func phrases() -> [ReadPhrase] {
    let roles = PhraseRoleReader(clause: clause)
    var columns: [WordFeature?] = []
    var heading: WordFeature?
    var sentence = -1
    var column = 0
    var result: [ReadPhrase] = []
    let phrases = SentenceCutter.phrases(of: clause)
    for (index, phrase) in phrases.enumerated() {
      if phrase.sentence != sentence {
        sentence = phrase.sentence
        column = 0
        if phrase.label == nil { heading = nil }
        if let head = headRow(phrases[index...]) { columns = head }
      }
      let isCell = !columns.isEmpty && isInTable(phrase)
      if isCell {
        heading = column < columns.count ? columns[column] : nil
        column += 1
      }
      let readings = Grammar.readings(in: phrase, of: clause).readings
      var read = ReadPhrase(
        phrase: phrase, readings: readings, role: roles.role(of: phrase, readings),
        heading: heading)
      if read.role == .heading, !isCell || column <= columns.count {
        heading = clause.last(.label, in: phrase.range)?.feature
      } else if heading == .other {
        read.role = .remark
      } else if heading == .target || heading == .condition, read.role == .procedure {
        read.role = .condition
      }
      result.append(read)
    }
    setAsideInstalments(&result)
    setAsideIntroductions(&result)
    return result
  }

  /// How a sum is paid gives no further sum: 分两年兑现，第一年6万元，第二年4万元.
  private func setAsideInstalments(_ phrases: inout [ReadPhrase]) {
    for index in phrases.indices where clause.has(.instalment, in: phrases[index].phrase.range) {
      let sentence = phrases[index].phrase.sentence
      guard phrases[..<index].contains(where: { $0.gives && $0.phrase.sentence == sentence }),
        !phrases[index].gives
      else { continue }
      for next in index..<phrases.count
      where phrases[next].phrase.part == phrases[index].phrase.part {
        phrases[next].role = .procedure
      }
    }
  }

  /// 支持企业上市。 and 支持冷链物流发展，对… only lead up to what gives.
  private func setAsideIntroductions(_ phrases: inout [ReadPhrase]) {
    for index in phrases.indices where phrases[index].role == .condition {
      let phrase = phrases[index].phrase
      guard clause.word(.introduction, at: phrase.range.lowerBound) != nil,
        clause.text[phrase.range.upperBound - 1] != "的"
      else { continue }
      let rest = phrases[(index + 1)...].prefix { $0.phrase.sentence == phrase.sentence }
      let names = rest.contains { clause.text[$0.phrase.range.lowerBound] == "对" }
      if names || !rest.contains(where: \.gives) { phrases[index].role = .remark }
    }
  }

  /// The kinds of the columns, where a row of headings begins here.
  private func headRow(_ phrases: ArraySlice<Phrase>) -> [WordFeature?]? {
    guard let first = phrases.first, isInTable(first) else { return nil }
    let cells = phrases.prefix { $0.sentence == first.sentence }
    let kinds = cells.map { cell -> WordFeature? in
      guard let label = clause.word(.label, at: cell.range.lowerBound),
        label.end == cell.range.upperBound
      else { return nil }
      return label.feature
    }
    return kinds.filter { $0 != nil }.count * 2 > kinds.count ? kinds : nil
  }

  private func isInTable(_ phrase: Phrase) -> Bool {
    phrase.stop == "|" || clause.text[phrase.range.lowerBound - 1] == "|"
  }
}
