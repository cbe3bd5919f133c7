/// What a query was understood to ask for beside its words.
public struct QueryHint: Hashable, Sendable {
  /// What is asked for.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 地区: its documents come first
    case place
    /// 级别: offered as a filter, for 国家级 and 市级 mostly name what a firm is, not who wrote the document
    case level
    /// 年份: documents of the year come first
    case year
    /// 部门: offered as a filter by issuer, for it may be who decides, not who wrote the document
    case department
    /// 金额: clauses that grant at most this sum come first
    case amount
    /// 文号: the documents with the number, alone
    case number

    /// The Chinese name, as pages show it.
    public var name: String {
      switch self {
      case .place: "地区"
      case .level: "级别"
      case .year: "年份"
      case .department: "部门"
      case .amount: "金额"
      case .number: "文号"
      }
    }
  }

  /// What is asked for.
  public let kind: Kind
  /// As it stands in the query; a place by its short name.
  ///
  /// ``SearchQuery/ignoredHints`` lets it go by this.
  public let text: String
  /// The value of the filter that means the same (2024, city, 工信局), for an amount its fen; empty for the others.
  public let value: String
  /// Whether it moves hits; otherwise it is only offered.
  public let isApplied: Bool

  /// The facet that a hint is offered for; nil where it moves hits already.
  public var facet: String? {
    switch kind {
    case _ where isApplied: nil
    case .department: "issuer"
    default: kind.rawValue
    }
  }
}
