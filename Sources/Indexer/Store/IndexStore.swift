internal import Foundation
internal import GRDB
internal import GRDBSQLite
private import Segmenter
internal import Synchronization

/// An index file, open for reading and, where asked for, writing.
///
/// One object per file for the life of the process. Readers see a snapshot while a writer works (WAL).
public final class IndexStore: Sendable {
  let pool: DatabasePool
  /// The stamp of the segmenter that runs now.
  let stamp: String
  /// The ranking index as it was last read; readers of one state share it.
  private let ranking = Mutex<RankingSnapshot?>(nil)
  /// The documents that were used last.
  let documents = DocumentCache()
  /// The counts of the state that they were last asked for in.
  let knownTotals = Mutex<(state: IndexState, totals: IndexTotals)?>(nil)
  let place: IndexPlace
  let access: IndexAccess
  /// The file that is open.
  let file: FileIdentity?

  private init(
    pool: DatabasePool, stamp: String, place: IndexPlace, access: IndexAccess, file: FileIdentity?
  ) {
    self.pool = pool
    self.stamp = stamp
    self.place = place
    self.access = access
    self.file = file
  }

  /// Closes the file.
  ///
  /// Its log goes with the last that has it open, unless another file took its place.
  deinit {
    try? DirectoryLock.hold(.shared, around: place.path) {
      // Readers first: only a connection that writes may take the log away.
      pool.releaseMemory()
      if access == .writable, FileIdentity(place.path) == file {
        pool.writeWithoutTransaction { Self.keepLog(false, $0) }
      }
      try? pool.close()
    }
  }

  /// Opens an index; one of an older format is brought up to date.
  ///
  /// A file that may be read and not written is opened for reading.
  ///
  /// - Parameters:
  ///   - path: The SQLite file.
  ///   - creates: Whether a file that is not there is made.
  ///   - ignoresStamp: Whether words cut by another segmenter are let pass, to rebuild or inspect them.
  ///   - mapped: Whether readers look at the file in place (`mmap`) instead of copying its pages: faster for one
  ///     program that asks much and ends; what was looked at counts as the program's memory.
  /// - Returns: The index, open for the life of the process.
  /// - Throws: ``IndexError``.
  public static func open(
    _ path: String, creates: Bool = false, ignoresStamp: Bool = false, mapped: Bool = false
  ) throws(IndexError) -> IndexStore {
    let place = IndexPlace(path)
    try place.settle()
    try inspect(place, creates: creates)
    let stamp: String
    do {
      stamp = try Segmenter(.standard).stamp
    } catch {
      throw .segmenter(status: error.status)
    }
    let access = try IndexAccess(place)
    if creates, access != .writable { throw .readOnly }
    let store = try DirectoryLock.hold(.shared, around: place.path) { () throws(IndexError) in
      try connect(place, access, mapped: mapped, stamp: stamp)
    }
    try store.prepare(creates: creates, ignoresStamp: ignoresStamp)
    return store
  }

  /// Looks at a file without touching it: another program's stays as it is.
  private static func inspect(_ place: IndexPlace, creates: Bool) throws(IndexError) {
    switch IndexHeader(place.path) {
    case .ours: return
    case .foreign: throw .notAnIndex
    case .empty: if !creates { throw .notAnIndex }
    case .absent:
      guard creates else { throw .noDatabase }
      let handle = Glibc.open(place.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard handle >= 0 else { throw .system(errno) }
      close(handle)
    case .unmarked:
      let tables = try wrapping {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: place.path, configuration: configuration)
        return try queue.read { db -> Int? in
          let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
          if application == IndexSchema.applicationID { return nil }
          return try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        }
      }
      if let tables, tables > 0 { throw .notAnIndex }
      if tables == 0, !creates { throw .unfinished }
    }
  }

  private static func connect(
    _ place: IndexPlace, _ access: IndexAccess, mapped: Bool, stamp: String
  ) throws(IndexError) -> IndexStore {
    try wrapping {
      let file = FileIdentity(place.path)
      var configuration = Configuration()
      configuration.readonly = access != .writable
      configuration.maximumReaderCount = 12
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { db in
        // Before anything is read: without locks there is no other way.
        if case .stillWithLog = access { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        db.add(tokenizer: PolicyTokenizer.self)
        RowSeal.register(in: db)
        // 12 MB of pages a connection: the inner pages of a million rows.
        try db.execute(
          sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -12000; PRAGMA secure_delete = OFF"
        )
        if mapped { try db.execute(sql: "PRAGMA mmap_size = 2147418112") }
        try DirectoryLock.hold(.shared, around: place.path) { () throws(IndexError) in
          guard FileIdentity(place.path) == file,
            access.mark.map({ $0 == IndexMark(place) }) ?? true
          else { throw .replaced }
          // The log is opened with the first look.
          _ = try wrapping { try Int.fetchOne(db, sql: "PRAGMA schema_version") }
        }
        keepLog(true, db)
      }
      let pool = try DatabasePool(
        path: access.address(of: place), configuration: configuration)
      return IndexStore(pool: pool, stamp: stamp, place: place, access: access, file: file)
    }
  }

  private func prepare(creates: Bool, ignoresStamp: Bool) throws(IndexError) {
    let migrator = IndexSchema.migrator
    let state = try Self.wrapping {
      try self.pool.read { db in
        (
          application: try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
          tables: try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0,
          isNewer: try migrator.hasBeenSuperseded(db),
          isOlder: try !migrator.hasCompletedMigrations(db)
        )
      }
    }
    if state.tables > 0, state.application != IndexSchema.applicationID { throw .notAnIndex }
    if state.isNewer {
      throw .newerVersion(found: IndexSchema.version + 1, known: IndexSchema.version)
    }
    if state.tables == 0, !creates { throw .unfinished }
    if state.isOlder {
      guard access == .writable else { throw .olderVersion }
      try Self.wrapping {
        try migrator.migrate(self.pool)
        try self.writing { db in
          try db.execute(
            sql: "INSERT OR IGNORE INTO setting (name, value) VALUES ('segmenter', ?)",
            arguments: [self.stamp])
        }
        // What upgrades wrote need not stand in the log.
        try self.pool.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
      }
    }
    let stored = try Self.wrapping {
      try self.pool.read { db in
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'segmenter'") ?? ""
      }
    }
    if stored != stamp, !ignoresStamp { throw .segmenterChanged(stored: stored, running: stamp) }
  }

  /// Whether the file may be read and not written.
  public var isReadOnly: Bool { access != .writable }

  /// Runs `body` in one transaction that writes.
  ///
  /// - Throws: ``IndexError/replaced`` where another file stands at the place by now: what is written would be lost.
  func writing<Value>(_ body: (Database) throws -> Value) throws -> Value {
    guard access == .writable else { throw IndexError.readOnly }
    return try pool.write { db in
      guard FileIdentity(place.path) == file else { throw IndexError.replaced }
      return try body(db)
    }
  }

  /// Runs `body` in one read transaction, as `DatabasePool.read` does, without its guard against writing.
  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try pool.unsafeRead { db in
      // Statements that are kept: preparing them anew costs as much as a short question.
      try Self.run("BEGIN DEFERRED TRANSACTION", in: db)
      do {
        let result = try body(db)
        try Self.run("COMMIT TRANSACTION", in: db)
        return result
      } catch {
        if db.isInsideTransaction { try? db.rollback() }
        throw error
      }
    }
  }

  private static func run(_ sql: String, in db: Database) throws {
    let statement = try db.cachedStatement(sql: sql).sqliteStatement
    let status = sqlite3_step(statement)
    sqlite3_reset(statement)
    if status != SQLITE_DONE { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
  }

  /// The ranking index in the state that `db` sees.
  func rankingSnapshot(_ db: Database) throws -> RankingSnapshot {
    let reader = RowReader(
      try db.cachedStatement(
        sql: "SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'generation'"))
    let generation = reader.read { $0.number(0) } ?? 0
    let known = ranking.withLock { $0 }
    if let known, known.generation == generation { return known }
    let snapshot = try RankingSnapshot(db, generation: generation, known: known)
    // A reader of an older state must not put a newer one back.
    ranking.withLock { if $0.map({ $0.generation < generation }) ?? true { $0 = snapshot } }
    return snapshot
  }

  /// Runs `body`, turning what GRDB throws into ``IndexError``.
  static func wrapping<Value>(_ body: () throws -> Value) throws(IndexError) -> Value {
    do {
      return try body()
    } catch {
      throw indexError(error)
    }
  }

  static func indexError(_ error: any Error) -> IndexError {
    if let error = error as? IndexError { return error }
    if let error = error as? SegmenterError { return .segmenter(status: error.status) }
    guard let error = error as? DatabaseError else { return .database(code: -1) }
    switch error.resultCode {
    case .SQLITE_NOTADB: return .damaged
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: return .readOnly
    case .SQLITE_NOMEM: return .noMemory
    // SQLite's shared memory beside the file finds no room.
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return .diskFull
    case .SQLITE_FULL: return .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
    case .SQLITE_CORRUPT: return .damaged
    default: return .database(code: Int(error.resultCode.rawValue))
    }
  }
}
