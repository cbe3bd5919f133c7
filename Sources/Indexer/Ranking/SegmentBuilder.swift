internal import Foundation
internal import PolicyText

/// Gathers passages of documents into one segment of the ranking index.
struct SegmentBuilder {
  private var lists: [RankingTerm.Key: [UInt8]] = [:]
  private var lastPassage: [RankingTerm.Key: UInt32] = [:]
  private var characters: [UInt32: UInt32] = [:]
  private(set) var directory = SegmentDirectory()

  /// Number of passages so far.
  var count: Int { directory.lengths.count }

  /// Begins a document.
  mutating func beginDocument(_ id: Int64) {
    directory.documents.append(id)
    directory.firstPassages.append(UInt32(count))
  }

  /// Adds a passage of the document that was begun last.
  mutating func add(_ passage: Passage, clause: Int64) {
    let number = UInt32(count)
    directory.lengths.append(UInt32(passage.length))
    directory.clauses.append(clause)
    directory.starts.append(UInt32(passage.range.lowerBound))
    directory.sizes.append(UInt32(passage.range.count))
    var seen: Set<UInt32> = []
    for (key, count) in passage.terms {
      let before = lastPassage[key]
      // Passage numbers begin at 0: the first distance is counted from -1.
      PostingList.append(
        before.map { number - $0 } ?? number + 1, count: count, to: &lists[key, default: []])
      lastPassage[key] = number
      if key < 1 << 61 {
        if key >= 1 << 21 { seen.insert(UInt32(key >> 21)) }
        seen.insert(UInt32(key & 0x1F_FFFF))
      }
    }
    for character in seen { characters[character, default: 0] += 1 }
  }

  /// The lists with their terms, ascending.
  func sortedLists() -> [(key: RankingTerm.Key, list: [UInt8])] {
    lists.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// In how many passages each character stands, ascending.
  func sortedCharacters() -> [(UInt32, UInt32)] { characters.sorted { $0.key < $1.key } }
}

/// What a segment says of its passages: which document and clause each is of, and how long it is.
struct SegmentDirectory: Sendable {
  /// Documents, in the order of their passages.
  var documents: [Int64] = []
  /// The first passage of each document.
  var firstPassages: [UInt32] = []
  /// Lengths in terms.
  var lengths: [UInt32] = []
  var clauses: [Int64] = []
  /// Where each passage begins in its document's text, in bytes.
  var starts: [UInt32] = []
  /// How many bytes it has.
  var sizes: [UInt32] = []

  /// The directory as bytes.
  func encoded() -> Data {
    var bytes: [UInt8] = []
    func write(_ numbers: some Collection<some FixedWidthInteger>, asDistances: Bool) {
      PostingList.appendNumber(UInt64(numbers.count), to: &bytes)
      var before: UInt64 = 0
      for number in numbers {
        let value = UInt64(number)
        PostingList.appendNumber(asDistances ? value &- before : value, to: &bytes)
        before = value
      }
    }
    write(documents, asDistances: true)
    write(firstPassages, asDistances: true)
    write(lengths, asDistances: false)
    write(clauses, asDistances: true)
    write(starts, asDistances: false)
    write(sizes, asDistances: false)
    return Data(bytes)
  }

  init() {}

  /// Reads what ``encoded()`` wrote.
  init(_ data: Data) {
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      var offset = 0
      func read<Number: FixedWidthInteger>(_: Number.Type, asDistances: Bool) -> [Number] {
        let count = Int(PostingList.number(bytes, &offset))
        var numbers: [Number] = []
        numbers.reserveCapacity(min(count, 4_000_000))
        var before: UInt64 = 0
        for _ in 0..<count where offset < bytes.count {
          let value = PostingList.number(bytes, &offset) &+ (asDistances ? before : 0)
          numbers.append(Number(truncatingIfNeeded: value))
          before = value
        }
        return numbers
      }
      documents = read(Int64.self, asDistances: true)
      firstPassages = read(UInt32.self, asDistances: true)
      lengths = read(UInt32.self, asDistances: false)
      clauses = read(Int64.self, asDistances: true)
      starts = read(UInt32.self, asDistances: false)
      sizes = read(UInt32.self, asDistances: false)
    }
  }
}
