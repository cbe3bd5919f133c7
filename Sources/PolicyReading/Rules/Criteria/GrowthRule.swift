import PolicyText
import PolicyVocabulary

/// The growth of a quantity (增长率): 营业收入同比增长10%以上; 用电量较上年下降不少于30%.
struct GrowthRule: ReadingRule {
  let name = RuleName.growth

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    QuantityPhrase.lists(in: phrase.range, of: clause).compactMap { figures in
      guard figures[0].isPercent,
        let found = QuantityPhrase(figures, in: phrase.range, of: clause),
        let growth = found.growth
      else { return nil }
      return reading(found, growth, of: clause)
    }
  }

  private func reading(
    _ found: QuantityPhrase, _ growth: WordFeature, of clause: MarkedClause
  ) -> Reading {
    let isFall = growth == .down
    let members = found.figures.map { figure in
      ThresholdRule.bounds(of: figure, comparator: found.comparator(of: figure) ?? .atLeast).map {
        Criterion(
          kind: .growth(
            Threshold(
              quantity: clause.text.string(found.quantity),
              comparator: isFall ? $0.comparator.turned : $0.comparator,
              value: isFall ? $0.value.negated : $0.value, unit: "%",
              period: found.period.map(clause.text.string))),
          range: found.range, rule: name)
      }
    }
    let leaf = Leaf(criteria: members[0], members: members.count > 1 ? members : [])
    return Reading(
      rule: name, range: found.range, value: .condition([leaf]),
      score: 2 * clause.weight(found.range) + 4)
  }
}

extension Comparator {
  /// The comparator of the number with its sign turned: a fall of 30 % and more is growth of at most −30 %.
  var turned: Self {
    switch self {
    case .atLeast: .atMost
    case .moreThan: .lessThan
    case .atMost: .atLeast
    case .lessThan: .moreThan
    case .equal: .equal
    }
  }
}
