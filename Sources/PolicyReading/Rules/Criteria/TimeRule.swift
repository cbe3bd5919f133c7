import PolicyText
import PolicyVocabulary

/// An event within a span of days (时间): 2025年6月30日前竣工投产; 自2024年7月1日起新签约入驻.
struct TimeRule: ReadingRule {
  let name = RuleName.time

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    clause.dates.filter { phrase.range.contains($0.range.lowerBound) }.flatMap { date in
      let end = clause.pieceEnd(after: date.range.upperBound, in: phrase.range)
      let event = date.range.upperBound..<max(end, date.range.upperBound)
      let whole = date.range.lowerBound..<event.upperBound
      // The span alone stands beside it, for a rule that reads the event better: a place, an age.
      return [
        reading(date, event, whole, bonus: 6, of: clause),
        reading(date, event, date.range, bonus: 4, of: clause),
      ]
    }
  }

  private func reading(
    _ date: DateSpan, _ event: Range<Int>, _ range: Range<Int>, bonus: Int, of clause: MarkedClause
  ) -> Reading {
    Reading(
      rule: name, range: range,
      value: .condition([
        Leaf(criteria: [
          Criterion(
            kind: .time(event: clause.text.string(event), from: date.from, to: date.to),
            range: range, rule: name)
        ])
      ]),
      score: 2 * clause.weight(range) + bonus)
  }
}
