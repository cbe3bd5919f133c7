/// The text as a scanner sees it: one folded scalar after another, each with its byte offset.
///
/// Folding is for matching only, what is shown is always the source: full-width forms, the many
/// spaces, brackets and quotes of real files become one form each; invisible characters and markup are
/// left out. So `（责任单位：`, `(责任单位:` and the mojibake `ꎬ` of PDF files need one rule, not six.
@usableFromInline package struct MatchText: Sendable {
  /// The text that offsets refer to.
  package let source: SourceText
  /// The folded scalars.
  @usableFromInline package let scalars: [Unicode.Scalar]
  /// The byte offset of each scalar; one more entry for the end of the text.
  private let offsets: [UInt32]

  /// Folds `source`, leaving out the ranges of `markup`.
  ///
  /// - Complexity: O(*n*); about 5 bytes of memory a byte of text.
  package init(_ source: SourceText, markup: [ByteRange] = []) {
    self.source = source
    let bytes = source.bytes
    var scalars: [Unicode.Scalar] = []
    var offsets: [UInt32] = []
    scalars.reserveCapacity(bytes.count / 2)
    offsets.reserveCapacity(bytes.count / 2)
    var nextMarkup = 0
    var before: UInt32 = 0x20
    let count = bytes.count
    bytes.forEachScalar(in: 0..<count) { value, offset in
      while nextMarkup < markup.count, markup[nextMarkup].upperBound <= offset { nextMarkup += 1 }
      if nextMarkup < markup.count, markup[nextMarkup].lowerBound <= offset { return }
      if let folded = Self.folded(value, after: before), let scalar = Unicode.Scalar(folded) {
        scalars.append(scalar)
        offsets.append(UInt32(offset))
        before = value
      }
    }
    offsets.append(UInt32(count))
    self.scalars = scalars
    self.offsets = offsets
  }

  /// The folded form of one scalar, or nil for what is invisible.
  private static func folded(_ value: UInt32, after before: UInt32) -> UInt32? {
    switch value {
    case 0x0A, 0x20...0x7E: return value
    case 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: return 0x0A
    case 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return 0x20
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F:
      return nil
    case 0...0x1F, 0x7F...0x9F: return 0x20
    case 0x3014, 0x3010, 0x3016: return 0x5B  // 〔【〖 as [
    case 0x3015, 0x3011, 0x3017: return 0x5D
    case 0xAB: return 0x300A  // « as 《
    case 0xBB: return 0x300B
    case 0x3008, 0x2039: return 0x3C  // 〈‹ as <
    case 0x3009, 0x203A: return 0x3E
    case 0x300C, 0x300E, 0x301D: return 0x201C  // 「 as “
    case 0x300D, 0x300F, 0x301E: return 0x201D
    case 0x2018, 0x2019: return 0x27
    case 0xFE30, 0x2236: return 0x3A  // ︰∶ as :
    case 0x2010...0x2015, 0x2500, 0x2212: return 0x2D
    case 0x301C: return 0x7E
    case 0xFF61, 0xFE52: return 0x3002  // ｡ as 。
    case 0xFF64: return 0x3001
    case 0xFF01...0xFF5E: return value - 0xFEE0
    // GBK punctuation read as Unicode lands among the Yi syllables, a constant away.
    case 0xA3A1...0xA3FE where !(0xA000...0xA4CF ~= before && !(0xA3A1...0xA3FE ~= before)):
      return value - 0xA3A1 + 0x21
    default: return value
    }
  }

  /// Number of scalars.
  package var count: Int { scalars.count }

  /// Byte offset of the scalar at `index`; the end of the text for ``count``.
  package func byteOffset(_ index: Int) -> Int { Int(offsets[index]) }

  /// The bytes of the scalars `range`, without invisible signs after the last.
  package func bytes(_ range: Range<Int>) -> ByteRange {
    guard range.lowerBound < range.upperBound else {
      return ByteRange(Int(offsets[range.lowerBound]), Int(offsets[range.lowerBound]))
    }
    let last = Int(offsets[range.upperBound - 1])
    let lead = source.bytes[last]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    return ByteRange(Int(offsets[range.lowerBound]), last + length)
  }

  /// The index of the first scalar at or after the byte `offset`.
  ///
  /// - Complexity: O(log *n*).
  package func index(ofByte offset: Int) -> Int {
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high) / 2
      if Int(offsets[middle]) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The source's words at `range`, copied.
  package func string(_ range: Range<Int>) -> String { source[bytes(range)] }

  /// The source's words at `range` without white space and without signs of Markdown: a name.
  package func name(_ range: Range<Int>) -> String {
    String(string(range).filter { !$0.isWhitespace && $0 != "*" && $0 != "\u{200B}" })
  }

  /// The folded words at `range`, without white space: for comparing, never for showing.
  package func key(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for index in range where scalars[index] != " " && scalars[index] != "\n" {
      view.append(scalars[index])
    }
    return String(view)
  }
}
