internal import Foundation
internal import GRDB
internal import PolicyParser

/// The table of contacts: what people wrote, kept when the index is made anew.
enum ContactTable {
  static let schema = """
    CREATE TABLE contact (
      id INTEGER PRIMARY KEY,
      region TEXT NOT NULL,
      department TEXT NOT NULL,
      aliases TEXT NOT NULL,
      matter TEXT NOT NULL,
      phone TEXT NOT NULL,
      address TEXT NOT NULL,
      hours TEXT NOT NULL,
      good_until TEXT,
      source TEXT NOT NULL,
      UNIQUE (region, department, matter)
    );
    """

  /// Adds contacts; one of the same place, department and matter takes the other's place.
  static func insert(_ contacts: [Contact], in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO contact
          (region, department, aliases, matter, phone, address, hours, good_until, source, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, \(SealedPart.seal(ofArguments: 1...9)))
        """)
    for contact in contacts {
      try statement.execute(arguments: [
        contact.region, contact.department, contact.aliases.joined(separator: "、"),
        contact.matter, contact.phone, contact.address, contact.hours,
        contact.goodUntil?.description, contact.source,
      ])
    }
  }
}

extension IndexStore {
  /// The contact directory, by place and department; empty where nothing was imported.
  ///
  /// - Throws: ``IndexError``.
  public func contacts() throws(IndexError) -> [Contact] {
    try Self.wrapping {
      try self.pool.read { db in
        guard try db.tableExists("contact") else { return [] }
        return try Row.fetchAll(
          db,
          sql: """
            SELECT *, \(SealedPart.contact.isSound()) AS is_sound FROM contact
            ORDER BY region, department, matter
            """
        )
        .map { row in
          guard row["is_sound"], let contact = Contact(row) else { throw IndexError.damaged }
          return contact
        }
      }
    }
  }

  /// Adds contacts; one of the same place, department and matter takes the other's place.
  ///
  /// - Parameters:
  ///   - contacts: What is added.
  ///   - replacing: Whether all contacts that are there are taken out before.
  /// - Returns: How many there are afterwards.
  /// - Throws: ``IndexError``; nothing is changed then.
  @discardableResult
  public func add(_ contacts: [Contact], replacing: Bool = false) throws(IndexError) -> Int {
    try Self.wrapping {
      try self.writing { db in
        if replacing { try db.execute(sql: "DELETE FROM contact") }
        try ContactTable.insert(contacts, in: db)
        try Self.raiseGeneration(in: db)
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM contact") ?? 0
      }
    }
  }
}
