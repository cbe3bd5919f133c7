public import PolicyText

/// Reads the bytes of a file as a document, whatever they hold: recognised by content, not by name.
public enum DocumentReader {
  /// The largest file that is read, in bytes.
  public static let sizeLimit = 64 * 1_048_576

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - name: The file's name without its folder; shown, and a hint where the content leaves doubt.
  /// - Returns: The visible text with the file's hints. An empty file gives an empty text.
  /// - Throws: ``ReadError`` where the file is too large or is no text.
  public static func read(_ bytes: [UInt8], name: String) throws(ReadError) -> SourceDocument {
    guard bytes.count <= sizeLimit else {
      throw .tooLarge(count: bytes.count, limit: sizeLimit)
    }
    if let kind = binaryKind(of: bytes) { throw .notText(kind: kind) }
    guard let decoded = TextDecoder.decode(bytes) else { throw .notText(kind: nil) }
    if HTMLReader.recognises(decoded.text, name: name) {
      return HTMLReader.read(decoded, name: name)
    }
    let isMarkdown = MarkdownReader.recognises(name: name)
    return SourceDocument(
      name: name, mediaType: isMarkdown ? "text/markdown" : "text/plain",
      encoding: decoded.encoding, text: decoded.text,
      markup: MarkdownReader.markup(in: decoded.text, isMarkdown: isMarkdown),
      isRepaired: decoded.isRepaired)
  }

  /// The name of the binary format that `bytes` begin as, where it is a known one.
  private static func binaryKind(of bytes: [UInt8]) -> String? {
    let signatures: [(StaticString, String)] = [
      ("%PDF-", "PDF"), ("PK\u{3}\u{4}", "Word、OFD 或压缩包"), ("{\\rtf", "RTF"),
      ("GIF8", "图片"), ("Rar!", "压缩包"),
    ]
    for (signature, name) in signatures {
      let matches = signature.withUTF8Buffer { bytes.starts(with: $0) }
      if matches { return name }
    }
    let raw: [([UInt8], String)] = [
      ([0xD0, 0xCF, 0x11, 0xE0], "旧版 Word、WPS 或 Excel"), ([0x89, 0x50, 0x4E, 0x47], "图片"),
      ([0xFF, 0xD8, 0xFF], "图片"), ([0x1F, 0x8B], "压缩包"), ([0x7F, 0x45, 0x4C, 0x46], "程序"),
    ]
    return raw.first { bytes.starts(with: $0.0) }?.1
  }
}
