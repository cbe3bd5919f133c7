public import PolicyParser
internal import PolicyText

/// What a user asks for: words as typed, and filters as chosen.
public struct SearchQuery: Hashable, Sendable {
  /// Filters; within one, any of the values will do.
  public struct Filters: Hashable, Sendable {
    /// The level of government (政策级别).
    public var levels: [GovernmentLevel] = []
    /// 地区, by the beginning of its path or any part of it: 山东省 finds 山东省济南市.
    public var regions: [String] = []
    /// 发文机关, whole or in part.
    public var issuers: [String] = []
    /// The year (年份).
    public var years: [Int] = []
    /// The genre (文种).
    public var kinds: [String] = []
    /// Whether it is in force (时效).
    public var statuses: [ValidityStatus] = []
    /// The day that 时效 is asked for.
    public var day: CalendarDay?
    /// Labels of items by axis (扶持方式、兑现方式、行业…): only clauses with such an item.
    public var tags: [String: [String]] = [:]
    /// Only clauses that grant something (惠企事项).
    public var itemsOnly = false

    /// No filter.
    public init() {}

    /// Whether nothing is filtered.
    public var isEmpty: Bool { self == Filters() || self == Filters(day: day) }

    private init(day: CalendarDay?) { self.day = day }
  }

  /// The order of hits.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// 相关
    case relevance
    /// 最新
    case newest
    /// 临近截止: of items whose last day is known and not over
    case deadline
    /// 金额: of items, the highest sum first
    case amount
  }

  /// How far hits are scored.
  public enum Ranking: String, Hashable, Sendable, CaseIterable {
    /// By pairs of characters, then the best anew by words, single characters and places.
    case full
    /// By pairs of characters alone.
    case fetch
    /// As ``fetch``, every passage scored: slow, to compare with.
    case plain
  }

  /// The words as typed: words, "phrases", -exclusions, a document number in any brackets.
  public var words: String
  /// The filters.
  public var filters = Filters()
  /// How hits are ordered.
  public var order = Order.relevance
  /// How far hits are scored.
  public var ranking = Ranking.full
  /// Whether hits say what their score is made of.
  public var explains = false
  /// Whether hits say where the words of the query stand in them.
  public var marksWords = true
  /// Whether of clauses with the same text only the best is shown, with the number of the others.
  public var foldsCopies = false
  /// What is understood of the words (``QueryHint/text``) and must not move hits.
  public var ignoredHints: [String] = []
  /// How many hits are left out before the first.
  public var offset = 0
  /// How many hits are given.
  public var limit = 10

  /// Asks for words.
  public init(_ words: String) { self.words = words }
}

/// Whether a document is in force (时效).
public enum ValidityStatus: String, Hashable, Sendable, CaseIterable {
  /// 现行有效: its term is stated and runs
  case inForce
  /// 已失效: its term is over
  case lapsed
  /// 尚未施行
  case pending
  /// 文中未载明
  case unknown

  /// The Chinese name, as pages show it.
  public var name: String {
    switch self {
    case .inForce: "现行有效"
    case .lapsed: "已失效"
    case .pending: "尚未施行"
    case .unknown: "有效期未载明"
    }
  }

  /// The status of a document on a day.
  public init(from: CalendarDay?, until: CalendarDay?, on day: CalendarDay) {
    if let until, until < day {
      self = .lapsed
    } else if let from, from > day {
      self = .pending
    } else if until != nil {
      self = .inForce
    } else {
      self = .unknown
    }
  }
}

extension SearchQuery.Filters {
  /// The names of all facets, in the order that pages show them.
  public static let facets = [
    "level", "region", "form", "claim", "theme", "industry", "size", "issuer", "year", "kind",
    "status",
  ]
  /// The facets of items: the axis of labels that each asks for.
  public static let itemFacets = [
    "form": "form", "claim": "claim", "theme": "field", "industry": "industry", "size": "size",
  ]

  /// The facet that shows an axis of labels.
  static func facet(of axis: String) -> String {
    axis == "field" ? "theme" : axis == "kind" ? "benefit" : axis
  }
}
