internal import PolicyParser
internal import PolicyText

/// Makes a short name for an item as a clerk would write it (事项名称): 首次认定高新技术企业奖励.
struct ItemNamer {
  let text: MatchText

  private static let forms = WordSet(
    """
    贷款贴息 贴息 风险补偿 保费补贴 担保费补贴 租金补贴 社保补贴 岗位补贴 培训补贴 见习补贴
    创业补贴 生活补贴 购房补贴 住房补贴 租房补贴 运费补贴 安家费 奖励 奖补 补贴 补助 资助
    配套 减免 返还 补偿 缓缴 扶持 支持 优惠
    """)
  private static let leads = WordSet(
    """
    鼓励和支持 支持和鼓励 鼓励支持 支持鼓励 加大 进一步加大 进一步 大力 鼓励 支持 推动 加强
    强化 推进 实施 促进 落实 引导 加快 积极 对 对于 凡 关于 重点支持 全面落实 优化 完善 实行
    给予 开展 助力 扶持 深入 持续 着力
    """)
  private static let generic = WordSet(
    "附则 总则 注意事项 其他 附件 方式与标准 保障措施 组织实施 组织保障 有关要求 工作要求 资金管理 监督管理")
  private static let tails = WordSet("的企业 的单位 的项目 的个人 的机构 的人员 的, 的、 的")

  private static let thresholds: [StaticString] = [
    "首次达到", "首次突破", "首次", "达到", "超过", "突破", "不低于", "不少于", "达", "超", "满", "在", "为", "当年", "前",
  ]

  /// The name of a passage.
  ///
  /// - Parameters:
  ///   - draft: The passage.
  ///   - audience: The words before its verb of granting.
  ///   - isOnly: Whether it is the only item of its clause, so that the clause's heading names it.
  ///   - headings: The headings above the clause, the nearest first.
  /// - Returns: The name, and whether it rests on the heading or on the audience.
  func name(
    of draft: ItemDraft, audience: Range<Int>?, isOnly: Bool, headings: [Range<Int>]
  ) -> (value: String, rule: Rule) {
    let form = form(of: draft)
    let heading = draft.clause?.heading.map {
      withoutLeads(text.index(ofByte: $0.lowerBound)..<text.index(ofByte: $0.upperBound))
    }
    if let heading, isOnly || audience == nil, heading.count >= 2, heading.count <= 26,
      SectionIndex.kind(of: heading, in: text) == nil
    {
      return (join(text.name(heading), form), .headingAndForm)
    }
    if let audience, let short = shortened(audience) {
      return (join(text.name(short), form), .audienceAndForm)
    }
    if let heading, heading.count >= 2, SectionIndex.kind(of: heading, in: text) == nil {
      return (join(text.name(heading.prefix(24)), form), .headingAndForm)
    }
    for heading in headings.map(withoutLeads)
    where (2...26).contains(heading.count) && SectionIndex.kind(of: heading, in: text) == nil
      && !Self.generic.isIn(text, heading)
    {
      return (join(text.name(heading), form), .headingAndForm)
    }
    let words = text.trimmed(draft.range).prefix(18)
    return (join(text.name(withoutLeads(words)), form), .audienceAndForm)
  }

  private func join(_ words: String, _ form: String) -> String {
    let clean = words.filter { !"“”\"*#".contains($0) }
    if clean.hasSuffix(form) || form.isEmpty { return clean }
    // 租金 + 租金补贴
    for length in [2, 3] where form.count > length && clean.hasSuffix(form.prefix(length)) {
      return clean + form.dropFirst(length)
    }
    if clean.hasSuffix("奖励") || clean.hasSuffix("补贴") || clean.hasSuffix("补助")
      || clean.hasSuffix("贴息")
    {
      return clean
    }
    return clean + form
  }

  /// The form of support nearest to the first sum.
  private func form(of draft: ItemDraft) -> String {
    let first = draft.sentences.flatMap(\.supports).first
    if let first, case .relief = first.kind {
      let words = text.name(
        text.index(ofByte: first.range.lowerBound)..<text.index(ofByte: first.range.upperBound))
      return words.contains("缓") || words.contains("延") ? "缓缴" : "减免"
    }
    if let first {
      let at = text.index(ofByte: first.range.lowerBound)
      let sentence = draft.sentences.first { $0.range.contains(at) }?.range ?? draft.range
      if let match = Self.forms.first(in: text, at..<min(sentence.upperBound, at + 30)) {
        return text.name(match.range)
      }
      if let match = Self.forms.last(in: text, sentence.lowerBound..<at) {
        return text.name(match.range)
      }
    }
    return Self.forms.first(in: text, draft.range).map { text.name($0.range) } ?? "支持"
  }

  private func withoutLeads(_ range: Range<Int>) -> Range<Int> {
    var range = text.trimmed(range)
    while let match = Self.leads.longest(in: text, at: range.lowerBound, limit: range.upperBound),
      range.count > match.range.count + 2
    {
      range = match.range.upperBound..<range.upperBound
    }
    while !range.isEmpty,
      ["。", ":", ",", ";", "、"].contains(text[range.upperBound - 1])
        || text[range.upperBound - 1].isBlank
    {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    return range
  }

  /// The audience in at most 24 characters: its first part that names something, without 的企业.
  private func shortened(_ audience: Range<Int>) -> Range<Int>? {
    var range = withoutDate(withoutLeads(withoutCell(audience)))
    // 采取以奖代补方式的，对…: how, not whom.
    while let comma = text.first(",", in: range), comma.lowerBound - range.lowerBound < 18,
      isManner(range.lowerBound..<comma.lowerBound), range.upperBound - comma.upperBound >= 4
    {
      range = withoutDate(withoutLeads(comma.upperBound..<range.upperBound))
    }
    var end = range.lowerBound
    while end < range.upperBound {
      let isStop = [",", "(", ";", ":"].contains(text[end])
      if isStop
        || !text.has("在", before: end)
          && Self.stops.longest(in: text, at: end, limit: range.upperBound) != nil,
        end - range.lowerBound >= 4
      {
        break
      }
      end += 1
    }
    range = text.trimmed(range.lowerBound..<end)
    while range.count > 3, [",", "、", "且", "并", "期"].contains(text[range.lowerBound]) {
      range = withoutLeads((range.lowerBound + 1)..<range.upperBound)
    }
    // A threshold names nothing: 年度税收首次达到3000万元 is about 年度税收.
    if let digit = range.first(where: { text[$0].isDigit }), digit - range.lowerBound >= 4 {
      range = range.lowerBound..<digit
      while let tail = Self.thresholds.first(where: { text.has($0, before: range.upperBound) }),
        let length = text.length(of: tail, before: range.upperBound), range.count > length + 3
      {
        range = range.lowerBound..<(range.upperBound - length)
      }
    }
    if range.count > 24 {
      range = range.prefix(24)
      if let sign = range.last(where: { ["、", "的"].contains(text[$0]) }),
        sign - range.lowerBound >= 8
      {
        range = range.lowerBound..<sign
      }
    }
    for tail in ["的企业", "的单位", "的项目", "的个人", "的机构", "的"] as [StaticString] {
      if let length = text.length(of: tail, before: range.upperBound), range.count > length + 3 {
        range = range.lowerBound..<(range.upperBound - length)
        break
      }
    }
    // 15000人以上, 其他: a tier, not a name.
    if range.count < 3 || text[range.lowerBound].isDigit
      || text.longest(of: ["其他", "其余", "该", "本", "上述", "以上"], at: range.lowerBound) != nil
    {
      return nil
    }
    return range
  }

  private static let stops = WordSet("按 每 给予 予以 最高 一次性 分别 可享受 享受")

  private func isManner(_ part: Range<Int>) -> Bool {
    text.has("方式的", before: part.upperBound) || text.has("更大", before: part.upperBound)
      || text.has("的基础上", before: part.upperBound)
      || text.longest(of: ["根据", "依据", "为", "经", "在"], at: part.lowerBound) != nil
  }

  /// The name in a table row: 吸纳就业 of 5⇥吸纳就业⇥招用….
  private func withoutCell(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, text[start].isDigit { start += 1 }
    guard start > range.lowerBound, start < range.upperBound, text[start].isBlank else {
      return range
    }
    let cells = text.trimmed(start..<range.upperBound)
    var end = cells.lowerBound
    while end < cells.upperBound, !text[end].isBlank { end += 1 }
    let first = cells.lowerBound..<end
    return (2...14).contains(first.count) ? first : cells
  }

  /// The words behind a date or a year: 2025年度, 2024年1月1日至.
  private func withoutDate(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound,
      text[start].isDigit || ["年", "月", "日", "度", "至", "-", "起", "后"].contains(text[start])
    { start += 1 }
    guard start > range.lowerBound + 4, range.upperBound - start >= 4 else { return range }
    return start..<range.upperBound
  }
}
