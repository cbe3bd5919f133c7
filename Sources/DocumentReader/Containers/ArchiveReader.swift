internal import PolicyText

/// Reads an archive of several files (.zip): each document in it.
enum ArchiveReader {
  /// A result for each document of the archive, in its order.
  ///
  /// Folders, hidden files and what is no document by
  /// its name (pictures, programs) are left out; a path that leads out of the archive is refused.
  static func documents(
    in archive: Archive, name: String, depth: Int = 0
  ) throws(ReadError) -> [(name: String, result: Result<SourceDocument, ReadError>)] {
    var documents: [(name: String, result: Result<SourceDocument, ReadError>)] = []
    // All texts are held at once.
    var left = 4 * DocumentReader.textLimit
    for candidate in candidates(in: archive) {
      let shown = name + "/" + Archive.shown(candidate.entry.name)
      guard !candidate.leadsOut else {
        documents.append((shown, .failure(.unsafe(what: "压缩包里的路径指向包外"))))
        continue
      }
      guard documents.count < 2_000 else { throw .unsafe(what: "压缩包里的文件过多") }
      do throws(ReadError) {
        let bytes = try archive.read(candidate.entry)
        let document = try DocumentReader.read(
          bytes, name: shown, depth: depth + 1, unpacking: archive.unpacking)
        guard document.text.count <= left else {
          throw .tooLong(limit: 4 * DocumentReader.textLimit)
        }
        left -= document.text.count
        documents.append((shown, .success(document)))
      } catch {
        if error == .exhausted { try archive.unpacking.noteExhausted() }
        guard !archive.unpacking.isSpent else { throw error }
        documents.append((shown, .failure(error)))
      }
    }
    return documents
  }

  /// The entries that may be documents by their names, in order of the archive.
  static func candidates(in archive: Archive) -> [(entry: Archive.Entry, leadsOut: Bool)] {
    archive.entries.compactMap { entry in
      guard !entry.name.hasSuffix("/"), !entry.name.isEmpty else { return nil }
      let parts = entry.name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
      guard let last = parts.last, !parts.contains(where: { $0.hasPrefix(".") && $0 != ".." }),
        !parts.contains("__MACOSX"), last != "Thumbs.db", last != "desktop.ini"
      else { return nil }
      return (
        entry, parts.contains("..") || entry.name.hasPrefix("/") || entry.name.contains(":")
      )
    }
  }
}
