import PolicyText
import PolicyVocabulary

/// Sums that are given (定额): 给予一次性奖励20万元; 分别给予30万元、10万元; 每人每月500元; A类20万元.
struct AmountRule: ReadingRule {
  let name = RuleName.amount

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    QuantityPhrase.lists(in: phrase.range, of: clause, isOpen: true).compactMap { figures in
      figures.allSatisfy(\.isMoney) && figures.allSatisfy({ $0.unit?.name == "元" })
        ? reading(figures, in: phrase.range, of: clause) : nil
    }
  }

  private func reading(
    _ figures: [Figure], in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    let first = figures[0]
    let last = figures[figures.count - 1]
    guard last.behind == nil, !isCompared(first, in: phrase, of: clause),
      !isBudget(first, in: phrase, of: clause),
      !ThresholdRule.decidesCase(figures, in: phrase, of: clause)
    else { return nil }
    let suffix = AwardUnit.behind(last.end, limit: phrase.upperBound, of: clause)
    guard clause.word(.changeTo, at: suffix.end) == nil else { return nil }
    let change = clause.word(.changeTo, endingAt: first.range.lowerBound)
    let core = (change == nil ? first.range.lowerBound : phrase.lowerBound)..<suffix.end
    let found = AwardPhrase(core, in: phrase, of: clause)
    let before = found.range.lowerBound..<first.range.lowerBound
    guard !isCap(before, first, clause) else { return nil }
    let isYearly = clause.has(.yearlyWord, in: before)
    let prefix = AwardUnit.each(in: before, of: clause)
    let unit = AwardUnit.ordered(suffix.units + prefix, isYearly: isYearly)
    let formulas = figures.map { figure -> Formula in
      if let unit { return .perUnit(figure.value, upTo: figure.high, unit: unit) }
      return figure.high.map { .range(figure.value, $0) } ?? .fixed(figure.value)
    }
    return Reading(
      rule: name, range: found.range,
      value: .award(
        AwardPart(
          kind: .amounts(formulas), range: found.range, isDistributed: found.isDistributed,
          isAdditive: found.isAdditive, rule: name)),
      score: 2 * clause.weight(found.range) + (found.isGiven ? 6 : -4))
  }

  /// Whether a comparator or a quantity stands directly before: 达到5亿元, 注册资本500万元.
  private func isCompared(
    _ figure: Figure, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Bool {
    let start = figure.range.lowerBound
    if let word = clause.word(.comparator, endingAt: start), word.start >= phrase.lowerBound {
      return clause.word(.capWord, endingAt: start) == nil
    }
    guard let noun = clause.word(.quantityNoun, endingAt: start) else { return false }
    return noun.start >= phrase.lowerBound && clause.word(.supportNoun, endingAt: start) == nil
  }

  /// Whether the words before tell of a budget or report what was paid.
  private func isBudget(
    _ figure: Figure, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Bool {
    let before = max(phrase.lowerBound, figure.range.lowerBound - 16)..<figure.range.lowerBound
    if let report = clause.last(.mood, in: before), report.feature == .report,
      !clause.text.scalars[report.range.upperBound..<before.upperBound].contains("的"),
      clause.word(.capWord, endingAt: before.upperBound) == nil
    {
      return true
    }
    guard let budget = clause.last(.budgetWord, in: before) else { return false }
    return !clause.has(.grantVerb, in: budget.range.upperBound..<figure.range.lowerBound)
  }

  private func isCap(_ before: Range<Int>, _ figure: Figure, _ clause: MarkedClause) -> Bool {
    clause.word(.capWord, endingAt: figure.range.lowerBound) != nil
      || clause.word(.capBehind, at: figure.end) != nil
      || CapRule.isCap(before, of: clause)
  }
}
