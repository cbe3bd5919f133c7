internal import PolicyText
internal import Segmenter

/// Finds where the words of a query stand in a clause.
///
/// Words are cut as everywhere. Since a stop always ends a word, only the pieces between stops that can hold a word of
/// the query are cut; what is found is the same as by cutting all.
struct MatchMarks {
  /// What a character may be in a word of the query.
  private enum Role {
    static let first: UInt8 = 1
    static let second: UInt8 = 2
    static let alone: UInt8 = 4
    /// Folds to something else in a way that this table does not know: whoever holds it is cut.
    static let unknown: UInt8 = 8
  }

  private let terms: Set<String>
  let segmenter: Segmenter
  /// For each scalar of the basic plane its roles.
  private let roles: [UInt8]

  /// Prepares the words of a query.
  init(_ analysis: QueryAnalysis, segmenter: Segmenter) {
    // A single character says something only where the query has nothing longer.
    let long = analysis.terms.filter {
      $0.unicodeScalars.count > 1 || !($0.unicodeScalars.first?.isHan ?? false)
    }
    terms = Set(long.isEmpty ? analysis.terms : long)
    self.segmenter = segmenter
    roles = Self.roles(of: terms, segmenter)
  }

  private static let plain: [UInt8] = {
    var roles = [UInt8](repeating: Role.unknown, count: 0x1_0000)
    for range in [0x00...0x7E, 0x3000...0x303F, 0x4E00...0x9FFF, 0xFF01...0xFF5E] {
      for scalar in range { roles[scalar] = 0 }
    }
    for scalar in [0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026] { roles[scalar] = 0 }
    return roles
  }()

  private static func roles(of terms: Set<String>, _ segmenter: Segmenter) -> [UInt8] {
    var roles = plain
    func add(_ role: UInt8, to scalar: Unicode.Scalar) {
      guard scalar.value < 0x1_0000 else { return }
      roles[Int(scalar.value)] |= role
      switch scalar.value {
      case 0x4E00...0x9FFF:
        for variant in segmenter.variants(of: UInt16(scalar.value)) { roles[Int(variant)] |= role }
      case 0x21...0x7E:
        roles[Int(scalar.value) + 0xFEE0] |= role
        if 0x61...0x7A ~= scalar.value {
          roles[Int(scalar.value) - 0x20] |= role
          roles[Int(scalar.value) - 0x20 + 0xFEE0] |= role
        }
      default: break
      }
    }
    for term in terms {
      let scalars = Array(term.unicodeScalars.prefix(2))
      if scalars.count == 2 {
        add(Role.first, to: scalars[0])
        add(Role.second, to: scalars[1])
      } else if let only = scalars.first {
        add(Role.alone, to: only)
      }
    }
    return roles
  }

  /// The ranges that match, in order, not overlapping; a part inside a marked word is not marked again.
  func marks(in words: String) -> [ByteRange] {
    guard !terms.isEmpty else { return [] }
    let bytes = Array(words.utf8)
    var ranges: [ByteRange] = []
    forEachCandidate(in: bytes) { piece in
      for token in segmenter.tokens(of: Array(bytes[piece]), withParts: true)
      where terms.contains(token.term) {
        ranges.append(
          ByteRange(
            token.range.lowerBound + piece.lowerBound, token.range.upperBound + piece.lowerBound))
      }
    }
    return Self.joined(ranges)
  }

  /// The same for a text that is cut already, with the parts of its words.
  func marks(among tokens: [Token]) -> [ByteRange] {
    Self.joined(tokens.filter { terms.contains($0.term) }.map(\.range))
  }

  private static func joined(_ found: [ByteRange]) -> [ByteRange] {
    let ranges = found.sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    var marks: [ByteRange] = []
    for range in ranges {
      guard let last = marks.last, range.lowerBound <= last.upperBound else {
        marks.append(range)
        continue
      }
      if range.upperBound > last.upperBound {
        marks[marks.count - 1] = ByteRange(last.lowerBound, range.upperBound)
      }
    }
    return marks
  }

  /// 。，；、 and the line break.
  private static let stops: Set<Int> = [0x3002, 0xFF0C, 0xFF1B, 0x3001, 0x0A]

  /// The pieces between stops that can hold a word of the query.
  private func forEachCandidate(in bytes: [UInt8], _ body: (Range<Int>) -> Void) {
    var start = 0
    var index = 0
    var isCandidate = false
    var follows = false
    var afterStop = false
    while index < bytes.count {
      let (scalar, length) = Self.scalar(of: bytes, at: index)
      // Between a stop and a Han character words always end.
      if afterStop, 0x4E00...0x9FFF ~= scalar {
        if isCandidate { body(start..<index) }
        (start, isCandidate, follows) = (index, false, false)
      }
      let role = scalar < 0x1_0000 ? roles[scalar] : Role.unknown
      if role & (Role.alone | Role.unknown) != 0 || follows && role & Role.second != 0 {
        isCandidate = true
      }
      follows = role & Role.first != 0
      afterStop = Self.stops.contains(scalar)
      index += length
    }
    if isCandidate { body(start..<bytes.count) }
  }

  /// The scalar that begins at a byte of valid UTF-8.
  private static func scalar(of bytes: [UInt8], at index: Int) -> (value: Int, length: Int) {
    let first = Int(bytes[index])
    func next(_ place: Int) -> Int {
      index + place < bytes.count ? Int(bytes[index + place] & 0x3F) : 0
    }
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | next(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
    return (0x1_0000, 4)
  }
}
