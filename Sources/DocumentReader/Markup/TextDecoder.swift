private import CICU
internal import PolicyText

/// A file's text in UTF-8, with the encoding that its bytes were in.
struct DecodedText {
  var text: SourceText
  var encoding: String
  var isRepaired = false
}

/// Finds the encoding of a text file: a byte order mark, else UTF-8 where the bytes are valid, else UTF-16
/// by its zero bytes, else GB18030, which every older Chinese office file is a part of.
enum TextDecoder {
  /// Decodes `bytes`, or returns nil where they are no text in any of these.
  static func decode(_ bytes: [UInt8]) -> DecodedText? {
    guard var decoded = decodeAsIs(bytes) else { return nil }
    decoded.text = decoded.text.withoutControls
    return decoded
  }

  private static func decodeAsIs(_ bytes: [UInt8]) -> DecodedText? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let body = Array(bytes.dropFirst(3))
      let valid = SourceText(validating: body)
      return DecodedText(
        text: valid ?? SourceText(repairing: body), encoding: "utf-8", isRepaired: valid == nil)
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return convert(bytes.dropFirst(2), "utf-16le") }
    if bytes.starts(with: [0xFE, 0xFF]) { return convert(bytes.dropFirst(2), "utf-16be") }
    if looksBinary(bytes) {
      guard let order = utf16Order(of: bytes) else { return nil }
      return convert(bytes[...], order)
    }
    if let text = SourceText(validating: bytes) {
      return DecodedText(text: text, encoding: "utf-8")
    }
    let faults = utf8Faults(in: bytes)
    if let decoded = convert(bytes[...], "gb18030") {
      if !decoded.isRepaired { return decoded }
      // Damaged in both readings: the one with fewer holes.
      let holes = replacements(in: decoded.text)
      if holes <= faults { return holes * 20 < decoded.text.count ? decoded : nil }
    }
    guard faults * 20 < bytes.count else { return nil }
    return DecodedText(text: SourceText(repairing: bytes), encoding: "utf-8", isRepaired: true)
  }

  private static func convert(_ bytes: ArraySlice<UInt8>, _ encoding: String) -> DecodedText? {
    guard !bytes.isEmpty else { return DecodedText(text: SourceText(""), encoding: encoding) }
    let converted = bytes.withUnsafeBytes { raw -> [UInt8]? in
      guard let start = raw.bindMemory(to: CChar.self).baseAddress else { return nil }
      let needed = cicu_to_utf8(encoding, start, Int64(raw.count), nil, 0)
      guard needed >= 0 else { return nil }
      return [UInt8](unsafeUninitializedCapacity: Int(needed) + 1) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) { out in
          Int(max(0, cicu_to_utf8(encoding, start, Int64(raw.count), out.baseAddress, needed + 1)))
        }
      }
    }
    guard let converted else { return nil }
    let text = SourceText(repairing: converted)
    return DecodedText(
      text: text, encoding: encoding,
      isRepaired: replacements(in: text) > 0 || hasPrivateUse(text))
  }

  /// Whether characters of private use stand in it: another encoding, read as Chinese.
  private static func hasPrivateUse(_ text: SourceText) -> Bool {
    var privateUse = 0
    text.bytes.forEachScalar(in: 0..<text.count) { value, _ in
      if (0xE000...0xF8FF).contains(value) { privateUse += 1 }
    }
    return privateUse > 0
  }

  /// Whether the beginning holds control bytes as no text does.
  private static func looksBinary(_ bytes: [UInt8]) -> Bool {
    let sample = bytes.prefix(8_192)
    let controls = sample.count { $0 == 0 || ($0 < 9) || (14...31 ~= $0 && $0 != 27) }
    return controls * 50 > sample.count
  }

  /// The byte order of UTF-16 without a mark: the zero bytes of its ASCII stand on one side.
  private static func utf16Order(of bytes: [UInt8]) -> String? {
    guard bytes.count % 2 == 0, bytes.count >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for index in stride(from: 0, to: min(bytes.count, 8_192) - 1, by: 2) {
      if bytes[index] == 0 { zeros.even += 1 }
      if bytes[index + 1] == 0 { zeros.odd += 1 }
    }
    let pairs = min(bytes.count, 8_192) / 2
    if zeros.odd * 50 > pairs, zeros.even * 4 <= zeros.odd { return "utf-16le" }
    if zeros.even * 50 > pairs, zeros.odd * 4 <= zeros.even { return "utf-16be" }
    return nil
  }

  /// The number of bytes that start no valid UTF-8 sequence.
  private static func utf8Faults(in bytes: [UInt8]) -> Int {
    replacements(in: SourceText(repairing: bytes))
  }

  private static func replacements(in text: SourceText) -> Int {
    var count = 0
    let bytes = text.bytes
    guard bytes.count >= 3 else { return 0 }
    for index in 0..<(bytes.count - 2)
    where bytes[index] == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBD {
      count += 1
    }
    return count
  }
}
