import PolicyText
import PolicyVocabulary

/// Services and rights without a sum (服务、权益): 优先推荐; 免费领取公章; 子女入学由区教育局统筹安排.
struct ServiceRule: ReadingRule {
  let name = RuleName.service

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    guard let word = clause.first(.serviceWord, in: phrase.range),
      !clause.figures(in: phrase.range).contains(where: { clause.figures[$0].isMoney })
    else { return [] }
    let range =
      start(before: word.range.lowerBound, in: phrase.range, clause)..<phrase.range.upperBound
    return [
      Reading(
        rule: name, range: range,
        value: .award(AwardPart(kind: .amounts([.inKind]), range: range, rule: name)),
        score: 2 * clause.weight(range) + 1)
    ]
  }

  /// Behind the applicant or the last 的, else the whole phrase.
  private func start(before index: Int, in phrase: Range<Int>, _ clause: MarkedClause) -> Int {
    for place in (phrase.lowerBound..<index).reversed() {
      if clause.text[place] == "的" { return place + 1 }
      if let subject = clause.word(.subject, at: place), subject.end <= index,
        subject.feature == .firm || clause.text[phrase.lowerBound] == "对"
      {
        return subject.end
      }
    }
    return phrase.lowerBound
  }
}

/// What is agreed case by case (一事一议).
struct NegotiatedRule: ReadingRule {
  let name = RuleName.negotiated

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    guard let word = clause.first(.negotiated, in: phrase.range) else { return [] }
    let start = clause.skippingBack(
      [.functionWord, .grantVerb], before: word.range.lowerBound, limit: phrase.range.lowerBound)
    let range = start..<phrase.range.upperBound
    return [
      Reading(
        rule: name, range: range,
        value: .award(AwardPart(kind: .amounts([.negotiated]), range: range, rule: name)),
        score: 2 * clause.weight(range) + 6)
    ]
  }
}
