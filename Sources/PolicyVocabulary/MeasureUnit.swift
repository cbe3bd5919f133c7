/// A unit that a figure carries (计量单位): 万元, 平方米, 人.
public struct MeasureUnit: Hashable, Sendable {
  /// Units of one family measure the same thing.
  public enum Family: String, CaseIterable, Sendable {
    /// 元, 美元
    case money
    /// %
    case percent
    /// 个百分点
    case points
    /// 倍
    case times
    /// 月, 日
    case duration
    /// 岁
    case age
    /// 人
    case person
    /// 户
    case household
    /// 家
    case firm
    /// 件, 台: counted things
    case piece
    /// 台阶: a step that is climbed
    case step
    /// 平方米, 亩
    case area
    /// 公里
    case length
    /// 千瓦时
    case energy
    /// 千瓦
    case power
    /// 吨
    case mass
    /// 立方米
    case volume
    /// TB
    case data
    /// 第3名
    case rank
    /// 分
    case score
  }

  /// What it measures.
  public let family: Family
  /// The unit as it is told: 元 of 万元, 月 of 年.
  public let name: String
  /// How many of the told unit it is: 10,000 of 万元, 0.1 of ‰.
  public let factor: ExactNumber

  /// Creates a unit.
  public init(family: Family, name: String, factor: ExactNumber) {
    self.family = family
    self.name = name
    self.factor = factor
  }
}
