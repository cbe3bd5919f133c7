internal import PolicyText

/// Finds what a rate is taken of (计算基数): 投资额, 增量部分, 贷款利息, 上级奖励资金.
struct BaseReader {
  let text: MatchText
  let reader: SupportReader

  private static let excess = WordSet(
    """
    增量 超出 超过 增长部分 新增部分 高出 增加额 增加部分 超额 增长额 超基数 新增地方
    增幅部分 差额
    """)
  private static let interest = WordSet(
    "利息 贴息 贷款利率 LPR 市场报价利率 基准利率 付息 利率")
  private static let award = WordSet(
    """
    配套 拨付资金 省级奖励 市级奖励 国家奖励 上级奖励 省奖励 市奖励 中央奖励 省级补助
    市级补助 国家补助 上级补助 省级资助 国家资助 上级资金 省级资金 市级资金 中央资金 上级资助
    上级支持 省级支持 获得资助 获得的资助 国家和省资助 国家拨款 省拨付 市级资助 上级补贴
    省级补贴 市级补贴 奖励资金的 奖补资金的
    """)
  private static let starts = WordSet(
    """
    按照其 按照企业 按照 按其 按企业 按 以其 以 给予其 给予企业 给予项目 给予 予以 根据其
    根据 依据 对其 对 奖励其 补助其 补贴其 资助其 享受
    """)
  private static let fillers = WordSet("最高不超过 最高 不超过 不高于 分别 原则上 总额 总额的")

  /// The base of the rate at `figure`.
  func base(of figure: Range<Int>, in sentence: Range<Int>) -> AmountBase {
    let parts = reader.parts(of: sentence)
    let index = parts.lastIndex { $0.lowerBound <= figure.lowerBound } ?? 0
    let part = parts.isEmpty ? sentence : parts[index]
    var range = words(in: part.lowerBound..<figure.lowerBound)
    if range == nil, index > 0 {
      // 对超出目标值部分，按20%给予支持: the part before names it.
      range = parts[..<index].suffix(2).reversed().lazy.compactMap(named).first
    }
    return AmountBase(kind: kind(range, figure, part, sentence), range: range.map(text.bytes))
  }

  private static let quantities: [StaticString] = [
    "部分", "额", "费用", "费", "投入", "增量", "租金", "利息", "收入", "资金", "款", "产值", "贡献", "税收", "支出", "成本",
    "部分的",
  ]

  /// The quantity that a comma part ends with.
  private func named(_ part: Range<Int>) -> Range<Int>? {
    let part = text.trimmed(part)
    guard Self.quantities.contains(where: { text.has($0, before: part.upperBound) }) else {
      return nil
    }
    var start = part.lowerBound
    while let match = Self.starts.longest(in: text, at: start, limit: part.upperBound) {
      start = match.range.upperBound
    }
    return start < part.upperBound ? start..<part.upperBound : nil
  }

  private func words(in range: Range<Int>) -> Range<Int>? {
    var end = text.trimmed(range).upperBound
    var isCut = true
    var isBare = false
    while isCut {
      isCut = false
      for filler in [
        "的", "最高不超过", "最高", "不超过", "不高于", "总额", "分别按", "分别", "以不超过", "按", "按照", "给予", "为", "达到",
        "以", "至",
      ]
        as [StaticString]
      {
        if let length = text.length(of: filler, before: end), end - length >= range.lowerBound,
          filler.utf8CodeUnitCount > 3 || text[end - 1] == "的" || text[end - 1] == "按"
            || text[end - 1] == "以" || text[end - 1] == "为"
        {
          if text[end - 1] != "的" && text[end - 1] != "额" { isBare = true }
          end -= length
          isCut = true
          break
        }
      }
    }
    // 市财政按20%的比例: what stands before 按 is who pays, not what is counted.
    if isBare, !Self.quantities.contains(where: { text.has($0, before: end) }),
      !text.contains(["按", "以"], in: range.lowerBound..<max(range.lowerBound, end - 2))
    {
      return nil
    }
    guard end > range.lowerBound else { return nil }
    // From the last 按 or 给予 on.
    var start = range.lowerBound
    var index = range.lowerBound
    while index < end {
      if let match = Self.starts.longest(in: text, at: index, limit: end) {
        if match.range.upperBound < end { start = match.range.upperBound }
        index = match.range.upperBound
      } else {
        index += 1
      }
    }
    let found = text.trimmed(start..<end)
    return found.count >= 2 ? found : nil
  }

  private func kind(
    _ base: Range<Int>?, _ figure: Range<Int>, _ part: Range<Int>, _ sentence: Range<Int>
  ) -> AmountBase.Kind {
    let near =
      max(
        sentence.lowerBound, figure.lowerBound - 40)..<min(
        sentence.upperBound, figure.upperBound + 10)
    let own = base ?? max(sentence.lowerBound, figure.lowerBound - 20)..<figure.lowerBound
    if text.contains(
      ["配套", "匹配"], in: figure.lowerBound..<min(part.upperBound, figure.upperBound + 10))
      || Self.award.isIn(text, own)
    {
      return .higherAward
    }
    if Self.interest.isIn(text, own)
      || text.contains(
        ["贴息", "利息"], in: figure.upperBound..<min(part.upperBound, figure.upperBound + 10))
      || base == nil && Self.interest.isIn(text, near)
    {
      return .interest
    }
    // 支持比例不超过50%: a limit, not an excess.
    let isExcess = Self.excess.all(in: text, own).contains {
      !text.has("不", before: $0.range.lowerBound)
    }
    return isExcess ? .excess : .whole
  }
}
