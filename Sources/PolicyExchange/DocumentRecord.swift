public import Foundation
internal import PolicyInterpreter
public import PolicyParser
public import PolicyText

/// A parsed document as other programs read it: `huice.policy/1`.
///
/// Spans count Unicode scalars; wherever an object has `text` and `span`, `text` is exactly that slice.
public struct DocumentRecord: Sendable {
  /// A value with its words and their place.
  public struct Field: Encodable, Sendable {
    @OrNull var value: String?
    @OrNull var text: String?
    var span: [Int]?
  }
  struct Source: Encodable, Sendable {
    var name: String
    var mediaType: String
    var encoding: String
    var sha256: String
  }
  struct Metadata: Encodable, Sendable {
    @OrNull var title: Field?
    var payloadTitles: [Field]
    @OrNull var documentNumber: Field?
    var issuers: [Field]
    @OrNull var addressees: Field?
    @OrNull var signedOn: Field?
    @OrNull var printedOn: Field?
    @OrNull var publishedOn: Field?
    @OrNull var effectiveFrom: Field?
    @OrNull var effectiveUntil: Field?
    @OrNull var level: Field?
    @OrNull var region: Field?
    @OrNull var publicity: Field?
    @OrNull var contact: Field?
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
    @OrNull var heading: Field?
    var units: Units
    var children: [Node]
  }
  struct ReferenceRecord: Encodable, Sendable {
    @OrNull var title: String?
    @OrNull var number: String?
    @OrNull var clause: String?
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
  struct ExclusivityRecord: Encodable, Sendable {
    var effect: String
    var scopes: [String]
    @OrNull var clause: String?
    var text: String
    var span: [Int]
  }
  struct Finding: Encodable, Sendable {
    var code: String
    var severity: String
    var message: String
    var span: [Int]
  }

  /// How many records are encoded at once: enough to be fast, few enough to stay small.
  private static let chunk = 400

  private let parsed: Parsed<PolicyDocument>
  private let interpretation: Interpretation
  private let sha256: String

  /// Makes the record of a document.
  ///
  /// - Parameters:
  ///   - parsed: The document with its findings.
  ///   - sha256: The digest of the file.
  public init(_ parsed: Parsed<PolicyDocument>, sha256: String) {
    self.init(
      parsed, interpretation: PolicyInterpreter.interpret(parsed.value), sha256: sha256)
  }

  /// Makes the record of a document with what was read of it already.
  init(_ parsed: Parsed<PolicyDocument>, interpretation: Interpretation, sha256: String) {
    self.parsed = parsed
    self.interpretation = interpretation
    self.sha256 = sha256
  }

  /// The record as JSON, piece by piece, so that a document of a million clauses needs no more memory than
  /// its text.
  ///
  /// - Parameter write: Called with each piece, in order.
  /// - Throws: What `write` throws.
  public func forEachPiece(_ write: (Data) throws -> Void) throws {
    let document = parsed.value
    let writer = RecordWriter(document.source.text)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func field(_ name: String, _ value: some Encodable) throws {
      try write(Data(",\"\(name)\":".utf8) + encoder.encode(value))
    }
    func list<Element>(
      _ name: String, _ elements: [Element], _ record: (Element) -> some Encodable
    ) throws {
      try write(Data(",\"\(name)\":[".utf8))
      for start in stride(from: 0, to: elements.count, by: Self.chunk) {
        let part = elements[start..<min(start + Self.chunk, elements.count)].map(record)
        let data = try encoder.encode(part)
        try write((start > 0 ? Data(",".utf8) : Data()) + data.dropFirst().dropLast())
      }
      try write(Data("]".utf8))
    }
    try write(Data("{\"schema\":\"huice.policy/1\"".utf8))
    try field(
      "source",
      Source(
        name: document.source.name, mediaType: document.source.mediaType,
        encoding: document.source.encoding, sha256: sha256))
    try field("text", document.source.text[document.source.text.range])
    try field("triage", document.triage.rawValue)
    try field("metadata", writer.metadata(document.head))
    try list("outline", document.outline, writer.node)
    try list("items", interpretation.items, writer.item)
    try list("references", document.references, writer.reference)
    try list("definitions", document.definitions, writer.definition)
    try list("exclusivity", interpretation.exclusivity, writer.exclusivity)
    try list("diagnostics", parsed.diagnostics, writer.finding)
    try write(Data("}".utf8))
  }
}

/// Writes ranges of one text as fields with text and span.
struct RecordWriter {
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

  func exclusivity(_ rule: ExclusivityRule) -> DocumentRecord.ExclusivityRecord {
    DocumentRecord.ExclusivityRecord(
      effect: rule.effect.rawValue, scopes: rule.scopes.map(\.rawValue),
      clause: rule.clause.isEmpty ? nil : rule.clause, text: text[rule.range],
      span: offsets.span(of: rule.range))
  }

  func definition(_ definition: Definition) -> DocumentRecord.DefinitionRecord {
    DocumentRecord.DefinitionRecord(
      term: definition.term, meaning: definition.meaning, text: text[definition.range],
      span: offsets.span(of: definition.range))
  }

  func finding(_ finding: Diagnostic) -> DocumentRecord.Finding {
    DocumentRecord.Finding(
      code: finding.code.rawValue, severity: finding.severity.rawValue,
      message: finding.code.message(finding.detail), span: offsets.span(of: finding.range))
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
