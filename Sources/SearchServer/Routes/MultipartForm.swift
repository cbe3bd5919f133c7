/// A form as browsers send it with files (`multipart/form-data`, RFC 7578), read strictly.
///
/// Nothing is guessed: what does not follow the form is refused as a whole.
struct MultipartForm: Sendable {
  /// One field, or one file.
  struct Part: Sendable {
    /// The field's name.
    var name: String
    /// The name of a file, without any folder; nil for a plain field.
    var fileName: String?
    /// Its bytes.
    var bytes: ArraySlice<UInt8>

    /// The bytes as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The most parts of a form: the page of a large archive has a field for each value that can be corrected.
  static let mostParts = 16_384
  /// The longest heading of a part, in bytes.
  static let longestHeading = 8_192

  let parts: [Part]

  /// Reads a form; nil where the body is no such form, is cut off, or has too many parts.
  ///
  /// - Parameters:
  ///   - bytes: The body of the request.
  ///   - contentType: The media type with its boundary.
  init?(_ bytes: [UInt8], contentType: String) {
    guard let boundary = Self.boundary(in: contentType) else { return nil }
    let delimiter = Array("--\(boundary)".utf8)
    guard bytes.starts(with: delimiter) else { return nil }
    var parts: [Part] = []
    var at = delimiter.count
    while true {
      if bytes[at...].starts(with: [0x2D, 0x2D]) { break }
      guard bytes[at...].starts(with: [0x0D, 0x0A]), parts.count < Self.mostParts else {
        return nil
      }
      at += 2
      guard let heading = Self.heading(in: bytes, at: at) else { return nil }
      let start = heading.end
      guard let end = Self.find([0x0D, 0x0A] + delimiter, in: bytes, from: start) else {
        return nil
      }
      parts.append(Part(name: heading.name, fileName: heading.file, bytes: bytes[start..<end]))
      at = end + 2 + delimiter.count
    }
    self.parts = parts
  }

  /// The first field of a name, as text.
  func text(_ name: String) -> String? {
    parts.first { $0.name == name && $0.fileName == nil }?.text
  }

  /// `multipart/form-data; boundary=…`, 1 to 70 characters (RFC 2046, 5.1.1).
  static func boundary(in contentType: String) -> String? {
    let fields = contentType.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
    guard fields.first?.lowercased() == "multipart/form-data" else { return nil }
    for field in fields.dropFirst() where field.lowercased().hasPrefix("boundary=") {
      var value = field.dropFirst(9)
      if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
        value = value.dropFirst().dropLast()
      }
      let isPlain = value.utf8.allSatisfy {
        0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0
          || "'()+_,-./:=?".utf8.contains($0)
      }
      return isPlain && (1...70).contains(value.utf8.count) ? String(value) : nil
    }
    return nil
  }

  // MARK: Headings

  private static func heading(
    in bytes: [UInt8], at start: Int
  ) -> (name: String, file: String?, end: Int)? {
    let limit = min(bytes.count, start + longestHeading)
    guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], in: bytes, from: start, to: limit) else {
      return nil
    }
    for line in String(decoding: bytes[start..<end], as: UTF8.self).split(separator: "\r\n") {
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2, sides[0].lowercased() == "content-disposition" else { continue }
      let fields = parameters(of: sides[1])
      guard fields.kind == "form-data", let name = fields.values["name"] else { return nil }
      return (name, fields.values["filename"].map(bare), end + 4)
    }
    return nil
  }

  /// `form-data; name="file"; filename="a;b.docx"`.
  private static func parameters(
    of words: Substring
  ) -> (kind: String, values: [String: String]) {
    var pieces: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for character in words {
      if isEscaped {
        // A backslash escapes a quote or itself; browsers do not use it, but others do.
        if character != "\"", character != "\\" { pieces[pieces.count - 1] += "\\" }
        pieces[pieces.count - 1].append(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    var values: [String: String] = [:]
    for piece in pieces.dropFirst() {
      let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else { continue }
      let key = sides[0].filter { $0 != " " && $0 != "\t" }.lowercased()
      if values[key] == nil { values[key] = unescaped(String(sides[1])) }
    }
    return (pieces[0].filter { $0 != " " && $0 != "\t" }.lowercased(), values)
  }

  /// Browsers write a quote and line breaks in a name as `%22`, `%0D`, `%0A` (HTML, multipart/form-data encoding).
  private static func unescaped(_ words: String) -> String {
    words.replacing("%22", with: "\"").replacing("%0D", with: " ").replacing("%0A", with: " ")
  }

  /// A file's name without folders and control characters, at most 200 characters.
  private static func bare(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    let visible = last.unicodeScalars.filter {
      $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
    }
    return String(String(String.UnicodeScalarView(visible)).suffix(200))
  }

  /// Where `wanted` stands first.
  private static func find(
    _ wanted: [UInt8], in bytes: [UInt8], from start: Int, to limit: Int? = nil
  ) -> Int? {
    let end = (limit ?? bytes.count) - wanted.count
    guard start <= end else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      for at in start...end where buffer[at] == wanted[0] {
        var same = 1
        while same < wanted.count, buffer[at + same] == wanted[same] { same += 1 }
        if same == wanted.count { return at }
      }
      return nil
    }
  }
}
