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
          db, sql: "SELECT * FROM contact ORDER BY region, department, matter"
        )
        .map { row in
          Contact(
            region: row["region"], department: row["department"],
            aliases: (row["aliases"] as String).split(separator: "、").map(String.init),
            matter: row["matter"], phone: row["phone"], address: row["address"],
            hours: row["hours"],
            goodUntil: (row["good_until"] as String?).flatMap { CalendarDay($0) },
            source: row["source"])
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
      try self.pool.write { db in
        if replacing { try db.execute(sql: "DELETE FROM contact") }
        let statement = try db.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO contact
              (region, department, aliases, matter, phone, address, hours, good_until, source)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        for contact in contacts {
          try statement.execute(arguments: [
            contact.region, contact.department, contact.aliases.joined(separator: "、"),
            contact.matter, contact.phone, contact.address, contact.hours,
            contact.goodUntil?.description, contact.source,
          ])
        }
        try Self.raiseGeneration(in: db)
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM contact") ?? 0
      }
    }
  }
}
