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
  struct SupportRecord: Encodable, Sendable {
    var kind: String
    @OrNull var yuan: Double?
    @OrNull var percent: Double?
    @OrNull var minPercent: Double?
    @OrNull var minYuan: Double?
    @OrNull var maxYuan: Double?
    @OrNull var per: String?
    var text: String
    var span: [Int]

    enum CodingKeys: String, CodingKey {
      case kind
      case yuan
      case percent
      case minPercent = "min_percent"
      case minYuan = "min_yuan"
      case maxYuan = "max_yuan"
      case per
      case text
      case span
    }
  }
  struct ItemRecord: Encodable, Sendable {
    var id: String
    var node: String
    var name: Field
    var text: String
    var span: [Int]
    var supports: [SupportRecord]
    var conditions: [Field]
    var elements: [String: Field?]
    @OrNull var claimMode: String?
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
  private let sha256: String

  /// Makes the record of a document.
  ///
  /// - Parameters:
  ///   - parsed: The document with its findings.
  ///   - sha256: The digest of the file.
  public init(_ parsed: Parsed<PolicyDocument>, sha256: String) {
    self.parsed = parsed
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
    let interpretation = PolicyInterpreter.interpret(document)
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
    try list("items", interpretation.items) { writer.item($0, in: document) }
    try list("references", document.references, writer.reference)
    try list("definitions", document.definitions, writer.definition)
    try list("exclusivity", interpretation.exclusivity) { writer.field(nil, $0) }
    try list("diagnostics", parsed.diagnostics, writer.finding)
    try write(Data("}".utf8))
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

  func item(_ item: BenefitItem, in document: PolicyDocument) -> DocumentRecord.ItemRecord {
    DocumentRecord.ItemRecord(
      id: "\(item.number)", node: item.clause,
      name: DocumentRecord.Field(value: item.name, text: nil, span: nil), text: text[item.range],
      span: offsets.span(of: item.range), supports: item.supports.map(support),
      conditions: item.conditions.map { field(nil, $0.range) },
      elements: elements(of: item, in: document), claimMode: item.claimMode?.value.rawValue)
  }

  private func support(_ support: Support) -> DocumentRecord.SupportRecord {
    var record = DocumentRecord.SupportRecord(
      kind: "", text: text[support.range], span: offsets.span(of: support.range))
    switch support.kind {
    case .fixed(let money):
      record.kind = "fixed"
      record.yuan = money.yuan
    case .perUnit(let money, let unit):
      record.kind = "per_unit"
      record.yuan = money.yuan
      record.per = unit
    case .cap(let money, let unit):
      record.kind = "cap"
      record.yuan = money.yuan
      record.per = unit
    case .rate(let rate, let least):
      record.kind = "rate"
      record.percent = rate.percent
      record.minPercent = least?.percent
    case .range(let low, let high):
      record.kind = "range"
      record.minYuan = low.yuan
      record.maxYuan = high.yuan
    case .relief(let rate):
      record.kind = "relief"
      record.percent = rate?.percent
    case .inKind: record.kind = "in_kind"
    case .negotiated: record.kind = "in_kind"
    }
    return record
  }

  /// The fourteen elements of 惠企政策兑现事项清单; nil is 文中未载明.
  private func elements(
    of item: BenefitItem, in document: PolicyDocument
  ) -> [String: DocumentRecord.Field?] {
    let head = document.head
    let basis = [
      head.payloadTitles.first?.value ?? head.title?.value, head.documentNumber?.value.description,
    ]
    .compactMap { $0 }.joined(separator: " ")
    let validity = [
      head.effectiveFrom.map { "自\($0.value)" }, head.effectiveUntil.map { "至\($0.value)" },
    ]
    .compactMap { $0 }.joined(separator: " ")
    let units = item.units.joined(separator: "、")
    return [
      "事项名称": DocumentRecord.Field(value: item.name, text: nil, span: nil),
      "事项依据": basis.isEmpty ? nil : DocumentRecord.Field(value: basis, text: nil, span: nil),
      "事项内容": field(nil, item.range),
      "适用对象": item.conditions.first.map { field(nil, $0.range) },
      "适用时间": validity.isEmpty ? nil : DocumentRecord.Field(value: validity, text: nil, span: nil),
      "申请条件": item.conditions.first.map { field(nil, $0.range) },
      "申请材料": nil, "申请方式": item.claimMode.map { field($0.value.rawValue, $0.range) },
      "办结时限": nil, "政策分类": nil, "公布网址": nil,
      "执行部门": units.isEmpty ? nil : DocumentRecord.Field(value: units, text: nil, span: nil),
      "联系人": nil, "联系方式": head.contact.map { field(nil, $0) },
    ]
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
