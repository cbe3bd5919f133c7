/// A part of a hit's score; the parts of a hit add up to it.
public struct ScorePart: Hashable, Sendable {
  /// What a part is for.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A pair of characters, or a run of letters and digits, of the query that the passage has
    case pair
    /// A word that stands for one of the query (同义词), or a pair of it
    case synonym
    /// A word that is used like one of the query in the texts of the index (相关词)
    case related
    /// All pairs of the query in the whole document
    case document
    /// A word of the query, in passage and document
    case word
    /// Single characters of the query, in passage and document
    case character
    /// The place that the query names is the document's
    case place
    /// The document is of the year that the query names
    case year
    /// The clause grants the sum that the query names
    case amount
    /// The document is newer
    case newness
    /// The document's term is over: less than 0
    case lapsed
    /// The text is a law
    case authority

    /// The Chinese name, as pages show it.
    public var name: String {
      switch self {
      case .pair: "字面"
      case .synonym: "同义词"
      case .related: "相关词"
      case .document: "全文"
      case .word: "词语"
      case .character: "单字"
      case .place: "地区"
      case .year: "年份"
      case .amount: "金额"
      case .newness: "新旧"
      case .lapsed: "已失效"
      case .authority: "效力位阶"
      }
    }
  }

  /// What it is for.
  public let kind: Kind
  /// The words of the query that it is for; empty where it is for all.
  public let text: String
  /// What it adds.
  public let value: Double
}
