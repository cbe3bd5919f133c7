internal import PolicyText

/// Finds numbers that are asked for: 营业收入达到2000万元, 增速不低于15%, 成立满3年.
struct NumberCriterion {
  let text: MatchText

  private static let before = WordSet<Criterion.Comparator>([
    .atLeast: """
    达到 达 不低于 不少于 不小于 不得低于 不得少于 满 突破 首次突破 首次达到 至少 \
    高于或等于
    """,
    .moreThan: "超过 高于 大于 超 首次超过 多于",
    .atMost: "不超过 不高于 不大于 不多于 不得超过 不得高于 最多 控制在",
    .lessThan: "低于 少于 不足 不满 小于 未满 不到 未达到",
  ])
  private static let after = WordSet<Criterion.Comparator>([
    .atLeast: "(含)以上 及以上 以上 或以上 以上(含 (含本数)以上 (含)及以上",
    .atMost: "(含)以下 及以下 以下 以内 (含)以内 之内",
    .moreThan: "(不含)以上",
    .lessThan: "(不含)以下",
  ])
  private static let units = WordSet(
    """
    平方米 个百分点 人次 名 人 件 项 家 户 个月 年 个 亩 吨 台 套 台套 次 天 日 倍 周岁 岁 辆
    场 课时 小时 座 间 张 公里 万吨 吨标准煤 标准箱 标箱 千瓦 兆瓦 千瓦时 床 期 人日 美元 欧元 港元
    """)
  private static let periods = WordSet(
    """
    上年度 上一年度 上一年 上年 当年度 当年 本年度 年度 年 近三年 近两年 近一年 近3年 近2年
    最近三年 最近两年 最近一年 前三年 申报当年 连续两年 连续三年 连续2年 连续3年
    近三个会计年度 最近一个会计年度 近5年 近五年 上季度 季度 月 每年 每月 首次 累计 单笔 单个
    单项 合计 单次 投产后年 投产后 达产后 建成后
    """)
  private static let ageWords = WordSet("成立 注册 设立 登记 运营 经营 存续 从业 营业 创办 开业 入驻")

  func atom(
    at index: Int, in range: Range<Int>, whole: Int, after last: CriterionReader.Atom?
  ) -> CriterionReader.Atom? {
    guard index > range.lowerBound || text[index].isDigit,
      text[index].isDigit || ChineseDigits.isIn(text[index]),
      !text[index - 1].isDigit, text[index - 1] != ".", text[index - 1] != "第"
    else { return nil }
    guard let number = quantity(at: index, limit: range.upperBound) else { return nil }
    var end = number.end
    let beforeEnd = text.trimmed(range.lowerBound..<index).upperBound
    var comparator: Criterion.Comparator?
    var quantityEnd = beforeEnd
    if let match = comparatorBefore(beforeEnd, from: range.lowerBound) {
      comparator = match.value
      quantityEnd = match.range.lowerBound
    }
    if let match = Self.after.longest(in: text, at: end, limit: range.upperBound) {
      comparator = comparator ?? match.value
      end = match.range.upperBound
    }
    guard let comparator else { return nil }
    // 成立满3年
    if number.quantity.unit == "年" || number.quantity.unit == "个月" {
      // 在本市注册满1年: the word may stand in the criterion before.
      let words = max(whole, quantityEnd - 10)..<quantityEnd
      let own = max(range.lowerBound, quantityEnd - 10)..<quantityEnd
      if Self.ageWords.isIn(text, own)
        || Self.ageWords.last(in: text, words)?.range.upperBound == quantityEnd
      {
        let months = Int(number.quantity.hundredths / 100) * (number.quantity.unit == "年" ? 12 : 1)
        return CriterionReader.Atom(
          kind: .age(comparator, months: months), range: own.lowerBound..<end,
          covered: own.lowerBound..<end)
      }
    }
    var (name, start, period, stop) = quantityName(
      before: quantityEnd, from: range.lowerBound, after: end, limit: range.upperBound)
    // 超过1亿元、不超过10亿元: the same quantity.
    if start >= quantityEnd, case .number(let same, _, let value, let span) = last?.kind,
      value.unit == number.quantity.unit, quantityEnd - range.lowerBound <= 2
    {
      (name, period) = (same, span)
    }
    return CriterionReader.Atom(
      kind: .number(quantity: name, comparator, number.quantity, period: period),
      range: start..<end, covered: start..<stop)
  }

  private func comparatorBefore(_ end: Int, from floor: Int) -> WordSet<Criterion.Comparator>.Match?
  {
    for length in [5, 4, 3, 2, 1] where end - length >= floor {
      if let match = Self.before.longest(in: text, at: end - length, limit: end),
        match.range.upperBound == end
      {
        return match
      }
    }
    return nil
  }

  /// A number with its unit.
  private func quantity(at index: Int, limit: Int) -> (quantity: Criterion.Quantity, end: Int)? {
    if let figure = AmountScanner(text: text).figures(in: index..<min(limit, index + 24)).first,
      figure.range.lowerBound == index
    {
      switch figure.value {
      case .money(let fen):
        return (Criterion.Quantity(hundredths: fen, unit: "元"), figure.range.upperBound)
      case .percent(let hundredths):
        return (
          Criterion.Quantity(hundredths: hundredths / 100, unit: "%"), figure.range.upperBound
        )
      }
    }
    var at = index
    var digits: Int64 = 0
    var decimals = 0
    var sawPoint = false
    if text[at].isDigit {
      while at < limit, at - index < 12 {
        if text[at].isDigit {
          digits = digits * 10 + Int64(text[at].value - 0x30)
          if sawPoint { decimals += 1 }
        } else if text[at] == ".", !sawPoint, text[at + 1].isDigit {
          sawPoint = true
        } else {
          break
        }
        at += 1
      }
      guard decimals <= 2 else { return nil }
    } else if let read = AmountScanner(text: text).numeral(at: index, limit: limit) {
      (digits, at) = (read.value, read.end)
    } else {
      return nil
    }
    var hundredths = digits * (decimals == 0 ? 100 : decimals == 1 ? 10 : 1)
    if text[at] == "万", text[at + 1] != "元" {
      hundredths *= 10_000
      at += 1
    }
    at = text.skippingBlanks(at, limit: min(limit, at + 1))
    guard let unit = Self.units.longest(in: text, at: at, limit: limit) else { return nil }
    return (
      Criterion.Quantity(hundredths: hundredths, unit: text.name(unit.range)), unit.range.upperBound
    )
  }

  /// The words before a comparator that name what is counted, and the period they speak of.
  private func quantityName(
    before end: Int, from floor: Int, after tail: Int, limit: Int
  ) -> (name: String, start: Int, period: String?, stop: Int) {
    var start = end
    while start > floor, end - start < 18 {
      let scalar = text[start - 1]
      guard scalar.isHan || scalar == "(" || scalar == ")" || scalar.isLetter || scalar.isDigit
      else {
        break
      }
      if scalar == "的", end - start > 1 { break }
      if scalar == "且" || scalar == "或" || scalar == "并" { break }
      start -= 1
    }
    var name = start..<end
    var period: String?
    var isCut = true
    while isCut, !name.isEmpty {
      isCut = false
      for lead in [
        "对", "其中", "其", "拥有", "具有", "签订", "设有", "缴纳", "完成", "企业", "项目", "单位", "且", "的", "在", "以上",
        "及", "为", "实现", "年内", "建设期内",
      ] as [StaticString] {
        if let length = text.length(of: lead, at: name.lowerBound), name.count > length,
          !text.has("在孵", at: name.lowerBound), !text.has("在职", at: name.lowerBound),
          !text.has("在校", at: name.lowerBound), !text.has("在建", at: name.lowerBound)
        {
          name = (name.lowerBound + length)..<name.upperBound
          isCut = true
        }
      }
      if let match = Self.periods.longest(in: text, at: name.lowerBound, limit: name.upperBound),
        match.range.count < name.count, !text.has("年龄", at: name.lowerBound),
        !text.has("年化", at: name.lowerBound), !text.has("年均", at: name.lowerBound)
      {
        period = period ?? text.name(match.range)
        name = match.range.upperBound..<name.upperBound
        isCut = true
      }
    }
    // A bracket that opened before: (三)研发费用.
    if let close = text.last(")", in: name),
      text.first("(", in: name.lowerBound..<close.lowerBound) == nil
        || close.upperBound - name.lowerBound <= 4
    {
      name = close.upperBound..<name.upperBound
    }
    if let open = text.first("(", in: name),
      text.first(")", in: open.upperBound..<name.upperBound) == nil
    {
      name = open.upperBound..<name.upperBound
    }
    if !name.isEmpty,
      text[name.upperBound - 1] == "的" || text[name.upperBound - 1] == "为"
        || text[name.upperBound - 1] == "在"
    {
      name = name.lowerBound..<(name.upperBound - 1)
    }
    // 设有2家以上分支机构, 签订3年以上劳动合同: what is counted stands behind.
    if let verb = text.longest(
      of: ["设有", "设立", "签订", "获得", "拥有", "建有", "具有", "聘用", "引进"], at: name.upperBound - 2),
      verb == 2, name.count >= 2
    {
      var stop = tail
      while stop < limit, stop - tail < 10, text[stop].isHan, text[stop] != "的", text[stop] != "并" {
        stop += 1
      }
      if stop > tail + 1 { return (text.name(tail..<stop), name.lowerBound, period, stop) }
    }
    if name.isEmpty {
      // 500万元以上的技术改造项目: what is counted stands behind.
      var stop = text[tail] == "的" ? tail + 1 : tail
      let begin = stop
      while stop < limit, stop - begin < 10, text[stop].isHan { stop += 1 }
      return (text.name(begin..<stop), end, period, tail)
    }
    return (text.name(name), start, period, tail)
  }
}

/// Numerals that may begin a number in words.
private enum ChineseDigits {
  static func isIn(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "两": true
    default: false
    }
  }
}
