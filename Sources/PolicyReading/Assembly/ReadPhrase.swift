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
        heading = nil
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
    return result
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
