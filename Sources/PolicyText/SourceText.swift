/// The text of one document as valid UTF-8, that every ``ByteRange`` of the document refers to.
public struct SourceText: Sendable {
  /// The bytes, with nothing added, removed or normalised.
  public let bytes: [UInt8]

  /// Creates a text from bytes that are known to be UTF-8, replacing what is not.
  ///
  /// - Complexity: O(*n*).
  public init(repairing bytes: [UInt8]) {
    if (try? UTF8Span(validating: bytes.span)) != nil {
      self.bytes = bytes
    } else {
      self.bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }

  /// Creates a text from bytes, where they are UTF-8.
  ///
  /// - Returns: nil where the bytes are not valid UTF-8.
  public init?(validating bytes: [UInt8]) {
    guard (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
    self.bytes = bytes
  }

  /// Creates the text of a string.
  public init(_ string: String) {
    bytes = Array(string.utf8)
  }

  /// Length in bytes.
  public var count: Int { bytes.count }

  /// The range of the whole text.
  public var range: ByteRange { ByteRange(0, bytes.count) }

  /// The text at `range`, copied.
  public subscript(range: ByteRange) -> String {
    String(decoding: bytes[range.lowerBound..<range.upperBound], as: UTF8.self)
  }

  /// The text with control characters, which are no text, as spaces: every offset stays.
  public var withoutControls: SourceText {
    func isControl(_ byte: UInt8) -> Bool {
      byte < 0x20 && !(0x09...0x0D).contains(byte) || byte == 0x7F
    }
    guard bytes.contains(where: isControl) else { return self }
    return SourceText(repairing: bytes.map { isControl($0) ? 0x20 : $0 })
  }
}
