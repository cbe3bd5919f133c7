import PolicyText
import PolicyVocabulary

/// What an office decides on (审核认定): 经省科技厅认定; 经评审; 符合条件的.
struct RecognisedRule: ReadingRule {
  let name = RuleName.recognised

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    phrase.range.compactMap { index in
      if let word = clause.word(.qualified, at: index), word.end <= phrase.range.upperBound {
        return reading(index..<word.end, nil, of: clause)
      }
      guard clause.text[index] == "经" || clause.text[index] == "由" else { return nil }
      return decided(index, in: phrase.range, of: clause)
    }
  }

  /// 经 or 由, an office, and its verb.
  ///
  /// 由 needs the office: 由企业认定 is none.
  private func decided(
    _ index: Int, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    var end = index + 1
    while end < min(phrase.upperBound, index + 26) {
      if let verb = clause.word(.recognisedVerb, at: end), verb.end <= phrase.upperBound {
        let office = index + 1..<end
        let isOffice = clause.word(.officeEnding, endingAt: end) != nil
        guard office.isEmpty ? clause.text[index] == "经" : isOffice else {
          end += 1
          continue
        }
        var stop = clause.skipping([.recognisedVerb], from: verb.end, limit: phrase.upperBound)
        if clause.text[stop] == "后" { stop += 1 }
        return reading(
          index..<min(stop, phrase.upperBound),
          office.isEmpty ? nil : clause.text.string(office), of: clause)
      }
      if "的,".unicodeScalars.contains(clause.text[end]) { return nil }
      end += 1
    }
    return nil
  }

  private func reading(
    _ range: Range<Int>, _ office: String?, of clause: MarkedClause
  ) -> Reading {
    Reading(
      rule: name, range: range,
      value: .condition([
        Leaf(criteria: [Criterion(kind: .recognised(by: office), range: range, rule: name)])
      ]),
      score: 2 * clause.weight(range) + 5)
  }
}
