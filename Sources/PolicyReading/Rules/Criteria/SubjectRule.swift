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
      if !isObject(index, in: phrase.range, of: clause) {
        readings.append(reading(index..<head.end, head.feature, in: phrase.range, of: clause))
      }
      index = head.end
    }
    return readings
  }

  /// Whether a verb or a place lead makes the noun its object: 招用高校毕业生, 在我市汽车销售企业购买.
  private func isObject(_ head: Int, in phrase: Range<Int>, of clause: MarkedClause) -> Bool {
    let low = clause.pieceStart(before: head, in: phrase)
    guard let verb = clause.last(.objectVerb, in: low..<head) else {
      return "在于为".unicodeScalars.contains(clause.text[low]) && low < head
    }
    return clause.last(.subject, in: verb.range.upperBound..<head) == nil
  }

  /// Whether a noun phrase may end at `index`: nothing follows that makes the head part of a longer noun.
  private func endsNoun(_ index: Int, in phrase: Range<Int>, of clause: MarkedClause) -> Bool {
    guard index < phrase.upperBound else { return true }
    switch clause.text[index] {
    case "、", "(", ",", "的", "/", "|": return true
    default: break
    }
    return [WordCategory.honourHead, .subject, .nounTail].allSatisfy {
      clause.word($0, at: index) == nil
    }
  }

  private func reading(
    _ head: Range<Int>, _ feature: WordFeature?, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading {
    let low = low(head.lowerBound, in: phrase, of: clause)
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

  /// Where the noun phrase may begin: behind 的 and 、, lead words, places of one's own, 新建, and 和 behind another noun.
  private func low(_ head: Int, in phrase: Range<Int>, of clause: MarkedClause) -> Int {
    var low = clause.skipping(
      [.functionWord, .pronoun, .placeSelf, .originVerb],
      from: clause.pieceStart(before: head, in: phrase), limit: head)
    for index in low..<head {
      if let joint = clause.word(.connective, at: index), joint.feature == .list, joint.end <= head,
        clause.word(.subject, endingAt: index) != nil
      {
        low = joint.end
      }
    }
    return low
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
    return feature == .firm && rest.count > (clause.text[head.upperBound - 1] == "业" ? 3 : 6)
      ? nil : whole
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
