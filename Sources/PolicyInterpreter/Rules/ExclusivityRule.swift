public import PolicyText

/// What a document says on taking several benefits at once (不重复享受).
public struct ExclusivityRule: Hashable, Sendable {
  /// What happens where several apply.
  public enum Effect: String, Hashable, Sendable {
    /// 就高不重复: the highest only
    case highest
    /// 不重复享受: one only
    case once
    /// 补足差额: up to the higher
    case difference
    /// 可叠加享受: all of them
    case stackable
  }

  /// Over what the rule counts.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// 同一企业
    case firm
    /// 同一项目
    case project
    /// 同一事项, 同类政策
    case matter
    /// 同一年度
    case year
  }

  /// What happens.
  public var effect: Effect
  /// Over what it counts; empty where nothing is said.
  public var scopes: [Scope]
  /// The clause for whose items it holds; empty for the whole document.
  public var clause: String
  /// The sentence.
  public var range: ByteRange
}
