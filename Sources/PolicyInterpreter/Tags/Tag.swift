public import PolicyText

/// A label of an item on one axis (政策标签), with the words that gave it.
public struct Tag: Hashable, Sendable {
  /// What the label is about.
  public enum Axis: String, Hashable, Sendable, CaseIterable {
    /// 政策种类: 政府补贴、政府奖励、税收优惠…
    case kind
    /// 事项类别: 减免类、奖补类、权益类、资质类
    case category
    /// 领域: 产业培育、要素保障…
    case field
    /// 扶持方式: 奖励、补助、贴息、减免…
    case form
    /// 兑现方式: 免申即享、即申即享、申报享受
    case claim
    /// 支持行业: sections of GB/T 4754—2017
    case industry
    /// 企业规模: 大型、中小微、规模以上…
    case size
    /// 主体类型: 企业、个体工商户…
    case subject

    /// The Chinese name, as pages show it.
    public var name: String {
      switch self {
      case .kind: "政策种类"
      case .category: "事项类别"
      case .field: "政策主题"
      case .form: "扶持方式"
      case .claim: "兑现方式"
      case .industry: "支持行业"
      case .size: "企业规模"
      case .subject: "主体类型"
      }
    }
  }

  /// What it is about.
  public var axis: Axis
  /// The label.
  public var value: String
  /// The words that gave it; nil where it follows from the form of support.
  public var range: ByteRange?
  /// The rule that gave it.
  public var rule: Rule
  /// How sure it is.
  public var confidence: Confidence
}
