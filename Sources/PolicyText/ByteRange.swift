/// A half-open range of UTF-8 byte offsets into one ``SourceText``.
///
/// Both ends lie on scalar boundaries. Offsets count bytes from the start of the text.
public struct ByteRange: Hashable, Sendable {
  /// Offset of the first byte.
  public let lowerBound: Int
  /// Offset one past the last byte; never less than ``lowerBound``.
  public let upperBound: Int

  /// Creates the range of the bytes from `lowerBound` up to `upperBound`.
  public init(_ lowerBound: Int, _ upperBound: Int) {
    precondition(0 <= lowerBound && lowerBound <= upperBound, "a byte range runs forward")
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }

  /// Length in bytes.
  public var count: Int { upperBound - lowerBound }

  /// Whether the range holds no byte.
  public var isEmpty: Bool { lowerBound == upperBound }

  /// Whether `other` lies wholly inside this range.
  public func contains(_ other: ByteRange) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }

  /// Whether the byte at `offset` lies inside this range.
  public func contains(_ offset: Int) -> Bool {
    lowerBound <= offset && offset < upperBound
  }

  /// Whether the two ranges share a byte.
  public func overlaps(_ other: ByteRange) -> Bool {
    lowerBound < other.upperBound && other.lowerBound < upperBound
  }
}

extension ByteRange: CustomStringConvertible {
  /// The range as it stands in golden files: `12..<30`.
  public var description: String { "\(lowerBound)..<\(upperBound)" }
}
