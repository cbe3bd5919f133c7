import PolicyText
import PolicyVocabulary

/// What a phrase does in its clause (短语作用).
package enum PhraseRole: String, Hashable, Sendable {
  /// States what must hold.
  case condition
  /// Gives, or limits what is given.
  case grant
  /// States what must not hold: 不予支持, 除外.
  case exclusion
  /// 申报条件：, a heading; what follows is of its kind.
  case heading
  /// 为鼓励…
  case purpose
  /// 就高不重复
  case exclusivity
  /// Who pays, and what for.
  case payer
  /// What the office does, and how one applies.
  case procedure
  /// Anything else that decides nothing: headings, reports, praise.
  case remark
}

/// Tells what each phrase does, from its words and its readings.
struct PhraseRoleReader {
  let clause: MarkedClause

  /// The role of a phrase whose readings were chosen.
  func role(of phrase: Phrase, _ readings: [Reading]) -> PhraseRole {
    let range = phrase.range
    if isHeading(phrase) { return .heading }
    if clause.first(.mood, in: range)?.feature == .defines { return .remark }
    if clause.has(.refundWord, in: range) { return .procedure }
    if clause.has(.exclusivity, in: range), !readings.contains(where: \.isAmount) {
      return .exclusivity
    }
    if clause.has(.exclusionBehind, in: range) { return .exclusion }
    if readings.contains(where: \.isAward) { return .grant }
    if clause.word(.purpose, at: range.lowerBound) != nil, clause.text[range.upperBound - 1] != "的" {
      return .purpose
    }
    if clause.has(.payer, in: range), clause.text[range.upperBound - 1] != "的" { return .payer }
    if isProcedure(range) { return .procedure }
    return phrase.stop == "?" ? .remark : .condition
  }

  /// Whether the phrase is a heading and nothing else: 申报条件：
  private func isHeading(_ phrase: Phrase) -> Bool {
    guard phrase.stop == ":" || phrase.stop == "|" || phrase.stop == "\n" else { return false }
    guard let label = clause.last(.label, in: phrase.range) else { return false }
    return label.range.upperBound == phrase.range.upperBound
      && label.range.lowerBound - phrase.range.lowerBound <= 2
  }

  /// Whether an office acts, or the words tell how one applies.
  private func isProcedure(_ range: Range<Int>) -> Bool {
    if let office = clause.first(.officeEnding, in: range),
      clause.has(.officeDeed, in: office.range.upperBound..<range.upperBound),
      !clause.has(.recognisedVerb, in: office.range.upperBound..<range.upperBound)
        || clause.text[range.lowerBound] != "经"
    {
      return clause.text[range.upperBound - 1] != "的"
    }
    return clause.word(.procedure, at: range.lowerBound) != nil
      && clause.text[range.upperBound - 1] != "的"
  }
}

extension Reading {
  /// Whether it is a part of an award.
  var isAward: Bool {
    if case .award = value { true } else { false }
  }

  /// Whether it gives a sum, a rate or a relief, and does not only limit one.
  var isAmount: Bool {
    if case .award(let part) = value, case .amounts = part.kind { true } else { false }
  }
}
