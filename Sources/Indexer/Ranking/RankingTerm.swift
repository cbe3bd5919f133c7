internal import PolicyText

/// The terms that ranking counts: pairs of neighbouring Han characters, and runs of letters and digits.
///
/// Over policies and statutes pairs of characters rank better than words, need no dictionary, and find a
/// phrase wherever it stands (Benchmarks/RELEVANCE.md).
enum RankingTerm {
  /// A term as the index knows it: two scalars in one number, or a hash of a run.
  typealias Key = Int64

  /// Cuts folded scalars into terms.
  ///
  /// A run of a single Han character gives that character.
  ///
  /// The argument `scalars`: scalars as ``fold(_:)`` gives them; 0 divides.
  static func forEach(in scalars: some Collection<UInt32>, _ body: (Key) -> Void) {
    var before: UInt32 = 0
    var beforeBefore: UInt32 = 0
    var hash: UInt64 = 0
    for scalar in scalars {
      if isHan(scalar) {
        endRun(&hash, body)
        if isHan(before) { body(Key(before) << 21 | Key(scalar)) }
      } else {
        if isHan(before), !isHan(beforeBefore) { body(Key(before)) }
        if isRun(scalar) {
          if hash == 0 { hash = 0xcbf2_9ce4_8422_2325 }
          hash = (hash ^ UInt64(scalar)) &* 0x100_0000_01b3
        } else {
          endRun(&hash, body)
        }
      }
      beforeBefore = before
      before = scalar
    }
    if isHan(before), !isHan(beforeBefore) { body(Key(before)) }
    endRun(&hash, body)
  }

  private static func endRun(_ hash: inout UInt64, _ body: (Key) -> Void) {
    guard hash != 0 else { return }
    body(Key(hash >> 2) | 1 << 61)
    hash = 0
  }

  @inline(__always)
  static func isHan(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) || (0x3400...0x4DBF).contains(scalar)
      || (0x20000...0x323AF).contains(scalar)
  }

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
