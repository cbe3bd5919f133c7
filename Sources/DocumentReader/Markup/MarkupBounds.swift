/// Looks over a file of tags before it is parsed: libxml2 compares each attribute of a tag with those before it, so
/// that one tag of a million attributes would take hours.
enum MarkupBounds {
  /// The most tags of a file.
  private static let tagLimit = 3_000_000
  private static let wholes: [(StaticString, StaticString)] = [
    ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<script", "</"), ("<style", "</"),
  ]

  /// Whether there are no more tags, and no more attributes in one tag, than an honest file has.
  ///
  /// Assumption: a quote stands behind an equals sign, else it is text. What a script compares with `<` is no tag.
  ///
  /// - Parameters:
  ///   - bytes: The file, in an encoding that has ASCII's signs, or in UTF-16.
  ///   - limit: The most attributes of one tag.
  /// - Returns: Whether it may be parsed.
  /// - Complexity: O(*n*).
  static func hold(_ bytes: [UInt8], attributes limit: Int) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      var tags = 0
      while at < bytes.count {
        guard bytes[at] == 0x3C else {
          at += 1
          continue
        }
        tags += 1
        guard tags <= tagLimit else { return false }
        if let end = skipped(bytes, at) {
          at = end
        } else {
          guard let end = endOfTag(bytes, at + 1, limit) else { return false }
          at = end
        }
      }
      return true
    }
  }

  /// Where what is no opening tag ends: comments, CDATA and scripts whole, of others the sign.
  private static func skipped(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    for (start, end) in wholes where holds(start, bytes, at) {
      var at = at + start.utf8CodeUnitCount
      while at < bytes.count, !holds(end, bytes, at) { at += 1 }
      return at
    }
    let next = at + 1 < bytes.count && bytes[at + 1] == 0 ? at + 2 : at + 1
    guard next < bytes.count else { return bytes.count }
    return [0x20, 0x21, 0x2F, 0x3D, 0x3F].contains(bytes[next]) ? next : nil
  }

  /// Where a tag ends; nil where it has too many attributes.
  private static func endOfTag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int
  ) -> Int? {
    var attributes = 0
    var quote: UInt8 = 0
    var before: UInt8 = 0
    for at in start..<bytes.count {
      let byte = bytes[at]
      if byte == 0 { continue }
      if quote != 0 {
        if byte == quote { (quote, before) = (0, 0x20) }
        continue
      }
      if byte == 0x3E { return at + 1 }
      if byte == 0x22 || byte == 0x27, before == 0x3D {
        quote = byte
      } else if byte <= 0x20 {
        // A space before or behind an equals sign parts nothing.
        if before != 0x3D { before = 0x20 }
      } else {
        if before == 0x20, byte != 0x3D {
          attributes += 1
          guard attributes <= limit else { return nil }
        }
        before = byte
      }
    }
    return bytes.count
  }

  private static func holds(
    _ words: StaticString, _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> Bool {
    let count = words.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    for index in 0..<count where bytes[at + index] != words.utf8Start[index] { return false }
    return true
  }
}
