public import PolicyText

/// Reads the bytes of a file as a document, whatever they hold: recognised by content, not by name.
public enum DocumentReader {
  /// The largest file that is read, in bytes.
  public static let sizeLimit = 64 * 1_048_576

  /// The longest text that is read from a file that is more than its text, in bytes: some 2.7 million characters.
  ///
  /// A text file may be as large as ``sizeLimit``: nothing in it is larger than it looks.
  public static let textLimit = 8 * 1_048_576

  /// The usual endings of the formats that are read, for finding files in folders; content decides.
  public static let endings: Set<String> = [
    "txt", "md", "markdown", "html", "htm", "mht", "mhtml", "docx", "doc", "wps", "rtf", "odt",
    "pdf", "ofd", "xlsx", "xls", "et", "ods", "csv", "zip",
  ]

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - name: The file's name without its folder; shown, and a hint where the content leaves doubt.
  /// - Returns: The visible text with the file's hints. An empty file gives an empty text.
  /// - Throws: ``ReadError`` where the file or its text is too large, damaged, protected or no document; an archive with
  ///   several files is ``ReadError/several(count:)``, see ``readAll(_:name:)``.
  public static func read(_ bytes: [UInt8], name: String) throws(ReadError) -> SourceDocument {
    try read(bytes, name: name, depth: 0)
  }

  /// Reads a file that may hold several documents: a zip archive gives each of its files.
  ///
  /// - Returns: A result for each document, in order of the archive, under `archive.zip/name`.
  /// - Throws: ``ReadError`` where the archive itself cannot be read.
  public static func readAll(
    _ bytes: [UInt8], name: String
  ) throws(ReadError) -> [(name: String, result: Result<SourceDocument, ReadError>)] {
    if bytes.count <= sizeLimit, FileFormat.isArchive(bytes) {
      let archive = try Archive(bytes)
      if case .files = FileFormat.ofArchive(archive) {
        return try ArchiveReader.documents(in: archive, name: name)
      }
    }
    return [(name, .success(try read(bytes, name: name, depth: 0)))]
  }

  /// The picture of a page of a PDF file, as PNG, drawn in a process of its own with the limits of reading.
  ///
  /// - Parameters:
  ///   - number: The page, from 1.
  ///   - bytes: The file's bytes.
  /// - Returns: The picture, nil where there is no such page, and how many pages there are.
  /// - Throws: ``ReadError`` where the file is too large, no PDF, damaged or protected, or takes too long.
  /// - Complexity: A few hundred milliseconds a page.
  public static func picture(
    ofPage number: Int, in bytes: [UInt8]
  ) throws(ReadError) -> (png: [UInt8]?, pageCount: Int) {
    guard bytes.count <= sizeLimit else {
      throw .tooLarge(count: bytes.count, limit: sizeLimit)
    }
    guard case .pdf = try FileFormat.of(bytes) else { throw .notText(kind: nil) }
    return try PDFReader.picture(ofPage: number, in: bytes)
  }

  /// Reads a file that stands in `depth` others.
  static func read(
    _ bytes: [UInt8], name: String, depth: Int, unpacking: Unpacking = Unpacking()
  ) throws(ReadError) -> SourceDocument {
    guard bytes.count <= sizeLimit else {
      throw .tooLarge(count: bytes.count, limit: sizeLimit)
    }
    guard depth < 4 else { throw .unsafe(what: "文件层层嵌套") }
    let document = try readWhole(bytes, name: name, depth: depth, unpacking)
    let isItsText = depth == 0 && ["text/plain", "text/markdown"].contains(document.mediaType)
    guard isItsText || document.text.count <= textLimit else { throw .tooLong(limit: textLimit) }
    return document
  }

  private static func readWhole(
    _ bytes: [UInt8], name: String, depth: Int, _ unpacking: Unpacking
  ) throws(ReadError) -> SourceDocument {
    switch try FileFormat.of(bytes, unpacking: unpacking) {
    case .text: return try readText(bytes, name: name, depth: depth)
    case .archive(let archive, let kind): return try read(archive, kind, bytes, name, depth)
    case .pdf: return try PDFReader.read(bytes, name: name)
    case .mht: return try MHTReader.read(bytes, name: name)
    case .converted(let ending, let kind, let target, let mediaType):
      let office = try OfficeConverter.convert(bytes, ending: ending, kind: kind, to: target)
      return try read(office, name: name, depth: depth + 1, unpacking: unpacking)
        .retyped(mediaType)
    case .unread(let kind): throw .notText(kind: kind)
    }
  }

  private static func read(
    _ archive: Archive, _ kind: FileFormat.Archived, _ bytes: [UInt8], _ name: String, _ depth: Int
  ) throws(ReadError) -> SourceDocument {
    switch kind {
    case .docx: return try DocxReader.read(archive, name: name, depth: depth)
    case .xlsx: return try XlsxReader.read(archive, name: name)
    case .ofd: return try OFDReader.read(archive, name: name)
    case .openDocument(let ending, let kind, let target, let mediaType):
      try archive.holdUnpacked(to: 4 * textLimit)
      let office = try OfficeConverter.convert(bytes, ending: ending, kind: kind, to: target)
      return try read(office, name: name, depth: depth + 1, unpacking: archive.unpacking)
        .retyped(mediaType)
    case .unread(let kind): throw .notText(kind: kind)
    case .files:
      // Several files are told by their names: none of them is unpacked for that.
      let count = ArchiveReader.candidates(in: archive).count
      guard count <= 1 else { throw .several(count: count) }
      let documents = try ArchiveReader.documents(in: archive, name: name, depth: depth)
      guard let only = documents.first else { throw .notText(kind: "没有文档的压缩包") }
      return try only.result.get()
    }
  }

  private static func readText(
    _ bytes: [UInt8], name: String, depth: Int
  ) throws(ReadError) -> SourceDocument {
    guard let decoded = TextDecoder.decode(bytes) else { throw .notText(kind: nil) }
    if HTMLReader.recognises(decoded.text, name: name) {
      return try HTMLReader.read(decoded, name: name)
    }
    guard depth == 0 || decoded.text.count <= textLimit else { throw .tooLong(limit: textLimit) }
    if CSVReader.recognises(decoded.text, name: name) {
      guard decoded.text.count <= textLimit else { throw .tooLong(limit: textLimit) }
      return CSVReader.read(decoded, name: name)
    }
    let isMarkdown = MarkdownReader.recognises(name: name)
    return SourceDocument(
      name: name, mediaType: isMarkdown ? "text/markdown" : "text/plain",
      encoding: decoded.encoding, text: decoded.text,
      markup: MarkdownReader.markup(in: decoded.text, isMarkdown: isMarkdown),
      isRepaired: decoded.isRepaired)
  }
}

extension SourceDocument {
  /// The document under the media type of the file that it was converted from.
  func retyped(_ mediaType: String) -> SourceDocument {
    SourceDocument(
      name: name, mediaType: mediaType, encoding: encoding, text: text, markup: markup,
      blocks: blocks, address: address, isRepaired: isRepaired, findings: findings)
  }
}
