public import PolicyText

/// A notice as it was read: every scalar of its text belongs to a line, every clause to the tree.
public struct PolicyDocument: Sendable {
  /// The text that all ranges refer to.
  public let source: SourceDocument
  /// The lines, which tile the text.
  public let lines: [Line]
  /// What kind of document it is for a firm.
  public let triage: Triage
  /// What stands around the clauses: title, number, issuers, dates.
  public let head: DocumentHead
  /// The clauses, as a tree.
  public let outline: [Clause]
  /// The tables that state policy, in order.
  public let tables: [PolicyTable]
  /// What the document refers to.
  public let references: [Reference]
  /// The short names and terms that it defines.
  public let definitions: [Definition]
}

/// What kind of document it is for a firm: only some kinds may grant something.
public enum Triage: String, Hashable, Sendable, CaseIterable {
  /// 可兑现的政策
  case claimable
  /// 工作机制、部署类通知
  case mechanism
  /// 申报通知
  case call
  /// 公示、名单
  case list
  /// 政策解读
  case interpretation
  /// 新闻、工作动态
  case news
  /// 法律、法规、规章
  case law
  /// 其他
  case other

  /// The Chinese name, as pages show it.
  public var name: String {
    switch self {
    case .claimable: "扶持政策"
    case .mechanism: "工作部署"
    case .call: "申报通知"
    case .list: "公示名单"
    case .interpretation: "政策解读"
    case .news: "新闻动态"
    case .law: "法律法规"
    case .other: "其他"
    }
  }
}

/// A value with the words it was read from.
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The normalised value.
  public let value: Value
  /// Where its words stand; nil where it was inferred from several places.
  public let range: ByteRange?

  /// Pairs a value with its place.
  public init(_ value: Value, _ range: ByteRange?) {
    self.value = value
    self.range = range
  }
}

/// What stands around the clauses of a document (版头、主体中的标题与落款、版记).
public struct DocumentHead: Hashable, Sendable {
  /// The title (标题).
  public var title: Sourced<String>?
  /// Titles of the documents that a notice passes on (印发、转发的正文标题).
  public var payloadTitles: [Sourced<String>] = []
  /// The document number (发文字号).
  public var documentNumber: Sourced<DocumentNumber>?
  /// The issuers (发文机关).
  public var issuers: [Sourced<String>] = []
  /// The addressees (主送机关).
  public var addressees: ByteRange?
  /// The day of signature (成文日期).
  public var signedOn: Sourced<CalendarDay>?
  /// The day of printing (印发日期).
  public var printedOn: Sourced<CalendarDay>?
  /// The day of publication (发布日期).
  public var publishedOn: Sourced<CalendarDay>?
  /// The day it takes effect (施行日期).
  public var effectiveFrom: Sourced<CalendarDay>?
  /// The last day in force (失效日期).
  public var effectiveUntil: Sourced<CalendarDay>?
  /// The level of government (政策级别).
  public var level: Sourced<GovernmentLevel>?
  /// The region (地区) as a path of names: 吉林省通化市柳河县.
  public var region: Sourced<String>?
  /// Who may read it (公开属性).
  public var publicity: Sourced<Publicity>?
  /// Whom to ask (联系人、联系方式).
  public var contact: ByteRange?

  /// An empty head.
  public init() {}
}

/// Who may read the document (公开属性).
public enum Publicity: String, Hashable, Sendable {
  /// 公开发布
  case `public`
  /// 依申请公开
  case onRequest
  /// 不公开
  case `private`
}

/// A document, or a place in this one, that the text refers to.
public struct Reference: Hashable, Sendable {
  /// What is referred to.
  public enum Target: Hashable, Sendable {
    /// Another document, by its title.
    case document(title: String, number: DocumentNumber?)
    /// A clause of this document, by its id; nil where it has no such clause.
    case clause(id: String?)
  }

  /// What is referred to.
  public let target: Target
  /// The words that refer.
  public let range: ByteRange
}

/// A short name or a term, with what it stands for.
public struct Definition: Hashable, Sendable {
  /// The term, as 泉惠企.
  public let term: String
  /// What it stands for, as 济南市企业服务综合智慧平台.
  public let meaning: String
  /// Where term and meaning stand.
  public let range: ByteRange
}

extension PolicyDocument {
  /// The smallest clause that holds a byte; nil outside the clauses.
  package func clause(at byte: Int) -> Clause? {
    var found: Clause?
    var clauses = outline
    while let clause = clauses.first(where: { $0.range.contains(byte) }) {
      found = clause
      clauses = clause.children
    }
    return found
  }
}
