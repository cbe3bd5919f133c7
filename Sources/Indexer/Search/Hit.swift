public import PolicyParser
public import PolicyText

/// One clause that a query found.
public struct Hit: Sendable {
  /// The document it stands in.
  public let document: DocumentSummary
  /// The clause's id (`2.1`), or `p3` for a passage outside the clauses.
  public let clause: String
  /// The labels down to it: 二、/（三）.
  public let labels: [String]
  /// The headings above it.
  public let heading: String
  /// The clause's words.
  public let text: String
  /// Where they stand in the document's text, in scalars.
  public let span: [Int]
  /// How well it answers; higher is better, comparable within one query only.
  public let score: Double
  /// What matched, in bytes of ``text``, in order.
  public let matches: [ByteRange]
  /// The departments it names.
  public let units: String
  /// The items it grants.
  public let items: [ItemSummary]
  /// The parts of the score, where they were asked for; they add up to it.
  public var explanation: [ScorePart] = []
  /// How many other clauses with the same text were found and are not shown.
  public var copies = 0
}

/// What a list of hits says of a document.
public struct DocumentSummary: Hashable, Sendable {
  /// The public name: twelve letters.
  public let key: String
  /// The file's name.
  public let name: String
  /// The title (标题).
  public let title: String
  /// The document number (文号).
  public let number: String?
  /// The issuers (发文机关).
  public let issuers: String
  /// The level of government (级别).
  public let level: GovernmentLevel?
  /// The region (地区).
  public let region: String?
  /// The day of signature, else of publication (成文日期, 发布日期).
  public let date: CalendarDay?
  /// The genre (文种).
  public let kind: String
  /// The day it takes effect (施行日期).
  public let effectiveFrom: CalendarDay?
  /// The last day in force (失效日期).
  public let effectiveUntil: CalendarDay?

  /// Whether it is in force on a day.
  public func status(on day: CalendarDay) -> ValidityStatus {
    ValidityStatus(from: effectiveFrom, until: effectiveUntil, on: day)
  }
}

/// What a search gives.
public struct SearchResult: Sendable {
  /// What had to be given up to find anything, or was left out.
  public enum Relaxation: Hashable, Sendable {
    /// The phrases were taken as words.
    case phrases
    /// The exclusions were dropped.
    case exclusions
    /// A filter was dropped; its Chinese name.
    case filter(String)
    /// No document has the number.
    case number(String)
    /// Only the first words of a long query were used.
    case cut(Int)

    /// The sentence for users.
    public var message: String {
      switch self {
      case .phrases: "没有逐字相同的文字，已按词查找。"
      case .exclusions: "除去排除的词后没有结果，已不再排除。"
      case .filter(let name): "去掉“\(name)”后找到下列结果。"
      case .number(let number): "没有找到文号为“\(number)”的文件，已按词查找。"
      case .cut(let count): "问题较长，只用了前 \(count) 个词。"
      }
    }
  }

  /// The hits, best first.
  public let hits: [Hit]
  /// How many clauses were found in all, as far as was counted.
  public let total: Int
  /// Short names of the places that the words name: documents of theirs come first.
  public var places: [String] { hints.filter { $0.kind == .place }.map(\.text) }
  /// What the words were understood to ask for.
  public let hints: [QueryHint]
  /// What was relaxed.
  public let relaxations: [Relaxation]
  /// How many items the found clauses grant.
  public let itemCount: Int
  /// The counts by facet: documents, and for facets of items items.
  ///
  /// Those of a facet are counted without what is chosen in it.
  public let facets: [Facet]
  /// Whether the facets are counted over the best clauses only, so that there are at least so many.
  public let facetsAreBounded: Bool
  /// How long it took from the words of the query to the hits' ids.
  public let rankingTime: Duration
}

/// The values of one property among the found documents, with how many have each.
public struct Facet: Sendable {
  /// The name of its filter.
  public let name: String
  /// Values and counts, most first.
  public let values: [(value: String, count: Int)]
}
