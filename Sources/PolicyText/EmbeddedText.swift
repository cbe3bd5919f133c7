private import EmbeddedFiles

/// A text file that travels in the program, by its path below Sources/EmbeddedFiles.
///
/// - Returns: The file's text; empty where there is none of that path.
package func embeddedText(_ path: String) -> String {
  var count = 0
  guard let bytes = embedded_file(path, &count) else { return "" }
  return bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
    String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
  }
}
