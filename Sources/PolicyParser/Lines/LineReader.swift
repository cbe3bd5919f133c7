internal import PolicyText

/// Cuts the text into lines and says of each by itself what it may be.
struct LineReader {
  let text: MatchText
  let source: SourceDocument

  /// The lines in order.
  ///
  /// - Complexity: O(*n*).
  func lines() -> [LineDraft] {
    var lines: [LineDraft] = []
    var start = 0
    for index in 0...text.count where index == text.count || text.scalars[index] == "\n" {
      if index < text.count || index > start {
        let content = text.trimmed(start..<index)
        lines.append(LineDraft(content: content, role: content.isEmpty ? .blank : .body))
      }
      start = index + 1
    }
    applyHints(to: &lines)
    for index in lines.indices where !lines[index].isBlank {
      lines[index].role = role(of: lines[index])
    }
    markRepeats(in: &lines)
    return lines
  }

  private func applyHints(to lines: inout [LineDraft]) {
    var first = 0
    for block in source.blocks {
      switch block.kind {
      case .table, .tableRow, .page: continue
      default: break
      }
      while first < lines.count,
        text.byteOffset(lines[first].content.upperBound) <= block.range.lowerBound
      {
        first += 1
      }
      var index = first
      while index < lines.count,
        text.byteOffset(lines[index].content.lowerBound) < block.range.upperBound
      {
        switch block.kind {
        case .furniture, .pageTitle: lines[index].isFurniture = true
        case .heading(let level): lines[index].heading = level
        case .centred: lines[index].isCentred = true
        case .tableCell: lines[index].isCell = true
        case .footnote: lines[index].isFootnote = true
        case .table, .tableRow, .page: break
        }
        index += 1
      }
    }
    guard source.mediaType == "text/plain" || source.mediaType == "text/markdown" else { return }
    for index in lines.indices where !lines[index].isBlank {
      // A Markdown heading: the signs are markup, so they stand before the first scalar.
      var byte = text.byteOffset(lines[index].content.lowerBound)
      let bytes = text.source.bytes
      while byte > 0, bytes[byte - 1] == 0x20 || bytes[byte - 1] == 0x2A { byte -= 1 }
      var level = 0
      while byte > 0, bytes[byte - 1] == 0x23 {
        byte -= 1
        level += 1
      }
      if level > 0 { lines[index].heading = level }
    }
  }

  private func role(of line: LineDraft) -> LineRole {
    if line.isFurniture { return .furniture }
    if line.isFootnote { return .annotation }
    let range = line.content
    if range.count <= 120 {
      if startsWith(Self.furnitureBeginnings, range) { return .furniture }
      if range.count <= 60, !text[range.upperBound - 1].endsSentence,
        text.contains(Self.furnitureWords, in: range)
      {
        return .furniture
      }
      if isPageNumber(range) { return .furniture }
      if isBreadcrumb(range) { return .furniture }
      if isPageInfo(range) { return .pageInfo }
      if text.contains(["此件公开发布", "此件依申请公开", "此件不公开", "此件主动公开", "此件删减"], in: range) {
        return .annotation
      }
      if startsWith(["公开方式:", "信息公开选项", "公开属性"], range) { return .annotation }
      if startsWith(["(联系人", "(联系电话", "(咨询电话", "联系人及电话", "(此件", "(本文有删减"], range) {
        return .annotation
      }
      if startsWith(["抄送", "主题词", "分送", "报送:"], range) { return .imprint }
      if isImprint(range) { return .imprint }
      if isEnclosureMark(range), text[range.upperBound - 1] != ":" { return .enclosureMark }
      if key(range) == "目录" || key(range) == "目次" { return .contents }
    }
    if isEnclosureNote(range) { return .enclosureNote }
    return .body
  }

  private static let furnitureBeginnings: [StaticString] = [
    "当前位置", "您当前", "您的位置", "您所在", "您现在", "现在位置", "当前的位置", "首页>", "首页 >", "◆", "打印",
    "关闭", "分享", "扫一扫", "手机扫", "上一篇", "下一篇", "上一条", "下一条", "相关阅读", "相关链接", "相关新闻",
    "相关附件", "相关文件", "相关政策", "友情链接", "网站地图", "联系我们", "主办:", "主办单位:", "承办:", "承办单位:",
    "版权所有", "Copyright", "copyright", "字体:", "字号:", "【字体", "[字体", "[打印", "[关闭", "【打印", "责任编辑",
    "点击查看", "用户登录", "无障碍", "长者", "搜索热词", "附件下载", "原文下载", "[原文下载", "原文链接", "检索时间",
    "检索关键词", "您是第", "听全文", "收藏",
  ]
  private static let furnitureWords: [StaticString] = [
    "ICP备", "公网安备", "网站标识码", "浏览次数", "浏览量", "访问量", "点击数", "打印本页", "关闭窗口", "分享到",
    "二维码", "技术支持", "备案序号", "网站支持IPv6", "返回顶部", "手机版", "扫一扫",
  ]

  /// Whether the line gives facts about the page or the document in `label: value` form.
  private func isPageInfo(_ range: Range<Int>) -> Bool {
    let labels: [StaticString] = [
      "索引号", "主题分类", "发文机关:", "成文日期", "发文字号:", "文号:", "发布日期", "发布时间", "发表时间", "发布机构",
      "信息来源", "来源:", "文章来源", "作者:", "生成日期", "有效性", "效力状态", "公文种类", "文件编号", "标题:", "名称:",
      "主题词:", "发文日期", "公开日期", "更新时间", "信息索引", "组配分类", "体裁分类", "废止日期", "生效日期", "统一编号",
      "印发日期:", "发布单位:", "时间:", "日期:",
    ]
    let words = key(range.prefix(14))
    return labels.contains { label in
      label.withUTF8Buffer { words.utf8.starts(with: $0) }
    }
  }

  private func isBreadcrumb(_ range: Range<Int>) -> Bool {
    var signs = 0
    for index in range where text[index] == ">" { signs += 1 }
    return signs >= 2 && range.count < 100 && text.first("《", in: range) == nil
  }

  /// — 2 —, - 2 -, 第 2 页.
  private func isPageNumber(_ range: Range<Int>) -> Bool {
    guard range.count <= 12 else { return false }
    let words = key(range)
    let inner = words.drop { $0 == "-" }
    guard inner.count < words.count || words.hasPrefix("第") || words.hasPrefix("共") else {
      return false
    }
    if words.hasPrefix("第"), words.hasSuffix("页") || words.contains("页共") { return true }
    let number = inner.prefix { $0.isNumber }
    return !number.isEmpty && inner.dropFirst(number.count).allSatisfy { $0 == "-" }
      && words.hasSuffix("-")
  }

  /// 澜川市人民政府办公室 2025年3月1日印发.
  private func isImprint(_ range: Range<Int>) -> Bool {
    guard text.has("印发", before: range.upperBound), range.count <= 60 else { return false }
    return DateReader(text: text).firstDate(in: range) != nil
  }

  private func isEnclosureNote(_ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard text.has("附件", at: start) || text.has("附:", at: start) else { return false }
    var at = text.skippingSpaces(start + 2, limit: range.upperBound)
    if text.has("附:", at: start) { return true }
    while text[at].isDigit || ChineseNumeral.digit(text[at]) != nil { at += 1 }
    at = text.skippingSpaces(at, limit: range.upperBound)
    return text[at] == ":"
  }

  /// 附件, 附件 1, 附件1：.
  private func isEnclosureMark(_ range: Range<Int>) -> Bool {
    guard range.count <= 8, text.has("附件", at: range.lowerBound) || key(range) == "附" else {
      return false
    }
    return (range.lowerBound + 2..<max(range.upperBound, range.lowerBound + 2)).allSatisfy {
      text[$0].isDigit || text[$0] == " " || text[$0] == ":" || text[$0] == "-"
        || ChineseNumeral.digit(text[$0]) != nil || text[$0] == "十"
    }
  }

  private func startsWith(_ beginnings: [StaticString], _ range: Range<Int>) -> Bool {
    beginnings.contains { text.has($0, at: range.lowerBound) }
  }

  private func key(_ range: Range<Int>) -> String { text.key(range) }

  /// Marks a second printing of the body: a run of long lines that all stood before, in the same order.
  private func markRepeats(in lines: inout [LineDraft]) {
    var places: [Int: Int] = [:]
    var runs: [(first: Int, last: Int, scalars: Int)] = []
    var previous: (line: Int, original: Int)?
    var longTotal = 0
    for index in lines.indices
    where lines[index].role == .body && lines[index].content.count >= 16 {
      longTotal += lines[index].content.count
      var hasher = Hasher()
      for at in lines[index].content where text[at] != " " { hasher.combine(text[at].value) }
      let hash = hasher.finalize()
      if let original = places[hash] {
        if let before = previous, original > before.original, original - before.original < 12,
          let run = runs.indices.last
        {
          runs[run].last = index
          runs[run].scalars += lines[index].content.count
        } else {
          runs.append((index, index, lines[index].content.count))
        }
        previous = (index, original)
      } else {
        places[hash] = index
        previous = nil
      }
    }
    guard let run = runs.max(by: { $0.scalars < $1.scalars }), run.scalars * 3 > longTotal else {
      return
    }
    for index in run.first...run.last where !lines[index].isBlank { lines[index].role = .repeated }
  }
}
