/// Gives each document of a run a folder name of its own that every system takes.
public struct FolderNames: Sendable {
  private var used: Set<String> = []

  /// Begins without a name.
  public init() {}

  /// A name for a document: `下载/通知.docx` becomes `通知`, a second one `通知-2`.
  ///
  /// What a path could be made of (`/`, `\`, `:`, control characters, dots at the ends) does not stand in it; it has at
  /// most 160 bytes.
  public mutating func name(of file: String) -> String {
    let last = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    var stem = last[...]
    if let dot = last.lastIndex(of: "."), dot > last.startIndex { stem = last[..<dot] }
    let safe = Self.safe(stem)
    var name = safe
    var count = 1
    // Systems that do not tell a from A must not mix two documents.
    while !used.insert(name.lowercased()).inserted {
      count += 1
      name = "\(safe)-\(count)"
    }
    return name
  }

  private static func safe(_ words: Substring) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      guard result.utf8.count + 4 <= 160 else { break }
      let isBad =
        "/\\:*?\"<>|".unicodeScalars.contains(scalar) || scalar.value < 0x20
        || scalar.value == 0x7F || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .lineSeparator
        || scalar.properties.generalCategory == .paragraphSeparator
      result.unicodeScalars.append(isBad ? "_" : scalar)
    }
    while let last = result.last, last == "." || last == " " { result.removeLast() }
    while let first = result.first, first == "." || first == " " { result.removeFirst() }
    let devices = ["con", "prn", "aux", "nul"]
    if result.isEmpty { return "文件" }
    return devices.contains(result.lowercased()) ? result + "_" : result
  }
}
