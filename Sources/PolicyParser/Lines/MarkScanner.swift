internal import PolicyText

/// Finds everything in the text that looks like a numbering label; the outline decides which ones are.
struct MarkScanner {
  let text: MatchText

  /// The candidates of one line, in order.
  ///
  /// - Complexity: O(*n*).
  func marks(in line: Range<Int>, number: Int) -> [NumberingMark] {
    var marks: [NumberingMark] = []
    let first = text.skippingSpaces(line.lowerBound, limit: line.upperBound)
    var index = first
    while index < line.upperBound {
      guard let found = mark(at: index, limit: line.upperBound, isFirst: index == first) else {
        index += 1
        continue
      }
      marks.append(
        NumberingMark(
          style: found.style, number: found.number, branch: found.branch,
          label: index..<found.end, place: place(of: index, first: first, in: line), line: number))
      index = found.end
    }
    return marks
  }

  private typealias Found = (style: NumberingStyle, number: Int, branch: Int, end: Int)

  private func place(of index: Int, first: Int, in line: Range<Int>) -> NumberingMark.Place {
    if index == first { return .lineStart }
    var before = index - 1
    while before > line.lowerBound, text[before] == " " { before -= 1 }
    if text[before].endsSentence || before < index - 1 { return .afterStop }
    switch text[before] {
    case ":", ",", ")", "]", "”", "》", "\"", "、": return .afterStop
    default: return .inline
    }
  }

  private func mark(at index: Int, limit: Int, isFirst: Bool) -> Found? {
    let scalar = text[index]
    switch scalar {
    case "政" where isFirst: return policy(at: index, limit: limit)
    case "措" where isFirst: return policy(at: index, limit: limit)
    case "第": return division(at: index, limit: limit, isFirst: isFirst)
    case "(": return inParentheses(at: index, limit: limit, isFirst: isFirst)
    case "0"..."9": return arabic(at: index, limit: limit, isFirst: isFirst)
    case "a"..."z" where isFirst:
      // a. b. c. at the beginning of lines.
      let isLabel = text[index + 1] == "." || text[index + 1] == "、" || text[index + 1] == ")"
      guard isLabel, text[index + 2].isHan || text[index + 2] == " " && text[index + 3].isHan else {
        return nil
      }
      return (.latin, Int(scalar.value) - 0x60, 0, index + 2)
    default: break
    }
    if let circled = circledNumber(scalar) {
      return (circled.style, circled.number, 0, index + 1)
    }
    if ChineseNumeral.digit(scalar) != nil || scalar == "十" {
      return han(at: index, limit: limit, isFirst: isFirst)
    }
    return nil
  }

  /// 第一章, 第一条, 第三条之一; spaces may stand inside.
  private func division(at index: Int, limit: Int, isFirst: Bool) -> Found? {
    var at = text.skippingSpaces(index + 1, limit: limit)
    var number: Int
    guard
      let read = ChineseNumeral.read(text, at: at, limit: limit)
        ?? ChineseNumeral.readDigits(text, at: at, limit: limit)
    else {
      return nil
    }
    number = read.value
    at = read.end
    // A numeral that spaces cut: 第 十 二 条.
    if isFirst {
      while text[at] == " ", ChineseNumeral.digit(text[at + 1]) != nil, number % 10 == 0 {
        number += ChineseNumeral.digit(text[at + 1]) ?? 0
        at += 2
      }
    }
    at = text.skippingSpaces(at, limit: limit)
    let style: NumberingStyle
    switch text[at] {
    case "编": style = .part
    case "章": style = .chapter
    case "节": style = .section
    case "条": style = .article
    case "分" where text[at + 1] == "编":
      style = .subpart
      at += 1
    default: return nil
    }
    at += 1
    var branch = 0
    if text[at] == "之", let read = ChineseNumeral.read(text, at: at + 1, limit: limit) {
      branch = read.value
      at = read.end
    }
    guard number > 0, !isCited(style, after: at, before: index) else { return nil }
    return (style, number, branch, at)
  }

  /// 政策1： or 措施一：, as lists for firms number what they offer.
  private func policy(at index: Int, limit: Int) -> Found? {
    guard text.has("政策", at: index) || text.has("措施", at: index) else { return nil }
    let start = text.skippingSpaces(index + 2, limit: limit)
    guard
      let read = ChineseNumeral.readDigits(text, at: start, limit: limit)
        ?? ChineseNumeral.read(text, at: start, limit: limit), 1...99 ~= read.value
    else { return nil }
    let end = text.skippingSpaces(read.end, limit: limit)
    guard text[end] == ":" || text[end] == "、" || text[end] == "." else { return nil }
    return (.policy, read.value, 0, end + 1)
  }

  /// Whether the words around 第三条 say that it is spoken of, not begun.
  private func isCited(_ style: NumberingStyle, after end: Int, before start: Int) -> Bool {
    let following: [StaticString] = [
      "规定", "所称", "所列", "所规定", "第", "、", "和", "至", "到", "及", "或", "中的", "中“", "的", "款", "项", "修改",
      "删去", "之规定", "以及", "》", "”", ",", "。", ";", ")", "与", "所述", "情形", "改为", "条款",
    ]
    if text.longest(of: following, at: end) != nil { return true }
    let before: [StaticString] = [
      "本办法", "本条例", "本规定", "本法", "本细则", "本意见", "本措施", "该办法", "本", "依照", "根据", "按照", "》",
      "违反", "至", "和", "与", "及", "“", "《", "或者", "符合", "属于", "、",
    ]
    return before.contains { text.has($0, before: start) }
  }

  /// （一） or （1）.
  private func inParentheses(at index: Int, limit: Int, isFirst: Bool) -> Found? {
    var at = text.skippingSpaces(index + 1, limit: limit)
    let style: NumberingStyle
    let number: Int
    if let read = ChineseNumeral.read(text, at: at, limit: limit) {
      style = .hanInParentheses
      number = read.value
      at = read.end
    } else if let read = ChineseNumeral.readDigits(text, at: at, limit: limit), read.end - at <= 2 {
      style = .arabicInParentheses
      number = read.value
      at = read.end
    } else {
      return nil
    }
    at = text.skippingSpaces(at, limit: limit)
    guard text[at] == ")", number > 0 else { return nil }
    at += 1
    if !isFirst, isSpokenOf(after: at, before: index) { return nil }
    if text[at] == "、" || text[at] == "." { at += 1 }
    return (style, number, 0, at)
  }

  /// Whether a bracketed number is a reference: 第（一）项, （一）至（三）项.
  private func isSpokenOf(after end: Int, before start: Int) -> Bool {
    switch text[start - 1] {
    case "第", "至", "和", "及", "或", "与", "-": return true
    case "条", "款", "项":
      // 第五条（一）; but 其他事项（二十） is a heading and the next label.
      let before = text[start - 2]
      if before == ")" || before.isDigit || ChineseNumeral.digit(before) != nil || before == "十" {
        return true
      }
    default: break
    }
    switch text[end] {
    case "项" where text[end + 1] == "目", "款" where text[end + 1] == "项",
      "条" where text[end + 1] == "件",
      "目" where text[end + 1] == "标":
      return false
    case "项", "款", "条", "至", "和", "及", "、", "-", ",", "目", "或":
      // A label may stand before 、 where words follow that: （一）、加强领导.
      return !(text[end] == "、" && text[end + 1] != "(" && start > 0 && text[start - 1] != "、")
    default: return false
    }
  }

  /// 一、 一． and 一是 一要.
  private func han(at index: Int, limit: Int, isFirst: Bool) -> Found? {
    guard let read = ChineseNumeral.read(text, at: index, limit: limit), read.value > 0 else {
      return nil
    }
    // 零 and 二〇 begin no label; neither does what ends a longer word (十一、十二月).
    let before = text[index - 1]
    if ChineseNumeral.digit(before) != nil || before == "第" || before == "十" || before == "百" {
      return nil
    }
    var at = read.end
    while text[at] == " ", at < limit, at - read.end < 2 { at += 1 }
    switch text[at] {
    case "、", ".":
      let next = text.skippingSpaces(at + 1, limit: limit)
      guard ChineseNumeral.digit(text[next]) == nil || isLongNumeral(text, next) else { return nil }
      if text[at] == ".", text[next].isDigit { return nil }
      if isListOfNumerals(before: index, after: at + 1) { return nil }
      return (.han, read.value, 0, at + 1)
    case "," where isFirst && text[at + 1].isHan && ChineseNumeral.digit(text[at + 1]) == nil:
      // 一,工作任务: a comma typed for the sign.
      return (.han, read.value, 0, at + 1)
    case "是", "要":
      guard read.end == at, read.value <= 15, !before.isHan else { return nil }
      return (.counted, read.value, 0, at + 1)
    default: return nil
    }
  }

  /// Whether the numeral at `index` is a word of its own (一体化, 三大工程), not one of a list (一、二、三).
  private func isLongNumeral(_ text: MatchText, _ index: Int) -> Bool {
    var at = index
    while ChineseNumeral.digit(text[at]) != nil || text[at] == "十" { at += 1 }
    switch text[at] {
    case "、", "类", "等", "级", "期", "产", "线", "档", "批", "层", "季", "月", "年": return false
    default: return true
    }
  }

  private func isListOfNumerals(before index: Int, after: Int) -> Bool {
    // 第一、二、三产业; 一、二、三类.
    text[index - 1] == "、" && index >= 2 && ChineseNumeral.digit(text[index - 2]) != nil
  }

  /// 1. 1、 1) 1.1
  private func arabic(at index: Int, limit: Int, isFirst: Bool) -> Found? {
    let before = text[index - 1]
    if before.isDigit || before.isLetter || before == "." || before == "-" || before == "/" {
      return nil
    }
    guard let read = ChineseNumeral.readDigits(text, at: index, limit: limit),
      read.end - index <= 3, read.value > 0, text[index] != "0"
    else { return nil }
    var at = read.end
    while text[at] == " ", at - read.end < 2, text[at + 1] == "." || text[at + 1] == "、" { at += 1 }
    switch text[at] {
    case "、":
      guard !text[at + 1].isDigit || isFirst && isYear(at: at + 1, limit: limit) else { return nil }
      return (.arabic, read.value, 0, at + 1)
    case ".":
      if text[at + 1].isDigit, !(isFirst && isYear(at: at + 1, limit: limit)) {
        return deeper(at: index, limit: limit)
      }
      if text[at + 1] == "."
        || text[at + 1].isLetter && !text[at + 2].isHan && text[at + 2].isLetter
      {
        return text[at + 1] == "." ? nil : (.arabic, read.value, 0, at + 1)
      }
      return (.arabic, read.value, 0, at + 1)
    case ")":
      return (.arabicBeforeParenthesis, read.value, 0, at + 1)
    default: return nil
    }
  }

  /// Whether 2016年 or 2016-2020 begins at `index`: words after a label, not the rest of a decimal.
  private func isYear(at index: Int, limit: Int) -> Bool {
    guard let year = ChineseNumeral.readDigits(text, at: index, limit: limit),
      year.end - index == 4,
      1_950...2_099 ~= year.value
    else { return false }
    return text[year.end] == "年" || text[year.end] == "-"
  }

  /// 1.1 and 1.1.1 before words; not a decimal, a date or an amount.
  private func deeper(at index: Int, limit: Int) -> Found? {
    var at = index
    var numbers: [Int] = []
    while let read = ChineseNumeral.readDigits(text, at: at, limit: limit), read.end - at <= 2 {
      numbers.append(read.value)
      at = read.end
      guard text[at] == ".", text[at + 1].isDigit else { break }
      at += 1
    }
    guard numbers.count == 2 || numbers.count == 3, let last = numbers.last, last > 0 else {
      return nil
    }
    var after = at
    if text[after] == "." || text[after] == "、" { after += 1 }
    let next = text.skippingSpaces(after, limit: limit)
    let isWord = next > at && (text[next].isHan || text[next] == "《" || text[next] == "“")
    guard isWord, text[next] != "万", text[next] != "亿", text[next] != "元" else { return nil }
    return (numbers.count == 2 ? .arabicTwoDeep : .arabicThreeDeep, last, 0, after)
  }

  private func circledNumber(_ scalar: Unicode.Scalar) -> (style: NumberingStyle, number: Int)? {
    switch scalar.value {
    case 0x2460...0x2473: (.circled, Int(scalar.value) - 0x2460 + 1)
    case 0x2776...0x277F: (.circled, Int(scalar.value) - 0x2776 + 1)
    case 0x2474...0x2487: (.arabicInParentheses, Int(scalar.value) - 0x2474 + 1)
    case 0x2488...0x249B: (.arabic, Int(scalar.value) - 0x2488 + 1)
    case 0x3220...0x3229: (.hanInParentheses, Int(scalar.value) - 0x3220 + 1)
    default: nil
    }
  }
}
