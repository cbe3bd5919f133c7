private import DocumentReader
internal import Foundation
internal import GRDB
private import PolicyText
private import Segmenter

/// What indexing did.
public struct IndexReport: Sendable {
  /// A file that could not be indexed, and why, in one Chinese line.
  public struct Failure: Hashable, Sendable {
    /// The file as it was named.
    public let name: String
    /// Why, and what to do.
    public let reason: String
  }

  /// Documents that are new.
  public internal(set) var added = 0
  /// Documents whose content is another than before.
  public internal(set) var changed = 0
  /// Documents skipped, because their content is the same.
  public internal(set) var unchanged = 0
  /// Documents that were not indexed.
  public internal(set) var failures: [Failure] = []
}

/// Adds documents to an index: one writer, parsing and cutting on all cores.
public struct IndexWriter: Sendable {
  /// How many documents share a transaction: few at first, so that something is kept soon, then more, so
  /// that segments are large; few enough that a crash costs little.
  private static let batchSizes = 4...128
  let store: IndexStore

  /// Writes to `store`.
  public init(_ store: IndexStore) { self.store = store }

  /// Indexes files and folders.
  ///
  /// Unchanged content is skipped by its digest; changed content becomes a new version. Some documents share
  /// a transaction; a crash costs at most those, and the next run does them again.
  ///
  /// - Parameters:
  ///   - paths: Files and folders; folders are read through, `.jsonl` holds a document a line.
  ///   - jobs: How many files are read at once.
  ///   - progress: Called after each file with how many are done, of how many.
  /// - Returns: What was done, and what failed.
  /// - Throws: ``IndexError`` where the index itself cannot be written. A file that cannot be read is named
  ///   in the report and does not stop the rest.
  public func index(
    _ paths: [String], jobs: Int, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws(IndexError) -> IndexReport {
    var report = IndexReport()
    let intake = FileIntake.files(at: paths)
    report.failures = intake.failures
    // Nothing is added to a file that is not as it was written.
    guard try IndexChecker(store).findings(.stored).isEmpty else { throw .damaged }
    try IndexStore.wrapping { try store.writing { try ItemTable.refresh(in: $0) } }
    let known = try knownDocuments()
    do {
      try await write(
        intake.files, known: known, jobs: max(1, jobs), progress: progress, into: &report)
    } catch {
      throw IndexStore.indexError(error)
    }
    try IndexStore.wrapping { try settle() }
    return report
  }

  struct Known: Sendable {
    var id: Int64
    var key: String
    var version: Int
    var sha256: String
  }

  private func knownDocuments() throws(IndexError) -> [PathKey: Known] {
    try IndexStore.wrapping {
      try store.pool.read { db in
        var known: [PathKey: Known] = [:]
        let rows = try Row.fetchCursor(
          db, sql: "SELECT id, key, version, sha256, path FROM document WHERE is_current")
        while let row = try rows.next() {
          known[PathKey(row["path"])] = Known(
            id: row["id"], key: row["key"], version: row["version"], sha256: row["sha256"])
        }
        return known
      }
    }
  }

  /// One task's work: some files, read and prepared.
  enum Outcome: Sendable {
    case unchanged(path: String)
    case failed(IndexReport.Failure)
    case prepared(PreparedDocument, path: String, name: String, sha256: String)
  }

  private func write(
    _ files: [IntakeFile], known: [PathKey: Known], jobs: Int,
    progress: @Sendable (Int, Int) -> Void, into report: inout IndexReport
  ) async throws {
    var next = 0
    var done = 0
    let single = files.filter { !$0.isList }
    try await withThrowingTaskGroup(of: [Outcome].self) { group in
      func submit() {
        guard next < single.count else { return }
        let chunk = Array(single[next..<min(next + 4, single.count)])
        next += chunk.count
        group.addTask { try Self.prepare(chunk, known: known) }
      }
      for _ in 0..<(jobs + 1) { submit() }
      var batch: [Outcome] = []
      var size = Self.batchSizes.lowerBound
      while let outcomes = try await group.next() {
        submit()
        batch += outcomes
        done += outcomes.count
        if batch.count >= size {
          try commit(batch, known: known, into: &report)
          batch = []
          size = min(size * 2, Self.batchSizes.upperBound)
        }
        progress(min(done, single.count), single.count)
      }
      try commit(batch, known: known, into: &report)
    }
    for list in files where list.isList {
      try await writeList(list, known: known, jobs: jobs, into: &report)
    }
  }

  private static func prepare(_ files: [IntakeFile], known: [PathKey: Known]) throws -> [Outcome] {
    let segmenter = try Segmenter(.standard)
    return files.flatMap { file -> [Outcome] in
      guard let data = FileManager.default.contents(atPath: file.path) else {
        return [.failed(.init(name: file.name, reason: "文件读不到：已移走，或没有读取权限。"))]
      }
      let bytes = [UInt8](data)
      let digest = sha256(bytes)
      if known[PathKey(file.path)]?.sha256 == digest { return [.unchanged(path: file.path)] }
      do throws(ReadError) {
        return try DocumentReader.readAll(bytes, name: file.name).map { entry in
          // A file in an archive has the archive's path and its own.
          let isWhole = entry.name == file.name
          let path = isWhole ? file.path : file.path + entry.name.dropFirst(file.name.count)
          let own = isWhole ? digest : sha256(Array((digest + entry.name).utf8))
          if known[PathKey(path)]?.sha256 == own { return .unchanged(path: path) }
          switch entry.result {
          case .success(let source):
            return .prepared(
              PreparedDocument(source, segmenter: segmenter), path: path, name: entry.name,
              sha256: own)
          case .failure(let error):
            return .failed(.init(name: entry.name, reason: error.message))
          }
        }
      } catch {
        return [.failed(.init(name: file.name, reason: error.message))]
      }
    }
  }

  /// A document of the same content whose file is gone: the file was moved.
  private func moved(_ digest: String, in db: Database) throws -> Known? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT id, key, version, sha256, path FROM document
        WHERE sha256 = ? AND is_current AND \(IndexSchema.isFile) LIMIT 1
        """, arguments: [digest])
    guard let row, !FileManager.default.fileExists(atPath: row["path"]) else { return nil }
    return Known(id: row["id"], key: row["key"], version: row["version"], sha256: row["sha256"])
  }

  /// A public name that is free, twelve letters of the file's name; or the document of this path, where another
  /// run has added it meanwhile.
  private func place(
    for name: String, path: String, in db: Database
  ) throws -> (key: String, before: Known?) {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, version, sha256, path FROM document WHERE key = ? ORDER BY version DESC LIMIT 1
        """)
    var salt = ""
    while true {
      let key = String(sha256(Array((name + salt).utf8)).prefix(12))
      guard let row = try Row.fetchOne(statement, arguments: [key]) else { return (key, nil) }
      if PathKey(row["path"]) == PathKey(path) {
        let before = Known(
          id: row["id"], key: key, version: row["version"], sha256: row["sha256"])
        return (key, before)
      }
      salt += "+"
    }
  }

  /// Notes where the file of a version stands now.
  private func move(_ id: Int64, to path: String, name: String, in db: Database) throws {
    let isSound = try Bool.fetchOne(
      db,
      sql: """
        SELECT \(SealedPart.text.isSound()) FROM document
        WHERE id = ?1 AND (path <> ?2 OR name <> ?3)
        """, arguments: [id, path, name])
    guard let isSound else { return }
    // A seal is made anew only where the old one held.
    guard isSound else { throw IndexError.damaged }
    try db.execute(
      sql: "UPDATE document SET path = ?, name = ? WHERE id = ?", arguments: [path, name, id])
    try db.execute(sql: SealedPart.text.sealing("id = ?"), arguments: [id])
  }

  /// Whether a version is still the newest of its document.
  private func isNewest(_ known: Known, in db: Database) throws -> Bool {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT id FROM document WHERE key = ? ORDER BY version DESC LIMIT 1"),
      arguments: [known.key]) == known.id
  }

  /// Takes a version out of search; its text stays for links to it.
  private func retire(_ id: Int64, in db: Database) throws {
    let segmenter = try Segmenter(.standard)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT clause_content.* FROM clause_content JOIN clause USING (id) WHERE clause.document = ?
        """, arguments: [id])
    for row in rows {
      func words(_ column: String) -> Data {
        Data(TokenStream.encode((row[column] as String).utf8, segmenter))
      }
      try db.execute(
        sql: """
          INSERT INTO clause_words (clause_words, rowid, title, heading, text)
          VALUES ('delete', ?, ?, ?, ?)
          """,
        arguments: [row["id"] as Int64, words("title"), words("heading"), words("text")])
    }
    try ItemTable.remove(id, in: db)
    try DocumentParts.remove(id, in: db)
    try RankingWriter.retire(id, in: db)
    try db.execute(sql: "UPDATE document SET is_current = 0 WHERE id = ?", arguments: [id])
    try db.execute(sql: "DELETE FROM clause WHERE document = ?", arguments: [id])
  }

  /// Stores a version's text and facts.
  ///
  /// - Returns: Its number.
  func addRow(
    _ document: PreparedDocument, key: String, version: Int, isCurrent: Bool, path: String,
    name: String, digest: String, addedOn: String, in db: Database
  ) throws -> Int64 {
    let facts = document.facts
    let insert = RowInserter(
      try db.cachedStatement(
        sql: """
          INSERT INTO document (key, version, is_current, path, name, sha256, title, number,
            number_key, issuers, level, region, year, kind, triage, signed_on, published_on,
            effective_from, effective_until, media_type, encoding, address, text, layout, added_on,
            seal, facts_seal)
          VALUES (?1, ?2, \(isCurrent ? 1 : 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
            ?19, ?20, ?21, ?22, ?23, ?24,
            huice_seal(?1, ?2, ?4, ?5, ?19, ?20, ?21, ?22, ?23, ?24,
              iif(?19 = 'application/jsonl', ?6, NULL)),
            \(SealedPart.seal(ofArguments: [1, 2] + Array(6...18))))
          """))
    insert.text(key)
    insert.number(version)
    insert.text(path)
    insert.text(name)
    insert.text(digest)
    insert.text(facts.title)
    insert.text(facts.number)
    insert.text(facts.number.map(NumberKey.of))
    insert.text(facts.issuers.joined(separator: "、"))
    insert.text(facts.level)
    insert.text(facts.region)
    insert.number(facts.year)
    insert.text(facts.kind)
    insert.text(facts.triage)
    insert.text(facts.signedOn)
    insert.text(facts.publishedOn)
    insert.text(facts.effectiveFrom)
    insert.text(facts.effectiveUntil)
    insert.text(document.source.mediaType)
    insert.text(document.source.encoding)
    insert.text(document.source.address)
    insert.text(document.source.text.bytes)
    insert.text(Layout.encode(document.source))
    insert.text(addedOn)
    try insert.execute()
    return db.lastInsertedRowID
  }

  /// Stores what search finds of a version that is current: its clauses, words, passages and items.
  func addParts(
    _ document: PreparedDocument, to id: Int64, _ segment: inout SegmentBuilder, in db: Database
  ) throws {
    segment.beginDocument(id)
    let clause = RowInserter(
      try db.cachedStatement(
        sql: """
          INSERT INTO clause (document, path, labels, heading, start, length, units, digest, seal)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \(SealedPart.seal(ofArguments: 1...8)))
          """))
    let words = RowInserter(
      try db.cachedStatement(
        sql: "INSERT INTO clause_words (rowid, title, heading, text) VALUES (?, ?, ?, ?)"))
    for row in document.rows {
      clause.number(Int(id))
      clause.text(row.unit.path)
      clause.text(row.unit.labels)
      clause.text(row.unit.heading)
      clause.number(row.unit.range.lowerBound)
      clause.number(row.unit.range.count)
      clause.text(row.unit.units)
      clause.number(row.digest)
      try clause.execute()
      let clauseID = db.lastInsertedRowID
      words.number(Int(clauseID))
      words.text(row.titleWords)
      words.text(row.headingWords)
      words.text(row.textWords)
      try words.execute()
      for passage in row.passages { segment.add(passage, clause: clauseID) }
    }
    try ItemTable.add(document.items, to: id, in: db)
    if !document.isRecord { try DocumentParts.update(id, in: db) }
  }

  /// Inserts documents, with the segment of the ranking index that they make, in one transaction.
  func commit(
    _ outcomes: some Sequence<Outcome>, known: [PathKey: Known], into report: inout IndexReport
  ) throws {
    var counts = IndexReport()
    try store.writing { db in
      var segment = SegmentBuilder()
      let day = try String.fetchOne(db, sql: "SELECT date('now')") ?? ""
      for outcome in outcomes {
        switch outcome {
        case .unchanged: counts.unchanged += 1
        case .failed(let failure): counts.failures.append(failure)
        case .prepared(let document, let path, let name, let digest):
          var before = try known[PathKey(path)] ?? (document.isRecord ? nil : moved(digest, in: db))
          var key = before?.key ?? ""
          if before == nil { (key, before) = try place(for: name, path: path, in: db) }
          if let before, before.sha256 == digest {
            try move(before.id, to: path, name: name, in: db)
            counts.unchanged += 1
            continue
          }
          // Another run has stored a version of it since this one began.
          if let before, try !isNewest(before, in: db) { throw IndexError.busy }
          if let before { try retire(before.id, in: db) }
          let id = try addRow(
            document, key: key, version: (before?.version ?? 0) + 1, isCurrent: true, path: path,
            name: name, digest: digest, addedOn: day, in: db)
          try addParts(document, to: id, &segment, in: db)
          if before == nil { counts.added += 1 } else { counts.changed += 1 }
        }
      }
      if counts.added + counts.changed > 0 {
        try RankingWriter.write(&segment, in: db)
        try IndexStore.raiseGeneration(in: db)
      }
    }
    report.added += counts.added
    report.changed += counts.changed
    report.unchanged += counts.unchanged
    report.failures += counts.failures
  }
}
