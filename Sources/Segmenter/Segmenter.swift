internal import PolicyText

/// Cuts text into words: ICU's boundaries, with the domain lexicon laid over them.
///
/// The same code serves documents and queries. Tokens are in order, and tokens and the gaps between them
/// tile the text; parts (for documents only) follow the word they belong to. Not `Sendable`: make one a task.
public final class Segmenter {
  private let lexicon: Lexicon
  private let breaker: WordBreaker
  private let folding = TermFolding()
  // Buffers of the text in hand: UTF-16 as ICU wants it, folded for the lexicon, with byte offsets.
  private var units: [UInt16] = []
  private var folded: [UInt16] = []
  private var offsets: [Int] = []
  private var bounds: [Bool] = []
  private var words: [Bool] = []

  /// Makes a segmenter over a lexicon.
  ///
  /// - Throws: ``SegmenterError`` where ICU cannot be opened.
  public init(_ lexicon: Lexicon) throws(SegmenterError) {
    self.lexicon = lexicon
    breaker = try WordBreaker()
  }

  /// What tokens depend on: an index made under another stamp must be made anew.
  public var stamp: String {
    "icu \(icuVersion); lexicon \(String(lexicon.fingerprint, radix: 16)); cut 3"
  }

  /// The tokens of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: Valid UTF-8.
  ///   - withParts: Whether to give the words inside terms, and single characters, as parts.
  /// - Returns: The tokens in order; parts after the word they belong to.
  /// - Complexity: O(*n*); about 15 MB/s.
  public func tokens(of bytes: [UInt8], withParts: Bool = false) -> [Token] {
    load(bytes)
    var tokens: [Token] = []
    tokens.reserveCapacity(units.count / (withParts ? 1 : 2) + 4)
    forEachWord { start, end, entry in
      if let entry {
        append(bytes, start, end, .term, to: &tokens)
        if withParts { appendParts(of: bytes, start, end, entry, to: &tokens) }
      } else {
        append(bytes, start, end, .word, to: &tokens)
        if withParts, end - start > 1, isHan(units[start]) {
          appendCharacters(of: bytes, start, end, to: &tokens)
        }
      }
    }
    return tokens
  }

  /// Appends the terms of `bytes` without parts, each after a byte that divides.
  ///
  /// The same terms as ``tokens(of:withParts:)`` gives, without a string for each.
  public func appendTerms(of bytes: [UInt8], divider: UInt8, to result: inout [UInt8]) {
    load(bytes)
    forEachWord { start, end, _ in
      let size = result.count
      result.append(divider)
      if !appendFolded(start, end, to: &result) {
        let term = folding.folded(bytes[offsets[start]..<offsets[end]])
        result.append(contentsOf: term.utf8)
      }
      if result.count == size + 1 { result.removeLast() }
    }
  }

  /// Appends a word of common Han characters, letters and digits as it is folded; false for all others.
  private func appendFolded(_ start: Int, _ end: Int, to result: inout [UInt8]) -> Bool {
    for index in start..<end {
      switch units[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: continue
      default: return false
      }
    }
    for index in start..<end {
      let unit = folded[index]
      if unit < 0x80 {
        result.append(UInt8(unit))
      } else {
        result.append(UInt8(0xE0 | unit >> 12))
        result.append(UInt8(0x80 | unit >> 6 & 0x3F))
        result.append(UInt8(0x80 | unit & 0x3F))
      }
    }
    return true
  }

  /// Walks over the words of what was loaded: terms of the lexicon, and between them what ICU finds.
  @inline(__always)
  private func forEachWord(_ body: (_ start: Int, _ end: Int, _ entry: Lexicon.Entry?) -> Void) {
    var index = 0
    while index < units.count {
      if let match = lexicon.longestTerm(in: folded, at: index),
        match.length > 2 || (bounds[index] && bounds[index + 2])
      {
        let end = index + match.length
        body(index, end, match.entry)
        index = end
        continue
      }
      var end = index + 1
      while end < units.count, !bounds[end], !beginsTerm(at: end) { end += 1 }
      if words[index] { body(index, end, nil) }
      index = end
    }
  }

  /// The tokens of a string: what a query is made of.
  public func tokens(of text: String) -> [Token] { tokens(of: Array(text.utf8)) }

  /// The folded form of a whole text, for comparing phrases: as terms are folded, without white space.
  public func folded(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      if bytes.contains(where: Self.isBlank) {
        return folding.folded(bytes.filter { !Self.isBlank($0) })
      }
      return folding.folded(bytes)
    }
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The simplified form of a Han character of the basic plane.
  public func simplified(_ unit: UInt16) -> UInt16 { folding.simplified(unit) }

  /// The other Han characters of which `unit` is the simplified form.
  public func variants(of unit: UInt16) -> [UInt16] { folding.variants(of: unit) }

  private func beginsTerm(at index: Int) -> Bool {
    guard let match = lexicon.longestTerm(in: folded, at: index) else { return false }
    return match.length > 2 || (bounds[index] && bounds[index + 2])
  }

  private func load(_ bytes: [UInt8]) {
    var units = self.units
    var offsets = self.offsets
    var folded = self.folded
    self.units = []
    self.offsets = []
    self.folded = []
    units.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    bytes.forEachScalar(in: 0..<bytes.count) { value, offset in
      if value < 0x1_0000 {
        units.append(UInt16(value))
        offsets.append(offset)
        folded.append(fold(UInt16(value)))
      } else {
        units.append(UInt16(0xD800 + ((value - 0x1_0000) >> 10)))
        units.append(UInt16(0xDC00 + ((value - 0x1_0000) & 0x3FF)))
        offsets.append(offset)
        offsets.append(offset)
        folded.append(units[units.count - 2])
        folded.append(units[units.count - 1])
      }
    }
    offsets.append(bytes.count)
    self.units = units
    self.offsets = offsets
    self.folded = folded
    bounds = [Bool](repeating: false, count: units.count + 1)
    words = [Bool](repeating: false, count: units.count + 1)
    bounds[0] = true
    var start = 0
    breaker.forEachSegment(in: units) { end, isWord in
      bounds[end] = true
      for index in start..<end { words[index] = isWord }
      start = end
    }
  }

  private func fold(_ unit: UInt16) -> UInt16 {
    switch unit {
    case 0x41...0x5A: unit + 0x20
    case 0xFF21...0xFF3A: unit - 0xFF21 + 0x61
    case 0xFF01...0xFF5E: unit - 0xFEE0
    case 0x4E00...0x9FFF: folding.simplified(unit)
    default: unit
    }
  }

  private func isHan(_ unit: UInt16) -> Bool { (0x3400...0x9FFF).contains(unit) }

  private func append(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ kind: Token.Kind, to tokens: inout [Token]
  ) {
    let range = ByteRange(offsets[start], offsets[end])
    guard !range.isEmpty else { return }
    let term = folding.folded(bytes[range.lowerBound..<range.upperBound])
    if !term.isEmpty { tokens.append(Token(range: range, term: term, kind: kind)) }
  }

  /// The parts of a lexicon term: its own cuts, ICU's cuts inside it, and its characters.
  private func appendParts(
    of bytes: [UInt8], _ start: Int, _ end: Int, _ entry: Lexicon.Entry, to tokens: inout [Token]
  ) {
    var seen: [Range<Int>] = []
    for part in entry.parts where start + part.upperBound <= end {
      let range = (start + part.lowerBound)..<(start + part.upperBound)
      seen.append(range)
      append(bytes, range.lowerBound, range.upperBound, .part, to: &tokens)
    }
    var from = start
    for index in (start + 1)...end where index == end || bounds[index] {
      if index - from > 1, index - from < end - start, bounds[from], !seen.contains(from..<index) {
        append(bytes, from, index, .part, to: &tokens)
      }
      from = index
    }
    appendCharacters(of: bytes, start, end, to: &tokens)
  }

  private func appendCharacters(
    of bytes: [UInt8], _ start: Int, _ end: Int, to tokens: inout [Token]
  ) {
    for index in start..<end where isHan(units[index]) {
      append(bytes, index, index + 1, .part, to: &tokens)
    }
  }
}
