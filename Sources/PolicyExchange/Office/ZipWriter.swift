private import CZIP
private import Glibc

/// Writes a zip archive in memory; the same files give the same bytes.
public enum ZipWriter {
  /// An archive that could not be made: no memory, or a name twice.
  public struct Failure: Error, Hashable, Sendable {}

  /// The archive of some files, in order.
  ///
  /// - Parameter files: Path within the archive and bytes; a path may not stand twice.
  /// - Returns: The archive's bytes.
  /// - Throws: ``Failure`` where there is no memory, or a path stands twice.
  public static func archive(
    _ files: [(name: String, bytes: [UInt8])]
  ) throws(Failure) -> [UInt8] {
    guard let writer = czip_writer_new() else { throw Failure() }
    var isWhole = true
    for (name, bytes) in files where isWhole {
      isWhole = bytes.withUnsafeBytes { raw in
        czip_writer_add(writer, name, raw.baseAddress, Int64(raw.count)) == 0
      }
    }
    var count: Int64 = 0
    guard let start = czip_writer_end(writer, &count) else { throw Failure() }
    defer { free(start) }
    guard isWhole else { throw Failure() }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
  }
}
