import PolicyText
import PolicyVocabulary

/// The words of giving around a list of figures (给付短语): 给予 建设单位 一次性 · 20万元 · 奖励.
///
/// Shared by the rules of awards: it finds how far the words of giving reach to both sides.
struct AwardPhrase {
  /// From the first word of giving to the last.
  let range: Range<Int>
  /// Whether a verb or noun of giving stands in it.
  let isGiven: Bool
  /// Whether 分别 stands in it.
  let isDistributed: Bool
  /// Whether 再 or 另 leads it.
  let isAdditive: Bool

  /// The categories that belong to giving, to the left of a figure.
  private static let leading: [WordCategory] = [
    .grantVerb, .supportNoun, .capWord, .onceWord, .yearlyWord, .distributor, .additive, .rateLead,
    .functionWord, .moneyTail, .competitiveWord, .discretionaryWord, .floorWord, .pronoun,
    .honourTail, .capBehind,
  ]
  /// The same to the right of it.
  private static let trailing: [WordCategory] = [
    .rateNoise, .supportNoun, .grantVerb, .onceWord, .functionWord, .rateTail, .moneyTail,
    .capBehind,
    .distributor, .additive,
  ]
  /// Assumption: between verb and figure stand at most eight characters that name the taker.
  private static let longestTaker = 8

  /// Reads around `core`, within `phrase`.
  init(_ core: Range<Int>, in phrase: Range<Int>, of clause: MarkedClause) {
    let start = Self.start(core.lowerBound, limit: phrase.lowerBound, clause)
    let end = Self.end(core.upperBound, limit: phrase.upperBound, clause)
    range = start..<end
    isDistributed = clause.has(.distributor, in: start..<core.lowerBound)
    isAdditive = clause.has(.additive, in: start..<core.lowerBound)
    isGiven =
      clause.has(.grantVerb, in: start..<core.lowerBound)
      || clause.has(.supportNoun, in: core.upperBound..<end)
      || clause.has(.grantVerb, in: core.upperBound..<end)
      || clause.has(.supportNoun, in: start..<core.lowerBound)
  }

  private static func start(_ index: Int, limit: Int, _ clause: MarkedClause) -> Int {
    var start = index
    while start > limit, clause.text[start - 1] != "的" {
      let next = clause.word(.grantTake, endingAt: start).flatMap { taken($0.start, clause) }
      if let next, next >= limit {
        start = next
        continue
      }
      if let word = leading.lazy.compactMap({ clause.word($0, endingAt: start)?.start }).min(),
        word >= limit
      {
        start = word
        continue
      }
      let longer =
        each(before: start, limit: limit, clause) ?? taker(before: start, limit: limit, clause)
        ?? standard(before: start, limit: limit, clause)
      guard let longer else { break }
      start = longer
    }
    // Function words at the front belong to what stands before.
    while start < index, let word = clause.word(.functionWord, at: start), word.end <= index,
      clause.word(.rateLead, at: start) == nil, clause.word(.distributor, at: start) == nil,
      clause.word(.additive, at: start) == nil, clause.word(.grantVerb, at: start) == nil,
      clause.word(.eachWord, at: start) == nil
    {
      start = word.end
    }
    return start
  }

  /// The start of 可 before a verb of taking; nil where none stands: 可申请 gives, 获得 does not.
  private static func taken(_ verb: Int, _ clause: MarkedClause) -> Int? {
    let start = clause.skippingBack([.functionWord], before: verb, limit: max(0, verb - 3))
    return clause.text.scalars[start..<verb].contains("可") ? start : nil
  }

  /// 每人 or 每个展位 that ends before `end`.
  private static func each(before end: Int, limit: Int, _ clause: MarkedClause) -> Int? {
    let low = max(limit, end - 16)
    guard
      let start = (low..<end).reversed().first(where: { clause.word(.eachWord, at: $0) != nil }),
      !clause.text.scalars[start..<end].contains(where: { $0 == "," || $0 == "、" }),
      (start..<end).allSatisfy({ clause.text[$0] != "的" }) || end - start < 6
    else { return nil }
    return start
  }

  /// Words that name the taker between a verb of giving and what follows.
  private static func taker(before end: Int, limit: Int, _ clause: MarkedClause) -> Int? {
    var start = end
    while start > max(limit, end - longestTaker) {
      start -= 1
      guard clause.text[start].isHan, clause.text[start] != "的",
        clause.figure(covering: start) == nil
      else { return nil }
      if let verb = clause.word(.grantVerb, endingAt: start), verb.start >= limit,
        start - verb.start > 1
      {
        return start
      }
    }
    return nil
  }

  /// 按 with what is counted, before a sum for a unit: 按建筑面积 · 每平方米50元.
  private static func standard(before end: Int, limit: Int, _ clause: MarkedClause) -> Int? {
    guard let lead = clause.last(.rateLead, in: max(limit, end - 16)..<end),
      (lead.range.upperBound..<end).allSatisfy({
        clause.text[$0] != "的" && clause.text[$0] != "、" && clause.figure(covering: $0) == nil
      })
    else { return nil }
    return lead.range.lowerBound
  }

  private static func end(_ index: Int, limit: Int, _ clause: MarkedClause) -> Int {
    var end = index
    while end < limit {
      let next = clause.skipping(trailing, from: end, limit: limit)
      if next > end {
        end = next
        continue
      }
      guard let noun = purpose(from: end, limit: limit, clause) else { break }
      end = noun
    }
    return end
  }

  /// Words that tell what the support is for, up to its noun: 建设 · 补助.
  private static func purpose(from index: Int, limit: Int, _ clause: MarkedClause) -> Int? {
    var end = index
    while end < min(limit, index + longestTaker) {
      guard clause.text[end].isHan, clause.text[end] != "的" else { return nil }
      end += 1
      if let noun = clause.word(.supportNoun, at: end), noun.end <= limit { return noun.end }
    }
    return nil
  }
}

/// The unit that a sum is given for (计量单位): 每人每月, /平方米, 每培育1家.
enum AwardUnit {
  /// The units behind a sum: 元/人·月; with the index after them.
  static func behind(
    _ index: Int, limit: Int, of clause: MarkedClause
  ) -> (units: [String], end: Int) {
    var units: [String] = []
    var end = index
    while end < limit, let start = separator(at: end, isFirst: units.isEmpty, clause) {
      guard let (name, next) = unit(at: start, limit: limit, clause) else { break }
      units.append(name)
      end = next
    }
    return (units, end)
  }

  /// The index behind / or ·; 月 and 年 follow a unit without one too: 元/人月.
  private static func separator(
    at index: Int, isFirst: Bool, _ clause: MarkedClause
  ) -> Int? {
    switch clause.text[index] {
    case "/": index + 1
    case "·", "*": isFirst ? nil : index + 1
    case "月", "年", "天": isFirst ? nil : index
    default: nil
    }
  }

  /// The units that 每 names in `range`.
  ///
  /// 每家 and its kin name the applicant, and are none where no verb stands in it.
  static func each(in range: Range<Int>, of clause: MarkedClause) -> [String] {
    var units: [String] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if let year = clause.word(.yearlyWord, at: index) {
        index = year.end
        continue
      }
      guard clause.word(.eachWord, at: index) != nil else {
        index += 1
        continue
      }
      let stop = (index + 1..<range.upperBound).first { clause.word(.eachWord, at: $0) != nil }
      let (unit, end) = one(index + 1..<(stop ?? range.upperBound), clause)
      if let unit { units.append(unit) }
      index = max(end, index + 1)
    }
    return units
  }

  /// What one 每 names: its counted unit, or the noun behind it.
  private static func one(
    _ range: Range<Int>, _ clause: MarkedClause
  ) -> (unit: String?, end: Int) {
    if let place = clause.figures(in: range).first,
      clause.figures[place].range.lowerBound > range.lowerBound || clause.figures[place].unit != nil
    {
      let figure = clause.figures[place]
      guard figure.range.upperBound <= range.upperBound, let unit = figure.unit else {
        return (nil, range.lowerBound)
      }
      return (Self.name(figure, unit), figure.end)
    }
    if let (name, end) = unit(at: range.lowerBound, limit: range.upperBound, clause), name != "个" {
      let isApplicant =
        clause.word(.subject, at: end) != nil || clause.word(.project, at: end) != nil
        || ["家", "户", "项目"].contains(name)
      return (isApplicant && name != "人" ? nil : name, end)
    }
    var end = clause.text[range.lowerBound] == "个" ? range.lowerBound + 1 : range.lowerBound
    let start = end
    if clause.word(.subject, at: start) != nil || clause.word(.project, at: start) != nil {
      return (nil, start)
    }
    while end < range.upperBound, end - start < 5, clause.text[end].isHan,
      clause.word(.grantVerb, at: end) == nil, clause.word(.capWord, at: end) == nil,
      clause.word(.supportNoun, at: end) == nil, clause.word(.functionWord, at: end) == nil,
      clause.word(.distributor, at: end) == nil,
      clause.figure(covering: end) == nil, clause.word(.yearlyWord, at: end) == nil
    {
      end += 1
    }
    return (end > start ? clause.text.string(start..<end) : nil, end)
  }

  /// 人 of 每1名, 1000000元 of 每100万元.
  static func name(_ figure: Figure, _ unit: MeasureUnit) -> String {
    figure.value == .one && unit.family != .money ? unit.name : "\(figure.value)\(unit.name)"
  }

  private static func unit(
    at index: Int, limit: Int, _ clause: MarkedClause
  ) -> (name: String, end: Int)? {
    guard index < limit else { return nil }
    if let figure = clause.figure(covering: index).map({ clause.figures[$0] }),
      let unit = figure.unit
    {
      return (Self.name(figure, unit), figure.range.upperBound)
    }
    var best: (String, Int)?
    clause.vocabulary.forEachWord(in: clause.text.scalars, at: index, limit: limit) {
      length, entry in
      if let unit = clause.vocabulary.entries[entry].unit { best = (unit.name, index + length) }
    }
    if clause.text[index] == "月" || clause.text[index] == "年" {
      return (clause.text.string(index..<(index + 1)), index + 1)
    }
    return best
  }

  /// Units in the order of notation: what is counted before time.
  ///
  /// A year alone is no unit but a limit.
  static func ordered(_ units: [String], isYearly: Bool) -> String? {
    let times = units.filter { $0 == "月" || $0 == "日" || $0 == "年" }
    let counted = units.filter { !times.contains($0) }
    let all = counted + times + (isYearly && !counted.isEmpty && times.isEmpty ? ["年"] : [])
    return all.isEmpty || all == ["年"] ? nil : all.joined(separator: "·")
  }
}
