internal import Foundation
internal import GRDB

/// Writes segments of the ranking index, in the transaction of the documents they are of.
enum RankingWriter {
  /// How many segments of one size are kept before they become one.
  private static let fan = 8

  /// The tables of the ranking index.
  static let schema = """
    CREATE TABLE ranking_segment (
      id INTEGER PRIMARY KEY,
      tier INTEGER NOT NULL,
      passages INTEGER NOT NULL,
      directory BLOB NOT NULL,
      characters BLOB NOT NULL
    );
    CREATE TABLE ranking_list (
      segment INTEGER NOT NULL,
      term INTEGER NOT NULL,
      list BLOB NOT NULL,
      PRIMARY KEY (term, segment)
    ) WITHOUT ROWID;
    """

  /// Writes a segment, and merges where there are many of its size.
  static func write(_ builder: SegmentBuilder, in db: Database) throws {
    guard builder.count > 0 else { return }
    try insert(
      directory: builder.directory, characters: builder.sortedCharacters(), tier: 0,
      lists: builder.sortedLists(), in: db)
    var tier = 0
    while try merge(tier: tier, in: db) { tier += 1 }
  }

  private static func insert(
    directory: SegmentDirectory, characters: [(UInt32, UInt32)], tier: Int,
    lists: some Sequence<(key: RankingTerm.Key, list: [UInt8])>, in db: Database
  ) throws {
    var bytes: [UInt8] = []
    for (character, count) in characters {
      PostingList.appendNumber(UInt64(character), to: &bytes)
      PostingList.appendNumber(UInt64(count), to: &bytes)
    }
    try db.execute(
      sql:
        "INSERT INTO ranking_segment (tier, passages, directory, characters) VALUES (?, ?, ?, ?)",
      arguments: [tier, directory.lengths.count, directory.encoded(), Data(bytes)])
    let segment = db.lastInsertedRowID
    let statement = try db.cachedStatement(
      sql: "INSERT INTO ranking_list (segment, term, list) VALUES (?, ?, ?)")
    for (key, list) in lists { try statement.execute(arguments: [segment, key, Data(list)]) }
  }

  /// Makes one segment of all of a tier, where there are enough; passages of documents that are no longer
  /// searched are left out.
  private static func merge(tier: Int, in db: Database) throws -> Bool {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, directory FROM ranking_segment WHERE tier = ? ORDER BY id",
      arguments: [tier])
    guard rows.count >= fan else { return false }
    let current = Set(try Int64.fetchAll(db, sql: "SELECT id FROM document WHERE is_current"))
    var merged = SegmentDirectory()
    /// For each segment the new number of each passage, or -1.
    var places: [Int64: [Int32]] = [:]
    for row in rows {
      let directory = SegmentDirectory(row["directory"] as Data)
      var numbers = [Int32](repeating: -1, count: directory.lengths.count)
      for (index, document) in directory.documents.enumerated() where current.contains(document) {
        merged.documents.append(document)
        merged.firstPassages.append(UInt32(merged.lengths.count))
        let end =
          index + 1 < directory.firstPassages.count
          ? Int(directory.firstPassages[index + 1]) : directory.lengths.count
        for passage in Int(directory.firstPassages[index])..<end {
          numbers[passage] = Int32(merged.lengths.count)
          merged.lengths.append(directory.lengths[passage])
          merged.clauses.append(directory.clauses[passage])
          merged.starts.append(directory.starts[passage])
          merged.sizes.append(directory.sizes[passage])
        }
      }
      places[row["id"]] = numbers
    }
    let ids = rows.map { $0["id"] as Int64 }
    let list = ids.map(String.init).joined(separator: ",")
    try db.execute(
      sql:
        "INSERT INTO ranking_segment (tier, passages, directory, characters) VALUES (?, ?, ?, ?)",
      arguments: [tier + 1, merged.lengths.count, merged.encoded(), Data()])
    let segment = db.lastInsertedRowID
    var characters: [UInt32: UInt32] = [:]
    try mergeLists(of: list, places: places, into: segment, in: db)
    for id in ids {
      for (character, count) in try RankingSnapshot.characters(ofSegment: id, in: db) {
        characters[character, default: 0] += count
      }
    }
    var bytes: [UInt8] = []
    for (character, count) in characters.sorted(by: { $0.key < $1.key }) {
      PostingList.appendNumber(UInt64(character), to: &bytes)
      PostingList.appendNumber(UInt64(count), to: &bytes)
    }
    try db.execute(
      sql: "UPDATE ranking_segment SET characters = ? WHERE id = ?",
      arguments: [Data(bytes), segment])
    try db.execute(sql: "DELETE FROM ranking_list WHERE segment IN (\(list))")
    try db.execute(sql: "DELETE FROM ranking_segment WHERE id IN (\(list))")
    return true
  }

  private static func mergeLists(
    of segments: String, places: [Int64: [Int32]], into segment: Int64, in db: Database
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT term, segment, list FROM ranking_list
        WHERE segment IN (\(segments)) ORDER BY term, segment
        """)
    var pending: [(term: Int64, list: [UInt8])] = []
    var bytes: [UInt8] = []
    var term: Int64?
    var last: Int32 = -1
    func close() {
      if let term, !bytes.isEmpty { pending.append((term, bytes)) }
      bytes = []
      last = -1
    }
    while let row = try rows.next() {
      let key: Int64 = row["term"]
      if key != term {
        close()
        term = key
      }
      guard let numbers = places[row["segment"]] else { continue }
      (row["list"] as Data).withUnsafeBytes { raw in
        PostingList.forEach(raw.bindMemory(to: UInt8.self)) { passage, count in
          guard passage < numbers.count, numbers[passage] >= 0 else { return }
          PostingList.append(
            UInt32(numbers[passage] - last), count: UInt16(clamping: count), to: &bytes)
          last = numbers[passage]
        }
      }
    }
    close()
    let statement = try db.cachedStatement(
      sql: "INSERT INTO ranking_list (segment, term, list) VALUES (?, ?, ?)")
    for (term, list) in pending { try statement.execute(arguments: [segment, term, Data(list)]) }
  }
}
