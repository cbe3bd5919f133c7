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
