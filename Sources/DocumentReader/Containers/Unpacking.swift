/// What was unpacked of a file and of all archives in it, however deep: its bounds hold for the whole tree of them.
///
/// What counts is the work, not what is kept: an archive of archives can cost its size many times over and leave nothing.
final class Unpacking {
  /// The most that is unpacked in all, in bytes.
  static let limit = 384 * 1_048_576
  /// How many files in it may take too long before the rest is left.
  static let mostExhausted = 3

  private var left = limit
  private var exhausted = 0
  /// Whether a bound was met: what is left of the file is not read.
  private(set) var isSpent = false

  /// Notes that so many bytes are unpacked.
  ///
  /// - Throws: ``ReadError/unsafe(what:)`` where it is too much in all.
  func spend(_ count: Int) throws(ReadError) {
    guard count <= left else {
      isSpent = true
      throw .unsafe(what: "压缩包逐层解压后超过 \(Self.limit / 1_048_576) MB")
    }
    left -= count
  }

  /// Notes that a file took too long.
  ///
  /// - Throws: ``ReadError/exhausted`` where it is not the first.
  func noteExhausted() throws(ReadError) {
    exhausted += 1
    if exhausted >= Self.mostExhausted {
      isSpent = true
      throw .exhausted
    }
  }
}
