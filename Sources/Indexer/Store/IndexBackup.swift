internal import GRDB

/// Copies an index into one file, and back: `huice backup`, `huice restore`.
///
/// The copy is of one state, while others read and write. It is checked before it takes its name, so that what
/// stands there is whole, or what stood there before.
public struct IndexBackup: Sendable {
  /// Why there is no copy.
  public enum Fault: Error, Hashable, Sendable {
    /// The source cannot be read.
    case source(IndexError)
    /// The target cannot be written or replaced.
    case target(IndexError)
    /// Something stands where the copy is to stand.
    case occupied
    /// Source and target are one file.
    case same
    /// The source is damaged: what was found, in Chinese lines.
    case damaged([String])
  }

  private let source: String
  private let target: String

  /// - Parameters:
  ///   - source: The file that is copied.
  ///   - target: Where the copy is to stand.
  public init(from source: String, to target: String) {
    self.source = source
    self.target = target
  }

  /// Makes the copy.
  ///
  /// - Parameters:
  ///   - replaces: Whether a file of huice that stands at the target gives way.
  ///   - keepsReplaced: Whether that file is kept beside the copy, under a name of its own.
  ///   - isNew: Whether the copy is an index of its own, so that answers from the replaced one count as old.
  /// - Returns: How much the copy holds, and where the replaced file is kept; nil where none is.
  /// - Throws: ``Fault``; what stood at the target stands there then.
  /// - Complexity: O(file).
  public func run(
    replacing replaces: Bool, keepingReplaced keepsReplaced: Bool = false,
    asNew isNew: Bool = false
  ) throws(Fault) -> (documents: Int, clauses: Int, kept: String?) {
    let place = IndexPlace(target)
    guard
      FileIdentity(IndexPlace(source).path) != FileIdentity(place.path)
        || FileIdentity(place.path) == nil
    else { throw .same }
    try Self.readable(source)
    let isThere = FileIdentity(place.path) != nil
    if isThere {
      if case .foreign = IndexHeader(place.path) { throw .target(.notAnIndex) }
      guard replaces else { throw .occupied }
    }
    let replacement: IndexReplacement
    do {
      replacement = try IndexReplacement(target)
    } catch {
      throw .target(error)
    }
    do throws(Fault) {
      try copy(to: place.new)
      let counts = try check(place.new, isNew: isNew)
      let aside = isThere && keepsReplaced ? place.freeName("replaced") : nil
      do {
        try replacement.finish(aside: aside)
      } catch {
        throw Fault.target(error)
      }
      return (counts.documents, counts.clauses, aside)
    } catch {
      replacement.abandon()
      throw error
    }
  }

  private static func readable(_ path: String) throws(Fault) {
    switch IndexHeader(IndexPlace(path).path) {
    case .absent: throw .source(.noDatabase)
    case .empty, .foreign: throw .source(.notAnIndex)
    case .ours, .unmarked: return
    }
  }

  /// Copies the pages of one state.
  private func copy(to new: String) throws(Fault) {
    let place = IndexPlace(source)
    do throws(IndexError) {
      try place.settle()
      let access = try IndexAccess(place)
      let from = try DirectoryLock.hold(.shared, around: place.path) { () throws(IndexError) in
        try IndexStore.wrapping { try Self.connect(place, access) }
      }
      defer { Self.close(from, place, access) }
      try IndexStore.wrapping {
        let to = try DatabaseQueue(path: new)
        try from.backup(to: to)
        try to.close()
      }
      if let mark = access.mark, mark != IndexMark(place) { throw IndexError.busy }
    } catch .diskFull {
      throw .target(.diskFull)
    } catch {
      throw .source(error)
    }
  }

  private static func connect(_ place: IndexPlace, _ access: IndexAccess) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = access != .writable
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      IndexStore.keepLog(true, db)
      if case .stillWithLog = access { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
    }
    return try DatabaseQueue(path: access.address(of: place), configuration: configuration)
  }

  /// Closes the source; its log goes with the last that has it open.
  private static func close(_ queue: DatabaseQueue, _ place: IndexPlace, _ access: IndexAccess) {
    try? DirectoryLock.hold(.shared, around: place.path) {
      if access == .writable { queue.inDatabase { IndexStore.keepLog(false, $0) } }
      try? queue.close()
    }
  }

  /// Looks over the copy; one of an older format is brought up to date.
  private func check(_ new: String, isNew: Bool) throws(Fault) -> (documents: Int, clauses: Int) {
    do {
      let store = try IndexStore.open(new, creates: true, ignoresStamp: true)
      let findings = try IndexChecker(store).findings(.stored)
      guard findings.isEmpty else { throw Fault.damaged(findings) }
      if isNew {
        try IndexStore.wrapping {
          try store.writing { db in
            try db.execute(
              sql: "UPDATE setting SET value = lower(hex(randomblob(16))) WHERE name = 'identity'")
          }
        }
      }
      try store.emptyLog()
      return try IndexChecker(store).counts()
    } catch let fault as Fault {
      throw fault
    } catch let error as IndexError {
      throw .source(error)
    } catch {
      throw .source(.damaged)
    }
  }
}
