internal import Foundation

/// What a segment says of its passages while it is written: which document and clause each is of, and where it
/// stands.
struct SegmentDirectory: Sendable {
  /// Documents, ascending, in the order of their passages; each has at least one.
  var documents: [Int64] = []
  /// The first passage of each document.
  var firstPassages: [UInt32] = []
  /// Lengths in terms, at most 65,535.
  var lengths: [UInt16] = []
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
        let count = Int(truncatingIfNeeded: PostingList.number(bytes, &offset))
        var numbers: [Number] = []
        numbers.reserveCapacity(min(max(count, 0), bytes.count - offset))
        var before: UInt64 = 0
        var index = 0
        while index < count, offset < bytes.count {
          let value = PostingList.number(bytes, &offset) &+ (asDistances ? before : 0)
          numbers.append(Number(truncatingIfNeeded: value))
          before = value
          index += 1
        }
        return numbers
      }
      documents = read(Int64.self, asDistances: true)
      firstPassages = read(UInt32.self, asDistances: true)
      lengths = read(UInt16.self, asDistances: false)
      clauses = read(Int64.self, asDistances: true)
      starts = read(UInt32.self, asDistances: false)
      sizes = read(UInt32.self, asDistances: false)
    }
    if !isSound { self = SegmentDirectory() }
  }

  /// Whether all parts fit each other; a damaged directory is read as an empty one.
  private var isSound: Bool {
    let count = lengths.count
    return clauses.count == count && starts.count == count && sizes.count == count
      && firstPassages.count == documents.count && firstPassages.first ?? 0 == 0
      && zip(firstPassages, firstPassages.dropFirst()).allSatisfy(<)
      && (firstPassages.last.map { $0 < count } ?? (count == 0))
      && zip(documents, documents.dropFirst()).allSatisfy(<)
  }

  /// The passages of the document at an index.
  func passages(ofDocumentAt index: Int) -> Range<Int> {
    let end = index + 1 < firstPassages.count ? Int(firstPassages[index + 1]) : lengths.count
    return Int(firstPassages[index])..<end
  }
}
