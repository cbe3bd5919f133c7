/// What a reader made of one file: its visible text, and what the file says about the text's form.
public struct SourceDocument: Sendable {
  /// The file's name without its folder, as `keji-chuangxin.txt`.
  public let name: String
  /// The media type that the content was recognised as, as `text/html`.
  public let mediaType: String
  /// The encoding that the bytes were read as, in lower case, as `gb18030`.
  public let encoding: String
  /// The visible text.
  public let text: SourceText
  /// Signs in ``text`` that stand for form and not for words (`**`, `#`), in order, not overlapping.
  public let markup: [ByteRange]
  /// What the file says about stretches of ``text``, in order; empty for plain text.
  public let blocks: [TextBlock]
  /// The address the page names as its own, where it does.
  public let address: String?
  /// Whether bytes that no encoding explains were replaced.
  public let isRepaired: Bool
  /// What the reader noted about the file: tracked changes that it accepted, pages without text, signatures.
  public let findings: [Diagnostic]

  /// Creates a document from its parts.
  public init(
    name: String, mediaType: String, encoding: String, text: SourceText,
    markup: [ByteRange] = [], blocks: [TextBlock] = [], address: String? = nil,
    isRepaired: Bool = false, findings: [Diagnostic] = []
  ) {
    self.name = name
    self.mediaType = mediaType
    self.encoding = encoding
    self.text = text
    self.markup = markup
    self.blocks = blocks
    self.address = address
    self.isRepaired = isRepaired
    self.findings = findings
  }
}

/// A hint from the file about a stretch of its text.
public struct TextBlock: Hashable, Sendable {
  /// What the file says the stretch is.
  public enum Kind: Hashable, Sendable {
    /// The page's title (`<title>`): names the page, is no part of its text.
    case pageTitle
    /// A heading, 1 to 6.
    case heading(Int)
    /// Navigation, header, footer, buttons: the page's furniture (栏目、导航、版权).
    case furniture
    /// One cell of a table.
    case tableCell
    /// Text in the middle of its line.
    case centred
    /// A table, from its first row to its last.
    case table
    /// One row of a table: the cells in it are ``tableCell``s.
    case tableRow
    /// A page of the file, by its number from 1; a paragraph may begin on one and end on the next.
    case page(Int)
    /// A note at the foot of a page (脚注) or at the end.
    case footnote
  }

  /// What it is.
  public let kind: Kind
  /// Where it is.
  public let range: ByteRange

  /// Creates a hint.
  public init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}
