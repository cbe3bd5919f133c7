internal import GRDB
internal import GRDBSQLite

/// The posting lists of a query's terms in all segments, read once and kept while the query is scored.
final class PostingLists {
  private let keys: [RankingTerm.Key]
  /// Whether single characters are looked for in all terms that show them.
  private let whole: Bool
  private let snapshot: RankingSnapshot
  private var memory: [PostingBytes] = []
  /// By term, then by segment.
  private var cursors: [PostingCursor?]
  private var passageCounts: [Int]
  private var documentCounts: [Int]

  init(_ keys: [RankingTerm.Key], whole: Bool, snapshot: RankingSnapshot) {
    self.keys = keys
    self.whole = whole
    self.snapshot = snapshot
    cursors = Array(repeating: nil, count: keys.count * snapshot.segments.count)
    passageCounts = Array(repeating: 0, count: keys.count)
    documentCounts = passageCounts
  }

  /// Gives all memory back.
  func close() {
    for cursor in cursors { cursor?.close() }
    cursors = []
    memory = []
  }

  func cursor(_ term: Int, _ segment: Int) -> PostingCursor? {
    cursors[term * snapshot.segments.count + segment]
  }

  /// How many passages of all segments have a term.
  func passages(of term: Int) -> Int { passageCounts[term] }

  /// How many documents of all segments have a term.
  func documents(of term: Int) -> Int { documentCounts[term] }

  /// Reads the lists.
  func load(in db: Database) throws {
    let sql =
      whole
      ? "SELECT list, \(SealedPart.list.isSound()) FROM ranking_list WHERE id BETWEEN ? AND ?"
      : "SELECT list, \(SealedPart.list.isSound()) FROM ranking_list WHERE id = ?"
    let statement = try db.cachedStatement(sql: sql).sqliteStatement
    for (term, key) in keys.enumerated() {
      for (number, segment) in snapshot.segments.enumerated() {
        let place = term * snapshot.segments.count + number
        if !whole, let list = segment.cache.list(of: key) {
          open(list, place, term, segment)
          continue
        }
        sqlite3_bind_int64(statement, 1, RankingWriter.row(segment.identity.id, key))
        defer { sqlite3_reset(statement) }
        if whole {
          let range = RankingTerm.range(of: key)
          sqlite3_bind_int64(
            statement, 2, RankingWriter.row(segment.identity.id, range.upperBound))
          if let list = try union(statement, db, segment) {
            list.withUnsafeBytes { open(PostingBytes($0), place, term, segment) }
          }
        } else {
          let status = sqlite3_step(statement)
          if status == SQLITE_ROW, let start = sqlite3_column_blob(statement, 0) {
            guard sqlite3_column_int(statement, 1) == 1 else { throw IndexError.damaged }
            let list = PostingBytes(
              UnsafeRawBufferPointer(
                start: start, count: Int(sqlite3_column_bytes(statement, 0))))
            segment.cache.keep(list, of: key)
            open(list, place, term, segment)
          } else if status != SQLITE_ROW, status != SQLITE_DONE {
            throw DatabaseError(resultCode: ResultCode(rawValue: status))
          }
        }
      }
    }
  }

  private func open(
    _ list: PostingBytes, _ place: Int, _ term: Int, _ segment: RankingSegment
  ) {
    memory.append(list)
    var cursor = PostingCursor()
    if cursor.open(list.bytes, passageCount: UInt32(segment.count)) {
      cursors[place] = cursor
      passageCounts[term] += cursor.total
      documentCounts[term] += cursor.documents
    } else {
      cursor.close()
    }
  }

  /// One list of all terms that the statement finds.
  private func union(
    _ statement: OpaquePointer, _ db: Database, _ segment: RankingSegment
  ) throws -> [UInt8]? {
    var counts = [UInt8](repeating: 0, count: segment.count)
    var isAny = false
    while true {
      let status = sqlite3_step(statement)
      if status == SQLITE_DONE { break }
      guard status == SQLITE_ROW else {
        throw DatabaseError(resultCode: ResultCode(rawValue: status))
      }
      guard let start = sqlite3_column_blob(statement, 0), sqlite3_column_int(statement, 1) == 1
      else { throw IndexError.damaged }
      var bytes = [UInt8](
        UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 0))))
      let size = bytes.count
      bytes += [UInt8](repeating: 0, count: PostingList.padding)
      bytes.withUnsafeBufferPointer { buffer in
        PostingList.forEach(UnsafeBufferPointer(rebasing: buffer[..<size])) { passage, count in
          guard Int(passage) < counts.count else { return }
          isAny = true
          counts[Int(passage)] = UInt8(
            min(PostingList.mostCount, Int(counts[Int(passage)]) + Int(count)))
        }
      }
    }
    guard isAny else { return nil }
    let passages = counts.indices.lazy.filter { counts[$0] > 0 }.map(UInt32.init)
    let found = Array(passages)
    var list: [UInt8] = []
    PostingList.append(
      passages: found, counts: found.map { counts[Int($0)] },
      documents: segment.documentCount(of: found), lengths: segment.lengths, to: &list)
    return list
  }
}

extension RankingSegment {
  /// The number of documents that some passages, ascending, are of.
  func documentCount(of passages: [UInt32]) -> Int {
    var latest = -1
    var count = 0
    for passage in passages where document(Int(passage)) != latest {
      latest = document(Int(passage))
      count += 1
    }
    return count
  }
}
