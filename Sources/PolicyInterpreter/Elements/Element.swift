public import PolicyText

/// One element of an item as office lists name it, with the words it was read from.
public struct Element: Hashable, Sendable {
  /// Which element it is: the canonical key of the columns of all lists.
  public enum Key: String, Hashable, Sendable, CaseIterable {
    /// 事项名称
    case name
    /// 事项依据
    case basis
    /// 事项内容, 支持内容
    case content
    /// 适用对象, 支持范围
    case audience
    /// 适用时间
    case validity
    /// 申请条件, 办理条件
    case conditions
    /// 申请材料
    case materials
    /// 申请方式
    case channel
    /// 办结时限, 办理时限
    case limit
    /// 政策分类
    case category
    /// 公布网址
    case url
    /// 执行部门, 责任部门, 实施部门
    case department
    /// 联系人
    case contact
    /// 联系方式, 咨询电话
    case phone
    /// 支持行业
    case industries
    /// 兑现流程
    case process
    /// 申报时间
    case window
  }

  /// Which element it is.
  public var key: Key
  /// The normalised value; empty where the text is silent.
  public var value: String
  /// The words it was read from, in order; empty where it was made of several places.
  public var ranges: [ByteRange]
  /// The rule that read it.
  public var rule: Rule
  /// How sure it is.
  public var confidence: Confidence

  /// Whether the text does not say it (文中未载明).
  public var isAbsent: Bool { confidence == .absent }

  /// Whether a person set the value in place of what was read (人工修改).
  public var isCorrected: Bool { rule == .correctedByHand }

  /// The element with a value that a person set: no words of the text stand behind it.
  public func corrected(to value: String) -> Element {
    Element(key: key, value: value, ranges: [], rule: .correctedByHand, confidence: .certain)
  }

  /// An element that the text does not state.
  static func absent(_ key: Key) -> Element {
    Element(key: key, value: "", ranges: [], rule: .silent, confidence: .absent)
  }
}

/// A list that offices fill: which elements it has, by which names.
public struct ElementList: Hashable, Sendable {
  /// The list's own name.
  public let name: String
  /// Its columns in order.
  public let columns: [Column]

  /// One column.
  public struct Column: Hashable, Sendable {
    /// The element.
    public let key: Element.Key
    /// What this list calls it.
    public let name: String
  }

  private init(_ name: String, _ columns: [(Element.Key, String)]) {
    self.name = name
    self.columns = columns.map { Column(key: $0.0, name: $0.1) }
  }

  /// 惠企政策兑现事项清单: fourteen elements.
  public static let fulfilment = ElementList(
    "惠企政策兑现事项清单",
    [
      (.name, "事项名称"), (.basis, "事项依据"), (.content, "事项内容"), (.audience, "适用对象"),
      (.validity, "适用时间"), (.conditions, "申请条件"), (.materials, "申请材料"), (.channel, "申请方式"),
      (.limit, "办结时限"), (.category, "政策分类"), (.url, "公布网址"), (.department, "执行部门"),
      (.contact, "联系人"), (.phone, "联系方式"),
    ])

  /// 服务指南: nine elements.
  public static let guide = ElementList(
    "服务指南",
    [
      (.name, "事项名称"), (.basis, "依据"), (.conditions, "条件"), (.industries, "支持行业"),
      (.materials, "申请材料"), (.limit, "办理时限"), (.process, "兑现流程"), (.department, "实施部门"),
      (.phone, "咨询电话"),
    ])

  /// 政策解读: seven elements.
  public static let reading = ElementList(
    "政策解读",
    [
      (.name, "政策兑现事项名称"), (.content, "支持内容"), (.department, "责任部门"), (.audience, "支持范围"),
      (.conditions, "办理条件"), (.process, "兑现流程"), (.phone, "咨询电话"),
    ])
}
