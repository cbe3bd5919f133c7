internal import Foundation

/// The passages of one segment as searches need them; never changed, shared by all states that have it.
final class RankingSegment: Sendable {
  /// Which segment it is: its number may be used again, together with the state that wrote it it is unique.
  struct Identity: Hashable, Sendable {
    var id: Int64
    var generation: Int64
  }

  let identity: Identity
  /// Posting lists that were read.
  let cache = PostingCache()
  let lengths: [UInt16]
  /// The sum of all lengths.
  let totalLength: Int
  let documentCount: Int
  /// The document of each passage, as a number from 0; empty where each document is one passage.
  let documentOfPassage: [UInt32]
  /// The first passage of each document, and the number of passages; empty as before.
  let firstPassages: [UInt32]
  let documentLengths: [UInt32]
  /// In how many passages each character stands, as it stands in the file.
  let characters: Data
  private let documents: CompactNumbers
  private let clauses: CompactNumbers
  private let starts: [UInt32]
  private let sizes: [UInt32]

  init(_ directory: SegmentDirectory, characters: Data, identity: Identity) {
    self.identity = identity
    self.characters = characters
    lengths = directory.lengths
    documentCount = directory.documents.count
    documents = CompactNumbers(directory.documents)
    clauses = CompactNumbers(directory.clauses)
    starts = directory.starts.contains { $0 != 0 } ? directory.starts : []
    sizes = directory.sizes
    totalLength = directory.lengths.reduce(0) { $0 + Int($1) }
    if documentCount == lengths.count {
      documentOfPassage = []
      firstPassages = []
      documentLengths = directory.lengths.map(UInt32.init)
    } else {
      documentOfPassage = directory.documentOfPassage
      firstPassages = directory.firstPassages + [UInt32(lengths.count)]
      documentLengths = directory.documents.indices.map { index in
        directory.passages(ofDocumentAt: index).reduce(0) { $0 + UInt32(directory.lengths[$1]) }
      }
    }
  }

  /// Number of passages.
  var count: Int { lengths.count }

  /// The document of a passage, as a number from 0.
  func document(_ passage: Int) -> Int {
    documentOfPassage.isEmpty ? passage : Int(documentOfPassage[passage])
  }

  /// The passages of a document.
  func passages(_ document: Int) -> Range<Int> {
    firstPassages.isEmpty
      ? document..<(document + 1)
      : Int(firstPassages[document])..<Int(firstPassages[document + 1])
  }

  /// The id of a document.
  func documentID(_ document: Int) -> Int64 { documents[document] }

  /// The clause of a passage.
  func clause(_ passage: Int) -> Int64 { clauses[passage] }

  /// Where a passage stands in its document's text, in bytes.
  func range(_ passage: Int) -> Range<Int> {
    let start = starts.isEmpty ? 0 : Int(starts[passage])
    return start..<(start + Int(sizes[passage]))
  }

  /// The number of a document by its id; nil where the segment does not have it.
  func number(ofDocument id: Int64) -> Int? { documents.index(of: id) }
}

/// Ascending numbers in four bytes each, counted from the first.
struct CompactNumbers: Sendable {
  private let base: Int64
  private let offsets: [UInt32]

  init(_ numbers: [Int64]) {
    let base = numbers.min() ?? 0
    self.base = base
    offsets = numbers.map { UInt32(clamping: $0 - base) }
  }

  subscript(index: Int) -> Int64 { base + Int64(offsets[index]) }

  /// The place of a number; they must be ascending.
  func index(of number: Int64) -> Int? {
    guard number >= base, number - base <= Int64(UInt32.max) else { return nil }
    let wanted = UInt32(number - base)
    var (low, high) = (0, offsets.count)
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < offsets.count && offsets[low] == wanted ? low : nil
  }
}
