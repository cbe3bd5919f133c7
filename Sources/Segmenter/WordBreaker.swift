private import CICU

/// ICU's word boundaries (locale zh) over UTF-16 text.
///
/// Not `Sendable`: one ICU iterator belongs to one task or one database connection.
final class WordBreaker {
  private let words: OpaquePointer
  private var ends: [Int32] = []
  private var flags: [UInt8] = []

  /// Opens an iterator; about 5 µs.
  init() throws(SegmenterError) {
    var status: Int32 = 0
    guard let words = cicu_words_open("zh", &status) else {
      throw SegmenterError(status: status)
    }
    self.words = words
  }

  deinit { cicu_words_close(words) }

  /// Calls `body` with each segment's end and whether it is a word; the segments tile the text.
  func forEachSegment(in text: [UInt16], _ body: (_ end: Int, _ isWord: Bool) -> Void) {
    guard !text.isEmpty else { return }
    if ends.count < text.count {
      ends = [Int32](repeating: 0, count: text.count)
      flags = [UInt8](repeating: 0, count: text.count)
    }
    let found = Int(cicu_words_break(words, text, Int32(text.count), &ends, &flags))
    guard found > 0 else {
      body(text.count, true)
      return
    }
    for index in 0..<found { body(Int(ends[index]), flags[index] != 0) }
  }
}

/// ICU could not open what segmentation needs: its data files are missing or damaged.
public struct SegmenterError: Error, Hashable, Sendable {
  /// ICU's `UErrorCode`; positive is a failure.
  public let status: Int32
}

/// The version of the ICU library in use, as `72.1`.
public var icuVersion: String { String(cString: cicu_version()) }
