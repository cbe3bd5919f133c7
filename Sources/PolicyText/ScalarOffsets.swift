/// Turns byte offsets of one text into scalar offsets, the unit of spans in JSON.
///
/// Ranges inside the program count UTF-8 bytes; other programs count Unicode scalars (a
/// `span` is `[start, end)` in scalars). A sample every 64 bytes keeps the table small and each look-up
/// constant in time.
public struct ScalarOffsets: Sendable {
  private static let stride = 64
  private let bytes: [UInt8]
  private let samples: [UInt32]

  /// Reads the text once.
  public init(_ text: SourceText) {
    bytes = text.bytes
    var samples: [UInt32] = []
    samples.reserveCapacity(bytes.count / Self.stride + 1)
    var scalars: UInt32 = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % Self.stride == 0 { samples.append(scalars) }
      if byte & 0xC0 != 0x80 { scalars += 1 }
    }
    if bytes.count % Self.stride == 0 { samples.append(scalars) }
    self.samples = samples
  }

  /// The number of scalars before the byte at `offset`.
  public func scalarOffset(ofByte offset: Int) -> Int {
    let sample = offset / Self.stride
    var scalars = Int(samples[sample])
    for index in (sample * Self.stride)..<offset where bytes[index] & 0xC0 != 0x80 {
      scalars += 1
    }
    return scalars
  }

  /// The span of `range`: two scalar offsets, half open.
  public func span(of range: ByteRange) -> [Int] {
    [scalarOffset(ofByte: range.lowerBound), scalarOffset(ofByte: range.upperBound)]
  }
}
