internal import Foundation
internal import GRDB

/// The segments of the ranking index as one state of the file has them, with the sums that scores need.
///
/// Made once a state and shared by all readers of it; posting lists stay in the file.
final class RankingSnapshot: Sendable {
  /// The state of the file; a writer raises it with each transaction.
  let generation: Int64
  /// Number of passages in all.
  let passageCount: Int
  /// Average length of a passage, in terms.
  let averageLength: Float
  /// Average length of a document, in terms.
  let averageDocumentLength: Float
  /// The number that the passages of each segment begin at.
  let bases: [Int64: Int]
  let lengths: [UInt32]
  /// The document of each passage, as a number from 0.
  let documentOfPassage: [UInt32]
  let documentLengths: [UInt32]
  let documentIDs: [Int64]
  let clauses: [Int64]
  let starts: [UInt32]
  let sizes: [UInt32]
  /// Whether each document is still searched.
  let isCurrent: [Bool]
  /// In how many passages each character stands.
  let characters: [UInt32: UInt32]

  /// Reads the segments.
  ///
  /// - Complexity: O(passages).
  init(_ db: Database, generation: Int64) throws {
    self.generation = generation
    var bases: [Int64: Int] = [:]
    var lengths: [UInt32] = []
    var documentOfPassage: [UInt32] = []
    var documentIDs: [Int64] = []
    var clauses: [Int64] = []
    var starts: [UInt32] = []
    var sizes: [UInt32] = []
    var characters: [UInt32: UInt32] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, directory, characters FROM ranking_segment ORDER BY id")
    while let row = try rows.next() {
      let directory = SegmentDirectory(row["directory"] as Data)
      bases[row["id"]] = lengths.count
      for index in directory.documents.indices {
        let first = Int(directory.firstPassages[index])
        let end =
          index + 1 < directory.firstPassages.count
          ? Int(directory.firstPassages[index + 1]) : directory.lengths.count
        documentOfPassage.append(
          contentsOf: repeatElement(UInt32(documentIDs.count + index), count: max(0, end - first)))
      }
      documentIDs += directory.documents
      lengths += directory.lengths
      clauses += directory.clauses
      starts += directory.starts
      sizes += directory.sizes
      for (character, count) in Self.characters(in: row["characters"]) {
        characters[character, default: 0] += count
      }
    }
    var documentLengths = [UInt32](repeating: 0, count: documentIDs.count)
    for (passage, length) in lengths.enumerated() {
      documentLengths[Int(documentOfPassage[passage])] += length
    }
    let current = Set(try Int64.fetchAll(db, sql: "SELECT id FROM document WHERE is_current"))
    passageCount = lengths.count
    let total = lengths.reduce(0) { $0 + Int($1) }
    averageLength = Float(total) / Float(max(1, lengths.count))
    averageDocumentLength = Float(total) / Float(max(1, documentIDs.count))
    isCurrent = documentIDs.map(current.contains)
    self.bases = bases
    self.lengths = lengths
    self.documentOfPassage = documentOfPassage
    self.documentLengths = documentLengths
    self.documentIDs = documentIDs
    self.clauses = clauses
    self.starts = starts
    self.sizes = sizes
    self.characters = characters
  }

  /// The characters of one segment with the number of passages that have each.
  static func characters(ofSegment id: Int64, in db: Database) throws -> [(UInt32, UInt32)] {
    let data = try Data.fetchOne(
      db, sql: "SELECT characters FROM ranking_segment WHERE id = ?", arguments: [id])
    return characters(in: data ?? Data())
  }

  private static func characters(in data: Data) -> [(UInt32, UInt32)] {
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      var offset = 0
      var characters: [(UInt32, UInt32)] = []
      while offset < bytes.count {
        let character = UInt32(truncatingIfNeeded: PostingList.number(bytes, &offset))
        characters.append(
          (character, UInt32(truncatingIfNeeded: PostingList.number(bytes, &offset))))
      }
      return characters
    }
  }

  /// Whether documents are whole passages: articles of a statute, records of a list.
  var isOfShortDocuments: Bool { passageCount * 2 < documentIDs.count * 3 }
}
