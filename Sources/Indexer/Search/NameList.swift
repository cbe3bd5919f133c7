internal import Foundation
internal import GRDB

/// The names that suggestions are made of: titles, items, departments, document numbers.
public struct NameList: Sendable {
  /// One name.
  public struct Name: Hashable, Sendable {
    /// What it names.
    public enum Kind: String, Hashable, Sendable {
      /// 文件
      case document
      /// 事项
      case item
      /// 部门
      case department
      /// 文号
      case number
    }

    /// The name.
    public var text: String
    /// What it names.
    public var kind: Kind
    /// The public name of the document or item; nil for a department.
    public var key: String?
  }

  /// The names, each once.
  public var names: [Name]
  /// The state of the index that they were read from.
  public var generation: Int64
}

extension IndexStore {
  /// The number of the state of the index: a writer raises it.
  public func generation() throws(IndexError) -> Int64 {
    try Self.wrapping {
      try self.pool.read { db in
        try Int64.fetchOne(
          db, sql: "SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'generation'") ?? 0
      }
    }
  }

  /// The names of all current documents and their items.
  ///
  /// - Parameter limit: The most names of each kind.
  /// - Returns: The names, and the state of the index that they are of.
  /// - Throws: ``IndexError``.
  /// - Complexity: O(documents and items).
  public func nameList(limit: Int = 200_000) throws(IndexError) -> NameList {
    try Self.wrapping {
      try self.pool.read { db in
        var names: [NameList.Name] = []
        var departments: [String: Int] = [:]
        let documents = try Row.fetchCursor(
          db,
          sql: """
            SELECT key, title, number, issuers FROM document WHERE is_current
            ORDER BY coalesce(signed_on, published_on, '') DESC LIMIT ?
            """, arguments: [limit])
        while let row = try documents.next() {
          let key: String = row["key"]
          names.append(NameList.Name(text: row["title"], kind: .document, key: key))
          if let number: String = row["number"] {
            names.append(NameList.Name(text: number, kind: .number, key: key))
          }
          for issuer in (row["issuers"] as String).split(separator: "、") {
            departments[String(issuer), default: 0] += 1
          }
        }
        let items = try Row.fetchCursor(
          db,
          sql: """
            SELECT d.key AS key, item.number AS number, item.name AS name, item.department AS department
            FROM item JOIN document d ON d.id = item.document WHERE d.is_current LIMIT ?
            """, arguments: [limit])
        while let row = try items.next() {
          let key: String = row["key"]
          let number: Int = row["number"]
          names.append(NameList.Name(text: row["name"], kind: .item, key: "\(key)-\(number)"))
          if let list: String = row["department"] {
            for name in list.split(whereSeparator: { "、；，".contains($0) }) where name.count <= 20 {
              departments[String(name), default: 0] += 1
            }
          }
        }
        for (name, _) in departments.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
          names.append(NameList.Name(text: name, kind: .department, key: nil))
        }
        let generation =
          try Int64.fetchOne(
            db, sql: "SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'generation'") ?? 0
        return NameList(names: names, generation: generation)
      }
    }
  }
}
