import PolicyText
import PolicyVocabulary

/// A place with what is done there (地点): 在澜川市注册; 注册地、税务征管关系均在青岚市高新区范围内; 落户梅塘区.
struct PlaceRule: ReadingRule {
  let name = RuleName.place

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    var readings: [Reading] = []
    for index in phrase.range {
      if let reading = deedBehind(index, in: phrase.range, of: clause)
        ?? ownPlace(index, in: phrase.range, of: clause)
      {
        readings.append(reading)
      }
      if let reading = deedBefore(index, in: phrase.range, of: clause) { readings.append(reading) }
    }
    return readings
  }

  /// 在澜川市注册, 落户梅塘区.
  private func deedBehind(
    _ index: Int, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    guard let lead = clause.word(.placeLead, at: index), lead.end <= phrase.upperBound,
      let place = PlaceName.end(clause, from: lead.end, limit: phrase.upperBound)
    else { return nil }
    let name = lead.end..<place
    var end = place
    if let scope = clause.word(.placeScope, at: end) { end = scope.end }
    end = clause.skipping(
      [.functionWord, .stage, .placeAdverb], from: end, limit: phrase.upperBound)
    var roles: [PlaceRole] = []
    while let deed = clause.word(.placeDeed, at: end), deed.end <= phrase.upperBound,
      deed.feature != .any
    {
      roles.append(PlaceRole(deed.feature))
      end = deed.end
      guard clause.text[end] == "、" || clause.word(.connective, at: end)?.feature == .list,
        let next = clause.word(.placeDeed, at: end + 1), isDelimited(next.end, phrase, clause)
      else { break }
      end += 1
    }
    if roles.isEmpty {
      guard let own = clause.word(.placeDeed, at: index) ?? clause.word(.placeDeed, at: end) else {
        return nil
      }
      end = clause.word(.placeScope, at: place)?.end ?? place
      roles = [PlaceRole(own.feature)]
    }
    return reading(name, roles, index..<end, bonus: 6, of: clause)
  }

  /// Whether nothing but the end of the piece follows a deed: 设立 in 设立满一年 begins a condition of its own.
  private func isDelimited(_ index: Int, _ phrase: Range<Int>, _ clause: MarkedClause) -> Bool {
    index >= phrase.upperBound || "的、,".unicodeScalars.contains(clause.text[index])
      || clause.word(.connective, at: index) != nil
  }

  /// 注册地须在澜川市; several deeds at one place are one leaf each.
  private func deedBefore(
    _ index: Int, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    guard clause.word(.placeDeed, at: index) != nil else { return nil }
    var roles: [PlaceRole] = []
    var end = index
    while let deed = clause.word(.placeDeed, at: end), deed.end <= phrase.upperBound {
      roles.append(PlaceRole(deed.feature))
      end = deed.end
      if clause.text[end] == "、", clause.word(.placeDeed, at: end + 1) != nil {
        end += 1
      } else if let joint = clause.word(.connective, at: end), joint.feature == .list,
        clause.word(.placeDeed, at: joint.end) != nil
      {
        end = joint.end
      } else {
        break
      }
    }
    let leadEnd = clause.skipping(
      [.duty, .thresholdStage, .placeLead, .functionWord, .comparator], from: end,
      limit: phrase.upperBound)
    guard leadEnd > end, let place = PlaceName.end(clause, from: leadEnd, limit: phrase.upperBound)
    else { return nil }
    let scope = clause.word(.placeScope, at: place)?.end ?? place
    return reading(leadEnd..<place, roles, index..<scope, bonus: 8, of: clause)
  }

  /// 我市 before a noun phrase.
  private func ownPlace(
    _ index: Int, in phrase: Range<Int>, of clause: MarkedClause
  ) -> Reading? {
    guard let own = clause.word(.placeSelf, at: index), own.end < phrase.upperBound,
      index == phrase.lowerBound || clause.word(.functionWord, endingAt: index) != nil
        || clause.text[index - 1] == "、",
      clause.word(.subject, at: own.end) != nil || clause.word(.size, at: own.end) != nil
        || clause.word(.industry, at: own.end) != nil || clause.word(.ownership, at: own.end) != nil
    else { return nil }
    return reading(index..<own.end, [.any], index..<own.end, bonus: 2, of: clause)
  }

  private func reading(
    _ place: Range<Int>, _ roles: [PlaceRole], _ range: Range<Int>, bonus: Int,
    of clause: MarkedClause
  ) -> Reading {
    let criteria = roles.reduce(into: [PlaceRole]()) { if !$0.contains($1) { $0.append($1) } }.map {
      Criterion(kind: .place([clause.text.string(place)], of: $0), range: range, rule: name)
    }
    return Reading(
      rule: name, range: range, value: .condition([Leaf(criteria: criteria)]),
      score: max(1, 2 * clause.weight(range) + bonus))
  }
}

/// The name of a place by its form (地名): 本市, 澜川市, 云屏省澜川市高新区.
enum PlaceName {
  /// The end of the name that begins at `index`; nil where none does.
  static func end(_ clause: MarkedClause, from index: Int, limit: Int) -> Int? {
    if let own = clause.word(.placeSelf, at: index), own.end <= limit {
      return segment(clause, from: own.end, limit: limit, atLeast: 3) ?? own.end
    }
    guard var end = segment(clause, from: index, limit: limit, atLeast: 3) else { return nil }
    while let next = segment(clause, from: end, limit: limit, atLeast: 2) { end = next }
    return end
  }

  /// The end of one part of a name: up to six Han characters and 省, 市, 区.
  private static func segment(
    _ clause: MarkedClause, from index: Int, limit: Int, atLeast: Int
  ) -> Int? {
    if let ending = clause.word(.placeEnding, at: index), ending.end - index >= 2,
      ending.end <= limit
    {
      return ending.end
    }
    var end = index
    while end < min(limit, index + 7), clause.text[end].isHan, clause.text[end] != "的" {
      end += 1
      if end - index >= atLeast, let ending = clause.word(.placeEnding, endingAt: end),
        ending.start >= index + 1, clause.word(.placeSelf, endingAt: end) == nil
      {
        return longer(clause, from: ending.start, than: end, limit: limit)
      }
    }
    return nil
  }

  /// 高新区 where 高 began at an ending's start: the longest ending that begins there.
  private static func longer(
    _ clause: MarkedClause, from start: Int, than end: Int, limit: Int
  ) -> Int {
    clause.word(.placeEnding, at: start).map { min(max($0.end, end), limit) } ?? end
  }
}
