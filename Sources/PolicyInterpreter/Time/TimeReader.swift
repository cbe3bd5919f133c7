public import PolicyParser
internal import PolicyText

/// When an item can be applied for (申报时间).
public enum ApplicationWindow: Hashable, Sendable {
  /// 常年受理
  case yearRound
  /// From one day, to one day, both included; at least one of them is there.
  case between(from: CalendarDay?, until: CalendarDay?)
  /// 每年9月1日至10月31日, 每年3月底前: days without a year, both included; at least one of them is there
  case everyYear(from: MonthDay?, until: MonthDay?)

  /// In Chinese, as pages show it.
  public var inChinese: String {
    switch self {
    case .yearRound: "常年受理"
    case .between(let from, let until):
      switch (from, until) {
      case (let from?, let until?): "\(from)至\(until)"
      case (nil, let until?): "\(until)截止"
      case (let from?, nil): "\(from)起"
      case (nil, nil): ""
      }
    case .everyYear(let from, let until):
      switch (from, until) {
      case (let from?, let until?): "每年\(from.inChinese)至\(until.inChinese)"
      case (nil, let until?): "每年\(until.inChinese)前"
      case (let from?, nil): "每年\(from.inChinese)起"
      case (nil, nil): ""
      }
    }
  }
}

/// A day of any year.
public struct MonthDay: Hashable, Sendable {
  /// 1 to 12.
  public var month: Int
  /// 1 to 31; the last day of February is its 28th.
  public var day: Int

  /// As `09-30`.
  public var notation: String { "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }

  /// As 9月30日.
  public var inChinese: String { "\(month)月\(day)日" }

  /// The last day of a month.
  static func end(of month: Int) -> MonthDay {
    MonthDay(month: month, day: CalendarDay.days(in: month, of: 2_025))
  }
}

/// How long an office takes (办结时限).
public enum TimeLimit: Hashable, Sendable {
  /// 10个工作日
  case workingDays(Int)
  /// 30日, 15天
  case days(Int)
  /// 2个月
  case months(Int)

  /// In Chinese, as pages show it.
  public var inChinese: String {
    switch self {
    case .workingDays(let count): "\(count)个工作日"
    case .days(let count): "\(count)日"
    case .months(let count): "\(count)个月"
    }
  }
}

/// Finds windows and limits in sentences.
struct TimeReader {
  let text: MatchText

  private static let yearRound = WordSet(
    """
    常年受理 全年受理 全年可申报 随时申报 随时受理 常年申报 长期受理 随报随审 全年申报
    常年开放 即时受理 随时可申请 随时申请 常态化受理 不设截止 全年开放 常态化申报 即申即办
    """)
  private static let applying = WordSet(
    "申报 申请 受理 报送 提交 截止 申领 填报 上报 报名 提出 递交 报至 送至 兑现")
  private static let closing = WordSet("关闭 截止 结束 停止受理")
  private static let deadlines = WordSet("截止 截至 前 之前 以前 止 结束 为止")

  /// The window that a sentence states, with its words.
  func window(in sentence: Range<Int>) -> (window: ApplicationWindow, range: Range<Int>)? {
    if let match = Self.yearRound.first(in: text, sentence) { return (.yearRound, match.range) }
    guard Self.applying.isIn(text, sentence) else { return nil }
    if text.first("每年", in: sentence) != nil, let found = everyYear(in: sentence) { return found }
    let dates = DateScanner(text: text).dates(in: sentence)
    guard let first = dates.first else { return everyYear(in: sentence) }
    if dates.count > 1,
      Self.closing.isIn(
        text, dates[1].range.upperBound..<min(sentence.upperBound, dates[1].range.upperBound + 10)),
      first.day < dates[1].day
    {
      return (
        .between(from: first.day, until: dates[1].day),
        first.range.lowerBound..<dates[1].range.upperBound
      )
    }
    if dates.count > 1 {
      let second = dates[1]
      let between = first.range.upperBound..<second.range.lowerBound
      if between.count <= 14, text.contains(["至", "到", "-", "~"], in: between),
        first.day < second.day
      {
        return (
          .between(from: first.day, until: second.day),
          first.range.lowerBound..<second.range.upperBound
        )
      }
    }
    for date in dates {
      let near =
        max(
          sentence.lowerBound, date.range.lowerBound - 8)..<min(
          sentence.upperBound, date.range.upperBound + 12)
      let after = date.range.upperBound..<min(sentence.upperBound, date.range.upperBound + 12)
      if text.contains(["以后", "之后", "后认定", "后首次", "后新", "印发"], in: after) { continue }
      if text.contains(["起开始", "起受理", "开始申报", "起申报", "开始受理", "起,"], in: after) {
        return (.between(from: date.day, until: nil), date.range)
      }
      if Self.deadlines.isIn(text, near) {
        return (.between(from: nil, until: date.day), date.range)
      }
    }
    return nil
  }

  /// 每年3月底前, 每年9月1日至10月31日, 7月15日前.
  private func everyYear(
    in sentence: Range<Int>
  ) -> (window: ApplicationWindow, range: Range<Int>)? {
    let each = text.first("每年", in: sentence)
    var days: [(first: MonthDay, last: MonthDay, range: Range<Int>)] = []
    var index = each?.upperBound ?? sentence.lowerBound
    let limit = each.map { min(sentence.upperBound, $0.upperBound + 26) } ?? sentence.upperBound
    while index < limit {
      if !text[index - 1].isDigit, each != nil || text[index - 1] != "年",
        let day = monthDay(at: index, limit: sentence.upperBound)
      {
        days.append(day)
        index = day.range.upperBound
      } else {
        index += 1
      }
    }
    guard let first = days.first else { return nil }
    let start = each?.lowerBound ?? first.range.lowerBound
    if days.count > 1,
      text.contains(["至", "到", "-", "~"], in: first.range.upperBound..<days[1].range.lowerBound),
      days[1].range.lowerBound - first.range.upperBound <= 3
    {
      return (.everyYear(from: first.first, until: days[1].last), start..<days[1].range.upperBound)
    }
    let after = first.range.upperBound
    if text.longest(of: ["前", "之前", "以前", "截止"], at: after) != nil {
      return (.everyYear(from: nil, until: first.last), start..<(after + 1))
    }
    guard each != nil else { return nil }
    return (.everyYear(from: first.first, until: first.last), start..<after)
  }

  /// 9月, 3月底, 7月15日: the first and the last day that the words mean.
  private func monthDay(
    at index: Int, limit: Int
  ) -> (first: MonthDay, last: MonthDay, range: Range<Int>)? {
    guard let month = Numbers.integer(text, at: index, limit: limit), 1...12 ~= month.value,
      text[month.end] == "月"
    else { return nil }
    var end = month.end + 1
    if text[end] == "份" { end += 1 }
    if let day = Numbers.integer(text, at: end, limit: limit), 1...31 ~= day.value,
      text[day.end] == "日" || text[day.end] == "号"
    {
      let found = MonthDay(month: month.value, day: day.value)
      return (found, found, index..<(day.end + 1))
    }
    if text[end] == "底" || text[end] == "末" { end += 1 }
    return (MonthDay(month: month.value, day: 1), .end(of: month.value), index..<end)
  }

  /// The limit that a sentence states: 自受理之日起10个工作日内.
  func limit(in sentence: Range<Int>) -> (limit: TimeLimit, range: Range<Int>)? {
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      guard !text[index - 1].isDigit,
        let number = Numbers.integer(text, at: index, limit: sentence.upperBound), number.value > 0,
        number.value < 1_000
      else {
        index += 1
        continue
      }
      let at = text.skippingBlanks(number.end, limit: min(sentence.upperBound, number.end + 2))
      for (word, make) in Self.units {
        if let length = text.length(of: word, at: at) {
          let end = at + length
          let isTerm =
            text.longest(of: ["内", "以内", "之内", "办结", "完成"], at: end) != nil
            || text.contains(["不超过", "时限", "期限"], in: max(sentence.lowerBound, index - 8)..<index)
          if isTerm { return (make(number.value), index..<end) }
        }
      }
      index = number.end
    }
    return nil
  }

  private static let units: [(StaticString, @Sendable (Int) -> TimeLimit)] = [
    ("个工作日", { .workingDays($0) }), ("工作日", { .workingDays($0) }), ("个自然日", { .days($0) }),
    ("日", { .days($0) }), ("天", { .days($0) }), ("个月", { .months($0) }),
  ]
}

/// Finds whole dates.
struct DateScanner {
  let text: MatchText

  /// The dates of `range`: 2025年3月1日, 2025-03-01; 3月31日 takes the year of the date before it.
  func dates(in range: Range<Int>) -> [(day: CalendarDay, range: Range<Int>)] {
    var dates: [(day: CalendarDay, range: Range<Int>)] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index].isDigit, !text[index - 1].isDigit else {
        index += 1
        continue
      }
      if let found = date(at: index, limit: range.upperBound, year: dates.last?.day.year) {
        dates.append((found.day, index..<found.end))
        index = found.end
      } else {
        while index < range.upperBound, text[index].isDigit { index += 1 }
      }
    }
    return dates
  }

  private func date(at index: Int, limit: Int, year: Int?) -> (day: CalendarDay, end: Int)? {
    func digits(_ at: Int) -> (value: Int, end: Int)? {
      var end = text.skippingBlanks(at, limit: min(limit, at + 2))
      let start = end
      var value = 0
      while end < limit, end - start < 4, text[end].isDigit {
        value = value * 10 + Int(text[end].value - 0x30)
        end += 1
      }
      return end > start ? (value, end) : nil
    }
    guard let first = digits(index) else { return nil }
    var at = text.skippingBlanks(first.end, limit: min(limit, first.end + 2))
    if text[at] == "年", let month = digits(at + 1) {
      at = text.skippingBlanks(month.end, limit: min(limit, month.end + 2))
      guard text[at] == "月", let day = digits(at + 1) else { return nil }
      at = text.skippingBlanks(day.end, limit: min(limit, day.end + 2))
      guard text[at] == "日" || text[at] == "号" else { return nil }
      return CalendarDay(year: first.value, month: month.value, day: day.value).map { ($0, at + 1) }
    }
    if text[at] == "月", let year, let day = digits(at + 1), text[day.end] == "日" {
      return CalendarDay(year: year, month: first.value, day: day.value).map { ($0, day.end + 1) }
    }
    let sign = text[first.end]
    if sign == "-" || sign == "." || sign == "/", first.value > 1_900,
      let month = digits(first.end + 1),
      text[month.end] == sign, let day = digits(month.end + 1)
    {
      return CalendarDay(year: first.value, month: month.value, day: day.value).map {
        ($0, day.end)
      }
    }
    return nil
  }
}
