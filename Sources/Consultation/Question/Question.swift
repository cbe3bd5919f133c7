/// A question taken apart (问题): what is asked, about what, where, for when.
public struct Question: Sendable {
  /// One word of the object, with how much it says.
  public struct Term: Hashable, Sendable {
    /// The folded word.
    public var word: String
    /// How rare it is among the indexed clauses, from 0 (everywhere) to 1.
    public var weight: Float
    /// Whether it names a thing: a term of the domain's vocabulary, a name in quotation marks, a joined name.
    public var isTerm: Bool
    /// Whether no clause has it, nor any word that means the same.
    public var isUnknown: Bool
    /// Whether it is the name of a place.
    public var isPlace: Bool
    /// Other words that say the same, with how well they do.
    var variants: [WordRelations.Variant]
    /// The words inside it.
    var parts: [String]
    /// The words as the segmenter cuts it, for counting; one where the dictionaries have it.
    var pieces: [String]
  }

  /// The question as asked, cut to what was read.
  public var text: String
  /// What is asked, the first cue first; empty where only an object is named.
  public var aspects: [Aspect]
  /// The words of the object.
  public var terms: [Term]
  /// Names of places, short form: 济南.
  public var places: [String]
  /// Years that are named.
  public var years: [Int]
  /// Whether it asks about a person and not about a policy.
  public var isPersonal: Bool
  /// Whether what is asked was not said: a benefit is named, so its amount is taken to be meant.
  public var isImplied: Bool
  /// Months and days that it names, with their years, as texts write them: 2019年8月.
  var dates: [String] = []
  /// Document numbers (文号) that it names.
  var numbers: [String] = []
  /// Sums of hundreds of millions that it quotes: 8.2亿元.
  var sums: [String]

  /// What it takes over from the question before; nil where it stands by itself.
  public var context: String?

  /// Whether it names no object of its own, so that it goes on from the question before.
  var goesOn: Bool {
    text.hasPrefix("那") || !terms.contains { !$0.isPlace && $0.weight > 0.35 && !$0.isUnknown }
  }

  /// How much its words say in all, places left out; at least .05, so that shares of it can be taken.
  var weight: Float { max(0.05, terms.reduce(0) { $0 + ($1.isPlace ? 0 : $1.weight) }) }

  /// Places and object in a few words: what a question after it takes over.
  public var topic: String { terms.map(\.word).joined(separator: " ") }

  /// The object in a few words, as pages show it.
  public var object: String { terms.filter { !$0.isPlace }.map(\.word).joined(separator: "、") }
}
