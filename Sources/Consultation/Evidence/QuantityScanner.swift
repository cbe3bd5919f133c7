internal import PolicyText

/// Finds numbers with their units: sums, rates, times, counts, days.
struct QuantityScanner {
  /// What a number measures.
  enum Kind: Hashable, Sendable {
    case money
    case rate
    /// 工作日, 天, 个月, 年: a length of time
    case duration
    /// 项, 家, 名
    case count
    /// 2026年3月1日, 7月12日, 每年9月: a day or a month
    case date
  }

  let text: MatchText

  private static let units = WordSet<Kind>([
    .money: "元 万元 亿元 千元 百元 万",
    .rate: "% ‰ 成 个百分点 个基点 倍 %以上 分之",
    .duration: "个工作日 工作日 个自然日 日内 天 周 星期 个月 小时 个季度 年 周岁",
    .count: "项 条 家 个 名 人 件 次 户 份 种 类 批 所 座 亩 位 辆 台 套",
    .date: "月 日 号前",
  ])
  private static let numerals: Set<Unicode.Scalar> = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "两", "半", "零",
  ]

  /// The kinds of numbers in `range`, with where they stand.
  func quantities(in range: Range<Int>) -> [(kind: Kind, range: Range<Int>)] {
    var found: [(kind: Kind, range: Range<Int>)] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let start = index
      let isDigit = text[index].isDigit
      guard isDigit || Self.numerals.contains(text[index]) else {
        index += 1
        continue
      }
      while index < range.upperBound,
        isDigit
          ? text[index].isDigit
            || (text[index] == "." || text[index] == ",") && text[index + 1].isDigit
          : Self.numerals.contains(text[index]) || text[index] == "万" || text[index] == "亿"
      {
        index += 1
      }
      // 第三条 is no number of things; neither is 一 in 一次性 or 统一.
      if text[start - 1] == "第" || text.has("次性", at: index) { continue }
      let unit = text.skippingSpaces(index, limit: range.upperBound)
      if text[unit] == ":", text[unit + 1].isDigit {
        found.append((.rate, start..<(unit + 2)))
        continue
      }
      guard let match = Self.units.longest(in: text, at: unit, limit: range.upperBound) else {
        continue
      }
      var kind = match.value
      let digits = index - start
      if kind == .duration, text[unit] == "年", isDigit, digits == 4 { kind = .date }
      if kind == .duration, text[unit] == "年", !isDigit, digits == 4 { kind = .date }
      if !isDigit, digits == 1, text[start] == "一", kind == .count,
        Self.idioms.contains(text[start - 1])
      {
        continue
      }
      found.append((kind, start..<match.range.upperBound))
      if !isDigit, kind == .duration, text[unit] == "周", text[unit + 1] == "岁" { continue }
      index = max(index, unit)
    }
    return found
  }

  /// 统一, 唯一, 同一: no number one.
  private static let idioms: Set<Unicode.Scalar> = ["统", "唯", "同", "每", "任", "逐", "另", "某"]
}
