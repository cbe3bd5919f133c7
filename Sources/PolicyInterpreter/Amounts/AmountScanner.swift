internal import PolicyParser
internal import PolicyText

/// A figure in the text: money or a percentage.
struct Figure {
  enum Value {
    case money(Int64)
    case percent(Int64)
  }

  var value: Value
  var range: Range<Int>
}

/// Finds money and percentages, digits or Chinese numerals, spaces and line breaks inside.
struct AmountScanner {
  let text: MatchText

  /// The figures of `range`, in order.
  ///
  /// - Complexity: O(*n*).
  func figures(in range: Range<Int>) -> [Figure] {
    var figures: [Figure] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index].isDigit, let pair = pair(at: index, limit: range.upperBound),
        pair.high.range.upperBound <= range.upperBound
      {
        figures += [pair.low, pair.high]
        index = pair.high.range.upperBound
      } else if let figure = figure(at: index, limit: range.upperBound),
        figure.range.upperBound <= range.upperBound
      {
        figures.append(figure)
        index = figure.range.upperBound
      } else {
        index += 1
        // The rest of a number is no number.
        while index < range.upperBound, text[index - 1].isDigit,
          text[index].isDigit || text[index] == "."
        {
          index += 1
        }
      }
    }
    return figures
  }

  private func figure(at index: Int, limit: Int) -> Figure? {
    let scalar = text[index]
    if scalar.isDigit { return decimal(at: index, limit: limit) }
    switch scalar {
    case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "两", "壹", "贰", "叁", "肆",
      "伍", "陆", "柒", "捌", "玖", "拾":
      return chinese(at: index, limit: limit)
    default: break
    }
    return nil
  }

  /// 20, 1,000, 10 0, 0.3 with a unit.
  private func decimal(at index: Int, limit: Int) -> Figure? {
    var at = index
    var digits: Int64 = 0
    var decimals = 0
    var sawPoint = false
    var count = 0
    while at < limit, count < 15 {
      let scalar = text[at]
      if scalar.isDigit {
        digits = digits * 10 + Int64(scalar.value - 0x30)
        if sawPoint { decimals += 1 }
        count += 1
      } else if scalar == ".", !sawPoint, text[at + 1].isDigit {
        sawPoint = true
      } else if scalar == ",", isThousands(at: at + 1) {
        // A thousands comma.
      } else if scalar == ",", text[at + 1] == " ", isThousands(at: at + 2) {
        at += 1
      } else if scalar.isBlank, text[text.skippingBlanks(at, limit: limit)].isDigit,
        text.skippingBlanks(at, limit: limit) - at <= 2
      {
        // A space or a line break inside a number, where the unit comes after it all.
        let next = text.skippingBlanks(at, limit: limit)
        var end = next
        while end < limit, text[end].isDigit { end += 1 }
        guard end - next <= 3, unit(at: end, limit: limit) != nil else { break }
        at = next - 1
      } else {
        break
      }
      at += 1
    }
    guard decimals <= 6 else { return nil }
    if text[at] == ":", digits == 1, decimals == 0, let share = ratio(at: at + 1, from: index) {
      return share
    }
    guard let unit = unit(at: at, limit: limit) else { return nil }
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    return figure(digits: digits, scale: scale, unit: unit, from: index)
  }

  /// 1:0.5 as a share of 50 %.
  private func ratio(at index: Int, from start: Int) -> Figure? {
    var at = index
    var digits: Int64 = 0
    var scale: Int64 = 1
    var sawPoint = false
    while at - index < 5, text[at].isDigit || text[at] == "." && !sawPoint && text[at + 1].isDigit {
      if text[at] == "." {
        sawPoint = true
      } else {
        digits = digits * 10 + Int64(text[at].value - 0x30)
        if sawPoint { scale *= 10 }
      }
      at += 1
    }
    guard at > index, digits > 0, digits <= 10 * scale,
      text.contains(["配套", "匹配"], in: max(0, start - 30)..<min(text.count, at + 14))
    else { return nil }
    return Figure(value: .percent(digits * 1_000_000 / scale), range: start..<at)
  }

  /// Whether three digits and no more stand at an index.
  private func isThousands(at index: Int) -> Bool {
    text[index].isDigit && text[index + 1].isDigit && text[index + 2].isDigit
      && !text[index + 3].isDigit
  }

  private enum Unit {
    case money(fen: Int64)
    case percent(hundredths: Int64)
  }

  private func unit(at index: Int, limit: Int) -> (unit: Unit, end: Int)? {
    var at = text.skippingBlanks(index, limit: min(limit, index + 2))
    var factor: Int64 = 100
    if text.has("个百分点", at: at) { return (.percent(hundredths: 10_000), at + 4) }
    if text.has("个基点", at: at) { return (.percent(hundredths: 100), at + 3) }
    if text[at] == "%" { return (.percent(hundredths: 10_000), at + 1) }
    if text[at] == "‰" { return (.percent(hundredths: 1_000), at + 1) }
    switch text[at] {
    case "千" where text[at + 1] == "万":
      factor *= 10_000_000
      at += 2
    case "百" where text[at + 1] == "万":
      factor *= 1_000_000
      at += 2
    case "万":
      factor *= 10_000
      at += 1
    case "亿":
      factor *= 100_000_000
      at += 1
    case "千":
      factor *= 1_000
      at += 1
    default: break
    }
    let next = text.skippingBlanks(at, limit: min(limit, at + 2))
    // 美元, 港元 are other money.
    if text[next] == "元" { return (.money(fen: factor), next + 1) }
    // 国家级500万、省级200万: 元 is left out where nothing else can be counted.
    guard factor >= 1_000_000, at > index, isBare(at) else { return nil }
    return (.money(fen: factor), at)
  }

  /// Whether what follows 万 or 亿 counts nothing: a sign, the end, or a word of granting.
  private func isBare(_ index: Int) -> Bool {
    switch text[index] {
    case "、", ",", "。", ";", "\n", ")", "-", "至", "~", "奖", "补", "资": true
    case "的": text.longest(of: ["的奖", "的补", "的资", "的一次", "的扶", "的支"], at: index) != nil
    default: false
    }
  }

  /// Two numbers with one unit: 200-300万元, 20～30%.
  func pair(at index: Int, limit: Int) -> (low: Figure, high: Figure)? {
    var at = index
    // A longer run of digits and points is no figure; reading it to its end would cost its square.
    while at < min(limit, index + 8),
      text[at].isDigit || text[at] == "." && text[at + 1].isDigit
    { at += 1 }
    guard at > index, at - index <= 7, text[at] == "-" || text[at] == "~" || text[at] == "至",
      text[at + 1].isDigit, let high = decimal(at: at + 1, limit: limit),
      let unit = bareUnit(of: high)
    else { return nil }
    var digits: Int64 = 0
    var scale: Int64 = 1
    var sawPoint = false
    for place in index..<at {
      if text[place] == "." {
        sawPoint = true
      } else {
        digits = digits * 10 + Int64(text[place].value - 0x30)
        if sawPoint { scale *= 10 }
      }
    }
    guard let low = figure(digits: digits, scale: scale, unit: (unit, at), from: index) else {
      return nil
    }
    return (low, high)
  }

  /// The unit of a figure that was read.
  private func bareUnit(of figure: Figure) -> Unit? {
    var at = figure.range.lowerBound
    while at < figure.range.upperBound,
      text[at].isDigit || text[at] == "." || text[at] == "," || text[at].isBlank
    { at += 1 }
    return unit(at: at, limit: figure.range.upperBound + 1)?.unit
  }

  private func figure(
    digits: Int64, scale: Int64, unit: (unit: Unit, end: Int), from index: Int
  ) -> Figure? {
    switch unit.unit {
    case .money(let fen):
      let (product, overflow) = digits.multipliedReportingOverflow(by: fen)
      guard !overflow else { return nil }
      return Figure(value: .money(product / scale), range: index..<unit.end)
    case .percent(let hundredths):
      let (product, overflow) = digits.multipliedReportingOverflow(by: hundredths)
      guard !overflow else { return nil }
      return Figure(value: .percent(product / scale), range: index..<unit.end)
    }
  }

  /// Chinese numerals: 五十万元, 百分之三十.
  private func chinese(at index: Int, limit: Int) -> Figure? {
    for (word, whole) in [("百分之", 10_000), ("千分之", 1_000)] as [(StaticString, Int64)]
    where text.has(word, at: index) {
      guard let read = numeral(at: index + 3, limit: limit) else { return nil }
      var end = read.end
      var value = read.value * whole
      if text[end] == "点", let decimals = decimals(at: end + 1, limit: limit) {
        value += whole * decimals.digits / decimals.scale
        end = decimals.end
      }
      return Figure(value: .percent(value), range: index..<end)
    }
    if text[index] == "千" { return nil }
    if text.has("分之", at: index + 1), let whole = Self.digit(text[index]), whole > 1,
      let part = Self.digit(text[index + 3]), part < whole
    {
      return Figure(value: .percent(part * 1_000_000 / whole), range: index..<(index + 4))
    }
    guard let read = numeral(at: index, limit: limit), let unit = unit(at: read.end, limit: limit),
      case .money = unit.unit
    else { return nil }
    return figure(digits: read.value, scale: 1, unit: unit, from: index)
  }

  /// 七点五: the digits behind the point.
  private func decimals(at index: Int, limit: Int) -> (digits: Int64, scale: Int64, end: Int)? {
    var digits: Int64 = 0
    var scale: Int64 = 1
    var at = index
    while at < limit, at - index < 4, let digit = Self.digit(text[at]) {
      digits = digits * 10 + digit
      scale *= 10
      at += 1
    }
    return at > index ? (digits, scale, at) : nil
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
    switch scalar {
    case "一", "壹": 1
    case "二", "两", "贰": 2
    case "三", "叁": 3
    case "四", "肆": 4
    case "五", "伍": 5
    case "六", "陆": 6
    case "七", "柒": 7
    case "八", "捌": 8
    case "九", "玖": 9
    case "零", "〇": 0
    default: nil
    }
  }

  func numeral(at index: Int, limit: Int) -> (value: Int64, end: Int)? {
    var total: Int64 = 0
    var digit: Int64?
    var at = index
    while at < limit, at - index < 24 {
      let value = Self.digit(text[at])
      if let value {
        digit = value
      } else if text[at] == "十" || text[at] == "拾" {
        total += (digit ?? 1) * 10
        digit = nil
      } else if text[at] == "百" || text[at] == "佰", text[at + 1] != "万" || digit != nil {
        total += (digit ?? 1) * 100
        digit = nil
      } else if text[at] == "千" || text[at] == "仟", text[at + 1] != "万" || digit != nil {
        total += (digit ?? 1) * 1_000
        digit = nil
      } else {
        break
      }
      at += 1
    }
    guard at > index else { return nil }
    return (total + (digit ?? 0), at)
  }
}
