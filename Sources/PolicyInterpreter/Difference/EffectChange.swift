public import PolicyText

/// A change in what a firm obtains, on which conditions, or until when (实质变化).
public struct EffectChange: Hashable, Sendable {
  /// What changes.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    /// 事项: a benefit that comes or goes as a whole
    case item
    /// 标准: a fixed sum, a range of sums
    case amount
    /// 单位标准: so much for each
    case perUnit
    /// 上限
    case cap
    /// 比例
    case rate
    /// 减免, a service, 一事一议
    case support
    /// 条件
    case condition
    /// 兑现方式
    case claimMode
    /// 申报时间
    case window
    /// 办结时限
    case limit
    /// 施行日期
    case effectiveFrom
    /// 有效期: the last day in force
    case effectiveUntil

    /// The Chinese name.
    public var name: String {
      switch self {
      case .item: "事项"
      case .amount: "标准"
      case .perUnit: "单位标准"
      case .cap: "上限"
      case .rate: "比例"
      case .support: "支持方式"
      case .condition: "条件"
      case .claimMode: "兑现方式"
      case .window: "申报时间"
      case .limit: "办结时限"
      case .effectiveFrom: "施行日期"
      case .effectiveUntil: "有效期"
      }
    }
  }

  /// A value in one version.
  public struct Side: Hashable, Sendable {
    /// The normalised value, as pages show it: `300万元`, `8%`, `2028-05-31`.
    public let value: String
    /// The words it was read from; nil where it was made of several places.
    public let range: ByteRange?
  }

  /// What changes.
  public let subject: Subject
  /// The name of the item it concerns; empty for the whole document.
  public let item: String
  /// The old value; nil where there was none.
  public let old: Side?
  /// The new value; nil where there is none.
  public let new: Side?

  /// The change in one line: 上限 300万元 → 500万元.
  public var inChinese: String {
    switch (old, new) {
    case (let old?, let new?) where subject == .effectiveUntil:
      "有效期\(old.value < new.value ? "延至" : "缩至") \(new.value)（原 \(old.value)）"
    case (let old?, let new?): "\(subject.name) \(old.value) → \(new.value)"
    case (nil, let new?): "新增\(subject.name) \(new.value)"
    case (let old?, nil): "取消\(subject.name) \(old.value)"
    case (nil, nil): subject.name
    }
  }
}
