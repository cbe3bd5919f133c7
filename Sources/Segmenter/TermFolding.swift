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
    if let folded = foldedSingly(word) { return folded }
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

  /// Text of nothing but signs that are folded one by one: ASCII, common punctuation, full-width forms of ASCII, Han
  /// characters of the basic plane; nil for all other text, which needs ICU.
  private func foldedSingly(_ word: some Collection<UInt8>) -> String? {
    let bytes = word.withContiguousStorageIfAvailable { foldedSingly($0) }
    guard let bytes = bytes ?? Array(word).withUnsafeBufferPointer({ foldedSingly($0) }) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func foldedSingly(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var isCommon = true
    let folded = [UInt8](unsafeUninitializedCapacity: word.count) { buffer, count in
      var index = 0
      while index < word.count {
        let lead = word[index]
        if lead < 0x80 {
          buffer[count] = lead >= 0x41 && lead <= 0x5A ? lead + 0x20 : lead
          count += 1
          index += 1
          continue
        }
        guard lead & 0xF0 == 0xE0, index + 2 < word.count else { break }
        var unit =
          UInt16(lead & 0x0F) << 12 | UInt16(word[index + 1] & 0x3F) << 6
          | UInt16(word[index + 2] & 0x3F)
        switch unit {
        case 0x4E00...0x9FFF: unit = simplified(unit)
        case 0xFF21...0xFF3A: unit = unit - 0xFF21 + 0x61
        case 0xFF01...0xFF5E: unit -= 0xFEE0
        // — ‘ ’ “ ” and 、 。 〈 〉 《 》 「 」 『 』 【 】 〔 〕 stay as they are.
        case 0x2014, 0x2018...0x2019, 0x201C...0x201D, 0x3001...0x3002, 0x3008...0x3011,
          0x3014...0x3015:
          break
        default: isCommon = false
        }
        guard isCommon else { break }
        if unit < 0x80 {
          buffer[count] = UInt8(unit)
          count += 1
        } else {
          buffer[count] = UInt8(0xE0 | unit >> 12)
          buffer[count + 1] = UInt8(0x80 | unit >> 6 & 0x3F)
          buffer[count + 2] = UInt8(0x80 | unit & 0x3F)
          count += 3
        }
        index += 3
      }
      if index < word.count { isCommon = false }
    }
    return isCommon ? folded : nil
  }

  private func folded(han word: [UInt8]) -> String {
    var bytes = word
    for index in bytes.indices.dropLast(2) where bytes[index] & 0xF0 == 0xE0 {
      let unit =
        UInt16(bytes[index] & 0x0F) << 12 | UInt16(bytes[index + 1] & 0x3F) << 6
        | UInt16(bytes[index + 2] & 0x3F)
      guard (0x4E00...0x9FFF).contains(unit) else { continue }
      let simple = simplified(unit)
      bytes[index] = UInt8(0xE0 | simple >> 12)
      bytes[index + 1] = UInt8(0x80 | simple >> 6 & 0x3F)
      bytes[index + 2] = UInt8(0x80 | simple & 0x3F)
    }
    return String(decoding: bytes, as: UTF8.self)
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
}
