internal import GRDB

extension IndexWriter {
  /// Stores versions of documents as they were, with what is made of their texts.
  ///
  /// - Throws: `DatabaseError`, ``IndexError``.
  func restore(_ versions: [StoredVersion]) throws {
    try store.writing { db in
      var segment = SegmentBuilder()
      for version in versions {
        let id = try addRow(
          version.document, key: version.key, version: version.version,
          isCurrent: version.isCurrent, path: version.path, name: version.name,
          digest: version.sha256, addedOn: version.addedOn, in: db)
        if version.isCurrent { try addParts(version.document, to: id, &segment, in: db) }
      }
      try RankingWriter.write(&segment, in: db)
      try IndexStore.raiseGeneration(in: db)
    }
  }

  /// Merges what a run of writing left in pieces, and keeps SQLite's own statistics.
  ///
  /// - Throws: `DatabaseError`, ``IndexError``.
  func settle() throws {
    try store.writing { db in
      if try RankingWriter.settle(in: db) { try IndexStore.raiseGeneration(in: db) }
    }
    try store.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA optimize")
      _ = try db.checkpoint(.passive)
    }
  }
}
