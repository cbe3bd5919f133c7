internal import GRDB

/// The tables of an index file, and how they came about.
enum IndexSchema {
  /// The newest format that this program knows.
  static let version = 3
  /// Marks the file as huice's in SQLite's header.
  static let applicationID = 0x6875_6963

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: documents)
      try db.execute(sql: clauses)
      try db.execute(sql: words)
      try db.execute(sql: RankingWriter.schema)
      try db.execute(sql: "INSERT INTO setting (name, value) VALUES ('generation', '0')")
    }
    migrator.registerMigration("2") { db in try db.execute(sql: ItemTable.schema) }
    migrator.registerMigration("contacts") { db in try db.execute(sql: ContactTable.schema) }
    migrator.registerMigration("readings") { db in try db.execute(sql: ItemTable.readings) }
    migrator.registerMigration("related words") { db in
      try db.execute(sql: RelatedWords.schema)
    }
    // Without a look at foreign keys: a damaged file is told by `huice check`, not by an upgrade.
    migrator.registerMigration("identity", foreignKeyChecks: .immediate) { db in
      try db.execute(
        sql: "INSERT INTO setting (name, value) VALUES ('identity', lower(hex(randomblob(16))))")
    }
    migrator.registerMigration("seals", foreignKeyChecks: .immediate) { db in
      try completeOldTables(in: db)
      try db.execute(sql: SealedPart.schema)
    }
    return migrator
  }

  /// Adds what the first format got after the first files were written.
  ///
  /// Files without a ranking index are not searched before they are made anew, so that their stamp is taken away.
  private static func completeOldTables(in db: Database) throws {
    if try !db.columns(in: "clause").contains(where: { $0.name == "digest" }) {
      try db.execute(sql: "ALTER TABLE clause ADD COLUMN digest INTEGER NOT NULL DEFAULT 0")
    }
    let hasRanking =
      try db.tableExists("ranking_list")
      && db.columns(in: "ranking_list").contains { $0.name == "id" }
    if hasRanking { return }
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS ranking_list;
        DROP TABLE IF EXISTS ranking_segment;
        """)
    try db.execute(sql: RankingWriter.schema)
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO setting (name, value) VALUES ('generation', '0');
        INSERT OR REPLACE INTO setting (name, value) VALUES ('segmenter', 'none');
        """)
  }

  /// Whether a row of documents is of a file, not a record of a list.
  static let isFile = "media_type <> 'application/jsonl'"

  /// One row a version of a document.
  ///
  /// `text` is the visible text, `layout` what the file says about it.
  private static let documents = """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE document (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      version INTEGER NOT NULL,
      is_current INTEGER NOT NULL,
      path TEXT NOT NULL,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      title TEXT NOT NULL,
      number TEXT,
      number_key TEXT,
      issuers TEXT NOT NULL,
      level TEXT,
      region TEXT,
      year INTEGER,
      kind TEXT NOT NULL,
      triage TEXT NOT NULL,
      signed_on TEXT,
      published_on TEXT,
      effective_from TEXT,
      effective_until TEXT,
      media_type TEXT NOT NULL,
      encoding TEXT NOT NULL,
      address TEXT,
      text TEXT NOT NULL,
      layout TEXT NOT NULL,
      added_on TEXT NOT NULL,
      UNIQUE (key, version)
    );
    CREATE INDEX document_by_digest ON document (sha256) WHERE \(isFile);
    CREATE INDEX document_retired ON document (id) WHERE NOT is_current;
    CREATE INDEX document_by_number ON document (number_key) WHERE number_key IS NOT NULL;
    """

  /// One row an indexed unit; its words are a range of its document's text, in bytes.
  ///
  /// `digest` is a hash of its letters: 0 for a few letters, which say nothing.
  private static let clauses = """
    CREATE TABLE clause (
      id INTEGER PRIMARY KEY,
      document INTEGER NOT NULL REFERENCES document (id),
      path TEXT NOT NULL,
      labels TEXT NOT NULL,
      heading TEXT NOT NULL,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      units TEXT NOT NULL,
      digest INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX clause_by_document ON clause (document);
    CREATE VIEW clause_content AS
      SELECT clause.id AS id, document.title AS title, clause.heading AS heading,
        CAST(substr(CAST(document.text AS BLOB), clause.start + 1, clause.length) AS TEXT) AS text
      FROM clause JOIN document ON document.id = clause.document
      WHERE document.is_current;
    """

  private static let words = """
    CREATE VIRTUAL TABLE clause_words USING fts5(
      title, heading, text, content='clause_content', content_rowid='id', tokenize='policy',
      detail='none', columnsize=0
    );
    INSERT INTO clause_words (clause_words, rank) VALUES ('hashsize', 16777216);
    """
}
