import PolicyText
package import PolicyVocabulary

/// A number as it is written (数字): 1,200, 1.5万, 1亿5000万, 三万五, 二〇二五, 两.
///
/// The one reader of numerals; whatever needs a number asks it.
package struct Numeral: Sendable {
  /// The number.
  package let value: ExactNumber
  /// The index after its last scalar.
  package let end: Int
  /// The 万 or 亿 that it ends with, 1 where there is none: 3 of 3—8万元 takes it over.
  package let scale: Int64
  /// Whether Arabic digits stand in it.
  package let isArabic: Bool

  /// Whether `scalar` is a Chinese digit, 十 included.
  package static func isChineseDigit(_ scalar: Unicode.Scalar) -> Bool {
    digit(scalar) != nil || scalar == "十"
  }

  /// Reads the numeral that begins at `index` and ends below `limit`; nil where there is none.
  package init?(_ text: ClauseText, at index: Int, limit: Int) {
    var reader = NumeralReader(text: text, position: index, limit: limit)
    guard let value = reader.read() else { return nil }
    self.value = value
    end = reader.position
    scale = reader.scale
    isArabic = reader.isArabic
  }

  fileprivate static func digit(_ scalar: Unicode.Scalar) -> Int64? {
    switch scalar {
    case "〇", "零", "○": 0
    case "一", "壹": 1
    case "二", "两", "贰": 2
    case "三", "叁": 3
    case "四", "肆": 4
    case "五", "伍": 5
    case "六", "陆": 6
    case "七", "柒": 7
    case "八", "捌": 8
    case "九", "玖": 9
    default: nil
    }
  }

  fileprivate static func power(_ scalar: Unicode.Scalar) -> Int64? {
    switch scalar {
    case "十", "拾": 10
    case "百", "佰": 100
    case "千", "仟": 1_000
    case "万": 10_000
    case "亿": 100_000_000
    default: nil
    }
  }
}

/// Walks over the signs of one numeral.
private struct NumeralReader {
  let text: ClauseText
  var position: Int
  let limit: Int
  var scale: Int64 = 1
  var isArabic = false
  /// What stands before the last 万 or 亿.
  private var total = ExactNumber.zero
  /// What stands behind it, digits included that have their power.
  private var section = ExactNumber.zero
  /// The digits that wait for their power.
  private var pending: ExactNumber?
  private var lastPower: Int64 = 1

  init(text: ClauseText, position: Int, limit: Int) {
    self.text = text
    self.position = position
    self.limit = limit
  }

  mutating func read() -> ExactNumber? {
    let start = position
    while position < limit {
      if let digits = arabic() ?? chinese() {
        if pending != nil { break }
        pending = digits
      } else if let power = Numeral.power(text[position]), take(power, isFirst: position == start) {
        position += 1
      } else {
        break
      }
    }
    guard position > start else { return nil }
    return ended()
  }

  /// Digits with commas and a decimal point.
  private mutating func arabic() -> ExactNumber? {
    var end = position
    var digits = ""
    while end < limit {
      let scalar = text[end]
      if scalar.isASCIIDigit {
        digits.unicodeScalars.append(scalar)
      } else if scalar == ".", text[end + 1].isASCIIDigit, end > position, !digits.contains(".") {
        digits.append(".")
      } else if scalar == ",", !digits.isEmpty, isGroup(end + 1) {
        end += 1
        continue
      } else {
        break
      }
      end += 1
    }
    guard end > position, digits.utf8.count < 16, let value = ExactNumber(decimal: digits) else {
      return nil
    }
    position = end
    isArabic = true
    return value
  }

  /// Whether exactly three digits stand at `index`: what follows a comma of thousands.
  private func isGroup(_ index: Int) -> Bool {
    (0..<3).allSatisfy { text[index + $0].isASCIIDigit } && !text[index + 3].isASCIIDigit
  }

  /// One Chinese digit, or several in a row, as in 二〇二五.
  private mutating func chinese() -> ExactNumber? {
    var value: Int64 = 0
    var end = position
    while end < limit, let digit = Numeral.digit(text[end]), end - position < 9 {
      value = value * 10 + digit
      end += 1
    }
    guard end > position else { return nil }
    position = end
    return ExactNumber(value)
  }

  /// Applies a power to what waits; false where the power is no part of the numeral.
  private mutating func take(_ power: Int64, isFirst: Bool) -> Bool {
    if isFirst, power != 10 { return false }
    guard let factor = ExactNumber(power) else { return false }
    if power < 10_000 {
      guard let product = (pending ?? .one).times(factor), let sum = section.plus(product) else {
        return false
      }
      section = sum
    } else {
      guard let part = section.plus(pending ?? .zero), part != .zero || total != .zero,
        let product = (power == 100_000_000 ? total.plus(part) : part)?.times(factor)
      else { return false }
      guard let sum = power == 100_000_000 ? product : total.plus(product) else { return false }
      total = sum
      section = .zero
      scale = power
    }
    pending = nil
    lastPower = power
    return true
  }

  /// The sum of all parts; 三万五 ends with a digit of the next lower power.
  private mutating func ended() -> ExactNumber? {
    var rest = pending ?? .zero
    if pending != nil, lastPower >= 100, text[position - 2].value != 0x96F6,
      Numeral.digit(text[position - 1]) != nil, Numeral.power(text[position - 2]) != nil,
      let tenth = ExactNumber(lastPower / 10), let product = rest.times(tenth)
    {
      rest = product
      if lastPower >= 10_000 { scale = 1 }
    } else if pending != nil {
      scale = lastPower == 1 ? scale : 1
    }
    return total.plus(section)?.plus(rest)
  }
}

extension Unicode.Scalar {
  /// Whether it is a digit from 0 to 9.
  var isASCIIDigit: Bool { "0"..."9" ~= self }
}
