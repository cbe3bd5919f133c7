internal import PolicyText

/// Says what kind of document it is, from its title, its form, and whether it grants money.
struct TriageReader {
  let text: MatchText
  let head: DocumentHead
  let hasArticles: Bool
  let hasChapters: Bool
  let clauseCount: Int
  /// Whether the clauses are only lists inside sentences (一是…；二是…).
  let onlyCounted: Bool

  /// The kind, by the first rule that applies.
  func triage() -> Triage {
    let titles = [head.title].compactMap { $0 } + head.payloadTitles
    let title = titles.map(\.value).joined(separator: " ")
    let grants = grantCount()
    if has(title, ["解读", "问答", "一图读懂", "读懂", "答记者问", "政策说明"]), grants < 30 {
      return .interpretation
    }
    if text.contains(
      ["答记者问", "回答了记者提问", "回答记者提问", "负责人就此回答", "负责人接受采访"], in: 0..<min(text.count, 400))
    {
      return .interpretation
    }
    if has(title, ["公示", "名单", "结果公告", "入选"]), !has(title, ["办法", "措施"]) { return .list }
    if isLaw(titles.first?.value ?? "", grants: grants) { return .law }
    if has(title, ["申报", "征集", "遴选", "申请", "推荐", "评选", "征求", "认定工作"]),
      has(title, ["通知", "公告", "指南", "通告"]), !has(title, ["实施细则", "管理办法", "若干"])
    {
      return .call
    }
    if isCall(title) { return .call }
    if isNews(titles) { return .news }
    if has(String(title.suffix(6)), ["批复", "复函", "答复"]) { return .other }
    if grants >= 2 || grants == 1 && clauseCount <= 12 { return .claimable }
    // Relief without figures: often named, for the length of the text.
    let reliefs = reliefCount()
    if reliefs >= 5, reliefs * 700 >= text.count { return .claimable }
    // One sum among much relief: support in many small things.
    if grants == 1, reliefs >= 5, reliefs * 1_200 >= text.count { return .claimable }
    if clauseCount > 0 || head.documentNumber != nil || !head.issuers.isEmpty { return .mechanism }
    return .other
  }

  private func has(_ words: String, _ parts: [StaticString]) -> Bool {
    parts.contains { words.hasBytes(of: $0) }
  }

  /// A page that says how to apply and carries no rules of its own: headings of an application, no number.
  private func isCall(_ title: String) -> Bool {
    guard head.documentNumber == nil, !hasArticles,
      !has(title, ["办法", "措施", "意见", "细则", "政策", "规定", "方案", "计划", "解读"])
    else { return false }
    var found = 0
    for (index, word) in Self.callHeadings.enumerated() {
      var from = 0
      while let place = text.first(word, in: from..<text.count) {
        from = place.upperBound
        var start = place.lowerBound
        while start > 0, text[start - 1] != "\n", place.lowerBound - start < 8 { start -= 1 }
        var end = place.upperBound
        while text[end] != "\n", end - place.upperBound < 8 { end += 1 }
        if start == 0 || text[start - 1] == "\n", text[end] == "\n" || text[end - 1] == ":" {
          found |= 1 << index
          break
        }
      }
    }
    return found.nonzeroBitCount >= 2
  }

  private static let callHeadings: [StaticString] = [
    "申报条件", "申报材料", "申报要求", "申报时间", "受理时间", "申请条件", "申请材料", "申报程序", "办理流程", "申报对象", "申请程序",
    "支持重点",
  ]

  /// A law, a regulation, or rules without grants.
  private func isLaw(_ title: String, grants: Int) -> Bool {
    let bare = title.prefix { $0 != "（" && $0 != "(" }
    if bare.hasSuffix("条例") || bare.hasSuffix("法") && !bare.hasSuffix("办法") { return hasArticles }
    let isAdopted = text.contains(
      ["次会议通过", "会议修订通过", "主席令", "常务会议审议通过"], in: 0..<min(text.count, 600))
    return hasArticles && hasChapters && isAdopted && grants < 3
  }

  /// A report: nothing of a document's form, or a reporter's words and lists only.
  private func isNews(_ titles: [Sourced<String>]) -> Bool {
    guard head.documentNumber == nil, head.signedOn == nil || onlyCounted else { return false }
    let beginning = 0..<min(text.count, 6_000)
    let isReport = text.contains(
      ["记者", "本报讯", "新华社", "近日,", "日前,", "截至目前", "今年以来", "综合整理", "据介绍", "据了解", "日电 "],
      in: beginning)
    if isReport, onlyCounted || clauseCount < 3 { return true }
    let reader = TitleReader(text: text)
    let hasGenre = titles.contains { title in
      title.range.map {
        reader.endsAsTitle(text.index(ofByte: $0.lowerBound)..<text.index(ofByte: $0.upperBound))
      } ?? false
    }
    let speaksOfItself = text.contains(
      [
        "制定本", "特制定", "本办法", "本措施", "本方案", "本政策", "本细则", "通知如下", "如下意见", "以下意见", "以下措施",
        "如下措施", "申报条件", "申请条件", "补贴标准", "补助标准", "奖励标准", "支持标准", "申报材料", "公告如下", "通告如下",
      ], in: 0..<text.count)
    return !hasGenre && !speaksOfItself && head.issuers.isEmpty && head.addressees == nil
      && text.first("。", in: beginning) != nil
  }

  /// How often relief or support is named, with or without a figure.
  private func reliefCount() -> Int {
    var count = 0
    for index in 0..<text.count {
      switch text[index] {
      case "减", "免", "缓", "返", "贴", "费", "降":
        if text.longest(
          of: [
            "减免", "减半", "免收", "免征", "缓缴", "返还", "贴息", "费率降至", "费率降低", "降低担保费", "降低综合费率",
          ], at: index) != nil
        {
          count += 1
        }
      case "给":
        if text.has("给予", at: index),
          text.contains(
            ["补贴", "补助", "奖励", "资助", "支持", "减免", "优惠", "贴息", "补偿"],
            in: index..<min(index + 32, text.count))
        {
          count += 1
        }
      default: break
      }
    }
    return count
  }

  /// How often money is granted: a verb of granting with an amount in the same sentence.
  func grantCount() -> Int {
    var count = 0
    var index = 0
    while index < text.count {
      guard let length = grantVerb(at: index) else {
        index += 1
        continue
      }
      var at = index + length
      var found = false
      while at < text.count, at - index < 40, text[at] != "。", text[at] != "\n" {
        if text[at] == "%" || text.has("万元", at: at) || text[at] == "元" && text[at - 1].isDigit {
          found = true
          break
        }
        at += 1
      }
      if found {
        count += 1
        index = at
      } else {
        index += length
      }
    }
    return count
  }

  private func grantVerb(at index: Int) -> Int? {
    switch text[index] {
    case "给", "奖", "补", "资", "贴", "减", "免", "返", "支", "每": break
    default: return nil
    }
    return text.longest(
      of: [
        "每人每月", "给予", "奖励", "补贴", "补助", "资助", "贴息", "减免", "免收", "返还", "支持资金", "奖补", "补偿",
      ], at: index)
  }
}
