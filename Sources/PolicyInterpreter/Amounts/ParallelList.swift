internal import PolicyText

/// Finds the list that runs parallel to a list of sums: 国家级、省级、市级 before 分别给予50万元、30万元、10万元.
struct ParallelList {
  let text: MatchText

  private static let leads = WordSet(
    """
    首次突破 突破 首次达到 达到 达 超过 首次 新认定的 新认定为 认定为 认定的 获评 评为 获得
    新获得 入选 列入 新获批 获批 通过 对 荣获 取得 分为 属于 为 的 新建 新升级为 升级为
    晋升为 按照 按 年 在
    """)

  /// The elements of the nearest list of `count` in `range`, or nil where no list has so many.
  ///
  /// - Complexity: O(*n*).
  func elements(count: Int, in range: Range<Int>) -> [Range<Int>]? {
    var best: [Range<Int>]?
    for part in clauses(of: range) {
      for chain in chains(in: part) where chain.count == count { best = chain }
    }
    return best
  }

  /// Stretches between commas, semicolons and stops.
  private func clauses(of range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    for index in range {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case ",", ";", "。", ":":
        guard depth == 0, !(text[index - 1].isDigit && text[index + 1].isDigit) else { continue }
        if start < index { parts.append(start..<index) }
        start = index + 1
      default: continue
      }
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }

  /// Lists within one stretch, whole and cut at 和 or 或.
  private func chains(in part: Range<Int>) -> [[Range<Int>]] {
    [["、"], ["、", "和", "或", "及", "与"], ["/"], ["、", "/", "和", "或", "及"]].compactMap {
      (signs: [Unicode.Scalar]) in
      var elements: [Range<Int>] = []
      var start = part.lowerBound
      var depth = 0
      for index in part {
        if text[index] == "(" { depth += 1 }
        if text[index] == ")" { depth = max(0, depth - 1) }
        if depth == 0, signs.contains(text[index]) {
          elements.append(start..<index)
          start = index + 1
        }
      }
      elements.append(start..<part.upperBound)
      guard elements.count > 1 else { return nil }
      return elements.enumerated().map { index, element in
        let trimmed = text.trimmed(element)
        if index == 0 { return head(trimmed) }
        if index == elements.count - 1 { return tail(trimmed) }
        return trimmed
      }.allSatisfiedNonEmpty
    }
  }

  /// The first element without the words that lead the list: 对新认定的国家级.
  private func head(_ element: Range<Int>) -> Range<Int> {
    var start = element.lowerBound
    var index = element.lowerBound
    while index < element.upperBound {
      if let match = Self.leads.longest(in: text, at: index, limit: element.upperBound) {
        if match.range.upperBound < element.upperBound { start = match.range.upperBound }
        index = match.range.upperBound
      } else {
        index += 1
      }
    }
    return text.trimmed(start..<element.upperBound)
  }

  /// The last element without what follows the list: 10亿元以上的，.
  private func tail(_ element: Range<Int>) -> Range<Int> {
    for index in element where text[index] == "的" && index > element.lowerBound {
      return element.lowerBound..<index
    }
    return element.prefix(16)
  }
}

extension [Range<Int>] {
  /// The ranges where none is empty, else nil.
  fileprivate var allSatisfiedNonEmpty: Self? { allSatisfy { !$0.isEmpty } ? self : nil }
}
