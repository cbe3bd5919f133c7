internal import Foundation
internal import GRDB

/// The segments of the ranking index as one state of the file has them, with the sums that scores need.
///
/// Made once a state and shared by all readers of it; posting lists stay in the file. Segments that a state has
/// in common with the one before are shared too, so that a small change costs little.
final class RankingSnapshot: Sendable {
  /// The state of the file; a writer raises it with each transaction.
  let generation: Int64
  let segments: [RankingSegment]
  /// The number that the passages of each segment begin at, and the number of all at the end.
  let bases: [Int]
  /// For each segment a bit for each passage of a document that is no longer searched; empty for none.
  let retired: [[UInt64]]
  let documentCount: Int
  /// Average length of a passage, in terms.
  let averageLength: Float
  /// Average length of a document, in terms.
  let averageDocumentLength: Float
  /// In how many passages each character stands, by its number.
  let characters: [UInt32]

  /// Reads the segments.
  ///
  /// - Parameters:
  ///   - db: A connection that reads the state.
  ///   - generation: The state.
  ///   - known: An earlier state.
  /// - Throws: `DatabaseError`.
  /// - Complexity: O(passages) of the segments that `known` does not have.
  init(_ db: Database, generation: Int64, known: RankingSnapshot?) throws {
    var segments: [RankingSegment] = []
    let shared = Dictionary(
      (known?.segments ?? []).map { ($0.identity, $0) }, uniquingKeysWith: { $1 })
    let identities = try Row.fetchAll(
      db, sql: "SELECT id, generation FROM ranking_segment ORDER BY first"
    ).map { RankingSegment.Identity(id: $0["id"], generation: $0["generation"]) }
    for identity in identities {
      if let segment = shared[identity] {
        segments.append(segment)
        continue
      }
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT directory, characters, \(SealedPart.segment.isSound()) AS is_sound
          FROM ranking_segment WHERE id = ?
          """, arguments: [identity.id])
      guard let row, row["is_sound"] else { throw IndexError.damaged }
      segments.append(
        RankingSegment(
          SegmentDirectory(row["directory"] as Data), characters: row["characters"],
          identity: identity))
    }
    var bases = [0]
    for segment in segments { bases.append((bases.last ?? 0) + segment.count) }
    if let known, known.segments.map(\.identity) == identities {
      characters = known.characters
    } else {
      var counts: [UInt32] = []
      for segment in segments { CharacterCounts.add(segment.characters, to: &counts) }
      characters = counts
    }
    var retired = [[UInt64]](repeating: [], count: segments.count)
    for id in try Int64.fetchAll(db, sql: "SELECT document FROM ranking_retired") {
      for (index, segment) in segments.enumerated() {
        guard let document = segment.number(ofDocument: id) else { continue }
        if retired[index].isEmpty {
          retired[index] = [UInt64](repeating: 0, count: segment.count / 64 + 1)
        }
        for passage in segment.passages(document) {
          retired[index][passage / 64] |= 1 << UInt64(passage % 64)
        }
      }
    }
    self.generation = generation
    self.segments = segments
    self.bases = bases
    self.retired = retired
    documentCount = segments.reduce(0) { $0 + $1.documentCount }
    let total = segments.reduce(0) { $0 + $1.totalLength }
    averageLength = Float(total) / Float(max(1, bases.last ?? 0))
    averageDocumentLength = Float(total) / Float(max(1, documentCount))
  }

  /// Number of passages in all.
  var passageCount: Int { bases.last ?? 0 }

  /// Whether documents are whole passages: articles of a statute, records of a list.
  var isOfShortDocuments: Bool { passageCount * 2 < documentCount * 3 }

  /// The segment of a passage, and its number there.
  func place(_ passage: Int) -> (segment: RankingSegment, passage: Int) {
    var index = segments.count - 1
    while index > 0, bases[index] > passage { index -= 1 }
    return (segments[index], passage - bases[index])
  }

  /// The clause of a passage.
  func clause(_ passage: Int) -> Int64 {
    let place = place(passage)
    return place.segment.clause(place.passage)
  }

  /// The id of a passage's document.
  func document(_ passage: Int) -> Int64 {
    let place = place(passage)
    return place.segment.documentID(place.segment.document(place.passage))
  }

  /// For each segment a bit for each passage that must not be found: retired, or of a document that is not among
  /// `allowed`.
  func excluded(allowing allowed: Set<Int64>?) -> [[UInt64]] {
    guard let allowed else { return retired }
    return segments.indices.map { index in
      let segment = segments[index]
      var bits = retired[index]
      if bits.isEmpty { bits = [UInt64](repeating: 0, count: segment.count / 64 + 1) }
      for document in 0..<segment.documentCount
      where !allowed.contains(segment.documentID(document)) {
        for passage in segment.passages(document) {
          bits[passage / 64] |= 1 << UInt64(passage % 64)
        }
      }
      return bits
    }
  }
}
