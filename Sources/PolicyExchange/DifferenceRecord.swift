public import Foundation
public import PolicyInterpreter
public import PolicyParser
internal import PolicyText

/// The difference of two versions as other programs read it: `huice.diff/1`.
///
/// Spans below `old` count scalars of the old text, those below `new` of the new one.
public struct DifferenceRecord: Encodable, Sendable {
  struct Version: Encodable, Sendable {
    var name: String
    var mediaType: String
    var sha256: String
    var text: String
  }
  struct Counts: Encodable, Sendable {
    var added: Int
    var removed: Int
    var modified: Int
    var moved: Int
    var renumbered: Int
  }
  struct Place: Encodable, Sendable {
    var clause: String
    var label: String
    var text: String
    var span: [Int]
  }
  struct Words: Encodable, Sendable {
    var text: String
    var span: [Int]
  }
  struct Edit: Encodable, Sendable {
    var old: Words
    var new: Words
  }
  struct Effect: Encodable, Sendable {
    var subject: String
    var name: String
    var item: String
    var words: String
    @OrNull var old: DocumentRecord.Field?
    @OrNull var new: DocumentRecord.Field?
  }
  struct Change: Encodable, Sendable {
    var kind: String
    @OrNull var old: Place?
    @OrNull var new: Place?
    var edits: [Edit]
    var effects: [Effect]
  }

  let schema = "huice.diff/1"
  let old: Version
  let new: Version
  let counts: Counts
  let changes: [Change]
  let effects: [Effect]

  /// Makes the record of a difference.
  ///
  /// - Parameters:
  ///   - difference: The difference of `old` and `new`.
  ///   - old: The first version with the digest of its file.
  ///   - new: The second version with the digest of its file.
  public init(
    _ difference: DocumentDifference, old: (document: PolicyDocument, sha256: String),
    new: (document: PolicyDocument, sha256: String)
  ) {
    let left = RecordWriter(old.document.source.text)
    let right = RecordWriter(new.document.source.text)
    func version(_ one: (document: PolicyDocument, sha256: String)) -> Version {
      let source = one.document.source
      return Version(
        name: source.name, mediaType: source.mediaType, sha256: one.sha256,
        text: source.text[source.text.range])
    }
    func words(_ writer: RecordWriter, _ range: ByteRange) -> Words {
      Words(text: writer.text[range], span: writer.offsets.span(of: range))
    }
    func place(_ writer: RecordWriter, _ place: ClauseChange.Place) -> Place {
      Place(
        clause: place.clause, label: place.label, text: writer.text[place.range],
        span: writer.offsets.span(of: place.range))
    }
    func effect(_ effect: EffectChange) -> Effect {
      Effect(
        subject: effect.subject.rawValue, name: effect.subject.name, item: effect.item,
        words: effect.inChinese, old: effect.old.map { left.field($0.value, $0.range) },
        new: effect.new.map { right.field($0.value, $0.range) })
    }
    self.old = version(old)
    self.new = version(new)
    func count(_ kind: ClauseChange.Kind) -> Int { difference.changes.count { $0.kind == kind } }
    counts = Counts(
      added: count(.added), removed: count(.removed), modified: count(.modified),
      moved: count(.moved), renumbered: difference.renumbered)
    changes = difference.changes.map { change in
      Change(
        kind: change.kind.rawValue, old: change.old.map { place(left, $0) },
        new: change.new.map { place(right, $0) },
        edits: change.edits.map { Edit(old: words(left, $0.old), new: words(right, $0.new)) },
        effects: change.effects.map(effect))
    }
    effects = difference.effects.map(effect)
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
