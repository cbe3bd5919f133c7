public import Consultation
public import Indexer
internal import PolicyParser

/// Lists as other programs read them, piece by piece.
public struct ListRecord: Encodable, Sendable {
  struct DocumentEntry: Encodable, Sendable {
    var key: String
    var name: String
    var title: String
    @OrNull var number: String?
    var issuers: [String]
    @OrNull var level: String?
    @OrNull var region: String?
    @OrNull var date: String?
    @OrNull var effectiveFrom: String?
    @OrNull var effectiveUntil: String?

    init(_ summary: DocumentSummary) {
      key = summary.key
      name = summary.name
      title = summary.title
      issuers = summary.issuers.split(separator: "、").map(String.init)
      number = summary.number
      level = summary.level?.rawValue
      region = summary.region
      date = summary.date?.description
      effectiveFrom = summary.effectiveFrom?.description
      effectiveUntil = summary.effectiveUntil?.description
    }
  }
  struct ClauseEntry: Encodable, Sendable {
    var document: String
    var title: String
    var clause: String
    var labels: [String]
    var heading: String
    var text: String
    var span: [Int]
  }
  struct ItemEntry: Encodable, Sendable {
    var key: String
    var document: String
    var title: String
    var clause: String
    var name: String
    @OrNull var amount: String?
    @OrNull var audience: String?
    @OrNull var window: String?
    @OrNull var department: String?
    @OrNull var claim: String?
  }
  struct TermEntry: Encodable, Sendable {
    var term: String
    var aliases: [String]
    var explanation: String
    var source: String
  }
  struct ContactEntry: Encodable, Sendable {
    var region: String
    var department: String
    var aliases: [String]
    var matter: String
    var phone: String
    var address: String
    var hours: String
    @OrNull var goodUntil: String?
    var source: String
  }

  let documents: [DocumentEntry]?
  let clauses: [ClauseEntry]?
  let items: [ItemEntry]?
  let terms: [TermEntry]?
  let contacts: [ContactEntry]?
  /// What the next piece is asked for with; null at the end.
  @OrNull var next: String?

  private init(
    documents: [DocumentEntry]? = nil, clauses: [ClauseEntry]? = nil, items: [ItemEntry]? = nil,
    terms: [TermEntry]? = nil, contacts: [ContactEntry]? = nil, next: Int64? = nil
  ) {
    self.documents = documents
    self.clauses = clauses
    self.items = items
    self.terms = terms
    self.contacts = contacts
    self.next = next.map(String.init)
  }

  /// A list of documents.
  public init(documents page: ListPage<DocumentSummary>) {
    self.init(documents: page.elements.map(DocumentEntry.init), next: page.next)
  }

  /// A list of clauses.
  public init(clauses page: ListPage<ListedClause>) {
    self.init(
      clauses: page.elements.map {
        ClauseEntry(
          document: $0.document.key, title: $0.document.title, clause: $0.clause,
          labels: $0.labels, heading: $0.heading, text: $0.text, span: $0.span)
      }, next: page.next)
  }

  /// A list of items.
  public init(items page: ListPage<ListedItem>) {
    self.init(
      items: page.elements.map { listed in
        var entry = ItemEntry(
          key: listed.item.key, document: listed.document.key, title: listed.document.title,
          clause: listed.item.clause, name: listed.item.name)
        entry.amount = listed.item.amount
        entry.audience = listed.item.audience
        entry.window = listed.item.window
        entry.department = listed.item.department
        entry.claim = listed.item.claim
        return entry
      }, next: page.next)
  }

  /// The glossary.
  public init(glossary: [Glossary.Entry]) {
    self.init(
      terms: glossary.map {
        TermEntry(
          term: $0.term, aliases: $0.aliases, explanation: $0.explanation, source: $0.source)
      })
  }

  /// The contact directory.
  public init(contacts: [Contact]) {
    self.init(
      contacts: contacts.map { contact in
        var entry = ContactEntry(
          region: contact.region, department: contact.department, aliases: contact.aliases,
          matter: contact.matter, phone: contact.phone, address: contact.address,
          hours: contact.hours, source: contact.source)
        entry.goodUntil = contact.goodUntil?.description
        return entry
      })
  }
}
