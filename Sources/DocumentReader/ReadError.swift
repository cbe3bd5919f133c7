/// Why a file could not be read as a document.
public enum ReadError: Error, Hashable, Sendable {
  /// The file is larger than the reader takes; both counts in bytes.
  case tooLarge(count: Int, limit: Int)
  /// The bytes are no text, and no format that is read; `kind` names what they look like, where known.
  case notText(kind: String?)

  /// One Chinese line for people: what is wrong and what to do.
  public var message: String {
    switch self {
    case .tooLarge(_, let limit):
      "文件超过 \(limit / 1_048_576) MB 的上限。请拆成较小的文件。"
    case .notText(.some(let kind)):
      "这是 \(kind) 文件，目前读不了。请另存为文本、Markdown 或网页（HTML）。"
    case .notText(nil):
      "这不是文本文件。请提供文本、Markdown 或网页（HTML）文件。"
    }
  }
}
