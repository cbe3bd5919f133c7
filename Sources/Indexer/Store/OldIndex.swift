internal import Foundation
internal import GRDB
internal import PolicyParser

/// An index file whose place another one will take: nobody writes to it meanwhile, and what people wrote is read.
///
/// It is read as far as it goes: by the names of its columns, whatever its format, and row by row.
final class OldIndex: Sendable {
  /// What people wrote, and what was learned from the texts.
  struct Kept: Sendable {
    var contacts: [Contact] = []
    var relatedWords: [(word: String, others: String)] = []
    /// How many contacts are there that cannot be read; nil where not even that can be told.
    var lostContacts: Int? = 0
    /// Whether learned words were lost.
    var hasLostWords = false
  }

  private let queue: DatabaseQueue?
  private let place: IndexPlace
  /// The file, as it was found.
  let file: FileIdentity?

  /// Takes hold of the file at a place; nobody else writes to it until the value is gone.
  ///
  /// - Throws: ``IndexError/notAnIndex`` for another program's file, ``IndexError/busy``, ``IndexError/readOnly``. A
  ///   damaged file is none of these: it has nothing to be held by.
  init(_ place: IndexPlace) throws(IndexError) {
    self.place = place
    file = FileIdentity(place.path)
    switch IndexHeader(place.path) {
    case .absent, .empty:
      queue = nil
      return
    case .foreign: throw .notAnIndex
    case .ours, .unmarked: break
    }
    do {
      queue = try DirectoryLock.hold(.shared, around: place.path) { () throws(IndexError) in
        try IndexStore.wrapping { try Self.hold(place) }
      }
    } catch .damaged {
      queue = nil
    } catch .database {
      queue = nil
    }
  }

  private static func hold(_ place: IndexPlace) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      db.add(tokenizer: PolicyTokenizer.self)
      RowSeal.register(in: db)
    }
    let queue = try DatabaseQueue(path: place.path, configuration: configuration)
    try queue.inDatabase { db in
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
      if tables > 0, application != IndexSchema.applicationID { throw IndexError.notAnIndex }
      // Whoever opens the file meanwhile must find a log: an empty one would be written to.
      if try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal",
        IndexMark(place).logSize == 0
      {
        try db.execute(sql: "CREATE TABLE swap_mark (id); DROP TABLE swap_mark")
      }
      try db.execute(sql: "BEGIN IMMEDIATE")
      IndexStore.keepLog(true, db)
    }
    return queue
  }

  /// Lets go of the file.
  ///
  /// Its log goes with the last that has it open, unless another file took its place.
  deinit {
    guard let queue else { return }
    try? DirectoryLock.hold(.shared, around: place.path) {
      queue.inDatabase { db in
        if FileIdentity(place.path) == file { IndexStore.keepLog(false, db) }
        if db.isInsideTransaction { try? db.rollback() }
      }
      try? queue.close()
    }
  }

  /// Whether it is held, so that its log can be brought into it.
  var isHeld: Bool { queue != nil }

  /// Whether the file is there and cannot be read as an index.
  var isDamaged: Bool {
    guard queue == nil else { return false }
    switch IndexHeader(place.path) {
    case .absent, .empty: return false
    case .foreign, .ours, .unmarked: return true
    }
  }

  /// What people wrote and what was learned.
  func kept() -> Kept {
    guard let queue else { return Kept(lostContacts: isDamaged ? nil : 0, hasLostWords: isDamaged) }
    return queue.inDatabase { db in
      var kept = Kept()
      do {
        try Self.readContacts(db, into: &kept)
      } catch {
        kept.lostContacts = nil
      }
      do {
        try Self.readWords(db, into: &kept)
      } catch {
        kept.hasLostWords = true
      }
      return kept
    }
  }

  private static func readContacts(_ db: Database, into kept: inout Kept) throws {
    guard try db.tableExists("contact") else { return }
    let isSealed = try db.columns(in: "contact").contains { $0.name == "seal" }
    let rows = try Row.fetchCursor(
      db, sql: "SELECT *, \(isSealed ? SealedPart.contact.isSound() : "1") AS is_sound FROM contact"
    )
    while let row = try rows.next() {
      if row["is_sound"], let contact = Contact(row) {
        kept.contacts.append(contact)
      } else {
        kept.lostContacts = (kept.lostContacts ?? 0) + 1
      }
    }
    // What an index of the table knows and the table does not, is lost too.
    let complaints = try String.fetchAll(db, sql: "PRAGMA integrity_check('contact')")
    if complaints != ["ok"], kept.lostContacts == 0 { kept.lostContacts = nil }
  }

  private static func readWords(_ db: Database, into kept: inout Kept) throws {
    guard try db.tableExists("related_word") else { return }
    let isSealed = try db.columns(in: "related_word").contains { $0.name == "seal" }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT word, others, \(isSealed ? SealedPart.relatedWord.isSound() : "1") AS is_sound
        FROM related_word
        """)
    while let row = try rows.next() {
      if row["is_sound"], let word = String.fromDatabaseValue(row["word"]),
        let others = String.fromDatabaseValue(row["others"])
      {
        kept.relatedWords.append((word, others))
      } else {
        kept.hasLostWords = true
      }
    }
  }

  /// The documents of the file, each version, oldest first; those that do not fit their seal are counted.
  ///
  /// - Returns: The names of documents whose texts are damaged.
  /// - Throws: ``IndexError`` where the table cannot be read to its end.
  func forEachDocument(_ body: (Row) throws -> Void) throws(IndexError) -> [String] {
    guard let queue else { throw .damaged }
    return try IndexStore.wrapping {
      try queue.inDatabase { db in
        var damaged: [String] = []
        let isSealed = try db.columns(in: "document").contains { $0.name == "seal" }
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT *, \(isSealed ? SealedPart.text.isSound() : "1") AS is_sound FROM document
            ORDER BY id
            """)
        while let row = try rows.next() {
          if row["is_sound"] {
            try body(row)
          } else {
            damaged.append(String.fromDatabaseValue(row["name"]) ?? "？")
          }
        }
        return damaged
      }
    }
  }

  /// Whether all that was written stands in the file itself, and waits for readers until it does.
  ///
  /// - Throws: ``IndexError/busy`` where readers hold an older state for ten seconds; ``IndexError/diskFull``.
  func settleLog() throws(IndexError) {
    guard queue != nil else { return }
    try IndexStore.wrapping {
      let other = try DatabaseQueue(
        path: place.path, configuration: Self.quietConfiguration)
      for _ in 0..<1_000 {
        let isDone = try other.inDatabase { db -> Bool in
          let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
          return row.map { ($0[1] as Int) == ($0[2] as Int) } ?? true
        }
        if isDone { return }
        usleep(10_000)
      }
      throw IndexError.busy
    }
  }

  private static var quietConfiguration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { IndexStore.keepLog(true, $0) }
    return configuration
  }
}

extension Contact {
  /// A contact as the index keeps it; nil where a value is missing.
  init?(_ row: Row) {
    func text(_ column: String) -> String? { String.fromDatabaseValue(row[column]) }
    guard let region = text("region"), let department = text("department"),
      let aliases = text("aliases"), let matter = text("matter"), let phone = text("phone"),
      let address = text("address"), let hours = text("hours"), let source = text("source")
    else { return nil }
    self.init(
      region: region, department: department,
      aliases: aliases.split(separator: "、").map(String.init), matter: matter, phone: phone,
      address: address, hours: hours,
      goodUntil: text("good_until").flatMap { CalendarDay($0) }, source: source)
  }
}
