private import CICU

/// Folds a word to the form that is indexed: NFKC, lower case, half width, simplified characters.
///
/// `專精特新` becomes `专精特新`, `ＬＰＲ` becomes `lpr`. Not `Sendable`: it owns an ICU transliterator, made
/// when the first character beyond the table of common ones is met.
final class TermFolding {
  private var simplifier: OpaquePointer?
  private var couldNotOpen = false
  /// The simplified form of each Han character of the basic plane; 0 where not yet asked for.
  private var table = [UInt16](repeating: 0, count: 0x9FFF - 0x4E00 + 1)

  deinit {
    if let simplifier { cicu_simplifier_close(simplifier) }
  }

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

  private func folded(han word: some Collection<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
      scalars.append(simplify(scalar))
    }
    return String(scalars)
  }

  /// The simplified form of a Han character of the basic plane.
  func simplified(_ unit: UInt16) -> UInt16 {
    let index = Int(unit - 0x4E00)
    if table[index] == 0 { table[index] = lookUp(unit) }
    return table[index]
  }

  private func simplify(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0x4E00...0x9FFF).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(simplified(UInt16(scalar.value))) ?? scalar
  }

  private func lookUp(_ value: UInt16) -> UInt16 {
    if simplifier == nil, !couldNotOpen {
      var status: Int32 = 0
      simplifier = cicu_simplifier_open(&status)
      couldNotOpen = simplifier == nil
    }
    guard let simplifier else { return value }
    return cicu_simplify(simplifier, value)
  }
}
