import PolicyText
import PolicyVocabulary

/// Who may apply (申报主体), with size and industry before the head: 规模以上工业企业; 法律、会计服务机构; 返乡农民工.
struct SubjectRule: ReadingRule {
  let name = RuleName.subject

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    var readings: [Reading] = []
    var index = phrase.range.lowerBound
    while index < phrase.range.upperBound {
      guard let head = clause.word(.subject, at: index), head.end <= phrase.range.upperBound,
        endsNoun(head.end, in: phrase.range, of: clause)
      else {
        index += 1
        continue
      }
      readings.append(reading(index..<head.end, head.feature, in: phrase.range, of: clause))
      index = head.end
    }
    return readings
  }

  /// Whether a noun phrase may end at `index`: nothing follows that makes the head part of a longer noun.
  private func endsNoun(_ index: Int, in phrase: Range<Int>, of clause: MarkedClause) -> Bool {
    guard index < phrase.upperBound else { return true }
    switch clause.text[index] {
    case "、", "(", ",", "的", "/", "|": return true
    default: break
    }
    if clause.word(.honourHead, at: index) != nil || clause.word(.subject, at: index) != nil {
      return false
    }
    return clause.figure(covering: index) == nil || clause.text[index - 1] != "数"
  }

  private func reading(
    _ head: Range<Int>, _ feature: WordFeature?, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading {
    let low = clause.skipping(
      [.functionWord, .pronoun, .placeSelf],
      from: clause.pieceStart(before: head.lowerBound, in: phrase), limit: head.lowerBound)
    var start = head.lowerBound
    var industries: [String] = []
    var sizes: [String] = []
    start = industryList(before: start, low: low, phrase.lowerBound, of: clause, &industries)
    start = size(before: start, low: low, of: clause, &sizes)
    if let word = clause.word(.ownership, endingAt: start), word.start >= low, industries.isEmpty {
      start = word.start
    }
    var subject = head
    if industries.isEmpty, sizes.isEmpty, let whole = wholeName(head, feature, low, clause) {
      subject = whole
      start = whole.lowerBound
    } else if industries.isEmpty, start < head.lowerBound, sizes.isEmpty {
      subject = start..<head.upperBound
    }
    let range = start..<head.upperBound
    var criteria: [Criterion] = []
    if !sizes.isEmpty { criteria.append(Criterion(kind: .size(sizes), range: range, rule: name)) }
    if !industries.isEmpty {
      criteria.append(Criterion(kind: .industry(industries), range: range, rule: name))
    }
    criteria.append(
      Criterion(kind: .subject([clause.text.string(subject)]), range: range, rule: name))
    return Reading(
      rule: name, range: range, value: .condition([Leaf(criteria: criteria)]),
      score: 2 * clause.weight(range) + (range.count > head.count ? 2 : 0))
  }

  /// Industries before the head, a list of them too: 法律、会计、税务 · 服务机构.
  private func industryList(
    before end: Int, low: Int, _ phraseStart: Int, of clause: MarkedClause,
    _ industries: inout [String]
  ) -> Int {
    guard let first = industry(before: end, low: low, clause) else { return end }
    industries = [clause.text.string(first)]
    var start = first.lowerBound
    while start > phraseStart, clause.text[start - 1] == "、",
      let next = industry(before: start - 1, low: phraseStart, clause)
    {
      industries.insert(clause.text.string(next), at: 0)
      start = next.lowerBound
    }
    return start
  }

  /// The industry that ends at `end`: the longest run of industry words (装配式 · 建筑施工).
  private func industry(before end: Int, low: Int, _ clause: MarkedClause) -> Range<Int>? {
    let tail = clause.word(.industryTail, endingAt: end)?.start ?? end
    for stop in [end, tail] {
      let start = clause.skippingBack([.industry], before: stop, limit: low)
      if start < stop { return start..<end }
    }
    return nil
  }

  private func size(
    before end: Int, low: Int, of clause: MarkedClause, _ sizes: inout [String]
  ) -> Int {
    guard let word = clause.word(.size, endingAt: end), word.start >= low else { return end }
    sizes = Size.names(clause.text.string(word.start..<end))
    return word.start
  }

  /// The whole noun phrase as the name of the subject, where its head is a general word: 大型科学仪器设备共享平台.
  private func wholeName(
    _ head: Range<Int>, _ feature: WordFeature?, _ low: Int, _ clause: MarkedClause
  ) -> Range<Int>? {
    let whole = low..<head.upperBound
    let rest = low..<head.lowerBound
    guard whole.count <= 14, !rest.isEmpty, rest.allSatisfy({ clause.text[$0].isHan }),
      !clause.has(.honourVerb, in: rest), !clause.has(.receivedVerb, in: rest),
      !clause.has(.duty, in: rest), !clause.has(.placeLead, in: rest),
      clause.figures(in: rest).isEmpty, !clause.has(.grantVerb, in: rest)
    else { return nil }
    return feature == .firm && rest.count > 3 ? nil : whole
  }
}

/// Sizes by the official division (企业规模).
enum Size {
  /// The sizes that a word names: 规上 is 规模以上, 中型以上 are 中型 and 大型.
  static func names(_ word: String) -> [String] {
    if let plain = short[word] { return [plain] }
    guard let up = order.first(where: { word.hasPrefix($0) && word.count > $0.count }) else {
      return [word]
    }
    return Array(order.drop { $0 != up })
  }

  private static let order = ["微型", "小型", "中型", "大型"]
  private static let short = ["规上": "规模以上", "规下": "规模以下", "限上": "限额以上", "限下": "限额以下"]
}
