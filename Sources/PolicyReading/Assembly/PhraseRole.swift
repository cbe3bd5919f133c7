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
  /// 择优扶持前20家: limits the grant, and is no condition
  case limit
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
    if clause.outermost(.exclusionBehind, in: range) != nil { return .exclusion }
    if readings.contains(where: \.isAward) { return isTitle(phrase) ? .remark : .grant }
    if clause.has(.remark, in: range) { return .remark }
    let isAttribute = clause.text[range.upperBound - 1] == "的"
    if clause.word(.purpose, at: range.lowerBound) != nil, !isAttribute { return .purpose }
    if isLimit(range, readings) { return .limit }
    if !isAttribute, !readings.contains(where: \.isTyped) {
      if clause.has(.payer, in: range) { return .payer }
      if isProcedure(range) { return .procedure }
    }
    return phrase.stop == "?" ? .remark : .condition
  }

  /// Whether words that give nothing yet stand before a colon: 房产税困难减免.
  private func isTitle(_ phrase: Phrase) -> Bool {
    phrase.stop == ":" && clause.figures(in: phrase.range).isEmpty
  }

  /// Whether the phrase only says how many are chosen, or how.
  private func isLimit(_ range: Range<Int>, _ readings: [Reading]) -> Bool {
    guard !readings.contains(where: { $0.isTyped && $0.rule != .subject && $0.rule != .honour })
    else { return false }
    let hasSpan = clause.figures(in: range).contains {
      clause.figures[$0].unit?.family == .duration && clause.figures[$0].behind != .atLeast
    }
    if hasSpan, clause.has(.monthsWord, in: range) || clause.text[range.lowerBound] == "自" {
      return true
    }
    return clause.has(.competitiveWord, in: range)
      || clause.first(.topWord, in: range).map {
        !clause.figures(in: $0.range.upperBound..<range.upperBound).isEmpty
      } ?? false
  }

  /// Whether the phrase is a heading and nothing else: 申报条件.
  private func isHeading(_ phrase: Phrase) -> Bool {
    guard phrase.stop == ":" || phrase.stop == "|" || phrase.stop == "\n" else { return false }
    guard let label = clause.last(.label, in: phrase.range) else { return false }
    return label.range.upperBound == phrase.range.upperBound
      && label.range.lowerBound - phrase.range.lowerBound <= 2
  }

  /// Whether an office acts, or the words tell how one applies.
  private func isProcedure(_ range: Range<Int>) -> Bool {
    if let office = clause.first(.officeEnding, in: range),
      clause.has(.officeDeed, in: office.range.upperBound..<range.upperBound)
    {
      return true
    }
    return clause.word(.procedure, at: range.lowerBound) != nil
  }
}

extension MarkedClause {
  /// The last word of `category` in `range` outside brackets.
  func outermost(
    _ category: WordCategory, in range: Range<Int>
  ) -> (range: Range<Int>, feature: WordFeature?)? {
    var end = range.upperBound
    while let word = last(category, in: range.lowerBound..<end) {
      if depth[word.range.lowerBound] == 0 { return word }
      end = word.range.lowerBound
    }
    return nil
  }
}

extension Reading {
  /// Whether it is a condition of a type.
  var isTyped: Bool {
    if case .condition = value { true } else { false }
  }

  /// Whether it is a part of an award.
  var isAward: Bool {
    if case .award = value { true } else { false }
  }

  /// Whether it gives a sum, a rate or a relief, and does not only limit one.
  var isAmount: Bool {
    if case .award(let part) = value, case .amounts = part.kind { true } else { false }
  }
}
