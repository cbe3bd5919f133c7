internal import PolicyParser
internal import PolicyText

/// Gathers the conditions of an item: its own words, the sections above it, what excludes.
struct ConditionCollector {
  let text: MatchText
  let sections: SectionIndex
  private let reader: ConditionReader

  init(text: MatchText, sections: SectionIndex) {
    self.text = text
    self.sections = sections
    reader = ConditionReader(text: text)
  }

  private static let oneOf = WordSet("之一 任一 任意一 其中一项 一项即可 一条即可 任何一")

  /// The trees of sections that were read, for the items that inherit them.
  private final class Trees {
    struct Key: Hashable {
      var place: String
      var content: Range<Int>
    }
    var bySection: [Key: Condition?] = [:]
  }
  private let trees = Trees()

  /// The tree of a section: its paragraphs and numbered clauses, all of them or any of them.
  ///
  /// - Complexity: O(*n*) the first time, constant after that.
  func condition(of section: SectionIndex.Section) -> Condition? {
    let key = Trees.Key(place: section.place, content: section.content)
    if let tree = trees.bySection[key] { return tree }
    let tree: Condition?
    if let clause = section.clause, let first = clause.children.first,
      text.index(ofByte: first.range.lowerBound) < section.content.upperBound
    {
      tree = condition(
        of: clause.children,
        introducedBy: section.content.lowerBound..<text.index(ofByte: first.range.lowerBound),
        limit: section.content.upperBound)
    } else {
      tree = paragraphs(section.content)
    }
    let result = tree?.simplified.inherited(from: section.place)
    trees.bySection[key] = .some(result)
    return result
  }

  /// The tree of a numbered list below some words, as far as it begins before `limit`.
  private func condition(
    of clauses: [Clause], introducedBy words: Range<Int>, limit: Int
  ) -> Condition? {
    var parts: [Condition] = []
    for clause in clauses {
      let start = text.index(ofByte: clause.labelRange.upperBound)
      guard start <= limit else { break }
      if let first = clause.children.first {
        let words = start..<text.index(ofByte: first.range.lowerBound)
        if let condition = condition(of: clause.children, introducedBy: words, limit: limit) {
          parts.append(condition)
        }
      } else {
        let end = min(text.index(ofByte: clause.range.upperBound), limit)
        if let condition = paragraphs(start..<max(start, end)) { parts.append(condition) }
      }
    }
    let isAny = words.count > 1 && Self.oneOf.isIn(text, words)
    let isExclusion =
      words.count > 1
      && text.contains(
        ["不予", "不得", "不再", "不享受", "不纳入", "不适用", "不属于"], in: words)
    var result: [Condition] = []
    if !isAny, !isExclusion, words.count > 1, let own = paragraphs(words) { result.append(own) }
    if isExclusion {
      result.append(.not((parts.count == 1 ? parts[0] : .any(parts))))
    } else if isAny, parts.count > 1 {
      result.append(.any(parts))
    } else {
      result += parts
    }
    return result.isEmpty ? nil : Condition.all(result).simplified
  }

  /// Every sentence of a stretch.
  private func paragraphs(_ range: Range<Int>) -> Condition? {
    var parts: [Condition] = []
    var start = range.lowerBound
    func add(_ end: Int) {
      for piece in SentenceBound(text: text).pieces(of: start..<end) {
        if let condition = reader.condition(in: piece, rule: .sectionHeading) {
          parts.append(condition)
        }
      }
      start = end
    }
    for index in range where text[index] == "。" || text[index] == ";" || text[index] == "\n" {
      add(index + 1)
    }
    if start < range.upperBound { add(range.upperBound) }
    guard !parts.isEmpty else { return nil }
    return Condition.all(parts).simplified
  }

  /// The words of a granting sentence that take someone out again: 但当年发生安全事故的除外.
  ///
  /// - Parameters:
  ///   - sentence: The sentence.
  ///   - audience: The words before its verb of granting; what excludes stands behind them.
  /// - Returns: A range for each part that excludes.
  func exceptions(in sentence: Range<Int>, after audience: Range<Int>?) -> [Range<Int>] {
    let start = audience?.upperBound ?? sentence.lowerBound
    guard start < sentence.upperBound else { return [] }
    var found: [Range<Int>] = []
    var previous: Range<Int>?
    var partStart = start
    for index in start...sentence.upperBound
    where
      index == sentence.upperBound
      || [",", ";", "。"].contains(text[index]) && !text[index - 1].isDigit
    {
      let part = text.trimmed(partStart..<index)
      partStart = index + 1
      guard part.count >= 4 else { continue }
      if text.has("除外", before: part.upperBound) {
        found.append(part)
      } else if let verb = ConditionReader.exclusions.first(in: text, part),
        !text.contains(["重复", "同时享受", "叠加"], in: part)
      {
        let isSplit = verb.range.lowerBound - part.lowerBound < 2
        if !isSplit {
          found.append(part)
        } else if let previous,
          text[previous.upperBound - 1] == "的" || text.has("企业", before: previous.upperBound)
        {
          found.append(previous.lowerBound..<part.upperBound)
        }
      }
      previous = part
    }
    return found
  }

  /// Own words and inherited sections as one tree.
  ///
  /// - Parameters:
  ///   - own: The words before the verb of granting, a range a sentence.
  ///   - exceptions: Words that exclude, a range each.
  ///   - clause: The clause that grants.
  ///   - index: Where the item begins.
  ///   - tiers: Whether the sentences are tiers of one award, so that their words are alternatives.
  /// - Returns: nil where the text states no condition.
  func conditions(
    own: [Range<Int>], exceptions: [Range<Int>], clause: String, at index: Int, tiers: Bool
  ) -> Condition? {
    var parts: [Condition] = []
    let trees = own.compactMap { reader.condition(in: $0, rule: .wordsBeforeGrant) }
    if !trees.isEmpty {
      parts.append(tiers && trees.count > 1 ? .any(trees) : .all(trees))
    }
    parts += exceptions.compactMap { reader.condition(in: $0, rule: .excludingSentence) }
    for kind in [SectionIndex.Kind.audience, .conditions] {
      for section in sections.sections(kind, for: clause, at: index) {
        if let condition = condition(of: section) { parts.append(condition) }
      }
    }
    return parts.isEmpty ? nil : Condition.all(parts).simplified
  }
}
