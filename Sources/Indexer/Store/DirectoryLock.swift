internal import Foundation

/// Keeps apart those who open or close an index file and those who put another file in its place.
///
/// SQLite finds the write-ahead log of a file by its name, so nobody may look for it while names change. The lock is
/// on the folder and leaves nothing behind; the system gives it back when a process ends. Where a folder cannot be
/// locked (no right to read it, some network disks), what is done goes on without.
enum DirectoryLock {
  /// Who may hold it at once.
  enum Kind: Int32 {
    /// Any number of those who open and close.
    case shared
    /// One that exchanges files, and nobody else.
    case exclusive

    fileprivate var operation: Int32 { (self == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB }
  }

  /// How often it is asked for, and how long is waited between, in microseconds: ten seconds in all.
  private static let attempts = 2_000
  private static let pause: UInt32 = 5_000

  /// Runs `body` with the folder of a file locked.
  ///
  /// - Throws: ``IndexError/busy`` where another exchanges files for ten seconds; what `body` throws.
  static func hold<Value>(
    _ kind: Kind, around path: String, _ body: () throws(IndexError) -> Value
  ) throws(IndexError) -> Value {
    let folder = (path as NSString).deletingLastPathComponent
    let handle = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return try body() }
    defer { close(handle) }
    for attempt in 1...attempts {
      if flock(handle, kind.operation) == 0 || errno != EWOULDBLOCK && errno != EINTR { break }
      if attempt == attempts { throw .busy }
      usleep(pause)
    }
    return try body()
  }
}
