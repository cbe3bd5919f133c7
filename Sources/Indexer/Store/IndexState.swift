internal import Foundation
internal import GRDB

/// Which file an index is, and in which state: two answers of equal states are the same.
public struct IndexState: Hashable, Sendable {
  /// Made by chance with the file: another after a rebuild; empty in a file that no program of today has written.
  public let identity: String
  /// Raised by everything that is written: documents, contacts, learned words.
  public let generation: Int64
}

extension IndexStore {
  /// The state of the index.
  ///
  /// - Returns: Its identity and generation, read together.
  /// - Throws: ``IndexError``.
  /// - Complexity: Two rows by a statement that is kept: microseconds.
  public func state() throws(IndexError) -> IndexState {
    try Self.wrapping { try self.pool.read { db in try Self.state(db) } }
  }

  static func state(_ db: Database) throws -> IndexState {
    var state = (identity: "", generation: Int64(0))
    let rows = try Row.fetchCursor(
      try db.cachedStatement(
        sql: "SELECT name, value FROM setting WHERE name IN ('generation', 'identity')"))
    while let row = try rows.next() {
      if row["name"] as String == "identity" {
        state.identity = row["value"]
      } else {
        state.generation = Int64(row["value"] as String) ?? 0
      }
    }
    return IndexState(identity: state.identity, generation: state.generation)
  }

  /// Raises the generation: in the transaction of whatever changes an answer.
  static func raiseGeneration(in db: Database) throws {
    try db.execute(sql: "UPDATE setting SET value = value + 1 WHERE name = 'generation'")
  }

  /// Whether the file that is open no longer stands at its place: it was rebuilt, restored, moved, removed or overwritten.
  ///
  /// What is open still answers from memory as it was; whoever serves opens the place anew.
  ///
  /// - Parameter path: The place that the index was opened at.
  /// - Returns: True where another file, none, or what is no index stands there.
  /// - Complexity: One look at the place and at the file's first bytes: some microseconds.
  public func isReplaced(at path: String) -> Bool {
    if FileIdentity(path) != file { return true }
    switch IndexHeader(path) {
    case .absent, .empty, .foreign: return true
    case .ours, .unmarked: return access.mark.map { $0 != IndexMark(place) } ?? false
    }
  }
}

/// Which file stands at a place, whatever its name.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  /// The file at a place; nil where there is none.
  init?(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    self.init(facts)
  }

  init(_ facts: stat) {
    device = UInt64(facts.st_dev)
    number = UInt64(facts.st_ino)
  }
}
