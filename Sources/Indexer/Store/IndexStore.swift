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
  /// The file that is open.
  let file: FileIdentity?

  private init(pool: DatabasePool, stamp: String, file: FileIdentity?) {
    self.pool = pool
    self.stamp = stamp
    self.file = file
  }

  /// Opens an index.
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
    try inspect(path, creates: creates)
    let stamp: String
    do {
      stamp = try Segmenter(.standard).stamp
    } catch {
      throw .segmenter(status: error.status)
    }
    let store = try wrapping {
      var configuration = Configuration()
      configuration.maximumReaderCount = 12
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { db in
        db.add(tokenizer: PolicyTokenizer.self)
        // 12 MB of pages a connection: the inner pages of a million rows.
        try db.execute(
          sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -12000; PRAGMA secure_delete = OFF"
        )
        if mapped { try db.execute(sql: "PRAGMA mmap_size = 2147418112") }
      }
      // Where another file takes the place meanwhile, that one is opened.
      while true {
        let before = FileIdentity(path)
        let pool = try DatabasePool(path: path, configuration: configuration)
        let file = FileIdentity(path)
        if before == nil || before == file {
          return IndexStore(pool: pool, stamp: stamp, file: file)
        }
      }
    }
    try store.prepare(creates: creates, ignoresStamp: ignoresStamp)
    return store
  }

  /// Looks at a file without touching it: another program's stays as it is.
  private static func inspect(_ path: String, creates: Bool) throws(IndexError) {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else {
      if creates { return }
      throw .noDatabase
    }
    guard (facts[.type] as? FileAttributeType) != .typeDirectory else { throw .notAnIndex }
    if (facts[.size] as? Int) == 0 {
      if creates { return }
      throw .notAnIndex
    }
    let isOurs = try wrapping {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.read { db in
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        return application == IndexSchema.applicationID || tables == 0 && creates
      }
    }
    if !isOurs { throw .notAnIndex }
  }

  private func prepare(creates: Bool, ignoresStamp: Bool) throws(IndexError) {
    let state = try Self.wrapping {
      try self.pool.read { db in
        (
          application: try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
          tables: try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0,
          newest: try IndexSchema.migrator.hasBeenSuperseded(db)
        )
      }
    }
    if state.tables > 0, state.application != IndexSchema.applicationID { throw .notAnIndex }
    if state.newest {
      throw .newerVersion(found: IndexSchema.version + 1, known: IndexSchema.version)
    }
    if state.tables == 0, !creates { throw .notAnIndex }
    if creates {
      try Self.wrapping {
        try IndexSchema.migrator.migrate(self.pool)
        try self.pool.write { db in
          try db.execute(
            sql: "INSERT OR IGNORE INTO setting (name, value) VALUES ('segmenter', ?)",
            arguments: [self.stamp])
        }
      }
    }
    let stored = try Self.wrapping {
      try self.pool.read { db in
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'segmenter'") ?? ""
      }
    }
    if stored != stamp, !ignoresStamp { throw .segmenterChanged(stored: stored, running: stamp) }
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
    case .SQLITE_NOTADB: return .notAnIndex
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: return .readOnly
    case .SQLITE_FULL: return .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
    case .SQLITE_CORRUPT: return .damaged
    default: return .database(code: Int(error.resultCode.rawValue))
    }
  }
}
