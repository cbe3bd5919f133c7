internal import PolicyText

/// Finds what limits an award beside sums: once, months, the first ten, 择优.
struct LimitReader {
  let text: MatchText

  private static let words = WordSet<Award.Limit>([
    .once: "一次性",
    .competitive: """
    择优 总额控制 总量控制 按比例兑付 竞争性 同比例 先到先得 额满为止 用完即止 按比例核减 \
    按比例下浮 遴选 按比例拨付
    """,
    .discretionary: "可适当 适当放大 酌情 视情 适当提高 适当上浮",
  ])
  private static let terms = WordSet(
    """
    期限 最长 不超过 连续 期 为期 时间 最多 累计 补贴 贴息 享受 给予 年限 周期 支持 扶持 奖励
    补助 连补 连奖 连续给予 限 共
    """)

  func limits(in range: Range<Int>) -> [(limit: Award.Limit, range: ByteRange)] {
    var limits: [(limit: Award.Limit, range: ByteRange)] = Self.words.all(in: text, range).map {
      ($0.value, text.bytes($0.range))
    }
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == "前", let found = top(at: index, limit: range.upperBound) {
        limits.append((.top(found.count), text.bytes(index..<found.end)))
        index = found.end
      } else if let found = months(at: index, in: range) {
        limits.append((.months(found.months), text.bytes(found.range)))
        index = found.range.upperBound
      } else {
        index += 1
      }
    }
    return limits
  }

  /// 前10名, 前3位, 排名前五.
  private func top(at index: Int, limit: Int) -> (count: Int, end: Int)? {
    guard let number = Numbers.integer(text, at: index + 1, limit: limit) else { return nil }
    var end = number.end
    guard
      text.longest(of: ["名", "位", "家", "强", "个"], at: end) != nil
        || text.has("排名", before: index) || text.has("位列", before: index)
    else { return nil }
    if text.longest(of: ["个月", "个百分点"], at: end) != nil { return nil }
    if !text[end].isBlank { end += 1 }
    return (number.value, end)
  }

  /// 期限不超过12个月, 连续三年, 最长2年.
  private func months(at index: Int, in range: Range<Int>) -> (months: Int, range: Range<Int>)? {
    guard !text[index - 1].isDigit, text[index - 1] != "第", text[index - 1] != "近",
      text[index - 1] != "前", text[index - 1] != "后", text[index - 1] != "满",
      let number = Numbers.integer(text, at: index, limit: range.upperBound)
    else { return nil }
    var end = text.skippingBlanks(number.end, limit: min(range.upperBound, number.end + 1))
    let factor: Int
    if text.has("个月", at: end) {
      factor = 1
      end += 2
    } else if text[end] == "年", text[end + 1] != "度", text[end + 1] != "内" {
      factor = 12
      end += 1
    } else {
      return nil
    }
    guard number.value * factor <= 240, number.value > 0 else { return nil }
    let before = max(range.lowerBound, index - 9)..<index
    guard Self.terms.isIn(text, before),
      !text.contains(["成立", "满", "达", "近", "工作", "缴纳", "缴费", "以上", "注册", "存续", "有效期"], in: before),
      text.longest(of: ["以上", "及以上", "内", "以内", "前"], at: end) == nil
    else { return nil }
    return (number.value * factor, index..<end)
  }
}

/// Whole numbers in digits or Chinese numerals.
enum Numbers {
  /// The whole number at an index: 12, 1,000, 三, 十二.
  static func integer(_ text: MatchText, at index: Int, limit: Int) -> (value: Int, end: Int)? {
    var at = index
    var value = 0
    while at < limit, at - index < 12,
      text[at].isDigit
        || text[at] == "," && at > index && text[at + 1].isDigit && text[at + 2].isDigit
          && text[at + 3].isDigit
    {
      if text[at].isDigit { value = value * 10 + Int(text[at].value - 0x30) }
      at += 1
    }
    if at > index { return text[at] == "." ? nil : (value, at) }
    return AmountScanner(text: text).numeral(at: index, limit: limit).map {
      (Int($0.value), $0.end)
    }
  }
}
