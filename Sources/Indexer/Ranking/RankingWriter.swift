internal import Foundation
internal import GRDB

/// Writes segments of the ranking index, in the transaction of the documents they are of.
enum RankingWriter {
  /// How many segments of one size are kept before they become one.
  private static let fan = 8
  /// A segment that stays by itself has at least so many times the passages of all that follow.
  private static let ratio = 3

  /// The tables of the ranking index.
  ///
  /// A list's id is the number of its segment, then the term: a segment's lists stand together.
  static let schema = """
    CREATE TABLE ranking_segment (
      id INTEGER PRIMARY KEY,
      generation INTEGER NOT NULL,
      first INTEGER NOT NULL,
      tier INTEGER NOT NULL,
      passages INTEGER NOT NULL,
      directory BLOB NOT NULL,
      characters BLOB NOT NULL
    );
    CREATE TABLE ranking_list (id INTEGER PRIMARY KEY, list BLOB NOT NULL);
    CREATE TABLE ranking_retired (document INTEGER PRIMARY KEY);
    """

  /// The id of a list.
  static func row(_ segment: Int64, _ key: RankingTerm.Key) -> Int64 {
    segment << RankingTerm.bits | key
  }

  /// Writes a segment, and merges where there are many of its size.
  static func write(_ builder: inout SegmentBuilder, in db: Database) throws {
    guard builder.count > 0 else { return }
    let segment = try insert(
      builder.directory, characters: builder.encodedCharacters(), tier: 0, in: db)
    let insert = try insertion(in: db)
    try builder.forEachList { key, list in
      insert.number(Int(row(segment, key)))
      insert.blob(list)
      try insert.execute()
    }
    var tier = 0
    while try merge(tier: tier, in: db) { tier += 1 }
  }

  /// Takes a document out of search; its passages go when its segment is merged.
  static func retire(_ document: Int64, in db: Database) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO ranking_retired (document) VALUES (?)", arguments: [document])
  }

  /// Merges the newest segments, so that few are left, each much larger than all that follow it.
  ///
  /// - Returns: Whether anything was merged.
  static func settle(in db: Database) throws -> Bool {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, passages FROM ranking_segment ORDER BY first DESC")
    var sum = 0
    var last = 0
    for (index, row) in rows.enumerated() {
      let passages: Int = row["passages"]
      if index > 0, passages < sum * ratio { last = index }
      sum += passages
    }
    guard last > 0 else { return false }
    let tier = try Int.fetchOne(db, sql: "SELECT max(tier) FROM ranking_segment") ?? 0
    try merge(rows[...last].reversed().map { $0["id"] }, tier: tier, in: db)
    return true
  }

  private static func merge(tier: Int, in db: Database) throws -> Bool {
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM ranking_segment WHERE tier = ? ORDER BY first", arguments: [tier])
    guard ids.count >= fan else { return false }
    try merge(ids, tier: tier + 1, in: db)
    return true
  }

  /// A number for a new segment: the next, or one that is free again.
  private static func freeSegment(in db: Database) throws -> Int64 {
    let highest = try Int64.fetchOne(db, sql: "SELECT max(id) FROM ranking_segment") ?? 0
    if highest < 1 << 20 { return highest + 1 }
    let taken = try Int64.fetchSet(db, sql: "SELECT id FROM ranking_segment")
    return (1...).first { !taken.contains($0) } ?? highest + 1
  }

  private static func insert(
    _ directory: SegmentDirectory, characters: Data, tier: Int, in db: Database
  ) throws -> Int64 {
    let segment = try freeSegment(in: db)
    try db.execute(
      sql: """
        INSERT INTO ranking_segment (id, generation, first, tier, passages, directory, characters)
        SELECT ?, CAST(value AS INTEGER) + 1, ?, ?, ?, ?, ? FROM setting WHERE name = 'generation'
        """,
      arguments: [
        segment, directory.documents.first ?? 0, tier, directory.lengths.count,
        directory.encoded(), characters,
      ])
    try seal(segment, in: db)
    return segment
  }

  private static func seal(_ segment: Int64, in db: Database) throws {
    try db.execute(
      sql: SealedPart.segment.sealing("id = ?"), arguments: [segment])
  }

  private static func insertion(in db: Database) throws -> RowInserter {
    RowInserter(
      try db.cachedStatement(
        sql: """
          INSERT INTO ranking_list (id, list, seal)
          VALUES (?1, ?2, \(SealedPart.seal(ofArguments: [1, 2])))
          """))
  }

  // MARK: Merging

  /// A segment that is merged, with the new number of each passage; -1 where it is left out.
  private struct Part {
    var id: Int64
    var numbers: [Int32]
  }

  /// Makes one segment of several; passages of documents that are no longer searched are left out.
  private static func merge(_ ids: [Int64], tier: Int, in db: Database) throws {
    let retired = try Int64.fetchSet(db, sql: "SELECT document FROM ranking_retired")
    var merged = SegmentDirectory()
    var parts: [Part] = []
    var gone: [Int64] = []
    for id in ids {
      let data = try Data.fetchOne(
        db, sql: "SELECT directory FROM ranking_segment WHERE id = ?", arguments: [id])
      let directory = SegmentDirectory(data ?? Data())
      var numbers = [Int32](repeating: -1, count: directory.lengths.count)
      for (index, document) in directory.documents.enumerated() {
        if retired.contains(document) {
          gone.append(document)
          continue
        }
        merged.documents.append(document)
        merged.firstPassages.append(UInt32(merged.lengths.count))
        for passage in directory.passages(ofDocumentAt: index) {
          numbers[passage] = Int32(merged.lengths.count)
          merged.lengths.append(directory.lengths[passage])
          merged.clauses.append(directory.clauses[passage])
          merged.starts.append(directory.starts[passage])
          merged.sizes.append(directory.sizes[passage])
        }
      }
      parts.append(Part(id: id, numbers: numbers))
    }
    // Counted anew where passages go, else summed.
    let segment = try insert(merged, characters: Data(), tier: tier, in: db)
    var counts: [UInt32] = []
    if gone.isEmpty {
      for id in ids {
        let data = try Data.fetchOne(
          db, sql: "SELECT characters FROM ranking_segment WHERE id = ?", arguments: [id])
        CharacterCounts.add(data ?? Data(), to: &counts)
      }
    }
    let counted = try mergeLists(
      parts, into: segment, merged, countingCharacters: !gone.isEmpty, in: db)
    let characters = CharacterCounts.encoded(gone.isEmpty ? counts : counted)
    try db.execute(
      sql: "UPDATE ranking_segment SET characters = ? WHERE id = ?",
      arguments: [characters, segment])
    try seal(segment, in: db)
    for id in ids {
      try db.execute(sql: "DELETE FROM ranking_segment WHERE id = ?", arguments: [id])
    }
    for document in gone {
      try db.execute(
        sql: "DELETE FROM ranking_retired WHERE document = ?", arguments: [document])
    }
    if merged.lengths.isEmpty {
      try db.execute(sql: "DELETE FROM ranking_segment WHERE id = ?", arguments: [segment])
    }
  }

  /// How many lists of the first segment are merged at a time; what they took is free for the next.
  private static let step = 1_024

  /// Merges lists term by term; gives in how many passages each character stands, where asked for.
  private static func mergeLists(
    _ parts: [Part], into segment: Int64, _ directory: SegmentDirectory, countingCharacters: Bool,
    in db: Database
  ) throws -> [UInt32] {
    let insert = try insertion(in: db)
    let documentOfPassage = directory.documentOfPassage
    var characters = PassageCharacters(passages: countingCharacters ? directory.lengths.count : 0)
    var low: RankingTerm.Key = 0
    let end: RankingTerm.Key = 1 << RankingTerm.bits - 1
    while low <= end {
      let high = try stepEnd(parts, low, end, in: db)
      var lists: [RankingTerm.Key: [(part: Int, list: [UInt8])]] = [:]
      for (index, part) in parts.enumerated() {
        let range: StatementArguments = [row(part.id, low), row(part.id, high)]
        let rows = try Row.fetchCursor(
          db, sql: "SELECT id, list FROM ranking_list WHERE id BETWEEN ? AND ? ORDER BY id",
          arguments: range)
        while let row = try rows.next() {
          let key = (row["id"] as Int64) & end
          var list = [UInt8](row["list"] as Data)
          list += [UInt8](repeating: 0, count: PostingList.padding)
          lists[key, default: []].append((index, list))
        }
        try db.execute(sql: "DELETE FROM ranking_list WHERE id BETWEEN ? AND ?", arguments: range)
      }
      var passages: [UInt32] = []
      var counts: [UInt8] = []
      var bytes: [UInt8] = []
      for (key, found) in lists.sorted(by: { $0.key < $1.key }) {
        passages.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        for (part, list) in found {
          let numbers = parts[part].numbers
          list.withUnsafeBufferPointer { buffer in
            let list = UnsafeBufferPointer(
              rebasing: buffer[..<(buffer.count - PostingList.padding)])
            PostingList.forEach(list) { passage, count in
              guard Int(passage) < numbers.count, numbers[Int(passage)] >= 0 else { return }
              passages.append(UInt32(numbers[Int(passage)]))
              counts.append(count)
            }
          }
        }
        guard !passages.isEmpty else { continue }
        characters.add(key, passages)
        var documents = 0
        var document = UInt32.max
        for passage in passages where documentOfPassage[Int(passage)] != document {
          document = documentOfPassage[Int(passage)]
          documents += 1
        }
        PostingList.append(
          passages: passages, counts: counts, documents: documents, lengths: directory.lengths,
          to: &bytes)
        insert.number(Int(row(segment, key)))
        insert.blob(bytes)
        try insert.execute()
      }
      low = high + 1
    }
    return characters.counts
  }

  /// The last term of a step.
  private static func stepEnd(
    _ parts: [Part], _ low: RankingTerm.Key, _ end: RankingTerm.Key, in db: Database
  ) throws -> RankingTerm.Key {
    var nearest = end
    for part in parts {
      let id = try Int64.fetchOne(
        db,
        sql: """
          SELECT id FROM ranking_list WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1 OFFSET \(step)
          """, arguments: [row(part.id, low), row(part.id, end)])
      if let id { nearest = min(nearest, id & end) }
    }
    return nearest
  }
}

/// Counts in how many passages each character stands, from lists that come by term.
private struct PassageCharacters {
  private let passages: Int
  /// For each character the passages that have it, as a bit each.
  private var seen: [Int: [UInt64]] = [:]

  init(passages: Int) { self.passages = passages }

  mutating func add(_ key: RankingTerm.Key, _ found: [UInt32]) {
    guard passages > 0 else { return }
    let characters = RankingTerm.characters(of: key)
    for character in [characters.first, characters.second] where character != 0 {
      var bits = seen.removeValue(forKey: character) ?? []
      if bits.isEmpty { bits = [UInt64](repeating: 0, count: passages / 64 + 1) }
      for passage in found { bits[Int(passage) / 64] |= 1 << UInt64(passage % 64) }
      seen[character] = bits
    }
  }

  /// The counts by character.
  var counts: [UInt32] {
    guard passages > 0 else { return [] }
    var counts = [UInt32](repeating: 0, count: 1 << 17)
    for (character, bits) in seen {
      counts[character] = bits.reduce(0) { $0 + UInt32($1.nonzeroBitCount) }
    }
    return counts
  }
}
