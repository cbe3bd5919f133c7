private import CSandbox
internal import PolicyText

/// Converts formats that only office programs know (.doc, .wps, .rtf, .odt, .xls) through LibreOffice, where it
/// is installed: without a shell, in an empty folder, without a network, with limits.
enum OfficeConverter {
  /// What a format is converted to.
  enum Target {
    case document
    case sheet
  }

  private static let limits = csandbox_limits(
    milliseconds: 25_000, memory: 320 * 1_048_576, output: 128 * 1_048_576)

  /// Where LibreOffice may be.
  private static let programs = [
    "/usr/bin/soffice", "/usr/local/bin/soffice", "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
  ]

  /// Converts a file to .docx or .xlsx.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - ending: The usual ending of its format, as `doc`.
  ///   - kind: What people call the format.
  ///   - target: What to convert to.
  /// - Returns: The converted file.
  /// - Throws: ``ReadError/converterMissing(kind:)``, ``ReadError/notConverted(kind:)``, ``ReadError/exhausted``.
  static func convert(
    _ bytes: [UInt8], ending: String, kind: String, to target: Target
  ) throws(ReadError) -> [UInt8] {
    let (filter, wanted) =
      switch target {
      case .document: ("docx:MS Word 2007 XML", "docx")
      case .sheet: ("xlsx:Calc MS Excel 2007 XML", "xlsx")
      }
    var isInstalled = false
    for program in programs {
      let result = bytes.withUnsafeBytes { raw -> csandbox_result? in
        guard let start = raw.baseAddress else { return nil }
        return csandbox_convert(program, start, Int64(raw.count), ending, filter, wanted, limits)
      }
      guard let result else { throw .notConverted(kind: kind) }
      defer { csandbox_free(result) }
      switch result.status {
      case CSANDBOX_OK:
        guard let start = result.bytes else { throw .notConverted(kind: kind) }
        return Array(UnsafeBufferPointer(start: start, count: Int(result.count)))
      case CSANDBOX_FAILED where result.code == 127: continue
      case CSANDBOX_TIME, CSANDBOX_OUTPUT: throw .exhausted
      default: isInstalled = true
      }
      if isInstalled { throw .notConverted(kind: kind) }
    }
    throw .converterMissing(kind: kind)
  }
}

extension DocumentReader {
  /// Removes what conversions left in the temporary folder whose program was killed: a file of somebody must not stay.
  ///
  /// Each conversion does so too. What a process that is there works with is left alone.
  public static func removeLeftovers() { csandbox_clean() }
}
