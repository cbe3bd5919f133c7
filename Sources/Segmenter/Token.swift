public import PolicyText

/// One word of a text: where it stands, and the folded term that the index knows it by.
public struct Token: Hashable, Sendable {
  /// Where a token comes from.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A word that ICU's dictionary found.
    case word
    /// A term of the domain lexicon.
    case term
    /// A part of the token before it, at the same position: a word inside a term, or one character.
    case part
  }

  /// Where the word stands, in bytes of the segmented text.
  public let range: ByteRange
  /// The folded word.
  public let term: String
  /// Where it comes from.
  public let kind: Kind

  /// Creates a token.
  public init(range: ByteRange, term: String, kind: Kind) {
    self.range = range
    self.term = term
    self.kind = kind
  }
}

extension Sequence<Token> {
  /// Whether words of a list that stand at `range` cut a term apart: 房补 in 购房补贴, 机器 in 机器人.
  ///
  /// 租房 in 租房补贴 does not, since what it leaves of the term is a word too. The tokens are those of the text with
  /// their parts.
  public func areCut(by range: ByteRange) -> Bool {
    let words = filter { $0.term.unicodeScalars.count >= 2 }.map { ($0.kind, $0.range) }
    return words.contains { kind, term in
      guard kind == .term, term != range, term.lowerBound <= range.lowerBound,
        term.upperBound >= range.upperBound
      else { return false }
      let leavesWords =
        (term.lowerBound == range.lowerBound
          || words.contains { $1.upperBound == range.lowerBound })
        && (term.upperBound == range.upperBound
          || words.contains { $1.lowerBound == range.upperBound })
      return !leavesWords
    }
  }
}
