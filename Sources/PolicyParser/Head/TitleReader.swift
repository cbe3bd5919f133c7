internal import PolicyText

/// Finds the title of a document among the lines above its body.
struct TitleReader {
  let text: MatchText

  private static let genres: [StaticString] = [
    "通知", "意见", "办法", "措施", "细则", "方案", "规定", "条例", "政策", "计划", "规划", "纲要", "指南", "决定", "公告",
    "通告", "公示", "批复", "复函", "的函", "命令", "章程", "制度", "规则", "规程", "规范", "标准", "目录", "清单", "要点",
    "指引", "解读", "问答", "名单", "通报", "报告", "提示", "倡议书", "法", "举措", "若干政策", "任务", "须知", "说明", "汇编",
    "一览表", "十条", "条", "机制", "答记者问", "一图读懂", "读懂", "流程", "摘要", "要求", "举措", "建议", "白皮书",
  ]

  /// Whether `range` can be a title: it ends as titles do and is no sentence.
  func isTitle(_ range: Range<Int>) -> Bool {
    guard 5...140 ~= range.count, endsAsTitle(range) else { return false }
    for index in range {
      switch text[index] {
      case "。", ";": return false
      // 文件依据：《…》 is a label with its value.
      case ":" where index - range.lowerBound <= 8: return false
      default: break
      }
    }
    for start in ["现将", "为", "根据", "附件", "第一条", "本", "各"] as [StaticString]
    where text.has(start, at: range.lowerBound) && !text.has("为民", at: range.lowerBound) {
      return text.has("各", at: range.lowerBound) && text.first("关于", in: range) != nil
    }
    return true
  }

  /// Whether it ends with the name of a genre, with (试行) and the like left out.
  func endsAsTitle(_ range: Range<Int>) -> Bool {
    var end = range.upperBound
    for _ in 0..<3 {
      while end > range.lowerBound,
        text[end - 1] == " " || text[end - 1] == "”" || text[end - 1] == "》"
      {
        end -= 1
      }
      guard end > range.lowerBound, text[end - 1] == ")" || text[end - 1] == "]",
        let open = text.last("(", in: range.lowerBound..<end)
          ?? text.last("[", in: range.lowerBound..<end), end - open.lowerBound <= 18
      else { break }
      end = open.lowerBound
    }
    for genre in Self.genres where text.has(genre, before: end) {
      if genre.description == "法" {
        return !text.has("办法", before: end) || end - range.lowerBound > 4
      }
      if genre.description == "条" {
        return text.has("措施", in: range, last: 8) || hasCount(before: end)
      }
      return true
    }
    return false
  }

  private func hasCount(before end: Int) -> Bool {
    let before = text[end - 2]
    return before.isDigit || ChineseNumeral.digit(before) != nil || before == "十"
  }

  /// The title's place among `lines`: a run of lines without a blank between them.
  ///
  /// The argument `limit`: the first line that is certainly body.
  func title(in lines: [LineDraft], from start: Int, limit: Int) -> ClosedRange<Int>? {
    var best: (range: ClosedRange<Int>, score: Int)?
    for index in start..<max(start, min(limit, lines.count)) {
      let line = lines[index]
      guard line.role == .body || line.role == .title, !line.isBlank else { continue }
      guard let run = run(endingAt: index, in: lines, from: start) else { continue }
      let whole =
        lines[run.lowerBound].content.lowerBound..<lines[run.upperBound].content.upperBound
      var score = 0
      if text.first("关于", in: whole) != nil || text.first("印发", in: whole) != nil { score += 3 }
      if line.heading != nil { score += 3 }
      if line.isCentred { score += 1 }
      if whole.count >= 10 { score += 2 }
      if whole.count > 80 { score -= 2 }
      if text[line.content.upperBound - 1] == ":" { score -= 4 }
      if score > best?.score ?? 1 { best = (run, score) }
    }
    return best?.range
  }

  /// The lines of a title that ends in line `index`: itself and those above that run into it.
  private func run(endingAt index: Int, in lines: [LineDraft], from start: Int) -> ClosedRange<Int>?
  {
    let content = lines[index].content
    guard content.count <= 140, endsAsTitle(content), !isSentence(content) else { return nil }
    var first = index
    var above = index - 1
    while above >= start, index - above < 6 {
      let line = lines[above]
      guard line.role == .body, !line.isBlank, line.content.count <= 60,
        !isSentence(line.content), !endsAsTitle(line.content),
        text[line.content.upperBound - 1] != ":",
        DateReader(text: text).firstDate(in: line.content) == nil,
        DocumentNumberReader(text).numbers(in: line.content).isEmpty
      else { break }
      if runsOn(line) { first = above }
      above -= 1
    }
    let whole = lines[first].content.lowerBound..<content.upperBound
    return isTitle(whole) ? first...index : (isTitle(content) ? index...index : nil)
  }

  /// Whether a line above may be the beginning of a title.
  private func runsOn(_ line: LineDraft) -> Bool {
    line.heading != nil || line.isCentred
      || text.contains(["关于", "印发", "《", "转发", "发布"], in: line.content)
      || OrganisationReader(text: text).isName(line.content)
  }

  private func isSentence(_ range: Range<Int>) -> Bool {
    for index in range where text[index] == "。" || text[index] == ";" { return true }
    return false
  }

  /// The words of a title over several lines, without the breaks.
  func words(of range: Range<Int>) -> String {
    var words = ""
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || text[index] == "\n" {
      let part = text.trimmed(start..<index)
      if !part.isEmpty { words += text.string(part) }
      start = index + 1
    }
    return words
  }
}

extension MatchText {
  /// Whether `literal` stands among the last `count` scalars of `range`.
  fileprivate func has(_ literal: StaticString, in range: Range<Int>, last count: Int) -> Bool {
    first(literal, in: max(range.lowerBound, range.upperBound - count)..<range.upperBound) != nil
  }
}
