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
      let all = manager.enumerator(
        at: root, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
      while let url = all?.nextObject() as? URL {
        let isFile = (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false
        guard isFile, endings.contains(url.pathExtension.lowercased()),
          !url.lastPathComponent.uppercased().hasPrefix("README")
        else { continue }
        let full = url.standardizedFileURL.path
        guard seen.insert(PathKey(full)).inserted else { continue }
        let base = root.path.hasSuffix("/") ? root.path : root.path + "/"
        found.append(
          IntakeFile(
            path: full, name: full.hasPrefix(base) ? String(full.dropFirst(base.count)) : full))
      }
      files += found.sorted { $0.name < $1.name }
    }
    return (files, failures)
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
