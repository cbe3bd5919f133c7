public import PolicyParser
public import PolicyText

/// A parsed document as other programs read it: `huice.policy/1`.
///
/// Spans count Unicode scalars; wherever an object has `text` and `span`, `text` is exactly that slice.
public struct DocumentRecord: Encodable, Sendable {
  /// A value with its words and their place.
  public struct Field: Encodable, Sendable {
    var value: String?
    var text: String?
    var span: [Int]?
  }
  struct Source: Encodable, Sendable {
    var name: String
    var mediaType: String
    var encoding: String
    var sha256: String
  }
  struct Metadata: Encodable, Sendable {
    var title: Field?
    var payloadTitles: [Field]
    var documentNumber: Field?
    var issuers: [Field]
    var addressees: Field?
    var signedOn: Field?
    var printedOn: Field?
    var publishedOn: Field?
    var effectiveFrom: Field?
    var effectiveUntil: Field?
    var level: Field?
    var region: Field?
    var publicity: Field?
    var contact: Field?
  }
  struct Units: Encodable, Sendable {
    var lead: [Field]
    var responsible: [Field]
    var cooperating: [Field]
  }
  struct Node: Encodable, Sendable {
    var id: String
    var kind: String
    var label: String
    var number: Int
    var labelSpan: [Int]
    var span: [Int]
    var heading: Field?
    var units: Units
    var children: [Node]
  }
  struct ReferenceRecord: Encodable, Sendable {
    var title: String?
    var number: String?
    var clause: String?
    var kind: String
    var text: String
    var span: [Int]
  }
  struct DefinitionRecord: Encodable, Sendable {
    var term: String
    var meaning: String
    var text: String
    var span: [Int]
  }
  struct Finding: Encodable, Sendable {
    var code: String
    var severity: String
    var message: String
    var span: [Int]
  }

  let schema = "huice.policy/1"
  let source: Source
  let text: String
  let triage: String
  let metadata: Metadata
  let outline: [Node]
  let items: [String]
  let references: [ReferenceRecord]
  let definitions: [DefinitionRecord]
  let exclusivity: [String]
  let diagnostics: [Finding]

  /// Makes the record of a document.
  ///
  /// - Parameters:
  ///   - parsed: The document with its findings.
  ///   - sha256: The digest of the file.
  public init(_ parsed: Parsed<PolicyDocument>, sha256: String) {
    let document = parsed.value
    let writer = RecordWriter(document.source.text)
    source = Source(
      name: document.source.name, mediaType: document.source.mediaType,
      encoding: document.source.encoding, sha256: sha256)
    text = document.source.text[document.source.text.range]
    triage = document.triage.rawValue
    metadata = writer.metadata(document.head)
    outline = document.outline.map(writer.node)
    items = []
    references = document.references.map(writer.reference)
    definitions = document.definitions.map { definition in
      DefinitionRecord(
        term: definition.term, meaning: definition.meaning, text: writer.text[definition.range],
        span: writer.offsets.span(of: definition.range))
    }
    exclusivity = []
    diagnostics = parsed.diagnostics.map { finding in
      Finding(
        code: finding.code.rawValue, severity: finding.severity.rawValue,
        message: finding.code.message(finding.detail),
        span: writer.offsets.span(of: finding.range))
    }
  }
}

/// Writes ranges of one text as fields with text and span.
private struct RecordWriter {
  let text: SourceText
  let offsets: ScalarOffsets

  init(_ text: SourceText) {
    self.text = text
    offsets = ScalarOffsets(text)
  }

  func field(_ value: String?, _ range: ByteRange?) -> DocumentRecord.Field {
    DocumentRecord.Field(
      value: value, text: range.map { text[$0] }, span: range.map(offsets.span(of:)))
  }

  func field<Value>(_ sourced: Sourced<Value>?, _ name: (Value) -> String) -> DocumentRecord.Field?
  {
    sourced.map { field(name($0.value), $0.range) }
  }

  func metadata(_ head: DocumentHead) -> DocumentRecord.Metadata {
    DocumentRecord.Metadata(
      title: field(head.title) { $0 },
      payloadTitles: head.payloadTitles.map { field($0.value, $0.range) },
      documentNumber: field(head.documentNumber) { $0.description },
      issuers: head.issuers.map { field($0.value, $0.range) },
      addressees: head.addressees.map { field(nil, $0) },
      signedOn: field(head.signedOn) { $0.description },
      printedOn: field(head.printedOn) { $0.description },
      publishedOn: field(head.publishedOn) { $0.description },
      effectiveFrom: field(head.effectiveFrom) { $0.description },
      effectiveUntil: field(head.effectiveUntil) { $0.description },
      level: field(head.level) { $0.rawValue }, region: field(head.region) { $0 },
      publicity: field(head.publicity) { $0.rawValue },
      contact: head.contact.map { field(nil, $0) })
  }

  func node(_ clause: Clause) -> DocumentRecord.Node {
    DocumentRecord.Node(
      id: clause.id, kind: clause.kind.rawValue, label: clause.label, number: clause.number,
      labelSpan: offsets.span(of: clause.labelRange), span: offsets.span(of: clause.range),
      heading: clause.heading.map { field(nil, $0) },
      units: DocumentRecord.Units(
        lead: clause.units.lead.map { field($0.name, $0.range) },
        responsible: clause.units.responsible.map { field($0.name, $0.range) },
        cooperating: clause.units.cooperating.map { field($0.name, $0.range) }),
      children: clause.children.map(node))
  }

  func reference(_ reference: Reference) -> DocumentRecord.ReferenceRecord {
    let words = text[reference.range]
    let span = offsets.span(of: reference.range)
    switch reference.target {
    case .document(let title, let number):
      return DocumentRecord.ReferenceRecord(
        title: title, number: number?.description, clause: nil, kind: "document", text: words,
        span: span)
    case .clause(let id):
      return DocumentRecord.ReferenceRecord(
        title: nil, number: nil, clause: id, kind: "clause", text: words, span: span)
    }
  }
}
