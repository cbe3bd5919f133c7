internal import PolicyText

/// What a file is, by its content.
enum FileFormat {
  /// What an archive of an office format is.
  enum Archived {
    case docx
    case xlsx
    case ofd
    /// A format of OpenDocument, through LibreOffice.
    case openDocument(
      ending: String, kind: String, target: OfficeConverter.Target, mediaType: String)
    case files
    case unread(kind: String)
  }

  case text
  case pdf
  case mht
  case archive(Archive, Archived)
  /// A format that LibreOffice converts.
  case converted(ending: String, kind: String, target: OfficeConverter.Target, mediaType: String)
  case unread(kind: String)

  /// Whether the bytes begin as a zip archive.
  static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// Recognises a file.
  ///
  /// - Throws: ``ReadError`` for an archive that cannot be opened and for protected files.
  static func of(
    _ bytes: [UInt8], unpacking: Unpacking = Unpacking()
  ) throws(ReadError) -> FileFormat {
    if isArchive(bytes) {
      let archive = try Archive(bytes, unpacking: unpacking)
      return .archive(archive, ofArchive(archive))
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return try ofCompound(bytes)
    }
    // The sign of a PDF file may stand after some bytes of its own.
    if holds("%PDF-", in: bytes.prefix(1_024)) { return .pdf }
    if bytes.starts(with: Array("{\\rtf".utf8)) {
      return .converted(
        ending: "rtf", kind: "RTF", target: .document, mediaType: "application/rtf")
    }
    if let kind = picture(bytes) { return .unread(kind: kind) }
    if MHTReader.recognises(bytes) { return .mht }
    return .text
  }

  private static func picture(_ bytes: [UInt8]) -> String? {
    let signatures: [([UInt8], String)] = [
      ([0x89, 0x50, 0x4E, 0x47], "图片"), ([0xFF, 0xD8, 0xFF], "图片"), (Array("GIF8".utf8), "图片"),
      ([0x49, 0x49, 0x2A, 0x00], "图片"), ([0x4D, 0x4D, 0x00, 0x2A], "图片"),
      (Array("Rar!".utf8), "RAR 压缩包"), ([0x1F, 0x8B], "压缩包"),
      ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩包"), ([0x7F, 0x45, 0x4C, 0x46], "程序"),
      (Array("MZ".utf8) + [0x90], "程序"),
    ]
    return signatures.first { bytes.starts(with: $0.0) }?.1
  }

  /// What an archive holds.
  static func ofArchive(_ archive: Archive) -> Archived {
    if archive.has("OFD.xml") { return .ofd }
    if archive.has("[Content_Types].xml") {
      if archive.has("word/document.xml") { return .docx }
      if archive.has("xl/workbook.xml") { return .xlsx }
      if archive.has("ppt/presentation.xml") { return .unread(kind: "演示文稿（PowerPoint）") }
      let main = (try? DocxReader.mainPart(of: archive)) ?? ""
      if archive.has(main), main.hasSuffix(".xml") { return .docx }
    }
    if let entry = archive.entry("mimetype"), entry.size < 200,
      let bytes = try? archive.read(entry)
    {
      let type = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
      switch type {
      case "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text-template":
        return .openDocument(ending: "odt", kind: "ODT", target: .document, mediaType: type)
      case "application/vnd.oasis.opendocument.spreadsheet":
        return .openDocument(ending: "ods", kind: "ODS", target: .sheet, mediaType: type)
      case _ where type.hasPrefix("application/vnd.oasis"):
        return .unread(kind: "OpenDocument 图形或演示")
      case "application/epub+zip": return .unread(kind: "电子书（EPUB）")
      default: break
      }
    }
    return .files
  }

  /// A compound file (OLE): an old Word, WPS or Excel file, or a new one under a password.
  private static func ofCompound(_ bytes: [UInt8]) throws(ReadError) -> FileFormat {
    if holds(wide("EncryptedPackage"), in: bytes[...]) { throw .encrypted }
    if holds(wide("WordDocument"), in: bytes[...]) {
      return .converted(
        ending: "doc", kind: "旧版 Word、WPS", target: .document, mediaType: "application/msword")
    }
    if holds(wide("Workbook"), in: bytes[...]) || holds(wide("Book"), in: bytes[...]) {
      return .converted(
        ending: "xls", kind: "旧版 Excel", target: .sheet, mediaType: "application/vnd.ms-excel")
    }
    if holds(wide("PowerPoint Document"), in: bytes[...]) { return .unread(kind: "演示文稿") }
    if holds(wide("CONTENTS"), in: bytes[...]) {
      return .converted(
        ending: "wps", kind: "WPS", target: .document, mediaType: "application/vnd.ms-works")
    }
    throw .damaged(what: "旧版 Word、WPS 或 Excel 的结构")
  }

  /// Names in a compound file are UTF-16.
  private static func wide(_ name: String) -> [UInt8] { name.utf8.flatMap { [$0, 0] } }

  private static func holds(_ literal: String, in bytes: ArraySlice<UInt8>) -> Bool {
    holds(Array(literal.utf8), in: bytes)
  }

  private static func holds(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    return bytes.withUnsafeBufferPointer { buffer in
      for at in 0...(buffer.count - wanted.count) where buffer[at] == first {
        var same = 1
        while same < wanted.count, buffer[at + same] == wanted[same] { same += 1 }
        if same == wanted.count { return true }
      }
      return false
    }
  }
}
