internal import PolicyParser
internal import PolicyText

/// Says of each figure in a sentence whether it is a support, and of which kind; and finds relief and
/// services without figures.
struct SupportReader {
  let text: MatchText

  static let grantVerbs: [StaticString] = [
    "给予", "予以", "奖励", "补贴", "补助", "资助", "奖补", "扶持", "贴息", "配套", "补偿", "补足", "发放", "享受", "可领取", "补偿",
    "返还",
    "支持企业", "获得", "追加", "奖", "补",
  ]
  static let supportNouns: [StaticString] = [
    "奖励", "补贴", "补助", "资助", "奖补", "扶持", "贴息", "支持", "奖金", "资金支持", "资金奖", "资金补", "资金资助",
    "财政补助", "财政奖", "配套", "费用补", "优惠", "的奖", "租金", "物业费", "启动资金", "创业资", "一次性", "平台服务费补",
    "专项资金", "生活补", "安家费", "购房", "租房", "住房", "就业补", "保费", "落户奖", "予以", "给予",
  ]
  static let capWords: [StaticString] = [
    "最高不超过", "最高不超", "最多不超过", "不超过", "最高可达", "最高可获", "最高可享受", "最高给予", "最高奖励", "最高补助",
    "最高补贴", "最高资助", "最高额度不超过", "最高额度为", "最高限额", "最高支持限额", "最高支持限额为", "最高支持", "支持限额为", "限额为", "总额最高",
    "最高", "上限为", "上限", "封顶", "最多",
    "不高于", "限额", "累计不超过", "总额不超过", "额度不超过", "不得超过", "不得高于", "均不超过", "以不超过",
  ]
  static let moneyWords: [StaticString] = ["补助", "奖励", "补贴", "资助", "支持", "扶持", "奖补"]
  static let thresholdBefore: [StaticString] = [
    "达到", "达", "超过", "超", "突破", "不低于", "不少于", "高于", "大于", "满", "低于", "不足", "投资额", "总投资", "投资",
    "收入", "营收", "产值", "销售额", "零售额", "注册资本", "注册资金", "实缴", "纳税", "税收", "贡献", "增速", "增长", "同比",
    "占比", "比例", "比重", "规模", "增幅", "增加值", "资产", "合同额", "交易额", "贷款额", "每增长", "每新增", "每上", "每增加",
    "基数", "价格", "单价", "到账", "到位资金", "外资", "利润", "研发费用", "成交额", "出口额", "处", "罚款",
  ]
  static let thresholdAfter: [StaticString] = [
    "以上", "及以上", "以下", "及以下", "(含", "(不含", "以内", "至", "的企业", "的项目", "的单位", "的,", "台阶", "级台阶",
    "的部分", "部分",
  ]
  static let fundWords: [StaticString] = [
    "设立", "首期规模", "规模为", "规模达", "规模约", "安排", "统筹", "筹集", "资金池", "列入", "预算", "总额度", "兑付资金", "兑现资金",
    "累计兑现",
    "已兑现", "已发放", "撬动", "投放", "年度奖补资金总额", "专项资金总额", "罚款", "处以", "违法", "没收", "经费支持", "经费", "授信",
  ]

  /// What is counted by pieces: a cap for each of them is a sum for each.
  static let pieces = [
    "人", "名", "件", "项专利", "台", "辆", "套", "张", "床", "亩", "平方米", "吨", "班", "次", "天", "例", "份",
  ]

  static let units = WordSet(
    """
    人 月 年 户 家 件 项 平方米 亩 台 套 台套 辆 个 次 天 日 场 期 班 班次 吨 千瓦 千瓦时 度 公里 床 张 座
    ㎡ 间 课时 学时 标箱 箱 名 人次 企业 单位 项目 季度 季 头 只 株 公斤 立方米 米 处 所 门 岗 批 票 柜 车 组
    """)

  /// The supports of a sentence.
  ///
  /// `underStandard` says that the headings above speak of a standard of support (补贴标准), so that a sum for
  /// each person needs no verb.
  ///
  /// `underLimit` says that this standard is an upper limit.
  func supports(
    in sentence: Range<Int>, underStandard: Bool = false, underLimit: Bool = false
  ) -> [Support] {
    var supports: [Support] = []
    let parts = parts(of: sentence)
    var granted = underStandard
    for part in parts {
      let figures = AmountScanner(text: text).figures(in: part)
      var previous: (index: Int, isSupport: Bool)?
      var skipNext = false
      for (index, figure) in figures.enumerated() {
        if skipNext {
          skipNext = false
          continue
        }
        // A range of sums: 3万元至5万元.
        if index + 1 < figures.count,
          let range = range(figure, figures[index + 1], in: part, granted)
        {
          supports.append(range)
          skipNext = true
          previous = (index + 1, true)
          continue
        }
        let follows =
          previous.map { $0.index == index - 1 && isJoined(figures[index - 1], figure) } ?? false
        let heads = index + 1 < figures.count && isJoined(figure, figures[index + 1])
        var support: Support?
        if follows, previous?.isSupport ?? false {
          support = continued(figure, after: supports.last, in: part)
        } else {
          support = self.support(
            of: figure, in: part, sentence: sentence, granted: granted,
            hasRate: supports.contains(where: \.isRate))
          if support == nil, heads, let last = lastOfList(figures, from: index),
            self.support(of: last, in: part, sentence: sentence, granted: granted) != nil,
            !isThreshold(figure, in: part)
          {
            support = continued(figure, after: nil, in: part)
          }
        }
        if support == nil || isUpperRate(figure, in: part),
          let last = supports.last, let wider = widened(last, to: figure, in: part)
        {
          supports[supports.count - 1] = wider
          previous = (index, true)
          continue
        }
        if support == nil, underStandard {
          support = listed(figure, in: part, isLimit: underLimit)
        }
        if let support { supports.append(support) }
        previous = (index, support != nil)
      }
      if text.longestGrant(in: part) { granted = true }
    }
    return supports
  }

  /// A sum in a list below a standard: 戏曲、话剧项目250万元；….
  private func listed(_ figure: Figure, in part: Range<Int>, isLimit: Bool) -> Support? {
    guard case .money(let fen) = figure.value, fen > 0, !isThreshold(figure, in: part),
      !isFund(figure, in: part)
    else { return nil }
    let end = text.skippingBlanks(figure.range.upperBound, limit: part.upperBound)
    let isLast = end >= part.upperBound || ["、", ",", ";", "。", "("].contains(text[end])
    guard isLast || text[end] == "/" else { return nil }
    // 税收达到2000万元、5000万元、1亿元的，分别奖励…: steps, not sums.
    if text.contains(
      ["达到", "突破", "超过", "不低于", "不少于", "高于"], in: part.lowerBound..<figure.range.lowerBound)
    {
      return nil
    }
    let range = text.bytes(figure.range)
    if let unit = unit(around: figure, in: part) {
      return Support(kind: .perUnit(Money(fen: fen), unit: unit), range: range)
    }
    return Support(
      kind: isLimit ? .cap(Money(fen: fen), unit: nil) : .fixed(Money(fen: fen)), range: range)
  }

  /// Nouns that name a support with its amount: 支持金额, 补助比例.
  static let amountNouns = WordSet(
    """
    支持金额 支持比例 支持限额 支持额度 支持总金额 支持总额 资助金额 资助比例 资助额度 资助总额 补助金额 补助比例
    补助额度 补助总额 补贴金额 补贴比例 补贴额度 补贴总额 奖励金额 奖励比例 奖励额度 奖励总额 奖补金额 奖补比例
    奖补额度 贴息金额 贴息比例 贴息额度
    """)
  /// Nouns that name money for support; without a limit behind them they name a budget or what was paid.
  static let moneyNouns = WordSet("支持资金 补助资金 补贴资金 奖励资金 奖补资金 资助资金 扶持资金")

  /// Whether the words of a cap follow a verb of granting: 3年累计支持不超过….
  private func isSupported(_ cap: Int) -> Bool {
    ["支持", "资助", "补助", "奖励", "补贴", "奖补", "支持额", "资助额", "补助额", "奖励额", "补贴额"].contains {
      (word: StaticString) in text.has(word, before: cap)
    }
  }

  /// Whether the amount is named right before the figure, within its comma part.
  private func isNamed(_ figure: Figure, in part: Range<Int>) -> Bool {
    let before = part.lowerBound..<figure.range.lowerBound
    let isLimited = capBefore(figure.range.lowerBound, from: part.lowerBound) != nil
    guard
      let noun = Self.amountNouns.last(in: text, before)
        ?? (isLimited ? Self.moneyNouns.last(in: text, before) : nil)
    else { return false }
    // 补助资金用于投资2000万元以上的项目: a threshold stands between.
    return figure.range.lowerBound - noun.range.upperBound <= 24
      && !text.contains(
        ["安排", "规模", "预算", "用于", "万元", "分担", "承担", "以上", "达到"],
        in: noun.range.upperBound..<figure.range.lowerBound)
  }

  /// Whether a percentage is an upper limit of a rate: 最高不超过15%.
  private func isUpperRate(_ figure: Figure, in part: Range<Int>) -> Bool {
    guard case .percent = figure.value else { return false }
    return capBefore(figure.range.lowerBound, from: part.lowerBound) != nil
  }

  /// A rate that may be raised: 8%, 可适当放大, 最高不超过15%.
  private func widened(_ support: Support, to figure: Figure, in part: Range<Int>) -> Support? {
    guard case .percent(let high) = figure.value, case .rate(let low, nil) = support.kind,
      high > low.hundredths, isUpperRate(figure, in: part),
      text.contains(
        ["放大", "上浮", "提高", "比例", "最高不超过"],
        in: max(
          text.index(ofByte: support.range.upperBound), figure.range.lowerBound - 30)..<figure.range
          .lowerBound)
    else { return nil }
    return Support(kind: .rate(Rate(hundredths: high), atLeast: low), range: support.range)
  }

  // MARK: Figures

  private func support(
    of figure: Figure, in part: Range<Int>, sentence: Range<Int>, granted: Bool,
    hasRate: Bool = false
  ) -> Support? {
    if isFund(figure, in: part) || isReplaced(figure, in: part) { return nil }
    // 资金实行总额控制，年度总额不超过1200万元: the budget.
    if text.contains(["总额控制", "总量控制"], in: sentence.lowerBound..<figure.range.lowerBound),
      !text.contains(["每", "单", "同一"], in: part)
    {
      return nil
    }
    let before = part.lowerBound..<figure.range.lowerBound
    let after = figure.range.upperBound..<part.upperBound
    let cap = capBefore(figure.range.lowerBound, from: part.lowerBound)
    let hasNoun = nounFollows(figure.range.upperBound, limit: part.upperBound)
    let grant = lastGrant(in: before)
    let isBare = isThreshold(figure, in: part)
    if countsSteps(figure, in: part) { return nil }
    switch figure.value {
    case .money(let fen):
      guard fen > 0 else { return nil }
      let money = Money(fen: fen)
      let unit = unit(around: figure, in: part)
      if let cap {
        guard
          granted || grant != nil || hasNoun || speaksOfSupport(sentence)
            || isNamed(figure, in: part) || isSupported(cap)
        else { return nil }
        if isBare, !hasNoun, grant == nil, thresholdRightBefore(cap) { return nil }
        // A cap for each person counts like a sum for each, and so does one for each piece that stands by
        // itself; one for each firm, or one that limits a rate, is a cap.
        let each = unit.flatMap { unit in
          let isPiece = Self.pieces.contains { unit.hasPrefix($0) } && !unit.contains("年")
          return unit.contains("人") || isPiece && !hasRate ? unit : nil
        }
        return Support(
          kind: .cap(money, unit: each), range: text.bytes(cap..<figure.range.upperBound))
      }
      let isGranted =
        grant != nil && !(grant.map { thresholdBetween($0, figure.range.lowerBound) } ?? false)
      if let length = text.length(of: "为限", at: figure.range.upperBound) {
        let end = figure.range.upperBound + length
        return Support(
          kind: .cap(money, unit: nil), range: text.bytes(figure.range.lowerBound..<end))
      }
      // 给予50万元以内的资金支持 is a cap; 发放的1000万元以下贷款 is what the support is for.
      if let length = text.longest(
        of: ["以内", "(含)以内", "以下", "(含)以下"], at: figure.range.upperBound)
      {
        let behind = figure.range.upperBound + length
        guard isGranted,
          text.contains(Self.moneyWords, in: behind..<min(part.upperBound, behind + 10))
        else { return nil }
        return Support(
          kind: .cap(money, unit: nil), range: text.bytes(figure.range.lowerBound..<behind))
      }
      guard hasNoun || isGranted || unit != nil && (granted || speaksOfSupport(sentence)) else {
        return nil
      }
      if isBare, !hasNoun, !isGranted { return nil }
      if let unit {
        return Support(kind: .perUnit(money, unit: unit), range: text.bytes(figure.range))
      }
      return Support(kind: .fixed(money), range: text.bytes(figure.range))
    case .percent(let hundredths):
      guard hundredths > 0 else { return nil }
      let rate = Rate(hundredths: hundredths)
      if isRelief(around: figure, in: part, sentence: sentence) {
        // 减按10%的税率: the rate that is left, not the one that is given up.
        let isTarget = text.has("减按", before: figure.range.lowerBound)
        return Support(kind: .relief(isTarget ? nil : rate), range: text.bytes(figure.range))
      }
      if let share = lastOf(["配套", "匹配", "等额"], in: part), isShare(figure, share, in: part) {
        return Support(kind: .rate(rate, atLeast: nil), range: text.bytes(figure.range))
      }
      let isBase =
        text.has("的", before: figure.range.lowerBound)
        || text.has("的比例", at: figure.range.upperBound) || lastOf(["按", "按照"], in: before) != nil
      let isRaised =
        text.has("提高至", before: figure.range.lowerBound)
        || text.has("提高到", before: figure.range.lowerBound)
      let isGranted =
        grant != nil && !(grant.map { thresholdBetween($0, figure.range.lowerBound) } ?? false)
      let grantsAfter = text.longestGrant(in: after.prefix(16))
      if text.contains(["由原", "原来的", "由"], in: before.suffix(4)), !hasNoun { return nil }
      let isNamed = isNamed(figure, in: part)
      if !hasNoun, !isGranted, cap == nil, !isNamed,
        text.contains(["超过", "达到", "高于", "低于", "占"], in: before.suffix(16))
      {
        return nil
      }
      guard
        hasNoun || isGranted || isNamed
          || isBase && (grantsAfter || granted || laterGrant(after: part, in: sentence))
          || isRaised && speaksOfSupport(sentence)
      else { return nil }
      if isBare, !hasNoun, !grantsAfter, !isGranted, !isBase, !isNamed { return nil }
      if followsThreshold(figure.range.upperBound), !hasNoun, !isNamed { return nil }
      return Support(kind: .rate(rate, atLeast: nil), range: text.bytes(figure.range))
    }
  }

  /// Whether a figure is the old one of two: 由1000元提高到1500元.
  private func isReplaced(_ figure: Figure, in part: Range<Int>) -> Bool {
    let end = text.skippingBlanks(figure.range.upperBound, limit: part.upperBound)
    let before = max(part.lowerBound, figure.range.lowerBound - 10)..<figure.range.lowerBound
    return text.longest(
      of: ["提高到", "提高至", "增加到", "增加至", "上调至", "调整为", "调整至", "下调至", "上升到"], at: end) != nil
      && text.contains(["由", "从", "原"], in: before)
  }

  /// Whether a percentage is the share that is matched: 按1:0.5配套, 按省级资金的50%配套.
  private func isShare(_ figure: Figure, _ word: Range<Int>, in part: Range<Int>) -> Bool {
    abs(word.lowerBound - figure.range.upperBound) <= 12
      && !text.contains(["分担", "承担", "比例不低于", "占", "精准"], in: part)
      && text.contains(["资金", "奖", "补", "资助", "拨", "经费", "支持", "1:"], in: part)
  }

  /// Whether a figure is what is counted: 每增长1000万元, 每新上一个百亿元台阶.
  private func countsSteps(_ figure: Figure, in part: Range<Int>) -> Bool {
    let before = max(part.lowerBound, figure.range.lowerBound - 16)..<figure.range.lowerBound
    guard let each = text.last("每", in: before) else { return false }
    return text.longest(
      of: ["新上", "上", "跨上", "新跨上", "提升", "增长", "新增", "增加", "满", "超过", "达", "完成", "实现", "提高"],
      at: each.upperBound)
      != nil
      && lastGrant(in: each.upperBound..<figure.range.lowerBound) == nil
  }

  /// A figure of a list whose head is a support: 分别给予50万元、30万元、10万元.
  private func continued(_ figure: Figure, after head: Support?, in part: Range<Int>) -> Support? {
    switch figure.value {
    case .money(let fen):
      let money = Money(fen: fen)
      if let unit = unit(around: figure, in: part) {
        return Support(kind: .perUnit(money, unit: unit), range: text.bytes(figure.range))
      }
      switch head?.kind {
      case .perUnit(_, let unit):
        return Support(kind: .perUnit(money, unit: unit), range: text.bytes(figure.range))
      case .cap(_, let unit):
        return Support(kind: .cap(money, unit: unit), range: text.bytes(figure.range))
      default: return Support(kind: .fixed(money), range: text.bytes(figure.range))
      }
    case .percent(let hundredths):
      return Support(
        kind: .rate(Rate(hundredths: hundredths), atLeast: nil), range: text.bytes(figure.range))
    }
  }

  private func range(
    _ left: Figure, _ right: Figure, in part: Range<Int>, _ granted: Bool
  ) -> Support? {
    let between = left.range.upperBound..<right.range.lowerBound
    guard (1...2).contains(between.count) else { return nil }
    switch text[between.lowerBound] {
    case "-", "至", "到", "~": break
    default: return nil
    }
    guard
      let end = support(of: right, in: part, sentence: part, granted: granted)
        ?? (lastGrant(in: part.lowerBound..<left.range.lowerBound) != nil
          || isListedBeforeGrant(right, after: left, in: part)
          ? continued(right, after: nil, in: part) : nil),
      !followsThreshold(right.range.upperBound)
        || nounFollows(right.range.upperBound, limit: part.upperBound)
    else { return nil }
    _ = end
    let words = text.bytes(left.range.lowerBound..<right.range.upperBound)
    switch (left.value, right.value) {
    case (.money(let low), .money(let high)) where low < high:
      return Support(kind: .range(Money(fen: low), Money(fen: high)), range: words)
    case (.percent(_), .percent(let high)) where isRelief(around: right, in: part, sentence: part):
      return Support(kind: .relief(Rate(hundredths: high)), range: words)
    case (.percent(let low), .percent(let high)) where low < high:
      return Support(
        kind: .rate(Rate(hundredths: high), atLeast: Rate(hundredths: low)), range: words)
    default: return nil
    }
  }

  /// Whether a range of sums is one of a list with the verb behind it: 按A类200-300万元、B类100-200万元给予资助.
  private func isListedBeforeGrant(
    _ right: Figure, after left: Figure, in part: Range<Int>
  ) -> Bool {
    guard case .money = right.value, text[right.range.upperBound] == "、",
      text.longest(of: ["按", "按照", "分别"], at: part.lowerBound) != nil
        || text.contains(["按照", "分别"], in: part.lowerBound..<left.range.lowerBound),
      !isThreshold(left, in: part)
    else { return false }
    return text.longestGrant(in: right.range.upperBound..<part.upperBound)
  }

  /// Whether two figures stand in one list: A、B or A和B.
  private func isJoined(_ left: Figure, _ right: Figure) -> Bool {
    let between = left.range.upperBound..<right.range.lowerBound
    guard between.count <= 12 else { return false }
    switch (left.value, right.value) {
    case (.money, .money), (.percent, .percent): break
    default: return false
    }
    var sawSign = false
    for index in between {
      switch text[index] {
      case "、", "和", "及", "与", "或": sawSign = true
      default: continue
      }
    }
    return sawSign
      && !text.contains(["达", "超", "以上", "奖励", "给予"], in: between)
  }

  private func lastOfList(_ figures: [Figure], from index: Int) -> Figure? {
    var last = index
    while last + 1 < figures.count, isJoined(figures[last], figures[last + 1]) { last += 1 }
    return last > index ? figures[last] : nil
  }
}

extension Support {
  /// Whether it is a rate of a base.
  var isRate: Bool { if case .rate = kind { true } else { false } }
}

extension MatchText {
  /// Whether a verb of granting stands in `range`.
  func longestGrant(in range: Range<Int>) -> Bool {
    guard range.lowerBound < range.upperBound else { return false }
    return contains(
      ["给予", "予以", "奖励", "补贴", "补助", "资助", "奖补", "扶持", "贴息", "配套", "补偿", "发放", "享受", "支持"],
      in: range)
  }
}

extension Range<Int> {
  /// The first `count` indices.
  func prefix(_ count: Int) -> Range<Int> {
    lowerBound..<Swift.max(lowerBound, Swift.min(upperBound, lowerBound + count))
  }

  /// The last `count` indices.
  func suffix(_ count: Int) -> Range<Int> { Swift.max(lowerBound, upperBound - count)..<upperBound }
}
