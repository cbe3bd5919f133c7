extension MatchText {
  /// The scalar at `index`, or a line break beyond the ends.
  @inlinable @inline(__always)
  package subscript(index: Int) -> Unicode.Scalar {
    index >= 0 && index < scalars.count ? scalars[index] : "\n"
  }

  /// Whether the scalars of `literal` (in folded form) stand at `index`.
  package func has(_ literal: StaticString, at index: Int) -> Bool {
    length(of: literal, at: index) != nil
  }

  /// The number of scalars of `literal`, where it stands at `index`.
  package func length(of literal: StaticString, at index: Int) -> Int? {
    guard index >= 0 else { return nil }
    return literal.withUTF8Buffer { expected -> Int? in
      var position = index
      var byte = 0
      while byte < expected.count {
        guard position < scalars.count else { return nil }
        let (value, length) = Self.decode(expected, at: byte)
        guard scalars[position].value == value else { return nil }
        byte += length
        position += 1
      }
      return position - index
    }
  }

  /// The longest of `literals` that stands at `index`: its length in scalars.
  package func longest(of literals: [StaticString], at index: Int) -> Int? {
    var best: Int?
    for literal in literals {
      if let length = length(of: literal, at: index), length > best ?? 0 { best = length }
    }
    return best
  }

  /// Whether the scalars of `literal` end just before `index`.
  package func has(_ literal: StaticString, before index: Int) -> Bool {
    length(of: literal, before: index) != nil
  }

  /// The number of scalars of `literal`, where they end just before `index`.
  package func length(of literal: StaticString, before index: Int) -> Int? {
    var count = 0
    literal.withUTF8Buffer { for byte in $0 where byte & 0xC0 != 0x80 { count += 1 } }
    return index >= count && has(literal, at: index - count) ? count : nil
  }

  /// The first place of `literal` in `range`.
  ///
  /// - Complexity: O(*n*).
  package func first(_ literal: StaticString, in range: Range<Int>) -> Range<Int>? {
    let start = literal.withUTF8Buffer { Self.decode($0, at: 0).value }
    for index in range where scalars[index].value == start {
      if let length = length(of: literal, at: index), index + length <= range.upperBound {
        return index..<(index + length)
      }
    }
    return nil
  }

  /// The last place of `literal` in `range`.
  package func last(_ literal: StaticString, in range: Range<Int>) -> Range<Int>? {
    let start = literal.withUTF8Buffer { Self.decode($0, at: 0).value }
    for index in range.reversed() where self[index].value == start {
      if let length = length(of: literal, at: index), index + length <= range.upperBound {
        return index..<(index + length)
      }
    }
    return nil
  }

  /// Whether any of `literals` stands in `range`.
  package func contains(_ literals: [StaticString], in range: Range<Int>) -> Bool {
    literals.contains { first($0, in: range) != nil }
  }

  /// `range` without white space at its ends.
  package func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, self[low].isBlank { low += 1 }
    while high > low, self[high - 1].isBlank { high -= 1 }
    return low..<high
  }

  /// The first index from `index` on, below `limit`, that is no white space but a line break may be.
  package func skippingSpaces(_ index: Int, limit: Int) -> Int {
    var index = index
    while index < limit, self[index] == " " { index += 1 }
    return index
  }

  /// The first index from `index` on, below `limit`, that is no white space.
  package func skippingBlanks(_ index: Int, limit: Int) -> Int {
    var index = index
    while index < limit, self[index].isBlank { index += 1 }
    return index
  }

  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (value: UInt32, length: Int) {
    let first = UInt32(bytes[offset])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | UInt32(bytes[offset + 1] & 0x3F), 2) }
    if first < 0xF0 {
      return (
        (first & 0x0F) << 12 | UInt32(bytes[offset + 1] & 0x3F) << 6
          | UInt32(bytes[offset + 2] & 0x3F), 3
      )
    }
    return (
      (first & 0x07) << 18 | UInt32(bytes[offset + 1] & 0x3F) << 12
        | UInt32(bytes[offset + 2] & 0x3F) << 6 | UInt32(bytes[offset + 3] & 0x3F), 4
    )
  }
}

extension Unicode.Scalar {
  /// Whether it is a space or a line break (in folded text).
  @inlinable package var isBlank: Bool { self == " " || self == "\n" }

  /// Whether it is a Han character.
  @inlinable package var isHan: Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x323AF, 0xF900...0xFAFF, 0x3007: true
    default: false
    }
  }

  /// Whether it is a digit from 0 to 9.
  @inlinable package var isDigit: Bool { "0"..."9" ~= self }

  /// Whether it is a Latin letter.
  package var isLetter: Bool { "a"..."z" ~= self || "A"..."Z" ~= self }

  /// Whether a sentence or a part of one ends with it.
  package var endsSentence: Bool {
    switch self {
    case "。", ";", "!", "?", "…": true
    default: false
    }
  }
}
