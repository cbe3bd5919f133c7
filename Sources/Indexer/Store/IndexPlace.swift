internal import Foundation

/// Where an index file stands, with the files beside it, and how another file takes its place.
///
/// Laws: a file is exchanged under the exclusive ``DirectoryLock`` only. All of the old file is in the file itself
/// then, and nobody writes to it, so that its log holds nothing. A mark (`DB.swap`) stands from before the exchange
/// until the old log is gone; whoever opens the place finishes what was begun. So no log is ever applied to a file
/// that it is not of, wherever a process ends.
struct IndexPlace: Sendable {
  /// The file, without symbolic links.
  let path: String
  /// What SQLite keeps beside it while it is open.
  var log: String { path + "-wal" }
  var sharedMemory: String { path + "-shm" }
  /// Where a file that will take its place is made.
  var new: String { path + ".new" }
  private var mark: String { path + ".swap" }

  init(_ path: String) {
    guard let real = realpath(path, nil) else {
      self.path = path
      return
    }
    defer { free(real) }
    self.path = String(cString: real)
  }

  /// Finishes an exchange that was broken off.
  func settle() throws(IndexError) {
    guard FileIdentity(mark) != nil else { return }
    try DirectoryLock.hold(.exclusive, around: path) { () throws(IndexError) in
      // The new file is gone from its own place when it stands here.
      if FileIdentity(new) == nil { removeSideFiles() }
      unlink(mark)
    }
  }

  /// Puts the file at ``new`` here.
  ///
  /// - Parameters:
  ///   - old: The file that stands here as its writer knows it; nil where there was none.
  ///   - aside: Where the old file goes; nil where it goes away.
  ///   - keepsLog: Whether the old file's log goes with it: it may have what the file has not.
  /// - Throws: ``IndexError``; what stood here stands here then.
  func exchange(
    _ old: FileIdentity?, aside: String?, keepingLog keepsLog: Bool
  ) throws(IndexError) {
    try Self.flush(new)
    try DirectoryLock.hold(.exclusive, around: path) { () throws(IndexError) in
      guard FileIdentity(path) == old else { throw .busy }
      if let aside, old != nil {
        try Self.keep(path, as: aside)
        if keepsLog, FileIdentity(log) != nil { try Self.keep(log, as: aside + "-wal") }
      }
      let handle = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard handle >= 0 else { throw .system(errno) }
      close(handle)
      guard rename(new, path) == 0 else {
        let code = errno
        unlink(mark)
        throw .system(code)
      }
      removeSideFiles()
      unlink(mark)
    }
    Self.flushFolder(of: path)
  }

  /// Removes the file that was to take this place.
  func removeNew() {
    for suffix in ["-wal", "-shm", "-journal", ""] { unlink(new + suffix) }
  }

  /// A free name for the file that stood here: `DB.damaged`, `DB.damaged-2`.
  func freeName(_ ending: String) -> String {
    var name = path + "." + ending
    var number = 2
    while FileIdentity(name) != nil {
      name = path + "." + ending + "-\(number)"
      number += 1
    }
    return name
  }

  private func removeSideFiles() {
    unlink(log)
    unlink(sharedMemory)
  }

  /// Gives a file a second name; where the disk knows none, the new name alone.
  private static func keep(_ path: String, as name: String) throws(IndexError) {
    if link(path, name) == 0 || rename(path, name) == 0 { return }
    throw .system(errno)
  }

  /// Waits until a file's bytes are on the disk.
  static func flush(_ path: String) throws(IndexError) {
    let handle = open(path, O_RDWR | O_CLOEXEC)
    guard handle >= 0 else { throw .system(errno) }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw .system(errno) }
  }

  /// Waits until the names in a file's folder are on the disk; some disks cannot say.
  static func flushFolder(of path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let handle = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }
}

/// A new file that one process makes: nobody else makes it at the same time.
final class NewFile: Sendable {
  private let handle: Int32

  /// Makes an empty file, in place of what a process that is gone has left.
  ///
  /// - Throws: ``IndexError/busy`` where a process that is there makes it.
  init(_ place: IndexPlace) throws(IndexError) {
    let handle = open(place.new, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard handle >= 0 else { throw .system(errno) }
    var facts = stat()
    // Another process may have put its file in place between opening and locking.
    guard flock(handle, LOCK_EX | LOCK_NB) == 0, fstat(handle, &facts) == 0,
      FileIdentity(place.new) == FileIdentity(facts)
    else {
      close(handle)
      throw .busy
    }
    for suffix in ["-wal", "-shm", "-journal"] { unlink(place.new + suffix) }
    guard ftruncate(handle, 0) == 0 else {
      let code = errno
      close(handle)
      throw .system(code)
    }
    self.handle = handle
  }

  deinit { close(handle) }
}
