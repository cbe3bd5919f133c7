public import Foundation
public import Testing

/// Compares a text with a golden file, or writes the file where `UPDATE_GOLDEN` is 1.
///
/// A missing file fails: nothing passes by recording.
public func expectGolden(
  _ actual: String, _ name: String, folder: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: url)
    return
  }
  let expected = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  guard actual != expected else { return }
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let changes = new.difference(from: old).prefix(24).map { change in
    switch change {
    case .insert(let line, let text, _): "+\(line + 1): \(text)"
    case .remove(let line, let text, _): "-\(line + 1): \(text)"
    }
  }
  Issue.record(
    "\(name) differs from its golden file:\n\(changes.joined(separator: "\n"))",
    sourceLocation: sourceLocation)
}

/// The folder of the repository.
public let repositoryRoot: URL = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The documents of the corpus: path below `corpus`, ascending.
public func corpusFiles() -> [String] {
  let root = repositoryRoot.appending(path: "corpus")
  let files = FileManager.default.enumerator(atPath: root.path)
  return (files?.compactMap { $0 as? String } ?? []).filter {
    ["txt", "md", "html"].contains(($0 as NSString).pathExtension) && !$0.hasSuffix("README.md")
  }.sorted()
}
