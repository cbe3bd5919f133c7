internal import Foundation
internal import GRDB
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText
internal import Segmenter
internal import Synchronization

/// A version of a document as the index keeps it, with what has been worked out of its text so far.
///
/// What a document says never changes within a version; so its tree, its items and its words are worked out when they
/// are first asked for, and kept for as long as ``DocumentCache`` keeps the document.
final class KnownDocument: Sendable {
  /// What tells one version from another, whatever their rows are called.
  struct Facts: Hashable, Sendable {
    var id: Int64
    var sha256: String
    var version: Int
    var name: String
    var mediaType: String
    var encoding: String
    var address: String?
    /// The rules that the items in the index were read by.
    var itemRules: String
  }

  private struct Worked {
    var source: SourceDocument?
    var parsed: Parsed<PolicyDocument>?
    var interpretation: Interpretation?
    var matchText: MatchText?
    var offsets: ScalarOffsets?
    var tokens: [Int64: [Token]] = [:]
    var items: [Int64: [ItemSummary]] = [:]
    var units: [DocumentPassages.Unit]?
  }

  let facts: Facts
  let text: SourceText
  private let layout: String
  private let worked = Mutex(Worked())

  init(facts: Facts, text: String, layout: String) {
    self.facts = facts
    self.text = SourceText(text)
    self.layout = layout
  }

  /// What `read` gives, and what it gave before.
  private func once<Value: Sendable>(
    _ path: WritableKeyPath<Worked, Value?>, _ make: (inout Worked) throws -> Value
  ) rethrows -> Value {
    try worked.withLock { worked in
      if let known = worked[keyPath: path] { return known }
      let made = try make(&worked)
      worked[keyPath: path] = made
      return made
    }
  }

  private func source(_ worked: inout Worked) -> SourceDocument {
    if let known = worked.source { return known }
    let made = Layout.decode(
      layout, source: text, name: facts.name, mediaType: facts.mediaType, encoding: facts.encoding,
      address: facts.address)
    worked.source = made
    return made
  }

  private func parsed(_ worked: inout Worked) -> Parsed<PolicyDocument> {
    if let known = worked.parsed { return known }
    let made = PolicyParser.parse(source(&worked))
    worked.parsed = made
    return made
  }

  /// The text with what its file says about it.
  var source: SourceDocument { once(\.source) { source(&$0) } }
  /// The document with its findings.
  var parsed: Parsed<PolicyDocument> { once(\.parsed) { parsed(&$0) } }
  /// What it grants.
  var interpretation: Interpretation {
    once(\.interpretation) { PolicyInterpreter.interpret(parsed(&$0).value) }
  }
  /// The folded text.
  var matchText: MatchText {
    once(\.matchText) { worked in
      let source = source(&worked)
      return MatchText(source.text, markup: source.markup)
    }
  }
  /// Scalars for bytes.
  var offsets: ScalarOffsets { once(\.offsets) { _ in ScalarOffsets(text) } }

  /// The words of a clause, cut as everywhere.
  func tokens(ofClause id: Int64, _ range: ByteRange, _ segmenter: Segmenter) -> [Token] {
    once(\.tokens[id]) { _ in
      segmenter.tokens(of: Array(text.bytes[range.lowerBound..<range.upperBound]), withParts: true)
    }
  }

  /// The items that a clause grants.
  func items(ofClause id: Int64, in db: Database) throws -> [ItemSummary] {
    try once(\.items[id]) { _ in try ItemTable.items(in: [id], db)[id] ?? [] }
  }

  /// The units that search finds in it.
  func units(in db: Database) throws -> [DocumentPassages.Unit] {
    try once(\.units) { _ in try DocumentPassages.Unit.all(of: facts.id, size: text.count, in: db) }
  }
}
