private import CICU

/// Folds a word to the form that is indexed: NFKC, lower case, half width, simplified characters.
///
/// `專精特新` becomes `专精特新`, `ＬＰＲ` becomes `lpr`. One for all tasks: the table is made once.
struct TermFolding: Sendable {
  /// The simplified form of each Han character of the basic plane, from ICU's transliterator.
  private static let table: [UInt16] = {
    var table = [UInt16](0x4E00...0x9FFF)
    var status: Int32 = 0
    guard let simplifier = cicu_simplifier_open(&status) else { return table }
    defer { cicu_simplifier_close(simplifier) }
    for index in table.indices { table[index] = cicu_simplify(simplifier, table[index]) }
    return table
  }()
  private let table = Self.table

  /// The folded form of the word whose UTF-8 bytes are given.
  ///
  /// Han characters outside the basic plane stay as they are.
  func folded(_ word: some Collection<UInt8>) -> String {
    var isCommon = true
    for byte in word where byte < 0xE4 || byte > 0xE9 {
      if byte & 0xC0 != 0x80 { isCommon = false }
    }
    if isCommon { return folded(han: word) }
    let source = Array(word)
    if source.count > 240 { return foldedInPieces(source) }
    let normalised = [UInt8](unsafeUninitializedCapacity: source.count * 4 + 64) { buffer, count in
      count = source.withUnsafeBytes { raw in
        guard let start = raw.bindMemory(to: CChar.self).baseAddress else { return 0 }
        return buffer.withMemoryRebound(to: CChar.self) { out in
          guard let base = out.baseAddress else { return 0 }
          return Int(cicu_fold(start, Int32(raw.count), base, Int32(out.count)))
        }
      }
      if count < 0 { count = 0 }
    }
    return folded(han: normalised.isEmpty ? source : normalised)
  }

  /// Folds a long text piece by piece, each of whole scalars.
  private func foldedInPieces(_ source: [UInt8]) -> String {
    var result = ""
    var start = 0
    while start < source.count {
      var end = min(start + 240, source.count)
      while end < source.count, source[end] & 0xC0 == 0x80 { end -= 1 }
      result += folded(source[start..<end])
      start = end
    }
    return result
  }

  private func folded(han word: some Collection<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
      scalars.append(simplify(scalar))
    }
    return String(scalars)
  }

  /// For each simplified form the other characters that have it.
  private static let variants: [UInt16: [UInt16]] = {
    var variants: [UInt16: [UInt16]] = [:]
    for (index, simple) in table.enumerated() where Int(simple) != index + 0x4E00 {
      variants[simple, default: []].append(UInt16(index + 0x4E00))
    }
    return variants
  }()

  /// The other characters of which `unit` is the simplified form.
  func variants(of unit: UInt16) -> [UInt16] { Self.variants[unit] ?? [] }

  /// The simplified form of a Han character of the basic plane.
  func simplified(_ unit: UInt16) -> UInt16 { table[Int(unit - 0x4E00)] }

  private func simplify(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0x4E00...0x9FFF).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(simplified(UInt16(scalar.value))) ?? scalar
  }
}
