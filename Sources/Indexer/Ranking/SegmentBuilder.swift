internal import Foundation
internal import PolicyText

/// Gathers passages of documents into one segment of the ranking index.
struct SegmentBuilder {
  /// The most passages of a segment that is built; merged ones may have more.
  static let mostPassages = 1 << 22
  private static let passageBits: UInt64 = 22

  /// One number for each place where a term stands: the term above, the passage below.
  private var occurrences: [UInt64] = []
  private var characters = CharacterCounts()
  private(set) var directory = SegmentDirectory()
  private var document: Int64?

  /// Number of passages so far.
  var count: Int { directory.lengths.count }

  /// Begins a document.
  mutating func beginDocument(_ id: Int64) { document = id }

  /// Adds a passage of the document that was begun last.
  mutating func add(_ passage: Passage, clause: Int64) {
    let number = count
    if let document {
      directory.documents.append(document)
      directory.firstPassages.append(UInt32(number))
      self.document = nil
    }
    directory.lengths.append(UInt16(clamping: passage.length))
    directory.clauses.append(clause)
    directory.starts.append(UInt32(passage.range.lowerBound))
    directory.sizes.append(UInt32(passage.range.count))
    for key in passage.terms {
      occurrences.append(UInt64(key) << Self.passageBits | UInt64(number))
      characters.add(key, of: number)
    }
  }

  /// Calls `body` with each term, ascending, and its list.
  mutating func forEachList(
    _ body: (_ key: RankingTerm.Key, _ list: [UInt8]) throws -> Void
  ) rethrows {
    RadixSort.sort(
      &occurrences, by: Self.passageBits..<(Self.passageBits + UInt64(RankingTerm.bits)))
    let documentOfPassage = directory.documentOfPassage
    var list: [UInt8] = []
    var passages: [UInt32] = []
    var counts: [UInt8] = []
    var index = 0
    while index < occurrences.count {
      let key = occurrences[index] >> Self.passageBits
      passages.removeAll(keepingCapacity: true)
      counts.removeAll(keepingCapacity: true)
      list.removeAll(keepingCapacity: true)
      var documents = 0
      var document = UInt32.max
      while index < occurrences.count, occurrences[index] >> Self.passageBits == key {
        let passage = UInt32(occurrences[index] & (1 << Self.passageBits - 1))
        if passages.last == passage {
          if counts[counts.count - 1] < PostingList.mostCount { counts[counts.count - 1] += 1 }
        } else {
          passages.append(passage)
          counts.append(1)
          if documentOfPassage[Int(passage)] != document {
            document = documentOfPassage[Int(passage)]
            documents += 1
          }
        }
        index += 1
      }
      PostingList.append(
        passages: passages, counts: counts, documents: documents, lengths: directory.lengths,
        to: &list)
      try body(RankingTerm.Key(key), list)
    }
  }

  /// In how many passages each character stands.
  func encodedCharacters() -> Data { characters.encoded() }
}

extension SegmentDirectory {
  /// The document of each passage, as a number from 0.
  var documentOfPassage: [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(lengths.count)
    for index in documents.indices {
      result.append(
        contentsOf: repeatElement(UInt32(index), count: passages(ofDocumentAt: index).count))
    }
    return result
  }
}

/// In how many passages each Han character stands.
struct CharacterCounts: Sendable {
  private static let size = 1 << 17
  /// By the character's number (``RankingTerm/code(of:)``).
  private(set) var counts = [UInt32](repeating: 0, count: size)
  private var latest = [Int32](repeating: -1, count: size)

  /// Counts the characters of a term, each once a passage; passages come one after the other.
  @inline(__always)
  mutating func add(_ key: RankingTerm.Key, of passage: Int) {
    let (first, second) = RankingTerm.characters(of: key)
    count(first, passage)
    count(second, passage)
  }

  @inline(__always)
  private mutating func count(_ character: Int, _ passage: Int) {
    guard character != 0, latest[character] != Int32(truncatingIfNeeded: passage) else { return }
    latest[character] = Int32(truncatingIfNeeded: passage)
    counts[character] += 1
  }

  /// The counts as bytes: number and count of each that is there.
  func encoded() -> Data { Self.encoded(counts) }

  static func encoded(_ counts: [UInt32]) -> Data {
    var bytes: [UInt8] = []
    for (character, count) in counts.enumerated() where count > 0 {
      PostingList.appendNumber(UInt64(character), to: &bytes)
      PostingList.appendNumber(UInt64(count), to: &bytes)
    }
    return Data(bytes)
  }

  /// Adds counts that were written to `counts`.
  static func add(_ data: Data, to counts: inout [UInt32]) {
    if counts.isEmpty { counts = [UInt32](repeating: 0, count: size) }
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      var offset = 0
      while offset < bytes.count {
        let character = Int(truncatingIfNeeded: PostingList.number(bytes, &offset))
        let count = UInt32(truncatingIfNeeded: PostingList.number(bytes, &offset))
        if counts.indices.contains(character) { counts[character] &+= count }
      }
    }
  }
}

/// Sorts numbers by some of their bits, keeping the order of equal ones.
enum RadixSort {
  static func sort(_ numbers: inout [UInt64], by bits: Range<UInt64>) {
    let count = numbers.count
    guard count > 1 else { return }
    let digit: UInt64 = 11
    let buckets = 1 << Int(digit)
    var starts = [Int](repeating: 0, count: buckets)
    var other = [UInt64](unsafeUninitializedCapacity: count) { $1 = count }
    for shift in stride(from: bits.lowerBound, to: bits.upperBound, by: Int(digit)) {
      let mask: UInt64 = 1 << min(digit, bits.upperBound - shift) - 1
      for index in 0..<buckets { starts[index] = 0 }
      numbers.withUnsafeBufferPointer { source in
        other.withUnsafeMutableBufferPointer { target in
          starts.withUnsafeMutableBufferPointer { starts in
            for number in source { starts[Int(number >> shift & mask)] += 1 }
            var sum = 0
            for index in 0..<buckets { (starts[index], sum) = (sum, sum + starts[index]) }
            for number in source {
              let bucket = Int(number >> shift & mask)
              target[starts[bucket]] = number
              starts[bucket] += 1
            }
          }
        }
      }
      swap(&numbers, &other)
    }
  }
}
