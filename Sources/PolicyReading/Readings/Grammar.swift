import PolicyText
import PolicyVocabulary

/// All rules.
///
/// Their order says nothing: ``Chart`` decides by scores.
package enum Grammar {
  /// What is read into conditions.
  static let criteria: [any ReadingRule] = [
    ThresholdRule(), GrowthRule(), AgeRule(), PlaceRule(), SubjectRule(), HonourRule(), RankRule(),
    RecordRule(), ReceivedRule(), RecognisedRule(), TimeRule(),
  ]
  /// What is read into awards.
  static let awards: [any ReadingRule] = [
    AmountRule(), CapRule(), RateRule(), ReliefRule(), ServiceRule(), NegotiatedRule(),
  ]

  /// The chosen readings of a phrase.
  package static func readings(in phrase: Phrase, of clause: MarkedClause) -> Chart.Choice {
    Chart.best(of: (criteria + awards).flatMap { $0.readings(in: phrase, of: clause) })
  }
}
