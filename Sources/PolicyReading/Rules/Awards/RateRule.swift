import PolicyText
import PolicyVocabulary

/// Rates of a base (比例): 按设备投资额的8%给予补助; 给予保费30%的补助; 按同期LPR的40%给予贴息; 按1:0.5配套.
struct RateRule: ReadingRule {
  let name = RuleName.rate

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    QuantityPhrase.lists(in: phrase.range, of: clause, isOpen: true).compactMap { figures in
      figures.allSatisfy(\.isPercent) ? reading(figures, in: phrase.range, of: clause) : nil
    }
  }

  private func reading(
    _ figures: [Figure], in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    let first = figures[0]
    let last = figures[figures.count - 1]
    guard last.behind == nil || last.behind == .atMost,
      QuantityPhrase(figures, in: phrase, of: clause)?.growth == nil
    else { return nil }
    let base = base(first.range.lowerBound, in: phrase, of: clause)
    let core = (base?.start ?? first.range.lowerBound)..<last.end
    let found = AwardPhrase(core, in: phrase, of: clause)
    let compared = clause.word(.comparator, endingAt: first.range.lowerBound) != nil
    guard
      !compared
        || (base?.isLed == true
          || clause.word(.capWord, endingAt: first.range.lowerBound) != nil && found.isGiven)
    else { return nil }
    let words =
      base?.words ?? wordsBefore(base?.start ?? found.range.lowerBound, in: phrase, of: clause)
    let kind = kind(words, found.range.lowerBound..<phrase.upperBound, of: clause)
    let quantity = words.flatMap { $0.isEmpty ? nil : clause.text.string($0) }
    let formulas = figures.map {
      Formula.rate(
        $0.high ?? $0.value, atLeast: $0.high == nil ? nil : $0.value,
        of: Formula.Base(kind: kind, quantity: quantity, range: words))
    }
    let start = base.map { min($0.start, found.range.lowerBound) } ?? found.range.lowerBound
    let range = min(words?.lowerBound ?? start, start)..<found.range.upperBound
    let isGiven = found.isGiven || base?.isLed == true
    return Reading(
      rule: name, range: range,
      value: .award(
        AwardPart(
          kind: .amounts(formulas), range: range,
          isDistributed: clause.has(.distributor, in: start..<first.range.lowerBound),
          isAdditive: clause.has(.additive, in: start..<first.range.lowerBound), rule: name)),
      score: 2 * clause.weight(range) + (isGiven ? 7 : kind == .whole ? -2 : 3))
  }

  /// The base before a figure: behind 按, or between a verb of giving and the figure.
  private func base(
    _ figure: Int, in phrase: Range<Int>, of clause: MarkedClause
  ) -> (start: Int, words: Range<Int>?, isLed: Bool)? {
    let low = max(phrase.lowerBound, figure - 64)
    if let lead = clause.last(.rateLead, in: low..<figure) {
      var words = lead.range.upperBound..<figure
      while let word = clause.word(.distributor, at: words.lowerBound), word.end <= figure {
        words = word.end..<figure
      }
      if clause.text[figure - 1] == "的", words.count > 1 { words = words.lowerBound..<(figure - 1) }
      return (lead.range.lowerBound, words.isEmpty ? nil : words, true)
    }
    if let verb = clause.last(.grantVerb, in: low..<figure) {
      var words = verb.range.upperBound..<figure
      if words.count > 1, clause.text[figure - 1] == "的" { words = words.lowerBound..<(figure - 1) }
      guard words.count > 1, words.allSatisfy({ clause.text[$0].isHan || clause.text[$0].isLetter })
      else { return (verb.range.lowerBound, nil, false) }
      return (verb.range.lowerBound, words, false)
    }
    return nil
  }

  /// A base before 按 or before a bare figure: 对增量部分按5%; 研发投入新增部分的10%.
  private func wordsBefore(
    _ start: Int, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Range<Int>? {
    var end = start
    if clause.text[end - 1] == "的" { end -= 1 }
    let whole = clause.skipping([.functionWord, .connective], from: phrase.lowerBound, limit: end)
    if clause.text[phrase.lowerBound] == "对", whole < end, clause.has(.baseWord, in: whole..<end),
      !clause.has(.subject, in: whole..<end)
    {
      return whole..<end
    }
    let low = clause.skipping(
      [.functionWord], from: clause.pieceStart(before: end, in: phrase), limit: end)
    return low < end && clause.has(.baseWord, in: low..<end) ? low..<end : nil
  }

  /// The kind of base: by the words of the base, else by the verb behind the rate.
  ///
  /// 对超出部分 may stand phrases before.
  private func kind(
    _ words: Range<Int>?, _ tail: Range<Int>, of clause: MarkedClause
  ) -> Formula.Base.Kind {
    let feature =
      words.flatMap { clause.last(.baseWord, in: $0)?.feature }
      ?? (words.map { isUpper($0, clause) } == true ? .upper : nil)
    switch feature {
    case .excess: return .excess
    case .interest: return .interest
    case .upper: return .upper
    default: return clause.first(.baseWord, in: tail)?.feature == .interest ? .interest : .whole
    }
  }

  /// 省级 … 资金: a level and a benefit.
  private func isUpper(_ words: Range<Int>, _ clause: MarkedClause) -> Bool {
    clause.has(.level, in: words) && clause.has(.receivedThing, in: words)
  }
}
