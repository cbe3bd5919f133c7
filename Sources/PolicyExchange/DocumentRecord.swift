internal import PolicyInterpreter
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
  struct SupportRecord: Encodable, Sendable {
    var kind: String
    var yuan: Double?
    var percent: Double?
    var minPercent: Double?
    var minYuan: Double?
    var maxYuan: Double?
    var per: String?
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
    var claimMode: String?
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
  let items: [ItemRecord]
  let references: [ReferenceRecord]
  let definitions: [DefinitionRecord]
  let exclusivity: [Field]
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
    let interpretation = PolicyInterpreter.interpret(document)
    items = interpretation.items.map { writer.item($0, in: document) }
    references = document.references.map(writer.reference)
    definitions = document.definitions.map { definition in
      DefinitionRecord(
        term: definition.term, meaning: definition.meaning, text: writer.text[definition.range],
        span: writer.offsets.span(of: definition.range))
    }
    exclusivity = interpretation.exclusivity.map { writer.field(nil, $0) }
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
    let units = unitNames(of: item.clause, in: document.outline)
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

  private func unitNames(of id: String, in clauses: [Clause]) -> String {
    for clause in clauses {
      if clause.id == id {
        return (clause.units.lead + clause.units.responsible).map(\.name).joined(separator: "、")
      }
      if id.hasPrefix(clause.id + ".") { return unitNames(of: id, in: clause.children) }
    }
    return ""
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
