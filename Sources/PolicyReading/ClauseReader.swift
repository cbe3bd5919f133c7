package import PolicyText
package import PolicyVocabulary

/// Reads what a clause says: text, marks, readings, grants (解读).
package struct ClauseReader {
  private let clause: MarkedClause

  /// Prepares to read the scalars `range` of a folded text.
  package init(_ text: MatchText, _ range: Range<Int>, vocabulary: Vocabulary = .standard) {
    clause = MarkedClause(ClauseText(text, range), vocabulary: vocabulary)
  }

  /// Prepares to read a marked clause.
  package init(_ clause: MarkedClause) { self.clause = clause }

  /// The words of the clause, which all ranges of a reading refer to.
  package var text: ClauseText { clause.text }

  /// What the clause grants; nil where it grants nothing.
  ///
  /// - Complexity: O(*n* log *n*).
  package func reading() -> ClauseReading? {
    let phrases = PhraseReader(clause: clause).phrases()
    guard phrases.contains(where: \.gives) else { return nil }
    var collector = GrantCollector(clause, phrases)
    collector.collect()
    guard !collector.groups.isEmpty else { return nil }
    let groups = Elisions.filled(collector.groups, quantity: collector.elidedQuantity)
    var builder = AwardBuilder(groups, common: collector.common)
    guard let formula = builder.formula() else { return nil }
    let condition = Node.conjunction(Elisions.filled(builder.common))?.condition
    let limits = LimitReader(clause: clause).limits(
      in: LimitStretches.of(phrases) { $0 != .exclusion && $0 != .heading && $0 != .remark },
      giving: LimitStretches.of(phrases) { $0 == .grant })
    let leaves = (condition?.leaves ?? []) + formula.conditions.flatMap(\.leaves)
    let coverage = CoverageReport(
      clause: clause, phrases: phrases, fillers: collector.fillers, leaves: leaves
    ).coverage()
    return ClauseReading(
      condition: condition, formula: formula, limits: limits, coverage: coverage,
      isDoubtful: builder.isDoubtful)
  }
}

/// Where limits may stand: in phrases of some roles, outside the words of conditions.
enum LimitStretches {
  /// The stretches in order.
  static func of(_ phrases: [ReadPhrase], where isRole: (PhraseRole) -> Bool) -> [Range<Int>] {
    phrases.filter { isRole($0.role) }.flatMap { phrase -> [Range<Int>] in
      var stretches: [Range<Int>] = []
      var start = phrase.phrase.range.lowerBound
      for reading in phrase.readings where !reading.isAward {
        if start < reading.range.lowerBound { stretches.append(start..<reading.range.lowerBound) }
        start = max(start, reading.range.upperBound)
      }
      if start < phrase.phrase.range.upperBound {
        stretches.append(start..<phrase.phrase.range.upperBound)
      }
      return stretches
    }
  }
}
