public import Consultation
public import Indexer
internal import PolicyParser
internal import PolicyText

/// The documents that one document names, with what the index has of each: `huice.references/1`.
public struct ReferenceListRecord: Encodable, Sendable {
  struct ReferenceRecord: Encodable, Sendable {
    var title: String
    @OrNull var number: String?
    /// Where it is named first, in scalars of the document's text.
    var span: [Int]
    /// One of basis, repeal, amendment, interpretation or mention.
    var relation: String
    /// One of resolved, ambiguous or missing.
    var state: String
    var targets: [TargetRecord]
  }

  struct TargetRecord: Encodable, Sendable {
    var key: String
    var title: String
    @OrNull var number: String?
    @OrNull var level: String?
  }

  let schema = "huice.references/1"
  let key: String
  let references: [ReferenceRecord]

  /// Makes the record of a document's references.
  public init(_ references: [ResolvedReference], of stored: StoredDocument) {
    key = stored.summary.key
    let offsets = ScalarOffsets(stored.parsed.value.source.text)
    self.references = references.map { reference in
      ReferenceRecord(
        title: reference.title, number: reference.number, span: offsets.span(of: reference.range),
        relation: reference.relation.rawValue, state: reference.state.rawValue,
        targets: reference.targets.map {
          TargetRecord(
            key: $0.key, title: $0.title, number: $0.number, level: $0.level?.rawValue)
        })
    }
  }
}
