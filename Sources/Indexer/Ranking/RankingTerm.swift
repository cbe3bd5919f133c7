internal import PolicyText

/// The terms that ranking counts: pairs of neighbouring Han characters, and runs of letters and digits.
///
/// Over policies and statutes pairs of characters rank better than words, need no dictionary, and find a
/// phrase wherever it stands (Benchmarks/RELEVANCE.md).
enum RankingTerm {
  /// A term as the index knows it, of 42 bits: two characters, one character, or a hash of a run.
  ///
  /// A pair is `code(first) << 17 | code(second)`; a character alone or at the end of a row of Han characters
  /// is `code << 17`, so that all terms that show a character stand in one range: see ``range(of:)``.
  typealias Key = Int64

  /// The number of bits of a key.
  static let bits: Int64 = 42
  private static let runMark: Key = 1 << 41

  /// Cuts folded scalars into terms.
  ///
  /// A run of a single Han character gives that character.
  ///
  /// The argument `scalars`: scalars as ``fold(_:)`` gives them; 0 divides.
  static func forEach(in scalars: some Collection<UInt32>, _ body: (Key) -> Void) {
    forEach(in: scalars, ends: { _ in }, body)
  }

  /// Cuts folded scalars into terms, with the last character of every longer row of Han characters as `ends`.
  @inline(__always)
  static func forEach(
    in scalars: some Collection<UInt32>, ends: (Key) -> Void, _ body: (Key) -> Void
  ) {
    var before: Key = 0
    var isLong = false
    var hash: UInt64 = 0
    func endHan() {
      guard before != 0 else { return }
      if isLong { ends(before << 17) } else { body(before << 17) }
      before = 0
      isLong = false
    }
    func endRun() {
      guard hash != 0 else { return }
      body(Key(truncatingIfNeeded: (hash ^ hash >> 41) & 0x1FF_FFFF_FFFF) | runMark)
      hash = 0
    }
    for scalar in scalars {
      let code = code(of: scalar)
      if code != 0 {
        endRun()
        if before != 0 {
          body(before << 17 | code)
          isLong = true
        }
        before = code
      } else {
        endHan()
        if isRun(scalar) {
          if hash == 0 { hash = 0xcbf2_9ce4_8422_2325 }
          hash = (hash ^ UInt64(scalar)) &* 0x100_0000_01b3
        } else {
          endRun()
        }
      }
    }
    endHan()
    endRun()
  }

  /// The number of a Han character, from 1 to 102,256; 0 for all else.
  @inline(__always)
  static func code(of scalar: UInt32) -> Key {
    switch scalar {
    case 0x4E00...0x9FFF: Key(scalar) - 0x4E00 + 1
    case 0x3400...0x4DBF: Key(scalar) - 0x3400 + 20_993
    case 0x20000...0x323AF: Key(scalar) - 0x20000 + 27_585
    default: 0
    }
  }

  /// The characters of a key, as ``code(of:)`` numbers them; 0 where there is none.
  @inline(__always)
  static func characters(of key: Key) -> (first: Int, second: Int) {
    key & runMark != 0 ? (0, 0) : (Int(key >> 17), Int(key & 0x1_FFFF))
  }

  /// The range of all terms that show a character: pairs that begin with it, and itself.
  static func range(of character: Key) -> ClosedRange<Key> {
    (character & ~0x1_FFFF)...(character | 0x1_FFFF)
  }

  /// Whether a key is one character.
  static func isCharacter(_ key: Key) -> Bool { key & runMark == 0 && key & 0x1_FFFF == 0 }

  /// Whether a key is two characters.
  static func isPair(_ key: Key) -> Bool { key & runMark == 0 && key & 0x1_FFFF != 0 }

  @inline(__always)
  static func isHan(_ scalar: UInt32) -> Bool { code(of: scalar) != 0 }

  @inline(__always)
  private static func isRun(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar) || (0x61...0x7A).contains(scalar) || scalar == 0x2E
  }

  /// The scalars of UTF-8 bytes as terms are cut from: lower case, half width, simplified; all other signs
  /// are 0.
  static func fold(
    _ bytes: [UInt8], in range: Range<Int>? = nil, simplify: (UInt16) -> UInt16
  ) -> [UInt32] {
    let range = range ?? 0..<bytes.count
    var result: [UInt32] = []
    result.reserveCapacity(range.count / 2 + 4)
    bytes.forEachScalar(in: range) { scalar, _ in
      let value = (0xFF01...0xFF5E).contains(scalar) ? scalar - 0xFEE0 : scalar
      switch value {
      case 0x4E00...0x9FFF: result.append(UInt32(simplify(UInt16(value))))
      case 0x41...0x5A: result.append(value + 0x20)
      case 0x30...0x39, 0x61...0x7A, 0x2E: result.append(value)
      // Line breaks and signs of Markdown inside Chinese text divide nothing: a PDF breaks words.
      case 0x0A, 0x0D, 0x2A: break
      default: result.append(isHan(value) ? value : 0)
      }
    }
    return result
  }
}
