import PolicyText
import PolicyVocabulary

/// A recognition, list or certificate by its form (资质荣誉): stage and verb, level, name, head.
///
/// 首次通过认定的国家高新技术企业; 入选市级以上“揭榜挂帅”项目; 省级企业技术中心. A list of names or levels is one condition with
/// several members.
struct HonourRule: ReadingRule {
  let name = RuleName.honour

  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading] {
    var readings: [Reading] = []
    var index = phrase.range.lowerBound
    while index < phrase.range.upperBound {
      guard begins(index, in: phrase.range, of: clause) else {
        index += 1
        continue
      }
      var scanner = HonourScanner(clause: clause, phrase: phrase.range, start: index)
      if let reading = scanner.reading() { readings.append(reading) }
      index += 1
    }
    return readings
  }

  private func begins(_ index: Int, in phrase: Range<Int>, of clause: MarkedClause) -> Bool {
    clause.word(.stage, at: index) != nil || clause.word(.honourVerb, at: index) != nil
      || clause.word(.level, at: index) != nil || clause.word(.honourName, at: index) != nil
      || clause.text[index] == "\u{201C}" || follows(index, clause)
  }

  /// Whether what stands before is 经…认定的: then a name of any form is an honour.
  private func follows(_ index: Int, _ clause: MarkedClause) -> Bool {
    clause.text[index - 1] == "的" && clause.word(.recognisedVerb, endingAt: index - 1) != nil
  }
}

/// Walks over one honour from left to right.
struct HonourScanner {
  let clause: MarkedClause
  let phrase: Range<Int>
  let start: Int
  private var position: Int
  private var stage: Honour.Stage?
  private var hasVerb = false
  private var items: [Honour] = []

  init(clause: MarkedClause, phrase: Range<Int>, start: Int) {
    self.clause = clause
    self.phrase = phrase
    self.start = start
    position = start
  }

  mutating func reading() -> Reading? {
    takeVerbs()
    if !hasVerb, clause.text[start - 1] == "的",
      clause.word(.recognisedVerb, endingAt: start - 1) != nil
    {
      hasVerb = true
    }
    takeItems()
    guard !items.isEmpty else { return elided() }
    takeTail()
    let range = start..<position
    let members = items.map { item in
      [
        Criterion(
          kind: .qualification(
            Honour(names: item.names, levels: item.levels, stage: stage)), range: range,
          rule: .honour)
      ]
    }
    return Reading(
      rule: .honour, range: range,
      value: .condition([
        Leaf(
          criteria: merged(range), members: members.count > 1 ? members : [], isAlternative: true)
      ]),
      score: 2 * clause.weight(range) + 5)
  }

  /// 重新认定的: an honour whose name stands in the part before.
  private func elided() -> Reading? {
    if let reading = levelAlone() { return reading }
    guard hasVerb, stage != nil, position - start >= 3,
      position >= phrase.upperBound || clause.text[position - 1] == "的"
        || clause.text[position] == ","
    else { return nil }
    let range = start..<position
    let criterion = Criterion(
      kind: .qualification(Honour(names: [], levels: [], stage: stage)), range: range,
      rule: .honour)
    return Reading(
      rule: .honour, range: range, value: .condition([Leaf(criteria: [criterion])]),
      score: 2 * clause.weight(range))
  }

  /// 省级的: a level whose honour stands in the part before.
  private func levelAlone() -> Reading? {
    let (levels, isList, end) = levels(from: position)
    guard !levels.isEmpty, end - position > 1 else { return nil }
    let next = clause.text[end]
    guard
      end >= phrase.upperBound || next == "的" || next == "、" || clause.figure(covering: end) != nil
        || clause.word(.grantVerb, at: end) != nil
    else { return nil }
    let range = start..<end
    func criterion(_ levels: [Honour.Level]) -> Criterion {
      Criterion(
        kind: .qualification(Honour(names: [], levels: levels, stage: stage)), range: range,
        rule: .honour)
    }
    let leaf = Leaf(
      criteria: [criterion(levels)], members: isList ? levels.map { [criterion([$0])] } : [],
      isAlternative: true)
    return Reading(
      rule: .honour, range: range, value: .condition([leaf]), score: 2 * clause.weight(range))
  }

  /// The list as one condition: one leaf where levels or names alone differ, else one leaf for each.
  private func merged(_ range: Range<Int>) -> [Criterion] {
    func criterion(_ names: [String], _ levels: [Honour.Level]) -> Criterion {
      Criterion(
        kind: .qualification(Honour(names: names, levels: levels, stage: stage)), range: range,
        rule: .honour)
    }
    let names = items.flatMap(\.names).uniqued
    let levels = items.flatMap(\.levels).uniqued
    if names.count == 1 || items.allSatisfy({ $0.levels == items[0].levels }) {
      return [criterion(names, levels)]
    }
    return items.map { criterion($0.names, $0.levels) }
  }

  /// 首次 · 通过 · 认定 · 的.
  private mutating func takeVerbs() {
    while position < phrase.upperBound {
      if let word = clause.word(.stage, at: position) {
        take(word.feature)
        position = word.end
        if clause.word(.honourVerb, endingAt: word.end) != nil { hasVerb = true }
      } else if let word = clause.word(.honourVerb, at: position) {
        hasVerb = true
        position = word.end
      } else if position > start, "的为被了过得".unicodeScalars.contains(clause.text[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func take(_ feature: WordFeature?) {
    guard let next = Honour.Stage(feature) else { return }
    if next == .renewed || stage == nil || (next == .first && stage == .new) { stage = next }
  }

  /// Levels and names, a list of them.
  private mutating func takeItems() {
    var end = position
    while let (item, next) = item(from: end) {
      items += item
      position = next
      guard let joint = clause.word(.connective, at: next),
        joint.feature == .list || joint.feature == .or, joint.end < phrase.upperBound
      else { return }
      end = joint.end
    }
  }

  /// One name with the levels before it; several levels are one honour each.
  private func item(from index: Int) -> (honours: [Honour], end: Int)? {
    let (levels, isList, afterLevels) = levels(from: index)
    guard let name = honourName(from: afterLevels, hasLevel: !levels.isEmpty) else { return nil }
    let names = [clause.text.string(name)]
    let honours =
      isList
      ? levels.map { Honour(names: names, levels: [$0], stage: nil) }
      : [Honour(names: names, levels: levels, stage: nil)]
    return (honours, name.upperBound)
  }

  /// 国家级、省级, or 省级以上.
  ///
  /// A single character is a level before a known name only.
  private func levels(from index: Int) -> (levels: [Honour.Level], isList: Bool, end: Int) {
    var levels: [Honour.Level] = []
    var end = index
    while let word = clause.word(.level, at: end), let level = Honour.Level(word.feature),
      word.end - end > 1 || isShortLevel(word.end)
    {
      levels.append(level)
      end = word.end
      if let tail = clause.word(.levelTail, at: end) {
        return (level.andAbove, false, clause.text[tail.end] == "的" ? tail.end + 1 : tail.end)
      }
      guard let joint = clause.word(.connective, at: end),
        joint.feature == .list || joint.feature == .or, clause.word(.level, at: joint.end) != nil
      else { break }
      end = joint.end
    }
    return (levels, levels.count > 1, end)
  }

  private func isShortLevel(_ end: Int) -> Bool {
    clause.word(.honourName, at: end) != nil || clause.text[end] == "、"
      || clause.word(.level, at: end) != nil
  }

  /// The scalars of the name that begins at `index`: a known name, or what ends in a head before a sign that bounds it.
  private func honourName(from index: Int, hasLevel: Bool) -> Range<Int>? {
    guard index < phrase.upperBound else { return nil }
    let limit = min(phrase.upperBound, index + 26)
    let known = clause.word(.honourName, at: index)?.end
    guard hasVerb || hasLevel else { return known.map { index..<$0 } }
    var end = index
    var best = known
    while end < limit {
      end += 1
      if clause.depth[end - 1] > 0, clause.text[end - 1] != "\u{201D}" { continue }
      if isName(index..<end), isBound(end) {
        best = max(best ?? 0, end)
        break
      }
      if clause.text[end - 1] == "、" || clause.text[end - 1] == "的"
        || clause.figure(covering: end - 1) != nil
      {
        break
      }
    }
    return best.map { index..<$0 }
  }

  private func isName(_ range: Range<Int>) -> Bool {
    guard range.count >= 3, let head = clause.word(.honourHead, endingAt: range.upperBound) else {
      return false
    }
    return head.start > range.lowerBound
      && !clause.has(.receivedThing, in: head.start..<range.upperBound)
  }

  private func isBound(_ index: Int) -> Bool {
    guard index < phrase.upperBound else { return true }
    if "、的,(/;".unicodeScalars.contains(clause.text[index]) { return true }
    if let word = clause.word(.connective, at: index), word.feature != .and || word.end - index > 1
    {
      return true
    }
    return clause.word(.honourTail, at: index) != nil || clause.figure(covering: index) != nil
      || clause.word(.grantVerb, at: index) != nil || clause.word(.stage, at: index) != nil
  }

  /// 称号, or a verb behind the name: 首次通过认定.
  private mutating func takeTail() {
    if clause.text[position] == "(", position < phrase.upperBound,
      let close = (position..<phrase.upperBound).first(where: { clause.text[$0] == ")" }),
      close - position <= 5
    {
      position = close + 1
    }
    while position < phrase.upperBound {
      if let word = clause.word(.honourTail, at: position) {
        position = word.end
      } else if let word = clause.word(.stage, at: position), word.feature != .held {
        take(word.feature)
        position = word.end
      } else if let word = clause.word(.honourVerb, at: position) {
        position = word.end
      } else {
        return
      }
    }
  }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
