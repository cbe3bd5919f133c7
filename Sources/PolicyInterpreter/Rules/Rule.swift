/// The rule that read a value from the text, by its stable name.
///
/// Staff see it beside the value: it says why the program thinks so, and where to look when it is wrong.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  case grantingSentence = "granting-sentence"
  case amountInSentence = "amount-in-sentence"
  case wordsBeforeGrant = "words-before-grant"
  case parallelList = "parallel-list"
  case sectionHeading = "section-heading"
  case labelledParagraph = "labelled-paragraph"
  case inheritedSection = "inherited-section"
  case excludingSentence = "excluding-sentence"
  case documentHead = "document-head"
  case documentContact = "document-contact"
  case clauseUnits = "clause-units"
  case headingAndForm = "heading-and-form"
  case audienceAndForm = "audience-and-form"
  case windowWords = "window-words"
  case limitWords = "limit-words"
  case claimWords = "claim-words"
  case addressInText = "address-in-text"
  case tagWords = "tag-words"
  case supportForms = "support-forms"
  case tableCell = "table-cell"
  case silent = "silent"
  case correctedByHand = "corrected-by-hand"

  /// What the rule goes by, for Chinese readers.
  public var explanation: String {
    switch self {
    case .grantingSentence: "句中写明给予支持"
    case .amountInSentence: "句中的金额或比例"
    case .wordsBeforeGrant: "“给予”之前的对象与条件"
    case .parallelList: "并列的档次与金额一一对应"
    case .sectionHeading: "标题表明内容的章节"
    case .labelledParagraph: "“名称：内容”形式的段落"
    case .inheritedSection: "全文或上级章节的共同规定"
    case .excludingSentence: "写明不予支持的情形"
    case .documentHead: "文件的标题、文号和日期"
    case .documentContact: "文中的联系方式"
    case .clauseUnits: "条款写明的责任单位"
    case .headingAndForm: "由条款标题和支持方式推定"
    case .audienceAndForm: "由支持对象和支持方式推定"
    case .windowWords: "写明申报时间的句子"
    case .limitWords: "写明办理期限的句子"
    case .claimWords: "写明兑现方式的词"
    case .addressInText: "文中的网址"
    case .tagWords: "文中的分类用词"
    case .supportForms: "由支持方式推定"
    case .tableCell: "表格中的单元格"
    case .silent: "文中未载明"
    case .correctedByHand: "人工修改"
    }
  }
}

/// How sure a value is (置信类别): what staff have to look at.
public enum Confidence: String, Hashable, Sendable, CaseIterable, Comparable {
  /// 规则确定: a rule that leaves no choice
  case certain
  /// 需复核: a rule that may be wrong here, or a value made of several places
  case review
  /// 文中未载明: the text does not say
  case absent

  /// The Chinese name, as pages show it.
  public var name: String {
    switch self {
    case .certain: "规则确定"
    case .review: "需复核"
    case .absent: "文中未载明"
    }
  }

  /// The surer first.
  public static func < (left: Self, right: Self) -> Bool {
    func rank(_ confidence: Self) -> Int { allCases.firstIndex(of: confidence) ?? 0 }
    return rank(left) < rank(right)
  }
}
