import PolicyText
import PolicyVocabulary

/// Upper limits in money (上限): 最高不超过300万元; 每个展位不超过3万元; 总额分别不超过100万元、300万元.
struct CapRule: ReadingRule {
  let name = RuleName.cap

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    QuantityPhrase.lists(in: phrase.range, of: clause).compactMap { figures in
      figures.allSatisfy({ $0.unit?.name == "元" })
        ? reading(figures, in: phrase.range, of: clause) : nil
    }
  }

  /// Whether the words before a figure limit it.
  static func isCap(_ before: Range<Int>, of clause: MarkedClause) -> Bool {
    guard let cap = clause.last(.capWord, in: before) else { return false }
    let between = cap.range.upperBound..<before.upperBound
    return between.isEmpty
      || clause.skipping(
        [.grantVerb, .supportNoun, .functionWord, .moneyTail, .distributor, .onceWord, .capWord],
        from: between.lowerBound, limit: between.upperBound) == between.upperBound
  }

  private func reading(
    _ figures: [Figure], in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    let first = figures[0]
    let last = figures[figures.count - 1]
    let suffix = AwardUnit.behind(last.end, limit: phrase.upperBound, of: clause)
    let found = AwardPhrase(first.range.lowerBound..<suffix.end, in: phrase, of: clause)
    let before = found.range.lowerBound..<first.range.lowerBound
    let isBehind =
      last.behind == .atMost && (found.isGiven || clause.word(.supportNoun, at: last.end) != nil)
    guard Self.isCap(before, of: clause) || isBehind, !isThreshold(first, in: phrase, clause) else {
      return nil
    }
    let start = scopeStart(found.range.lowerBound, in: phrase, clause)
    let range = start..<found.range.upperBound
    let prefix = AwardUnit.each(in: start..<first.range.lowerBound, of: clause)
    let unit = AwardUnit.ordered(suffix.units + prefix, isYearly: false)
    let caps = figures.map { Formula.Cap(yuan: $0.value, unit: unit, range: range) }
    let gives = before.lowerBound < before.upperBound && clause.has(.grantVerb, in: before)
    return Reading(
      rule: name, range: range,
      value: .award(
        AwardPart(
          kind: .caps(caps), range: range, isDistributed: found.isDistributed,
          isAdditive: found.isAdditive && gives, rule: name)),
      score: 2 * clause.weight(range) + 8)
  }

  /// Whether a quantity stands before the comparator: 注册资本不超过100万元.
  ///
  /// Sums that are given are none.
  private func isThreshold(
    _ figure: Figure, in phrase: Range<Int>, _ clause: MarkedClause
  ) -> Bool {
    guard let comparator = clause.word(.comparator, endingAt: figure.range.lowerBound),
      let noun = clause.word(.quantityNoun, endingAt: comparator.start)
    else { return false }
    return noun.start >= phrase.lowerBound
      && clause.word(.supportNoun, endingAt: comparator.start) == nil
      && !clause.has(.grantVerb, in: noun.start..<comparator.start)
  }

  /// 单个企业全年, 单户: what the limit counts over.
  private func scopeStart(
    _ start: Int, in phrase: Range<Int>, _ clause: MarkedClause
  ) -> Int {
    let low = max(phrase.lowerBound, start - 20)
    guard
      (low..<start).allSatisfy({
        clause.text[$0].isHan && clause.text[$0] != "的" || clause.figure(covering: $0) != nil
      })
    else { return start }
    return low == phrase.lowerBound && clause.figures(in: low..<start).isEmpty ? low : start
  }
}
