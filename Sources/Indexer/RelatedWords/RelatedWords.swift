internal import GRDB
internal import Segmenter

/// The table of words that are used alike (相关词), learned from the texts of the index.
enum RelatedWords {
  /// A word that is used like another.
  struct Other: Hashable, Sendable {
    var word: String
    /// From 0.55 to 1, in hundredths where it is stored.
    var cosine: Float
  }

  /// One row a word; `others` as `房租 71 租赁 66`, the nearest first.
  static let schema = """
    CREATE TABLE related_word (word TEXT PRIMARY KEY, others TEXT NOT NULL) WITHOUT ROWID;
    """

  /// Bytes of text a passage, about.
  private static let passageSize = 450

  /// What the texts that `db` sees teach.
  static func learn(
    _ db: Database, passages: Int
  ) throws -> (rows: [(word: String, others: [Other])], report: RelatedWordReport) {
    var learner = RelatedWordLearner(try Segmenter(.standard))
    try learner.read(db, size: passages * passageSize)
    return (learner.related(), learner.report)
  }

  /// Puts what was learned in the place of what was known.
  static func replace(
    with rows: [(word: String, others: [Other])], in db: Database
  ) throws {
    try db.execute(sql: "DELETE FROM related_word")
    let words = rows.map { row in
      let others = row.others.map { "\($0.word) \(Int(($0.cosine * 100).rounded()))" }
      return (word: row.word, others: others.joined(separator: " "))
    }
    try insert(words, in: db)
    try IndexStore.raiseGeneration(in: db)
  }

  /// Adds words as they are stored.
  static func insert(_ rows: [(word: String, others: String)], in db: Database) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO related_word (word, others, seal)
        VALUES (?1, ?2, \(SealedPart.seal(ofArguments: [1, 2])))
        """)
    for row in rows { try insert.execute(arguments: [row.word, row.others]) }
  }

  /// The words that are used like a folded word; none where nothing was learned.
  static func others(of word: String, in db: Database) throws -> [Other] {
    let reader = RowReader(
      try db.cachedStatement(
        sql: "SELECT others, \(SealedPart.relatedWord.isSound()) FROM related_word WHERE word = ?"))
    guard let row = reader.read(word, { (text: $0.text(0), isSound: $0.number(1) == 1) }) else {
      return []
    }
    guard row.isSound else { throw IndexError.damaged }
    let text = row.text
    let parts = text.split(separator: " ")
    return stride(from: 0, to: parts.count - 1, by: 2).map {
      Other(word: String(parts[$0]), cosine: (Float(parts[$0 + 1]) ?? 0) / 100)
    }
  }
}

extension IndexStore {
  /// Learns from the texts of the index which words are used alike (相关词), so that a question also finds what is
  /// told in other words; takes seconds, and is done anew when the texts have changed much.
  ///
  /// - Returns: What was read and learned.
  /// - Throws: ``IndexError``.
  public func learnRelatedWords() throws(IndexError) -> RelatedWordReport {
    try Self.wrapping {
      let learned = try pool.read { db in
        try RelatedWords.learn(db, passages: try self.rankingSnapshot(db).passageCount)
      }
      try writing { db in try RelatedWords.replace(with: learned.rows, in: db) }
      return learned.report
    }
  }

  /// Forgets what was learned.
  ///
  /// - Throws: ``IndexError``.
  public func forgetRelatedWords() throws(IndexError) {
    try Self.wrapping { try writing { db in try RelatedWords.replace(with: [], in: db) } }
  }
}
