internal import PolicyText

/// Reads a web page saved whole (.mht): the first page among its parts.
enum MHTReader {
  /// Whether the text begins with the fields of a message of several parts.
  static func recognises(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(4_096), as: UTF8.self).lowercased()
    let start = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    let fields = [
      "mime-version:", "from:", "content-type:", "subject:", "snapshot-content-location:",
    ]
    return fields.contains { start.hasPrefix($0) } && head.contains("content-type:")
      && (head.contains("multipart/") || head.contains("text/html"))
  }

  /// Reads it.
  static func read(_ bytes: [UInt8], name: String) throws(ReadError) -> SourceDocument {
    guard let page = page(in: bytes[...], depth: 0) else { throw .damaged(what: "网页存档") }
    guard let decoded = TextDecoder.decode(page) else { throw .damaged(what: "网页存档的编码") }
    let document = try HTMLReader.read(decoded, name: name)
    return SourceDocument(
      name: name, mediaType: "multipart/related", encoding: decoded.encoding, text: document.text,
      markup: document.markup, blocks: document.blocks, address: document.address,
      isRepaired: document.isRepaired)
  }

  /// The bytes of the first HTML part, decoded.
  private static func page(in message: ArraySlice<UInt8>, depth: Int) -> [UInt8]? {
    guard depth < 4 else { return nil }
    let (fields, body) = split(message)
    let type = fields["content-type"] ?? "text/html"
    if type.lowercased().hasPrefix("multipart/"), let boundary = parameter("boundary", of: type) {
      for part in parts(of: body, boundary: Array(("--" + boundary).utf8)) {
        if let page = page(in: part, depth: depth + 1) { return page }
      }
      return nil
    }
    guard
      type.lowercased().hasPrefix("text/html") || type.lowercased().hasPrefix("application/xhtml")
    else { return nil }
    switch fields["content-transfer-encoding"]?.lowercased() {
    case "quoted-printable": return quotedPrintable(body)
    case "base64": return base64(body)
    default: return Array(body)
    }
  }

  /// The fields of a message, by lower-case names, and its body.
  private static func split(
    _ message: ArraySlice<UInt8>
  ) -> (fields: [String: String], body: ArraySlice<UInt8>) {
    var fields: [String: String] = [:]
    var at = message.startIndex
    var last: String?
    while at < message.endIndex {
      let end = message[at...].firstIndex(of: 0x0A) ?? message.endIndex
      var line = String(decoding: message[at..<end], as: UTF8.self)
      at = min(end + 1, message.endIndex)
      while line.last?.isWhitespace ?? false { line.removeLast() }
      if line.isEmpty {
        if fields.isEmpty { continue }
        break
      }
      if let first = line.first, first == " " || first == "\t" {
        if let last { fields[last, default: ""] += " " + line.drop { $0 == " " || $0 == "\t" } }
      } else if let colon = line.firstIndex(of: ":") {
        let key = line[..<colon].lowercased()
        last = key
        fields[key] = String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
      }
    }
    return (fields, message[at...])
  }

  private static func parameter(_ name: String, of value: String) -> String? {
    for part in value.split(separator: ";").dropFirst() {
      let pair = part.drop { $0.isWhitespace }
      guard pair.lowercased().hasPrefix(name + "=") else { continue }
      let text = pair.dropFirst(name.count + 1)
      return text.hasPrefix("\"")
        ? String(text.dropFirst().prefix { $0 != "\"" }) : String(text.prefix { !$0.isWhitespace })
    }
    return nil
  }

  private static func parts(
    of body: ArraySlice<UInt8>, boundary: [UInt8]
  ) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start: Int?
    var at = body.startIndex
    while at < body.endIndex, parts.count < 1_000 {
      let end = body[at...].firstIndex(of: 0x0A) ?? body.endIndex
      if body[at..<end].starts(with: boundary) {
        if let start { parts.append(body[start..<at]) }
        start = min(end + 1, body.endIndex)
      }
      at = min(end + 1, body.endIndex)
    }
    if let start, start < body.endIndex { parts.append(body[start...]) }
    return parts
  }

  static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x41...0x46: byte - 0x41 + 10
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
    var result: [UInt8] = []
    result.reserveCapacity(body.count)
    var at = body.startIndex
    while at < body.endIndex {
      let byte = body[at]
      if byte == 0x3D {
        // A soft line break, or a byte in two digits.
        var next = at + 1
        while next < body.endIndex, body[next] == 0x20 || body[next] == 0x09 || body[next] == 0x0D {
          next += 1
        }
        if next < body.endIndex, body[next] == 0x0A {
          at = next + 1
          continue
        }
        if at + 2 < body.endIndex, let high = digit(body[at + 1]), let low = digit(body[at + 2]) {
          result.append(high << 4 | low)
          at += 3
          continue
        }
      }
      result.append(byte)
      at += 1
    }
    return result
  }

  static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in body {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte - 0x41)
      case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
      case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      default: continue
      }
      bits = bits << 6 | value
      count += 1
      if count == 4 {
        result += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
        (bits, count) = (0, 0)
      }
    }
    if count == 3 { result += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)] }
    if count == 2 { result.append(UInt8(bits >> 4 & 0xFF)) }
    return result
  }
}
