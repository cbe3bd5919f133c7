internal import PolicyText

/// Chinese numerals (一、二十三、一百零五、二〇二二) and the digits of numbering marks.
enum ChineseNumeral {
  /// The value of one numeral character from 零 to 九, 两 included.
  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零", "○", "Ｏ": 0
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

  /// The power of ten that a character multiplies by.
  static func power(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十", "拾": 10
    case "百", "佰": 100
    case "千", "仟": 1_000
    default: nil
    }
  }

  /// Reads the numeral that begins at `index`.
  ///
  /// - Returns: Its value and the index after it, or nil where none stands there. `二〇二二` reads as 2022,
  ///   `一百零五` as 105, `十二` as 12.
  static func read(_ text: MatchText, at index: Int, limit: Int) -> (value: Int, end: Int)? {
    var end = index
    var digits: [Int] = []
    var total = 0
    var hasPower = false
    while end < limit, end - index < 12 {
      let scalar = text[end]
      if let digit = digit(scalar) {
        digits.append(digit)
      } else if let power = power(scalar) {
        hasPower = true
        total += (digits.last ?? 1) * power
        digits.removeAll()
      } else {
        break
      }
      end += 1
    }
    guard end > index else { return nil }
    if hasPower { return (total + (digits.last ?? 0), end) }
    return (digits.reduce(0) { $0 * 10 + $1 }, end)
  }

  /// Reads ASCII digits at `index`, at most nine.
  static func readDigits(_ text: MatchText, at index: Int, limit: Int) -> (value: Int, end: Int)? {
    var end = index
    var value = 0
    while end < limit, end - index < 9, text[end].isDigit {
      value = value * 10 + Int(text[end].value - 0x30)
      end += 1
    }
    return end > index ? (value, end) : nil
  }
}
