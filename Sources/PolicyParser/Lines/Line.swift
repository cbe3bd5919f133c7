public import PolicyText

/// What a line of a document is (公文要素).
public enum LineRole: String, Hashable, Sendable {
  case blank
  /// 栏目、导航、版权: the page around the document.
  case furniture
  /// 发布时间、来源、索引号: what the page says about the document.
  case pageInfo
  /// The body, printed a second time.
  case repeated
  /// 发文机关标志
  case letterhead
  /// 发文字号
  case documentNumber
  /// 标题
  case title
  /// 主送机关
  case addressees
  /// 目录
  case contents
  /// 正文
  case body
  /// 发文机关署名
  case signature
  /// 成文日期
  case date
  /// 附注: 此件公开发布, 联系人
  case annotation
  /// 附件说明
  case enclosureNote
  /// 附件 1: the sign that stands over an enclosure
  case enclosureMark
  /// 版记: 抄送, 印发
  case imprint
}

/// One physical line of the text.
///
/// The lines of a document, each with its line break, tile the text.
public struct Line: Hashable, Sendable {
  /// What it is.
  public var role: LineRole
  /// From its first byte through its line break.
  public var range: ByteRange
}

/// A line while the document is being read, in scalars of the match text.
struct LineDraft {
  /// Without white space at the ends.
  var content: Range<Int>
  var role: LineRole
  /// The file says: furniture of the page.
  var isFurniture = false
  /// The file says: a heading of this level.
  var heading: Int?
  var isCentred = false
  var isCell = false
  var isFootnote = false
  /// It stands in a table that states policy.
  var isTabled = false

  var isBlank: Bool { content.isEmpty }
}
