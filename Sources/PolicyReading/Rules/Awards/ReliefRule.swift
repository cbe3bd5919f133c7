import PolicyText
import PolicyVocabulary

/// Relief of a duty to pay (减免缓): 免收行政事业性收费; 租金减半收取; 减按80%征收; 可延期缴纳税款.
struct ReliefRule: ReadingRule {
  let name = RuleName.relief

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    var readings: [Reading] = []
    var index = phrase.range.lowerBound
    while index < phrase.range.upperBound {
      if let tariff = clause.word(.tariffWord, at: index) {
        readings.append(reading(index..<tariff.end, nil, in: phrase.range, of: clause))
        index = tariff.end
      } else if let verb = clause.word(.reliefVerb, at: index), verb.end <= phrase.range.upperBound,
        let relief = relief(index..<verb.end, verb.feature, in: phrase.range, of: clause)
      {
        readings.append(reading(relief.range, relief.percent, in: phrase.range, of: clause))
        index = relief.range.upperBound
      } else {
        index += 1
      }
    }
    return readings
  }

  /// The relief at a verb; nil where nothing that is paid stands near it.
  private func relief(
    _ verb: Range<Int>, _ feature: WordFeature?, in phrase: Range<Int>, of clause: MarkedClause
  ) -> (range: Range<Int>, percent: ExactNumber?)? {
    guard clause.has(.reliefObject, in: phrase) else { return nil }
    switch feature {
    case .full, .defer: return (verb, nil)
    case .half: return (verb, ExactNumber(50))
    default: return partial(verb, in: phrase, of: clause)
    }
  }

  /// 减按80%征收 and 按80%收取 leave 80 % to pay; 减征50% and 优惠20% take so much away.
  private func partial(
    _ verb: Range<Int>, in phrase: Range<Int>, of clause: MarkedClause
  ) -> (range: Range<Int>, percent: ExactNumber?)? {
    guard let place = clause.figures(in: phrase).first(where: { clause.figures[$0].isPercent })
    else {
      return clause.word(.reliefVerb, at: verb.lowerBound)?.feature == .part
        && clause.text[verb.lowerBound] == "减" ? (verb, nil) : nil
    }
    let figure = clause.figures[place]
    let start = min(verb.lowerBound, figure.range.lowerBound)
    let end = max(verb.upperBound, figure.end)
    guard figure.behind == nil, end - start < 24, let hundred = ExactNumber(100) else { return nil }
    let before = max(phrase.lowerBound, start - 12)..<figure.range.lowerBound
    let isLeft = clause.has(.rateLead, in: before) || clause.text[verb.upperBound - 1] == "按"
    let last = clause.last(.reliefVerb, in: figure.end..<phrase.upperBound)
    let lead = clause.last(.rateLead, in: before)
    return (
      min(start, lead?.range.lowerBound ?? start)..<max(end, last?.range.upperBound ?? end),
      isLeft ? hundred.plus(figure.value.negated) : figure.value
    )
  }

  private func reading(
    _ core: Range<Int>, _ percent: ExactNumber?, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading {
    var start = core.lowerBound
    let low = clause.pieceStart(before: start, in: phrase)
    let span = clause.figures(in: low..<start).first.map { clause.figures[$0] }
    if clause.has(.reliefObject, in: low..<start) || start - low < 3
      || span.map({ $0.range.lowerBound - low <= 2 && $0.end == start }) ?? false
    {
      start = low
    }
    var end = core.upperBound
    while end < phrase.upperBound, !"(。".unicodeScalars.contains(clause.text[end]) { end += 1 }
    let range = start..<end
    return Reading(
      rule: name, range: range,
      value: .award(AwardPart(kind: .amounts([.relief(percent)]), range: range, rule: name)),
      score: 2 * clause.weight(range) + 6)
  }
}
