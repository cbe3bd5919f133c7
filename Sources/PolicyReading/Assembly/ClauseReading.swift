import PolicyText
import PolicyVocabulary

/// What a clause grants, on which conditions, and what became of each of its words (条款解读).
package struct ClauseReading: Sendable {
  /// What must hold; nil where nothing is asked.
  package let condition: Condition?
  /// How the award is computed.
  package let formula: Formula
  /// What limits it besides sums.
  package let limits: [AwardLimit]
  /// The stretches of the clause that were read, each with its kind.
  package let coverage: Coverage
  /// Whether lists could not be paired, or another reading is as good.
  package let isDoubtful: Bool
}

/// What became of the words of a clause (覆盖情况).
package struct Coverage: Sendable {
  /// What a stretch of words became.
  package enum Kind: Hashable, Sendable {
    /// A value of a rule.
    case read(RuleName)
    /// A statement that one can answer with yes or no.
    case open
    /// Words that decide nothing, with what they do.
    case filler(PhraseRole)
    /// Words that nobody accounts for. There should be none.
    case lost
  }

  /// Stretches in order; they tile the clause.
  package let stretches: [(kind: Kind, range: Range<Int>)]
}
