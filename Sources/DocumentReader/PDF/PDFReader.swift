private import CPDF
private import CSandbox
internal import PolicyText

/// Reads a PDF file: where its characters stand comes from poppler, in a process of its own.
///
/// What is line, paragraph and table is found here. It also gives a page as a picture.
enum PDFReader {
  private static let pageLimit: Int32 = 3_000
  private static let limits = csandbox_limits(
    milliseconds: 25_000, memory: 352 * 1_048_576, output: 96 * 1_048_576)
  /// As for reading; a picture of two million pixels has less than eight million bytes.
  private static let pictureLimits = csandbox_limits(
    milliseconds: 25_000, memory: 352 * 1_048_576, output: 12 * 1_048_576)

  /// Reads a file.
  ///
  /// - Throws: ``ReadError/encrypted``, ``ReadError/damaged(what:)``, ``ReadError/exhausted``,
  ///   ``ReadError/scanned(pages:)`` where no page has a text layer.
  static func read(_ bytes: [UInt8], name: String) throws(ReadError) -> SourceDocument {
    let drawings = try drawings(of: bytes)
    let scanned = drawings.indices.filter {
      drawings[$0].glyphs.isEmpty && drawings[$0].pictures > 0
    }
    if drawings.allSatisfy(\.glyphs.isEmpty) {
      throw scanned.isEmpty ? .damaged(what: "没有文字的 PDF") : .scanned(pages: drawings.count)
    }
    var reader = LayoutReader(drawings)
    var builder = reader.read()
    if !scanned.isEmpty {
      let pages = scanned.prefix(20).map { "\($0 + 1)" }.joined(separator: "、")
      builder.findings.append(
        Diagnostic(
          .scannedPages, .warning, at: ByteRange(0, 0),
          detail: pages + (scanned.count > 20 ? " 等" : "")))
    }
    return builder.document(name: name, mediaType: "application/pdf")
  }

  private static func drawings(of bytes: [UInt8]) throws(ReadError) -> [PageDrawing] {
    let result = bytes.withUnsafeBytes { raw -> csandbox_result? in
      guard var request = request(raw) else { return nil }
      return withUnsafePointer(to: &request) { csandbox_call(cpdf_layout, $0, limits) }
    }
    return try output(of: result) { output throws(ReadError) -> [PageDrawing] in
      var words = WordStream(output)
      var drawings: [PageDrawing] = []
      var glyphCount = 0
      while let drawing = words.drawing() {
        glyphCount += drawing.glyphs.count
        guard drawing.glyphs.count <= PageDrawing.glyphLimit, glyphCount <= PageDrawing.totalLimit
        else { throw .exhausted }
        drawings.append(drawing)
      }
      return drawings
    }
  }

  /// A page as PNG, of about two million pixels, with the count of pages; no picture where there is no such page.
  ///
  /// - Throws: ``ReadError/encrypted``, ``ReadError/damaged(what:)``, ``ReadError/exhausted``.
  static func picture(
    ofPage number: Int, in bytes: [UInt8]
  ) throws(ReadError) -> (png: [UInt8]?, pageCount: Int) {
    let result = bytes.withUnsafeBytes { raw -> csandbox_result? in
      guard let file = request(raw) else { return nil }
      var request = cpdf_picture_request(
        file: file, page: Int32(clamping: number), pixels: 1_240 * 1_754, side: 3_000)
      return withUnsafePointer(to: &request) { csandbox_call(cpdf_picture, $0, pictureLimits) }
    }
    return try output(of: result) { output throws(ReadError) -> (png: [UInt8]?, pageCount: Int) in
      guard output.count >= 4 else { return (nil, 0) }
      let png = output.count > 4 ? Array(output[4...]) : nil
      return (png, Int(output.loadUnaligned(as: Int32.self)))
    }
  }

  private static func request(_ raw: UnsafeRawBufferPointer) -> cpdf_request? {
    raw.baseAddress.map {
      cpdf_request(bytes: $0, count: Int64(raw.count), page_limit: pageLimit)
    }
  }

  /// Reads what the child wrote, or says why it wrote nothing.
  private static func output<Value>(
    of result: csandbox_result?,
    _ read: (UnsafeRawBufferPointer) throws(ReadError) -> Value
  ) throws(ReadError) -> Value {
    guard let result else { throw .damaged(what: "空的 PDF") }
    defer { csandbox_free(result) }
    switch result.status {
    case CSANDBOX_OK: break
    case CSANDBOX_FAILED where result.code == Int32(CPDF_ENCRYPTED): throw .encrypted
    case CSANDBOX_FAILED where result.code == Int32(CPDF_PAGES):
      throw .unsafe(what: "超过 \(pageLimit) 页")
    case CSANDBOX_FAILED, CSANDBOX_CRASHED: throw .damaged(what: "PDF 结构")
    default: throw .exhausted
    }
    guard let start = result.bytes else { throw .damaged(what: "PDF 结构") }
    return try read(UnsafeRawBufferPointer(start: start, count: Int(result.count)))
  }
}

/// The stream of 32-bit words that `cpdf_layout` writes.
private struct WordStream {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func word() -> UInt32 {
    guard at + 4 <= bytes.count else { return 0 }
    defer { at += 4 }
    return bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
  }

  private mutating func number() -> Float {
    let value = Float(bitPattern: word())
    return value.isFinite ? value : 0
  }

  private mutating func box() -> Box {
    let (left, top, right, bottom) = (number(), number(), number(), number())
    return Box(
      left: min(left, right), top: min(top, bottom), right: max(left, right),
      bottom: max(top, bottom))
  }

  /// The next page; nil at the end.
  mutating func drawing() -> PageDrawing? {
    guard at + 20 <= bytes.count else { return nil }
    var drawing = PageDrawing(width: number(), height: number())
    let (glyphs, rules, pictures) = (Int(word()), Int(word()), Int(word()))
    guard at + glyphs * 24 + rules * 16 <= bytes.count else { return nil }
    drawing.pictures = pictures
    let frame = drawing.frame
    drawing.glyphs.reserveCapacity(glyphs)
    for _ in 0..<glyphs {
      let value = word()
      let box = box()
      _ = word()
      if let scalar = Unicode.Scalar(value), value > 0x20,
        frame.holds(box.middleX, box.middleY)
      {
        drawing.glyphs.append(Glyph(scalar: scalar, box: box, order: drawing.glyphs.count))
      }
    }
    for _ in 0..<rules { drawing.rules.append(box()) }
    return drawing
  }
}
