import PolicyText
import PolicyVocabulary

/// The age of a firm in months, or of a person in years (成立年限、年龄): 成立不满三年; 年龄18至45周岁.
struct AgeRule: ReadingRule {
  let name = RuleName.age

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    clause.figures(in: phrase.range).compactMap { place in
      let figure = clause.figures[place]
      guard let found = QuantityPhrase([figure], in: phrase.range, of: clause) else { return nil }
      switch figure.unit?.family {
      case .age: return reading(figure, found, .person, phrase.range, clause)
      case .duration where figure.unit?.name == "月":
        guard let word = clause.word(.ageFirm, endingAt: found.quantity.upperBound),
          word.start >= found.range.lowerBound
        else { return nil }
        return reading(figure, found, .firm, phrase.range, clause)
      default: return nil
      }
    }
  }

  private func reading(
    _ figure: Figure, _ found: QuantityPhrase, _ owner: AgeOwner, _ phrase: Range<Int>,
    _ clause: MarkedClause
  ) -> Reading {
    let criteria = ThresholdRule.bounds(
      of: figure, comparator: found.comparator(of: figure) ?? .atLeast
    ).map {
      Criterion(kind: .age(owner, $0.comparator, $0.value), range: found.range, rule: name)
    }
    var end = found.range.upperBound
    if let tail = clause.word(.dateTail, at: end), tail.feature == .during { end = tail.end }
    let range = found.range.lowerBound..<end
    return Reading(
      rule: name, range: range, value: .condition([Leaf(criteria: criteria)]),
      score: 2 * clause.weight(range) + 6)
  }
}
