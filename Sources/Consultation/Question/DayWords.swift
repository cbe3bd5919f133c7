internal import PolicyText

/// Years, months and days of a question, in digits and as they are said: 2021年, 一九年八月, 2月1号.
struct DayWords {
  /// The years that are named.
  private(set) var years: [Int] = []
  /// The months and days that are named, with their years, as texts write them: 2019年8月.
  private(set) var dates: [String] = []
  private let text: MatchText

  /// Reads a question; what names a year, a month or a day is covered.
  ///
  /// 三年 and 20年 alone are lengths of time. Assumption: two digits before 年 name a year where they are read out
  /// (二零年), or where a month follows.
  init(_ text: MatchText, covering covered: inout [Bool]) {
    self.text = text
    func cover(_ range: ClosedRange<Int>) {
      for place in range where covered.indices.contains(place) { covered[place] = true }
    }
    var last: (year: Int, end: Int)?
    var index = 0
    while index < text.count {
      let end = digitsEnd(from: index)
      guard end > index, Self.value(text[index - 1]) == nil else {
        index = max(end, index + 1)
        continue
      }
      if text[end] == "年", let year = year(index..<end) {
        if !years.contains(year) { years.append(year) }
        last = (year, end + 1)
        cover(index...end)
      } else if text[end] == "月", text[index - 1] != "个", let month = number(index..<end),
        1...12 ~= month
      {
        var date = "\(month)月"
        if let last, last.end == index { date = "\(last.year)年" + date }
        cover(index...end)
        let dayEnd = digitsEnd(from: end + 1)
        if text[dayEnd] == "日" || text[dayEnd] == "号", let day = number((end + 1)..<dayEnd),
          1...31 ~= day
        {
          date += "\(day)日"
          cover((end + 1)...dayEnd)
          index = dayEnd
        }
        if !dates.contains(date) { dates.append(date) }
      }
      index = max(index, end) + 1
    }
  }

  private func digitsEnd(from start: Int) -> Int {
    var end = start
    while end < text.count, Self.value(text[end]) != nil { end += 1 }
    return end
  }

  private func year(_ range: Range<Int>) -> Int? {
    let digits = range.compactMap { Self.value(text[$0]) }
    guard digits.allSatisfy({ $0 < 10 }) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + $1 }
    if digits.count == 4 { return 1_990...2_099 ~= value ? value : nil }
    guard digits.count == 2, value <= 40 else { return nil }
    let isSaid = !text[range.lowerBound].isDigit && digits[0] <= 2
    let monthEnd = digitsEnd(from: range.upperBound + 1)
    let isBeforeMonth = monthEnd > range.upperBound + 1 && text[monthEnd] == "月"
    return isSaid || isBeforeMonth ? 2_000 + value : nil
  }

  /// 8, 12, 八, 十二, 二十, 二十一.
  private func number(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 3 else { return nil }
    var value = 0
    var isAfterTen = false
    for index in range {
      guard let digit = Self.value(text[index]) else { return nil }
      if digit == 10 {
        value = max(value, 1) * 10
        isAfterTen = true
      } else {
        value = isAfterTen ? value + digit : value * 10 + digit
      }
    }
    return value
  }

  private static func value(_ scalar: Unicode.Scalar) -> Int? {
    scalar.isDigit ? Int(scalar.value - 0x30) : read[scalar]
  }

  private static let read: [Unicode.Scalar: Int] = [
    "零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "十": 10,
  ]
}
