import PolicyText
import PolicyVocabulary

/// A quantity compared with figures (数值门槛): 上年度主营业务收入2000万元以上; 年产值首次达到1亿元、3亿元.
struct ThresholdRule: ReadingRule {
  let name = RuleName.threshold

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    QuantityPhrase.lists(in: phrase.range, of: clause).compactMap {
      reading($0, in: phrase.range, of: clause)
    }
  }

  private func reading(
    _ figures: [Figure], in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    guard let first = figures.first, let unit = first.unit, !first.isOrdinal, unit.family != .age,
      let found = QuantityPhrase(figures, in: phrase, of: clause),
      found.growth == nil || unit.family != .percent, isThreshold(found, in: phrase, clause)
    else { return nil }
    let (words, range) = quantity(found, in: phrase, of: clause)
    guard !isAge(found, clause) else { return nil }
    let period = found.period.map(clause.text.string)
    let members = figures.map { figure in
      Self.bounds(of: figure, comparator: found.comparator(of: figure)).map { bound in
        Criterion(
          kind: .number(
            Threshold(
              quantity: words, comparator: bound.comparator, value: bound.value, unit: unit.name,
              period: period)),
          range: range, rule: name)
      }
    }
    let leaf = Leaf(criteria: members[0], members: figures.count > 1 ? members : [])
    return Reading(
      rule: name, range: range, value: .condition([leaf]),
      score: 2 * clause.weight(range) + (words.isEmpty ? 4 : 3))
  }

  /// Whether the figures are a threshold: compared, a range behind a quantity, or a whole share (到位率100%).
  private func isThreshold(
    _ found: QuantityPhrase, in phrase: Range<Int>, _ clause: MarkedClause
  ) -> Bool {
    let first = found.figures[0]
    let start = found.quantity.lowerBound
    if !found.quantity.isEmpty,
      clause.word(.supportNoun, at: start) != nil || clause.text[start] == "自"
    {
      return false
    }
    let noun = clause.word(.quantityNoun, endingAt: found.quantity.upperBound)
    if first.unit?.family == .duration { return isSpanOfEvent(found, clause) }
    guard let comparator = found.comparator else {
      if noun != nil { return first.high != nil || first.isPercent }
      return first.high != nil && Self.decidesCase(found.figures, in: phrase, of: clause)
    }
    guard found.figures.allSatisfy(\.isMoney), comparator == .atMost else { return true }
    return noun.map { $0.start >= found.quantity.lowerBound } ?? false
      || Self.decidesCase(found.figures, in: phrase, of: clause)
  }

  /// Whether a span of time belongs to an event, and is not how long something is granted: 最长不超过12个月.
  private func isSpanOfEvent(_ found: QuantityPhrase, _ clause: MarkedClause) -> Bool {
    guard found.comparator != nil, found.quantity.count >= 2 else { return false }
    return clause.word(.monthsWord, endingAt: found.quantity.upperBound) == nil
  }

  /// Whether the figures say when a sum behind them is given: 10万元至20万元的 · 补贴3000元.
  static func decidesCase(
    _ figures: [Figure], in phrase: Range<Int>, of clause: MarkedClause
  ) -> Bool {
    guard let end = figures.last?.end, clause.text[end] == "的" else { return false }
    return clause.figures(in: end..<phrase.upperBound).contains {
      clause.figures[$0].isMoney || clause.figures[$0].isPercent
    }
  }

  private func isAge(_ found: QuantityPhrase, _ clause: MarkedClause) -> Bool {
    clause.word(.ageFirm, endingAt: found.quantity.upperBound) != nil
      && found.figures[0].unit?.family == .duration
  }

  /// The quantity with its words; of a span of time what stands behind it belongs to it: 签订1年以上劳动合同.
  private func quantity(
    _ found: QuantityPhrase, in phrase: Range<Int>, of clause: MarkedClause
  ) -> (words: String, range: Range<Int>) {
    let words = clause.text.string(found.quantity)
    guard found.figures[0].unit?.family == .duration, found.figures[0].behind != nil,
      !found.quantity.isEmpty, found.quantity.count <= 4
    else { return (words, found.range) }
    let end = clause.pieceEnd(after: found.range.upperBound, in: phrase)
    let rest = found.range.upperBound..<end
    guard 2...8 ~= rest.count, !clause.has(.subject, in: rest), !clause.has(.grantVerb, in: rest)
    else { return (words, found.range) }
    return (words + clause.text.string(rest), found.range.lowerBound..<end)
  }

  /// The comparisons that one figure stands for: one, or two for a range.
  static func bounds(
    of figure: Figure, comparator: Comparator?
  ) -> [(comparator: Comparator, value: ExactNumber)] {
    guard let high = figure.high else { return [(comparator ?? .equal, figure.value)] }
    let low: Comparator = figure.lowIncluded == false ? .moreThan : .atLeast
    return [
      (low, figure.value), (figure.highIncluded == false ? .lessThan : .atMost, high),
    ]
  }
}
