public import Foundation
public import PolicyInterpreter
public import PolicyParser
internal import PolicyText

/// The items of one document as other programs read them: `huice.items/1`.
public struct ItemListRecord: Encodable, Sendable {
  struct Document: Encodable, Sendable {
    var name: String
    @OrNull var title: String?
    @OrNull var number: String?
    var issuers: [String]
    @OrNull var level: String?
    @OrNull var region: String?
    @OrNull var effectiveFrom: String?
    @OrNull var effectiveUntil: String?
  }

  let schema = "huice.items/1"
  let document: Document
  let items: [ItemRecord]
  let exclusivity: [DocumentRecord.ExclusivityRecord]

  /// Makes the record of a document's items.
  public init(_ interpretation: Interpretation, of document: PolicyDocument) {
    let writer = RecordWriter(document.source.text)
    let head = document.head
    self.document = Document(
      name: document.source.name, title: head.payloadTitles.first?.value ?? head.title?.value,
      number: head.documentNumber?.value.description, issuers: head.issuers.map(\.value),
      level: head.level?.value.rawValue, region: head.region?.value,
      effectiveFrom: head.effectiveFrom?.value.description,
      effectiveUntil: head.effectiveUntil?.value.description)
    items = interpretation.items.map(writer.item)
    exclusivity = interpretation.exclusivity.map(writer.exclusivity)
  }

  /// The record as JSON, keys in order.
  ///
  /// - Throws: What the encoder throws; a record of text and numbers never fails.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
