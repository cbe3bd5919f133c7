/// Something a reader of the document should know: what was missing, unexpected or ambiguous.
public struct Diagnostic: Hashable, Sendable {
  /// How much trust the finding takes from the result.
  public enum Severity: String, Hashable, Sendable {
    /// The result may be wrong here: look at it.
    case warning
    /// Worth knowing; the result is not in doubt.
    case note
  }

  /// The stable name of the finding.
  public let code: DiagnosticCode
  /// How much it matters.
  public let severity: Severity
  /// Where it is; empty, at the place where it was expected, for what is missing.
  public let range: ByteRange
  /// The facts of the finding, for its message: a label, a number, a name.
  public let detail: String

  /// Creates a finding.
  public init(
    _ code: DiagnosticCode, _ severity: Severity, at range: ByteRange, detail: String = ""
  ) {
    self.code = code
    self.severity = severity
    self.range = range
    self.detail = detail
  }
}

/// The stable kebab-case names of all findings, with their wording for Chinese readers.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  case numberingGap = "numbering-gap"
  case numberingRepeat = "numbering-repeat"
  case numberingStart = "numbering-start"
  case missingTitle = "missing-title"
  case missingIssuer = "missing-issuer"
  case missingNumber = "missing-document-number"
  case missingDate = "missing-date"
  case derivedTitle = "derived-title"
  case derivedRegion = "derived-region"
  case repeatedBody = "repeated-body"
  case pageFurniture = "page-furniture"
  case unbalancedTitleMarks = "unbalanced-title-marks"
  case missingReference = "missing-reference"
  case repairedEncoding = "repaired-encoding"
  case emptyDocument = "empty-document"
  case noClauses = "no-clauses"
  case trackedChanges = "tracked-changes"
  case scannedPages = "scanned-pages"
  case signaturePresent = "signature-present"
  case attachments = "attachments"

  /// The message for a reader: what was found; `detail` names the case.
  public func message(_ detail: String) -> String {
    switch self {
    case .numberingGap: "编号不连续：\(detail)"
    case .numberingRepeat: "编号重复：\(detail)"
    case .numberingStart: "编号不是从一开始：\(detail)"
    case .missingTitle: "没有找到标题"
    case .missingIssuer: "没有找到发文机关"
    case .missingNumber: "没有找到发文字号"
    case .missingDate: "没有找到成文日期"
    case .derivedTitle: "标题不在文中，由正文推定：\(detail)"
    case .derivedRegion: "地区由文中地名推定：\(detail)"
    case .repeatedBody: "同一正文在页面上出现两次，只解析一次"
    case .pageFurniture: "网页栏目等非正文内容，共 \(detail) 行"
    case .unbalancedTitleMarks: "书名号不成对"
    case .missingReference: "文中没有所指的\(detail)"
    case .repairedEncoding: "有无法识别的字节，已用替代符号表示"
    case .emptyDocument: "文件没有文字"
    case .noClauses: "没有找到条款编号，按段落处理"
    case .trackedChanges: "文件带有修订痕迹，按全部接受处理：\(detail)"
    case .scannedPages: "没有文字层的页（扫描件），未读出文字：第 \(detail) 页"
    case .signaturePresent: "文件带有电子签章，未验证：\(detail)"
    case .attachments: "文件带有附件，未读：\(detail)"
    }
  }
}

/// A result that always exists, with what was found on the way.
public struct Parsed<Value: Sendable>: Sendable {
  /// As much as could be made of the text.
  public var value: Value
  /// The findings, in source order.
  public var diagnostics: [Diagnostic]

  /// Pairs a value with its findings.
  public init(_ value: Value, _ diagnostics: [Diagnostic] = []) {
    self.value = value
    self.diagnostics = diagnostics
  }
}
