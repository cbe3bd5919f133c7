internal import PolicyText

/// The words around a figure: comma parts, caps, thresholds, nouns and units.
extension SupportReader {
  /// Comma clauses; commas inside brackets divide nothing.
  func parts(of sentence: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = sentence.lowerBound
    var depth = 0
    for index in sentence {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case ":" where text[index - 1].isDigit && text[index + 1].isDigit: continue
      case "," where depth == 0 && !isThousands(index), ";", ":":
        if start < index { parts.append(start..<index) }
        start = index + 1
      default: continue
      }
    }
    if start < sentence.upperBound { parts.append(start..<sentence.upperBound) }
    return parts
  }

  /// 1,500 and 1, 200: a comma inside a number.
  func isThousands(_ comma: Int) -> Bool {
    let next = text[comma + 1] == " " ? comma + 2 : comma + 1
    return text[comma - 1].isDigit && text[next].isDigit && text[next + 1].isDigit
      && text[next + 2].isDigit && !text[next + 3].isDigit
  }

  /// Where the words of a cap begin that end just before a figure.
  func capBefore(_ index: Int, from floor: Int) -> Int? {
    for gap in 0...9 {
      let end = index - gap
      guard end > floor else { return nil }
      for word in Self.capWords {
        if let length = text.length(of: word, before: end), end - length >= floor {
          // Nothing but a few words of naming between: 最高给予每家50万元.
          let between = end..<index
          if text.contains(["的", "达", "超"], in: between) { return nil }
          return end - length
        }
      }
      if gap > 0, text[end].endsSentence || text[end].isDigit { return nil }
    }
    return nil
  }

  func nounFollows(_ index: Int, limit: Int) -> Bool {
    var at = index
    // 的, (每户), 一次性, /户/年
    while at < limit, at - index < 4,
      text[at] == "的" || text[at] == " " || text[at] == "\n" || text[at] == "“"
    {
      at += 1
    }
    if text[at] == "/" {
      while at < limit, at - index < 10,
        text[at] == "/" || text[at].isHan && text[at - 1] == "/" || text[at] == "人"
      {
        at += 1
      }
      if text.has("标准", at: at) || text.has("的标准", at: at) { return true }
      if text[at] == "的" { at += 1 }
    }
    return text.longest(of: Self.supportNouns, at: at) != nil
  }

  private static let grants = WordSet(grantVerbs.map { (word: $0.description, value: true) })
  private static let funds = WordSet(fundWords.map { (word: $0.description, value: true) })

  func lastGrant(in range: Range<Int>) -> Range<Int>? { Self.grants.last(in: text, range)?.range }

  /// Whether a word of a fund ends in `range` behind `end`.
  private func hasFund(in range: Range<Int>, endingBehind end: Int) -> Bool {
    // No word of a fund is longer than eight scalars.
    (max(range.lowerBound, end - 8)..<range.upperBound).contains { index in
      Self.funds.longest(in: text, at: index, limit: range.upperBound).map {
        $0.range.upperBound > end
      } ?? false
    }
  }

  func lastOf(_ words: [StaticString], in range: Range<Int>) -> Range<Int>? {
    var best: Range<Int>?
    for word in words {
      if let place = text.last(word, in: range), place.upperBound <= range.upperBound,
        place.lowerBound > best?.lowerBound ?? -1
      {
        best = place
      }
    }
    return best
  }

  /// Whether words of a threshold stand between a verb of granting and a figure.
  func thresholdBetween(_ grant: Range<Int>, _ figure: Int) -> Bool {
    guard grant.upperBound < figure else { return false }
    return text.contains(
      ["达到", "超过", "突破", "不低于", "不少于", "以上", "收入", "产值", "销售额", "投资额", "增长", "规模", "贷款"],
      in: grant.upperBound..<figure)
  }

  func isThreshold(_ figure: Figure, in part: Range<Int>) -> Bool {
    let before = max(part.lowerBound, figure.range.lowerBound - 6)..<figure.range.lowerBound
    let isMarked = Self.thresholdBefore.contains { word in
      text.last(word, in: before).map { $0.upperBound <= figure.range.lowerBound } ?? false
    }
    return isMarked || followsThreshold(figure.range.upperBound)
  }

  func thresholdRightBefore(_ index: Int) -> Bool {
    Self.thresholdBefore.contains { text.has($0, before: index) }
  }

  func followsThreshold(_ index: Int) -> Bool {
    guard let length = text.longest(of: Self.thresholdAfter, at: index) else { return false }
    // 10万元的项目补助: what follows is the support itself.
    let after = index + length
    return text.longest(of: ["补助", "奖励", "补贴", "资助", "支持", "扶持", "综合资金"], at: after) == nil
  }

  func isFund(_ figure: Figure, in part: Range<Int>) -> Bool {
    let before = part.lowerBound..<figure.range.lowerBound
    if case .percent = figure.value {
      // A share of running costs is a rate; a share of a budget is none.
      return text.contains(["预算安排", "统筹安排", "年度新增建设用地", "预留", "计划总量"], in: before)
    }
    if text.has("规模", before: figure.range.lowerBound) { return true }
    guard Self.funds.isIn(text, before) else {
      return text.longest(
        of: ["经费", "活动经费", "元罚款", "罚款", "的罚款", "以上罚款"], at: figure.range.upperBound) != nil
    }
    return lastGrant(in: before).map { hasFund(in: before, endingBehind: $0.upperBound) } ?? true
  }

  func speaksOfSupport(_ sentence: Range<Int>) -> Bool {
    text.contains(
      ["奖励", "补贴", "补助", "资助", "奖补", "贴息", "扶持", "给予", "支持标准", "支持比例", "补助比例"], in: sentence)
  }

  func laterGrant(after part: Range<Int>, in sentence: Range<Int>) -> Bool {
    text.longestGrant(in: part.upperBound..<min(sentence.upperBound, part.upperBound + 40))
  }

  /// Whether a percentage is of a relief: a fee or tax cut, a refund of contributions.
  func isRelief(around figure: Figure, in part: Range<Int>, sentence: Range<Int>) -> Bool {
    let near =
      max(
        part.lowerBound, figure.range.lowerBound - 16)..<min(
        part.upperBound, figure.range.upperBound + 10)
    if text.contains(["减免", "减征", "减收", "减按", "免征", "加计扣除", "税前扣除", "缓缴", "下调", "租金优惠"], in: near),
      !text.contains(["加计扣除额", "减免额"], in: near)
    {
      return true
    }
    if text.contains(["返还"], in: near)
      || text.contains(["稳岗返还", "返还标准", "返还比例", "返还其"], in: sentence),
      text.contains(["失业保险", "社会保险", "保险费", "税"], in: sentence)
    {
      return true
    }
    // 逐步将平均担保费率降至1%以下: a target.
    return text.contains(["费率", "利率"], in: near) && !text.contains(["平均", "逐步"], in: near)
      && text.contains(["降低", "降至", "降到", "下调"], in: near)
  }

  /// The unit that a sum counts: 每人每月, /户/年, 每件.
  func unit(around figure: Figure, in part: Range<Int>) -> String? {
    var at = figure.range.upperBound
    if text[at] == "/" {
      var units: [String] = []
      while text[at] == "/" || text[at] == "·" && !units.isEmpty, at < part.upperBound {
        guard let match = Self.units.longest(in: text, at: at + 1, limit: part.upperBound) else {
          var end = at + 1
          while end < part.upperBound, end - at < 5, text[end].isHan, !isNounStart(end) { end += 1 }
          if text.has("标准", at: end - 1) { end -= 1 }
          let word = text.name((at + 1)..<end)
          if word.isEmpty { break }
          units.append(word)
          at = end
          continue
        }
        units.append(text.name(match.range))
        at = match.range.upperBound
      }
      return units.isEmpty ? nil : units.joined(separator: "·")
    }
    // 每 before the figure in the same comma clause, no other figure between.
    let before = max(part.lowerBound, figure.range.lowerBound - 18)..<figure.range.lowerBound
    guard let each = text.last("每", in: before) else { return nil }
    let between = each.upperBound..<figure.range.lowerBound
    if text.contains(["万元", "元", "%"], in: between), text.contains(["、", "和", "或"], in: between) {
      return nil
    }
    if text.contains(["台阶"], in: between) { return "台阶" }
    if text.contains(["的", "达", "超"], in: between), text[each.upperBound].isDigit == false,
      !text.has("的标准", before: figure.range.lowerBound), text.first("的", in: between) != nil
    {
      return nil
    }
    var words: [String] = []
    var start = each.lowerBound
    // 每平方米每月: the first of several.
    while let earlier = text.last("每", in: max(part.lowerBound, start - 6)..<start),
      (earlier.upperBound..<start).allSatisfy({ text[$0].isHan }), start - earlier.upperBound <= 4,
      start > earlier.upperBound, !text.contains(["给", "予", "按"], in: earlier.upperBound..<start)
    {
      start = earlier.lowerBound
    }
    var index = start
    while index < figure.range.lowerBound, text[index] == "每" {
      var end = index + 1
      while end < figure.range.lowerBound, end - index <= 8, text[end] != "每", !isUnitEnd(end) {
        end += 1
      }
      let word = text.name((index + 1)..<end)
      if word.isEmpty { break }
      words.append(word)
      index = end
    }
    // 每招用1名…: what is counted is the 名.
    let unit = words.map { word in
      if word.count > 2, word.hasPrefix("个") { return String(word.dropFirst()) }
      guard let one = word.firstIndex(of: "1"), let next = word[one...].dropFirst().first,
        "名人个家件项户辆台".contains(next)
      else { return word }
      return String(next)
    }.joined(separator: "·")
    if unit.isEmpty || unit == "年" || unit == "年度" { return nil }
    return unit
  }

  func isUnitEnd(_ index: Int) -> Bool {
    text.longest(
      of: [
        "给予", "予以", "奖励", "补贴", "补助", "资助", "最高", "不超过", "分别", "按", "一次性", "可", "奖", "补", "发放",
        "享受", "单", "再", "另",
      ], at: index) != nil
  }

  func isNounStart(_ index: Int) -> Bool {
    text.longest(of: ["标准", "给予", "的", "奖励", "补贴", "补助", "资助", "予以"], at: index) != nil
  }
}
