internal import Foundation
internal import GRDB
internal import PolicyText
internal import Segmenter

/// Makes an index anew from the texts that it holds itself: `huice check --repair`.
///
/// Each text is believed only if it fits its seal. Keys, versions, days, contacts and learned words stay; clauses,
/// items, words and the ranking index are made again, by the rules and the segmenter of this program.
public struct IndexRepair: Sendable {
  /// What came of it.
  public struct Outcome: Sendable {
    /// Versions of documents that were made again.
    public internal(set) var documents = 0
    /// The names of documents whose own texts are damaged: they are left out.
    public internal(set) var damaged: [String] = []
    /// What else people must know, in Chinese lines.
    public internal(set) var notes: [String] = []
  }

  /// How many documents share a transaction.
  private static let batch = 64
  private let path: String

  /// - Parameter path: The index file.
  public init(of path: String) { self.path = path }

  /// Repairs the index.
  ///
  /// - Returns: What was made again, and what could not be. The old file is kept beside where anything is missing.
  /// - Throws: ``IndexError``; ``IndexError/damaged`` where the texts cannot be read to their end, so that repairing is
  ///   not safe. The old file stands as it was then.
  /// - Complexity: O(texts): each is parsed again.
  public func run() throws(IndexError) -> Outcome {
    switch IndexHeader(IndexPlace(path).path) {
    case .absent: throw .noDatabase
    case .empty, .foreign: throw .notAnIndex
    case .ours, .unmarked: break
    }
    let replacement = try IndexReplacement(path)
    do throws(IndexError) {
      var outcome = try fill(replacement)
      let isWhole = outcome.damaged.isEmpty && outcome.notes.isEmpty
      let aside = isWhole ? nil : replacement.place.freeName("damaged")
      try replacement.finish(aside: aside)
      if let aside { outcome.notes.append("原文件没有删去，留在 \(aside)。") }
      return outcome
    } catch {
      replacement.abandon()
      throw error
    }
  }

  private func fill(_ replacement: IndexReplacement) throws(IndexError) -> Outcome {
    let store = try replacement.newStore()
    var outcome = Outcome()
    do {
      let writer = IndexWriter(store)
      let segmenter = try Segmenter(.standard)
      var batch: [StoredVersion] = []
      outcome.damaged = try replacement.old.forEachDocument { row in
        batch.append(StoredVersion(row, segmenter: segmenter))
        outcome.documents += 1
        if batch.count == Self.batch {
          try writer.restore(batch)
          batch = []
        }
      }
      try writer.restore(batch)
      try writer.settle()
    } catch {
      throw IndexStore.indexError(error)
    }
    let kept = replacement.old.kept()
    outcome.notes = kept.notes
    try replacement.carry(kept, into: store)
    try store.emptyLog()
    return outcome
  }
}

/// One version of a document as an index keeps it, prepared again from its text.
struct StoredVersion {
  let document: PreparedDocument
  let key: String
  let version: Int
  let isCurrent: Bool
  let path: String
  let name: String
  let sha256: String
  let addedOn: String

  init(_ row: Row, segmenter: Segmenter) {
    func text(_ column: String) -> String { String.fromDatabaseValue(row[column]) ?? "" }
    name = text("name")
    if text("media_type") == "application/jsonl" {
      document = PreparedDocument(
        title: text("title"), text: text("text"), name: name, segmenter: segmenter)
    } else {
      document = PreparedDocument(
        Layout.decode(
          text("layout"), text: text("text"), name: name, mediaType: text("media_type"),
          encoding: text("encoding"), address: String.fromDatabaseValue(row["address"])),
        segmenter: segmenter)
    }
    key = text("key")
    version = Int.fromDatabaseValue(row["version"]) ?? 1
    isCurrent = Int.fromDatabaseValue(row["is_current"]) == 1
    path = text("path")
    sha256 = text("sha256")
    addedOn = text("added_on")
  }
}
