internal import PolicyText

/// Finds the words before the verb of granting: 对首次通过认定的高新技术企业，给予….
struct AudienceReader {
  let text: MatchText

  private static let verbs = WordSet(
    """
    给予 予以 按 按照 奖励 补贴 补助 资助 一次性 分别 每 最高 其 可 由 享受 发放 免征 免收
    减免 减按 减半 实行 采取 单个 单户 每家 奖补 市财政 区财政 县财政 财政 所属 支持资金 优先
    实施 暂缓 缓缴 在 视情 再 另 并 同时 不再 停征 延期 返还 全额 补足 凭 根据 依据 依法 均可
    将 择优 授予
    """)
  private static let intros = WordSet(
    """
    下列条件 以下条件 下列任一 以下任一 如下条件 下列要求 以下要求 三个条件 下列之一 以下之一 条件之一
    下列基本条件 以下基本条件 应满足 应符合 还应符合
    """)
  private static let inside = WordSet("给予 予以 分别给予 一次性奖励 一次性补助 一次性给予 一次性补贴")
  private static let leads = WordSet(
    """
    对于 对 凡是 凡 针对 其中 其中对 同时对 另对 并对 支持 鼓励 鼓励和支持 支持和鼓励
    积极支持 大力支持 重点支持 并且 同时 且 此外 另外
    """)

  /// The words that say whom a sentence is for.
  ///
  /// - Parameters:
  ///   - sentence: The sentence, or a part of one.
  ///   - requiresGrant: Whether a verb of granting has to follow.
  /// - Returns: nil where nothing is said before the verb.
  func audience(in sentence: Range<Int>, requiresGrant: Bool = true) -> Range<Int>? {
    var start = text.trimmed(sentence).lowerBound
    while start < sentence.upperBound,
      [",", ";", "。", "、", ":", "和", ")", "的"].contains(text[start]) || text[start].isBlank
    {
      start += 1
    }
    // 为支持…，对…给予: the purpose is no condition.
    if let named = text.first("对", in: start..<sentence.upperBound), named.lowerBound > start,
      text[named.lowerBound - 1] == ",",
      text.longest(
        of: ["为", "加大", "加强", "落实", "完善", "推动", "发挥", "根据", "按照", "依据", "进一步", "积极"], at: start)
        != nil
    {
      start = named.lowerBound
    }
    while let lead = Self.leads.longest(in: text, at: start, limit: sentence.upperBound) {
      start = lead.range.upperBound
      while text[start] == "," || text[start].isBlank { start += 1 }
    }
    var end = start
    var depth = 0
    var isGranted = false
    let isLed = start > text.trimmed(sentence).lowerBound
    while end < sentence.upperBound {
      let scalar = text[end]
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth = max(0, depth - 1) }
      if depth == 0 {
        if Self.inside.longest(in: text, at: end, limit: sentence.upperBound) != nil {
          isGranted = true
          break
        }
        let before = text[end - 1]
        if end == start && !isLed
          || end > start
            && (before == "," || before == "的" || before == ")" || before.isBlank || before == "者"),
          let verb = Self.verbs.longest(in: text, at: end, limit: sentence.upperBound),
          before == "," || end == start && text[end] != "在" || verb.range.count > 1
            || text[end] != "在" && text[end] != "其" && text[end] != "可" && text[end] != "将",
          !statesMore(verb.range, limit: sentence.upperBound)
        {
          // 按规定注册的企业: words of a condition, where 的企业 follows in the same part.
          if !isAttribute(verb.range, limit: sentence.upperBound) {
            isGranted = true
            break
          }
        }
      }
      end += 1
    }
    // 符合下列条件之一的企业，可认定为…：（一）…: the list behind the colon says whom.
    if let intro = Self.intros.first(in: text, start..<sentence.upperBound),
      let colon = text.first(":", in: intro.range.upperBound..<sentence.upperBound),
      text.first("。", in: intro.range.upperBound..<colon.lowerBound) == nil
    {
      return trimmedTail(start..<sentence.upperBound)
    }
    guard isGranted || !requiresGrant else { return nil }
    return trimmedTail(start..<end)
  }

  private func trimmedTail(_ words: Range<Int>) -> Range<Int>? {
    var range = text.trimmed(words)
    while !range.isEmpty,
      [",", ";", "、", ":", "。"].contains(text[range.upperBound - 1])
        || text[range.upperBound - 1].isBlank
    {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    return range.count >= 2 ? range : nil
  }

  /// Whether a verb-like word begins one more condition: 其上年度新增贷款超过500万元的, 拥有自主品牌的优先.
  private func statesMore(_ verb: Range<Int>, limit: Int) -> Bool {
    if text.has("优先", at: verb.lowerBound) {
      let end = text.skippingBlanks(verb.upperBound, limit: limit)
      return end >= limit || text[end] == "。" || text[end] == ";"
    }
    guard text[verb.lowerBound] == "其", verb.count == 1 else { return false }
    var end = verb.upperBound
    while end < limit, ![",", ";", "。"].contains(text[end]) { end += 1 }
    return end < limit && text[end - 1] == "的"
  }

  /// Whether a verb begins words that describe: 按规定缴纳社保的企业, 享受国家奖励的项目.
  private func isAttribute(_ verb: Range<Int>, limit: Int) -> Bool {
    var index = verb.upperBound
    while index < limit, index - verb.upperBound < 30 {
      switch text[index] {
      case ",", ";", "。": return false
      case "的":
        return text.longest(
          of: [
            "的企业", "的单位", "的项目", "的个人", "的机构", "的人员", "的,", "的高校", "的中小", "的小微", "的平台", "的园区",
            "的个体", "的毕业",
          ], at: index) != nil
          && !text.contains(["奖", "补", "元", "%"], in: verb.upperBound..<index)
      default: index += 1
      }
    }
    return false
  }
}
