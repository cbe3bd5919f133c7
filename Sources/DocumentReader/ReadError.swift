/// Why a file could not be read as a document.
public enum ReadError: Error, Hashable, Sendable {
  /// The file is larger than the reader takes; both counts in bytes.
  case tooLarge(count: Int, limit: Int)
  /// The text is longer than the reader takes; in bytes.
  case tooLong(limit: Int)
  /// The bytes are no text, and no format that is read; `kind` names what they look like, where known.
  case notText(kind: String?)
  /// A password is needed.
  case encrypted
  /// The file is broken; `what` names the part.
  case damaged(what: String)
  /// The file does what no honest file does, or is far too large inside; `what` names it.
  case unsafe(what: String)
  /// Reading took too long, or too much memory.
  case exhausted
  /// No page has a text layer; `pages` is their count.
  case scanned(pages: Int)
  /// The format needs LibreOffice, which is not installed; `kind` names the format.
  case converterMissing(kind: String)
  /// LibreOffice could not convert it.
  case notConverted(kind: String)
  /// An archive with several files where one document is wanted; `count` is how many.
  case several(count: Int)

  /// One Chinese line for people: what is wrong and what to do.
  public var message: String {
    switch self {
    case .tooLarge(_, let limit):
      "文件超过 \(limit / 1_048_576) MB 的上限。请拆成较小的文件。"
    case .tooLong(let limit):
      "文字超过 \(limit / 1_048_576) MB 的上限，约 \(limit / 30_000) 万字。请拆成较小的文件。"
    case .notText(.some(let kind)):
      "这是 \(kind) 文件，目前读不了。请另存为 Word（.docx）、PDF、文本或网页。"
    case .notText(nil):
      "认不出这是什么文件。请提供 Word（.docx）、PDF、OFD、WPS、表格、文本或网页文件。"
    case .encrypted:
      "文件设有密码，读不了。请用原程序打开，去掉密码后另存。"
    case .damaged(let what):
      "文件已损坏（\(what)）。请用原程序打开并重新保存，或重新下载。"
    case .unsafe(let what):
      "文件异常，已拒绝：\(what)。请向发文单位索取正常的文件，或另存为 PDF 后再试。"
    case .exhausted:
      "文件太复杂，在限定的时间和内存内读不完。请拆成较小的文件，或另存为 Word（.docx）。"
    case .scanned(let pages):
      "这是扫描件：\(pages) 页都没有文字层，读不出文字。请先做文字识别（OCR），或索取电子版。"
    case .converterMissing(let kind):
      "读 \(kind) 文件需要 LibreOffice，本机没有安装。请安装 libreoffice-writer，或另存为 Word（.docx）。"
    case .notConverted(let kind):
      "\(kind) 文件转换失败，可能已损坏或设有密码。请用原程序打开，另存为 Word（.docx）。"
    case .several(let count):
      "压缩包里有 \(count) 份文件，这里只能读一份。请解压后逐份给出，或用 huice split、huice index 整包处理。"
    }
  }
}
