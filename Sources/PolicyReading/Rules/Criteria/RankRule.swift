import PolicyText
import PolicyVocabulary

/// A place in an order (名次): 年纳税额排名全区前50位; 第一名、第二名、第三名; 排名前10、前11至30名.
struct RankRule: ReadingRule {
  let name = RuleName.rank

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    let ranks = clause.figures(in: phrase.range).filter { isRank(clause.figures[$0], clause) }
    guard let first = ranks.first, let last = ranks.last, last - first == ranks.count - 1 else {
      return []
    }
    let start = start(clause.figures[first], in: phrase.range, of: clause)
    guard !isChoice(clause.figures[first].range.lowerBound, from: start, clause) else { return [] }
    let members = ranks.compactMap { place -> [Criterion]? in
      let figure = clause.figures[place]
      guard let value = (figure.high ?? figure.value).whole else { return nil }
      return [Criterion(kind: .rank(value), range: start..<clause.figures[last].end, rule: name)]
    }
    guard let loosest = members.last else { return [] }
    let range = start..<clause.figures[last].end
    return [
      Reading(
        rule: name, range: range,
        value: .condition([
          Leaf(
            criteria: loosest, members: members.count > 1 ? members : [], isAlternative: true)
        ]),
        score: 2 * clause.weight(range) + 6)
    ]
  }

  private func isRank(_ figure: Figure, _ clause: MarkedClause) -> Bool {
    guard figure.behind == nil, !figure.isMoney, !figure.isPercent else { return false }
    switch figure.unit?.name {
    case nil, "人", "家", "户", "名", "个", "项": break
    default: return false
    }
    if figure.isOrdinal { return figure.unit?.name == "人" }
    return clause.word(.rankWord, endingAt: figure.range.lowerBound) != nil
  }

  /// Where the words of the order begin: 年度税收贡献排名前10.
  private func start(_ figure: Figure, in phrase: Range<Int>, of clause: MarkedClause) -> Int {
    let low = clause.pieceStart(before: figure.range.lowerBound, in: phrase)
    return clause.skipping([.functionWord, .pronoun], from: low, limit: figure.range.lowerBound)
  }

  /// Whether the office chooses so many: 取前6名 is a limit.
  private func isChoice(_ figure: Int, from start: Int, _ clause: MarkedClause) -> Bool {
    let rank = clause.skippingBack([.rankWord], before: figure, limit: start)
    return clause.word(.topWord, endingAt: rank) != nil
  }
}
