import PolicyText
import PolicyVocabulary

/// A benefit that was obtained before (已享受): 已享受省级以上同类补助; 获得国家级、省级…项目支持.
struct ReceivedRule: ReadingRule {
  let name = RuleName.received

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    var readings: [Reading] = []
    var index = phrase.range.lowerBound
    while index < phrase.range.upperBound {
      guard let verb = clause.word(.receivedVerb, at: index),
        let thing = thing(from: verb.end, in: phrase.range, of: clause)
      else {
        index += 1
        continue
      }
      readings.append(reading(index, verb.end..<thing, of: clause))
      index = thing
    }
    return readings
  }

  /// The end of the benefit: a word for one before a sign that ends the piece.
  private func thing(from index: Int, in phrase: Range<Int>, of clause: MarkedClause) -> Int? {
    var end = index
    while end < min(phrase.upperBound, index + 40) {
      end += 1
      guard let word = clause.word(.receivedThing, endingAt: end), word.start >= index else {
        if clause.text[end - 1] == "的" || clause.figure(covering: end - 1) != nil { return nil }
        continue
      }
      let next = clause.text[end]
      if end == phrase.upperBound || next == "的" || next == "、" || next == "," || next == "(" {
        return end - index >= 4 ? end : nil
      }
    }
    return nil
  }

  private func reading(_ start: Int, _ what: Range<Int>, of clause: MarkedClause) -> Reading {
    let range = start..<what.upperBound
    let isDenied = clause.text[start] == "未" || clause.text[start] == "尚"
    func criterion(_ words: String) -> Criterion {
      Criterion(kind: .received(words), range: range, rule: name)
    }
    let (levels, rest) = levels(what, of: clause)
    let tail = clause.text.string(rest)
    let members = levels.map { [criterion($0 + tail)] }
    return Reading(
      rule: name, range: range,
      value: .condition([
        Leaf(
          criteria: [criterion(clause.text.string(what))],
          members: members.count > 1 ? members : [],
          isAlternative: true, isDenied: isDenied)
      ]),
      score: 2 * clause.weight(range) + 6)
  }

  /// The levels at the head of a list, and what follows them: 国家级、省级 · 项目支持.
  private func levels(
    _ what: Range<Int>, of clause: MarkedClause
  ) -> (levels: [String], rest: Range<Int>) {
    var levels: [String] = []
    var position = what.lowerBound
    while let word = clause.word(.level, at: position), word.end < what.upperBound {
      levels.append(clause.text.string(position..<word.end))
      position = word.end
      guard clause.text[position] == "、" else { break }
      position += 1
    }
    return (levels, position..<what.upperBound)
  }
}
