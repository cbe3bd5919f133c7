import PolicyText
package import PolicyVocabulary

/// How a figure is compared.
package enum Comparator: String, Hashable, Sendable {
  /// 不低于, 以上
  case atLeast = ">="
  /// 超过
  case moreThan = ">"
  /// 不超过, 以下
  case atMost = "<="
  /// 不足
  case lessThan = "<"
  /// 为
  case equal = "="

  init?(_ feature: WordFeature?) {
    switch feature {
    case .atLeast: self = .atLeast
    case .moreThan: self = .moreThan
    case .atMost: self = .atMost
    case .lessThan: self = .lessThan
    case .equal: self = .equal
    default: return nil
    }
  }

  /// The comparator with the remark （含） or （不含） behind its figure.
  func including(_ isIncluded: Bool?) -> Self {
    switch (self, isIncluded) {
    case (.moreThan, true): .atLeast
    case (.lessThan, true): .atMost
    case (.atLeast, false): .moreThan
    case (.atMost, false): .lessThan
    default: self
    }
  }
}

/// A number with its unit, as it stands in the text (数量): 20万元, 5%—8%, 3个月以内, 百分之五.
package struct Figure: Hashable, Sendable {
  /// The number, or the lower end of a range, in the unit as told: 200000 of 20万元.
  package var value: ExactNumber
  /// The upper end of a range; nil where it is none.
  package var high: ExactNumber?
  /// Its unit; nil where none stands with it.
  package var unit: MeasureUnit?
  /// Whether （含） or （不含） stands behind the number; nil where neither does.
  package var lowIncluded: Bool?
  /// The same of the upper end.
  package var highIncluded: Bool?
  /// The comparator behind it: 以上.
  package var behind: Comparator?
  /// Whether 第 stands before it.
  package var isOrdinal = false
  /// The 万 or 亿 of its numeral.
  package var scale: Int64 = 1
  /// The scalars of number and unit.
  package var range: Range<Int>
  /// The index after remarks and comparator.
  package var end: Int

  /// Whether it is a sum of money.
  package var isMoney: Bool { unit?.family == .money }
  /// Whether it is a rate.
  package var isPercent: Bool { unit?.family == .percent }
}
