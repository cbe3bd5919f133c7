import PolicyText
import PolicyVocabulary

/// Accounts for each word of a clause (字字有着落): read, open, filler of a named kind, or lost.
struct CoverageReport {
  let clause: MarkedClause
  let phrases: [ReadPhrase]
  /// The phrases that were set aside as a whole.
  let fillers: Set<Int>
  /// The leaves of all conditions of the clause, those of cases included.
  let leaves: [Criterion]

  /// The report.
  ///
  /// Its stretches tile the clause.
  ///
  /// - Complexity: O(*n*).
  func coverage() -> Coverage {
    var kinds = [Coverage.Kind?](repeating: nil, count: clause.count)
    for (index, read) in phrases.enumerated() {
      let role = fillers.contains(index) && read.role == .condition ? .remark : read.role
      let isLost = role == .condition || role == .exclusion
      for place in read.phrase.range { kinds[place] = isLost ? nil : .filler(role) }
      for reading in read.readings where reading.isAward {
        for place in reading.range { kinds[place] = .read(reading.rule) }
      }
    }
    for leaf in leaves {
      for place in leaf.range ?? 0..<0 {
        kinds[place] = leaf.rule == .statement ? .open : .read(leaf.rule)
      }
    }
    for (index, read) in phrases.enumerated() where !fillers.contains(index) {
      nameJoints(read.phrase.range, &kinds)
    }
    return Coverage(stretches: stretches(kinds))
  }

  /// Words that join, lead or deny are fillers of the condition they stand in.
  private func nameJoints(_ range: Range<Int>, _ kinds: inout [Coverage.Kind?]) {
    let categories: [WordCategory] = [
      .functionWord, .connective, .pronoun, .duty, .exclusionBehind, .exclusionBefore, .listHead,
      .refersBack, .placeAdverb, .thresholdStage, .soft,
    ]
    for index in range where kinds[index] == nil {
      guard let end = categories.lazy.compactMap({ clause.word($0, at: index)?.end }).max() else {
        continue
      }
      for place in index..<min(end, range.upperBound) where kinds[place] == nil {
        kinds[place] = .filler(.condition)
      }
    }
  }

  private func stretches(_ kinds: [Coverage.Kind?]) -> [(kind: Coverage.Kind, range: Range<Int>)] {
    var stretches: [(kind: Coverage.Kind, range: Range<Int>)] = []
    for (index, kind) in kinds.enumerated() {
      let kind = kind ?? (clause.text[index].isHan ? .lost : .filler(.remark))
      if let last = stretches.last, last.kind == kind {
        stretches[stretches.count - 1].range = last.range.lowerBound..<(index + 1)
      } else {
        stretches.append((kind, index..<(index + 1)))
      }
    }
    return stretches
  }
}

extension Formula {
  /// The conditions of all its cases and addends.
  var conditions: [Condition] {
    switch self {
    case .cases(let branches), .sum(let branches):
      branches.flatMap { ($0.condition.map { [$0] } ?? []) + $0.formula.conditions }
    case .capped(let inner, _): inner.conditions
    default: []
    }
  }
}
