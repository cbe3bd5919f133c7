/// Text made safe for XML and HTML.
enum MarkupText {
  /// `text` with the signs of markup escaped, for content and for attributes in double quotes.
  ///
  /// XML 1.0 has no form for most control characters: they become spaces, U+FFFE and U+FFFF become U+FFFD, so that a
  /// scalar stays a scalar. A carriage return is written as a reference, or XML would read it as a line feed.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0x26: result += "&amp;"
    case 0x3C: result += "&lt;"
    case 0x3E: result += "&gt;"
    case 0x22: result += "&quot;"
    case 0x0D: result += "&#13;"
    case 0x09, 0x0A, 0x20...0xFFFD: result.unicodeScalars.append(scalar)
    case 0xFFFE, 0xFFFF: result += "\u{FFFD}"
    case 0..<0x20: result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
}
