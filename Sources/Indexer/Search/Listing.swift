internal import Foundation
internal import GRDB
internal import PolicyParser

/// A piece of a list that is read page by page.
public struct ListPage<Element: Sendable>: Sendable {
  /// The elements in order.
  public let elements: [Element]
  /// What the next piece begins after; nil at the end.
  public let next: Int64?
}

/// A clause as lists have it.
public struct ListedClause: Sendable {
  /// The document.
  public let document: DocumentSummary
  /// The clause's id.
  public let clause: String
  /// The labels down to it.
  public let labels: [String]
  /// The headings above it.
  public let heading: String
  /// Its words.
  public let text: String
  /// Where they stand in the document's text, in scalars.
  public let span: [Int]
}

/// An item as lists have it.
public struct ListedItem: Sendable {
  /// The document.
  public let document: DocumentSummary
  /// The item.
  public let item: ItemSummary
}

extension IndexStore {
  /// The current documents, in the order in which they were added.
  ///
  /// - Parameters:
  ///   - after: The ``ListPage/next`` of the piece before; 0 for the first.
  ///   - limit: The most documents.
  /// - Returns: One piece of the list.
  /// - Throws: ``IndexError``.
  public func documents(
    after: Int64, limit: Int
  ) throws(IndexError) -> ListPage<DocumentSummary> {
    try Self.wrapping {
      try self.pool.read { db in
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT d.id AS place, \(DocumentSummary.columns) FROM document d
            WHERE d.is_current AND d.id > ? ORDER BY d.id LIMIT ?
            """, arguments: [after, limit + 1])
        return Self.page(rows, limit) { DocumentSummary($0) }
      }
    }
  }

  /// The items of the current documents, or of one.
  ///
  /// - Parameters:
  ///   - document: The public name of a document; nil for all.
  ///   - after: The ``ListPage/next`` of the piece before; 0 for the first.
  ///   - limit: The most items.
  /// - Returns: One piece of the list.
  /// - Throws: ``IndexError``.
  public func items(
    of document: String?, after: Int64, limit: Int
  ) throws(IndexError) -> ListPage<ListedItem> {
    try Self.wrapping {
      try self.pool.read { db in
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT item.id AS place, item.number AS item_number, item.path, item.name AS item_name,
              item.amount, item.audience, item."window", item.department, item.claim, item.reading,
              \(DocumentSummary.columns)
            FROM item JOIN document d ON d.id = item.document
            WHERE d.is_current AND item.id > ? AND (? IS NULL OR d.key = ?) ORDER BY item.id LIMIT ?
            """, arguments: [after, document, document, limit + 1])
        return Self.page(rows, limit) { row in
          ListedItem(
            document: DocumentSummary(row),
            item: ItemSummary(
              document: row["key"], number: row["item_number"], clause: row["path"],
              name: row["item_name"], amount: row["amount"], audience: row["audience"],
              window: row["window"], department: row["department"], claim: row["claim"],
              reading: ReadingField.list(row["reading"])))
        }
      }
    }
  }

  /// The clauses of the current documents, or of one.
  ///
  /// - Parameters:
  ///   - document: The public name of a document; nil for all.
  ///   - after: The ``ListPage/next`` of the piece before; 0 for the first.
  ///   - limit: The most clauses.
  /// - Returns: One piece of the list.
  /// - Throws: ``IndexError``.
  public func clauses(
    of document: String?, after: Int64, limit: Int
  ) throws(IndexError) -> ListPage<ListedClause> {
    try Self.wrapping {
      try self.pool.read { db in
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT c.id AS place, c.path, c.labels, c.heading, \(DocumentSummary.columns),
              length(CAST(substr(CAST(d.text AS BLOB), 1, c.start) AS TEXT)) AS before,
              CAST(substr(CAST(d.text AS BLOB), c.start + 1, c.length) AS TEXT) AS words
            FROM clause c JOIN document d ON d.id = c.document
            WHERE d.is_current AND c.id > ? AND (? IS NULL OR d.key = ?) ORDER BY c.id LIMIT ?
            """, arguments: [after, document, document, limit + 1])
        return Self.page(rows, limit) { row in
          let words: String = row["words"]
          let before: Int = row["before"] ?? 0
          return ListedClause(
            document: DocumentSummary(row), clause: row["path"],
            labels: (row["labels"] as String).split(separator: "/").map(String.init),
            heading: row["heading"], text: words,
            span: [before, before + words.unicodeScalars.count])
        }
      }
    }
  }

  private static func page<Element>(
    _ rows: [Row], _ limit: Int, _ make: (Row) -> Element
  ) -> ListPage<Element> {
    let shown = rows.prefix(limit)
    return ListPage(
      elements: shown.map(make), next: rows.count > limit ? shown.last?["place"] : nil)
  }
}
