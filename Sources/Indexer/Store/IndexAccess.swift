internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// How an index file can be opened where it stands.
enum IndexAccess: Hashable, Sendable {
  /// The file and its folder can be written.
  case writable
  /// The file can be read; SQLite's shared memory stands beside it, so that a writer's changes are seen.
  case readOnly
  /// The file can be read and nobody holds it: it is read as what does not change, and is opened anew when it did.
  case still(IndexMark)
  /// As before, with a log whose contents are not in the file yet.
  case stillWithLog(IndexMark)

  /// Looks at a file without opening it.
  ///
  /// - Throws: ``IndexError/unreadable``.
  init(_ place: IndexPlace) throws(IndexError) {
    guard access(place.path, R_OK) == 0 else { throw .unreadable }
    let folder = (place.path as NSString).deletingLastPathComponent
    if access(place.path, W_OK) == 0, access(folder.isEmpty ? "." : folder, W_OK) == 0 {
      self = .writable
    } else if access(place.sharedMemory, R_OK) == 0 {
      self = .readOnly
    } else {
      let mark = IndexMark(place)
      self = mark.logSize > 0 ? .stillWithLog(mark) : .still(mark)
    }
  }

  /// What SQLite is told to open.
  func address(of place: IndexPlace) -> String {
    let options: String
    switch self {
    case .writable, .readOnly: return place.path
    case .still: options = "immutable=1"
    // Without locks and with its own index of the log in memory: nothing is written beside the file.
    case .stillWithLog: options = "vfs=unix-none"
    }
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/-_.~"))
    let path = place.path.addingPercentEncoding(withAllowedCharacters: plain) ?? place.path
    return "file:\(path)?mode=ro&\(options)"
  }

  /// What the file was like when it was opened; nil where SQLite itself notices changes.
  var mark: IndexMark? {
    switch self {
    case .writable, .readOnly: nil
    case .still(let mark), .stillWithLog(let mark): mark
    }
  }
}

/// What tells that a file which is read as unchanging has changed after all.
struct IndexMark: Hashable, Sendable {
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int
  let logSize: Int64

  init(_ place: IndexPlace) {
    var facts = stat()
    let isThere = stat(place.path, &facts) == 0
    size = isThere ? Int64(facts.st_size) : -1
    seconds = facts.st_mtim.tv_sec
    nanoseconds = facts.st_mtim.tv_nsec
    var log = stat()
    logSize = stat(place.log, &log) == 0 ? Int64(log.st_size) : 0
  }
}

/// What the first bytes of a file say.
enum IndexHeader {
  /// There is no such file.
  case absent
  /// It has no bytes.
  case empty
  /// It is of another program.
  case foreign
  /// It is one of huice's, or an SQLite file that does not say whose it is: the log may know.
  case ours
  case unmarked

  init(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      self = .absent
      return
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      self = .foreign
      return
    }
    guard facts.st_size > 0 else {
      self = .empty
      return
    }
    guard let bytes = Self.firstBytes(of: path) else {
      self = access(path, R_OK) == 0 ? .foreign : .ours
      return
    }
    guard bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
      self = .foreign
      return
    }
    switch bytes[68..<72].reduce(0, { $0 << 8 | Int($1) }) {
    case IndexSchema.applicationID: self = .ours
    case 0: self = .unmarked
    default: self = .foreign
    }
  }
}

extension IndexHeader {
  /// The first hundred bytes of a file; nil where it has fewer or cannot be read.
  ///
  /// Read through SQLite: closing a file in another way gives up all locks that this process has on it.
  private static func firstBytes(of path: String) -> [UInt8]? {
    guard let system = sqlite3_vfs_find(nil), let xOpen = system.pointee.xOpen else { return nil }
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Int(system.pointee.szOsFile), alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: Int(system.pointee.szOsFile))
    defer { memory.deallocate() }
    let file = memory.assumingMemoryBound(to: sqlite3_file.self)
    return path.withCString { name in
      guard xOpen(system, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nil) == SQLITE_OK,
        let methods = file.pointee.pMethods
      else { return nil }
      defer { _ = methods.pointee.xClose(file) }
      var bytes = [UInt8](repeating: 0, count: 100)
      return methods.pointee.xRead(file, &bytes, 100, 0) == SQLITE_OK ? bytes : nil
    }
  }
}

extension IndexStore {
  /// Tells SQLite whether the log stays when this connection closes, so that no name is removed unseen.
  static func keepLog(_ keeps: Bool, _ db: Database) {
    var value: Int32 = keeps ? 1 : 0
    sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &value)
  }
}
