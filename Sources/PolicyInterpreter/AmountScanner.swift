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
      if let figure = figure(at: index, limit: range.upperBound) {
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
    case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "两":
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
      } else if scalar == ",", text[at + 1].isDigit, text[at + 2].isDigit, text[at + 3].isDigit,
        !text[at + 4].isDigit
      {
        // A thousands comma.
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
    guard let unit = unit(at: at, limit: limit) else { return nil }
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    return figure(digits: digits, scale: scale, unit: unit, from: index)
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
    guard text[next] == "元" else { return nil }
    // 美元, 港元 are other money.
    return (.money(fen: factor), next + 1)
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
    if text.has("百分之", at: index) {
      guard let read = numeral(at: index + 3, limit: limit) else { return nil }
      return Figure(value: .percent(read.value * 10_000), range: index..<read.end)
    }
    guard let read = numeral(at: index, limit: limit), let unit = unit(at: read.end, limit: limit),
      case .money = unit.unit
    else { return nil }
    return figure(digits: read.value, scale: 1, unit: unit, from: index)
  }

  private func numeral(at index: Int, limit: Int) -> (value: Int64, end: Int)? {
    var total: Int64 = 0
    var digit: Int64?
    var at = index
    while at < limit {
      let value: Int64? =
        switch text[at] {
        case "一": 1
        case "二", "两": 2
        case "三": 3
        case "四": 4
        case "五": 5
        case "六": 6
        case "七": 7
        case "八": 8
        case "九": 9
        case "零", "〇": 0
        default: nil
        }
      if let value {
        digit = value
      } else if text[at] == "十" {
        total += (digit ?? 1) * 10
        digit = nil
      } else if text[at] == "百", text[at + 1] != "万" || digit != nil {
        total += (digit ?? 1) * 100
        digit = nil
      } else if text[at] == "千", text[at + 1] != "万" || digit != nil {
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
