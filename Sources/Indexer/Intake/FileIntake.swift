private import DocumentReader
internal import Foundation

/// A file to index: where it is, and what it is called.
struct IntakeFile: Sendable {
  var path: String
  /// Relative to the folder that was given; what users see.
  var name: String
  /// Whether it holds a document a line.
  var isList: Bool { path.hasSuffix(".jsonl") }
}

/// A path by its bytes: é in one character and in two are two files to the system, one `String` to Swift.
struct PathKey: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ path: String) { bytes = Array(path.utf8) }
}

/// Finds the files to index.
enum FileIntake {
  private static let endings = DocumentReader.endings.union(["jsonl"])

  /// The files to index, in a stable order.
  ///
  /// In folders only files with the endings of documents are
  /// taken, no hidden ones and no README; a file that is named is always taken.
  static func files(at paths: [String]) -> (files: [IntakeFile], failures: [IndexReport.Failure]) {
    var files: [IntakeFile] = []
    var failures: [IndexReport.Failure] = []
    var seen: Set<PathKey> = []
    let manager = FileManager.default
    for path in paths {
      let root = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: root.path, isDirectory: &isFolder) else {
        failures.append(.init(name: path, reason: "没有这个文件或文件夹。请检查路径。"))
        continue
      }
      guard isFolder.boolValue else {
        if seen.insert(PathKey(root.path)).inserted {
          files.append(IntakeFile(path: root.path, name: root.lastPathComponent))
        }
        continue
      }
      var found: [IntakeFile] = []
      let base = root.path.hasSuffix("/") ? root.path : root.path + "/"
      walk(base, "", into: &found) { name, reason in
        failures.append(.init(name: name.isEmpty ? path : name, reason: reason))
      }
      files += found.filter { seen.insert(PathKey($0.path)).inserted }.sorted { $0.name < $1.name }
    }
    return (files, failures)
  }

  /// The names in a folder; nil where it cannot be read, with the system's reason in `errno`.
  private static func names(in folder: String) -> [String]? {
    guard let handle = opendir(folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }

  /// Finds the documents below a folder; each folder that cannot be read is told to `fail`.
  private static func walk(
    _ base: String, _ below: String, into found: inout [IntakeFile],
    fail: (_ name: String, _ reason: String) -> Void
  ) {
    guard let names = names(in: base + below) else {
      let isLimit = errno == EMFILE || errno == ENFILE
      fail(below, isLimit ? "文件夹读不到：同时打开的文件太多，请调高 ulimit -n。" : "文件夹读不到：已移走，或没有读取权限。")
      return
    }
    for name in names where !name.hasPrefix(".") {
      let path = base + below + name
      var facts = stat()
      guard lstat(path, &facts) == 0 else {
        if errno == EACCES { fail(below + name, "文件读不到：没有读取权限。") }
        continue
      }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: walk(base, below + name + "/", into: &found, fail: fail)
      case S_IFREG:
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
        guard let ending, endings.contains(ending.lowercased()),
          !name.uppercased().hasPrefix("README")
        else { continue }
        found.append(IntakeFile(path: path, name: below + name))
      default: continue
      }
    }
  }
}

/// The lines of a large file, one after the other, without holding all of it.
final class LineFile {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  init(path: String) throws {
    handle = try FileHandle(forReadingFrom: URL(filePath: path))
  }

  deinit { try? handle.close() }

  /// The next line without its break, or nil at the end.
  func next() -> [UInt8]? {
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
      }
      buffer.removeFirst(start)
      start = 0
      let data = (try? handle.read(upToCount: 1_048_576)) ?? Data()
      if data.isEmpty { isAtEnd = true } else { buffer.append(contentsOf: data) }
    }
  }
}
