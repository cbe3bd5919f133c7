internal import GRDB
internal import PolicyText
internal import Synchronization

/// Keeps the documents that were used last, up to so many bytes of text.
///
/// Only what follows from a version of a document is kept: its text, its tree, its items. What is searched for and what
/// is answered is worked out each time.
final class DocumentCache: Sendable {
  /// About six times as much memory is used where all of a document was worked out.
  private static let byteLimit = 8 * 1_048_576
  /// A longer document is not kept.
  private static let longest = byteLimit / 2

  private struct Entry {
    var document: KnownDocument
    var used: UInt64
  }

  private struct State {
    var entries: [Int64: Entry] = [:]
    var bytes = 0
    var clock: UInt64 = 0

    mutating func document(_ facts: KnownDocument.Facts) -> KnownDocument? {
      guard let entry = entries[facts.id], entry.document.facts == facts else { return nil }
      clock += 1
      entries[facts.id]?.used = clock
      return entry.document
    }

    mutating func keep(_ document: KnownDocument) {
      remove(document.facts.id)
      guard document.text.count <= longest else { return }
      clock += 1
      entries[document.facts.id] = Entry(document: document, used: clock)
      bytes += document.text.count
      guard bytes > byteLimit else { return }
      // An eighth at once, so that a full cache does not look for the oldest each time.
      let oldest = entries.sorted { $0.value.used < $1.value.used }.map(\.key)
      for id in oldest where bytes > byteLimit * 7 / 8 { remove(id) }
    }

    private mutating func remove(_ id: Int64) {
      if let entry = entries.removeValue(forKey: id) { bytes -= entry.document.text.count }
    }
  }

  private let state = Mutex(State())

  /// The columns of `document d` that a version is known by.
  static let columns = """
    d.id AS known_id, d.sha256, d.version, d.name, d.media_type, d.encoding, d.address,
    coalesce((SELECT value FROM setting WHERE name = 'item_rules'), '') AS item_rules
    """

  /// The version of a document that a row with ``columns`` is about.
  ///
  /// Its text is looked over when it is read from the file: what is kept is as it was written.
  ///
  /// - Throws: ``IndexError/damaged`` where the text is not as it was written, `DatabaseError`.
  func document(_ row: Row, in db: Database) throws -> KnownDocument {
    let facts = KnownDocument.Facts(
      id: row["known_id"], sha256: row["sha256"], version: row["version"], name: row["name"],
      mediaType: row["media_type"], encoding: row["encoding"], address: row["address"],
      itemRules: row["item_rules"])
    if let known = state.withLock({ $0.document(facts) }) { return known }
    let reader = RowReader(
      try db.cachedStatement(
        sql: """
          SELECT text, layout, \(SealedPart.text.isSound("d")) FROM document d WHERE id = ?
          """))
    let words = reader.read(facts.id) { row in
      row.number(2) == 1 ? (text: row.text(0), layout: row.text(1)) : nil
    }
    guard let words = words ?? nil else { throw IndexError.damaged }
    let document = KnownDocument(facts: facts, text: words.text, layout: words.layout)
    state.withLock { $0.keep(document) }
    return document
  }
}
