private import CICU

/// ICU's word boundaries (locale zh) over UTF-16 text.
///
/// Not `Sendable`: one ICU iterator belongs to one task or one database connection.
final class WordBreaker {
  /// Why ICU cannot find boundaries; nil where it can.
  ///
  /// Tried once.
  static let failure: SegmenterError? = {
    var status: Int32 = 0
    guard let words = cicu_words_open("zh", &status) else { return SegmenterError(status: status) }
    cicu_words_close(words)
    return nil
  }()

  /// Opened when the first text comes: not every question needs it.
  private lazy var words: OpaquePointer? = {
    var status: Int32 = 0
    return cicu_words_open("zh", &status)
  }()
  private var isOpened = false
  private var ends: [Int32] = []
  private var flags: [UInt8] = []

  /// Makes a breaker; its iterator is opened with the first text, in about 5 µs.
  init() throws(SegmenterError) {
    if let failure = Self.failure { throw failure }
  }

  deinit {
    if isOpened, let words { cicu_words_close(words) }
  }

  /// Calls `body` with each segment's end and whether it is a word; the segments tile the text.
  func forEachSegment(in text: [UInt16], _ body: (_ end: Int, _ isWord: Bool) -> Void) {
    guard !text.isEmpty else { return }
    if ends.count < text.count {
      ends = [Int32](repeating: 0, count: text.count)
      flags = [UInt8](repeating: 0, count: text.count)
    }
    isOpened = true
    let found =
      words.map { Int(cicu_words_break($0, text, Int32(text.count), &ends, &flags)) } ?? 0
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
