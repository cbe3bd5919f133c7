import PolicyText
import PolicyVocabulary

/// A record of credit, safety, environment or tax (信用、安全、环保、税务记录): 近三年未受到行政处罚; 信用评价为A级.
///
/// A piece that names a record is one condition with all its words; that the record is good or bad is in them.
struct RecordRule: ReadingRule {
  let name = RuleName.record

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    var readings: [Reading] = []
    var index = phrase.range.lowerBound
    while index < phrase.range.upperBound {
      guard let record = clause.word(.record, at: index), !isInside(index..<record.end, clause)
      else {
        index += 1
        continue
      }
      let start = clause.pieceStart(before: index, in: phrase.range)
      let end = clause.pieceEnd(after: record.end, in: phrase.range)
      readings.append(reading(start..<end, of: clause))
      index = max(end, record.end)
    }
    return readings
  }

  /// Whether a longer word holds the record's: 信用 in 信用保险.
  private func isInside(_ range: Range<Int>, _ clause: MarkedClause) -> Bool {
    clause.word(.project, at: range.lowerBound).map { $0.end > range.upperBound } ?? false
  }

  private func reading(_ piece: Range<Int>, of clause: MarkedClause) -> Reading {
    var start = clause.skipping(
      [.functionWord, .pronoun, .refersBack, .duty], from: piece.lowerBound, limit: piece.upperBound
    )
    if start >= piece.upperBound { start = piece.lowerBound }
    let end = clause.skippingBack([.exclusionBehind], before: piece.upperBound, limit: start)
    let range = start..<max(end, start + 1)
    return Reading(
      rule: name, range: range,
      value: .condition([Leaf(criteria: [Criterion(kind: .credit, range: range, rule: name)])]),
      score: 2 * clause.weight(range) + 8)
  }
}
