public import PolicyParser
internal import PolicyText

/// Reads from a parsed notice what it grants (惠企政策兑现事项): passages, amounts, conditions, exclusivity.
public enum PolicyInterpreter {
  /// Interprets a document.
  ///
  /// Only what the text says becomes a value; fund sizes, statistics, targets, duties and penalties do not.
  ///
  /// - Parameter document: The parsed notice.
  /// - Returns: The items in order of the text.
  /// - Complexity: O(*n*) in the length of the text.
  public static func interpret(_ document: PolicyDocument) -> Interpretation {
    ItemFinder(document: document).interpretation()
  }
}

/// Finds the passages that grant something.
private struct ItemFinder {
  let document: PolicyDocument
  let text: MatchText
  let reader: SupportReader

  init(document: PolicyDocument) {
    self.document = document
    text = MatchText(document.source.text, markup: document.source.markup)
    reader = SupportReader(text: text)
  }

  /// A sentence with its clause.
  private struct Sentence {
    var range: Range<Int>
    var clause: Clause?
    /// Whether a heading above speaks of a standard of support.
    var underStandard: Bool
    /// Whether it is the rest of a line that the line before did not finish.
    var startsLine: Bool
  }

  func interpretation() -> Interpretation {
    var items: [BenefitItem] = []
    var exclusivity: [ByteRange] = []
    guard document.triage != .law, document.triage != .list || isGrantList else {
      return Interpretation(items: [], exclusivity: [])
    }
    var open: (sentences: [Range<Int>], clause: Clause?, supports: [Support])?
    func close() {
      guard let item = open else { return }
      open = nil
      items.append(makeItem(item.sentences, item.clause, item.supports, number: items.count + 1))
    }
    // Lines that the next one goes on with: 对…的⏎给予…奖励 in texts whose commas became line breaks.
    var fragments: [Range<Int>] = []
    var fragmentClause: String?
    for sentence in sentences() {
      if isExclusive(sentence.range) { exclusivity.append(text.bytes(sentence.range)) }
      let isBarred = isBarred(sentence.range)
      let supports =
        isBarred ? [] : reader.supports(in: sentence.range, underStandard: sentence.underStandard)
      let relief =
        isBarred
        ? []
        : ReliefReader(text: text, isMechanism: !mayGrant).reliefs(
          in: sentence.range, besides: supports)
      let grants =
        !supports.isEmpty || !relief.isEmpty || !isBarred && grantsWithoutFigure(sentence.range)
      if fragmentClause != sentence.clause?.id || !sentence.startsLine { fragments = [] }
      fragmentClause = sentence.clause?.id
      guard grants else {
        close()
        if text[sentence.range.upperBound - 1].endsSentence
          || text[sentence.range.upperBound - 1] == ":"
        {
          fragments = []
        } else {
          if text[sentence.range.lowerBound] == "对" { fragments = [] }
          fragments = (fragments + [sentence.range]).suffix(4)
        }
        continue
      }
      defer { fragments = [] }
      if let item = open, item.clause?.id == sentence.clause?.id, goesOn(sentence.range) {
        open = (item.sentences + [sentence.range], item.clause, item.supports + supports + relief)
      } else {
        close()
        let begins = text.longest(of: ["对", "凡", "按"], at: sentence.range.lowerBound) != nil
        let start =
          begins
          ? sentence.range.lowerBound : fragments.first?.lowerBound ?? sentence.range.lowerBound
        open = ([start..<sentence.range.upperBound], sentence.clause, supports + relief)
      }
    }
    close()
    return Interpretation(items: items, exclusivity: exclusivity)
  }

  /// Whether the document may grant without figures; work plans and reports speak of support all the time.
  private var mayGrant: Bool {
    switch document.triage {
    case .claimable, .call, .interpretation: true
    default: false
    }
  }

  private var isGrantList: Bool { document.outline.isEmpty == false }

  // MARK: Sentences

  /// The sentences of the body: to each 。, ； or line break, without headings and lists of departments.
  private func sentences() -> [Sentence] {
    var clauses: [(clause: Clause, underStandard: Bool)] = []
    func collect(_ more: [Clause], _ above: Bool) {
      for clause in more {
        let heading = clause.heading.map { document.source.text[$0] } ?? ""
        let isStandard =
          above
          || ["补贴标准", "补助标准", "奖励标准", "资助标准", "支持标准", "扶持标准", "补贴金额"].contains(
            where: heading.contains)
        clauses.append((clause, isStandard))
        collect(clause.children, isStandard)
      }
    }
    collect(document.outline, false)
    var sentences: [Sentence] = []
    var next = 0
    var current: (clause: Clause, underStandard: Bool)?
    for line in document.lines
    where line.role == .body || line.role == .signature && line.range.count > 120 {
      var start = text.index(ofByte: line.range.lowerBound)
      let limit = text.index(ofByte: line.range.upperBound)
      let lineStart = start
      var index = start
      var depth = 0
      func add(_ end: Int) {
        guard start < end else { return }
        let range = text.trimmed(start..<end)
        start = end
        guard range.count >= 6 else { return }
        sentences.append(
          Sentence(
            range: range, clause: current?.clause, underStandard: current?.underStandard ?? false,
            startsLine: text.trimmed(lineStart..<max(lineStart, range.lowerBound)).isEmpty))
      }
      while index < limit {
        while next < clauses.count,
          text.index(ofByte: clauses[next].clause.range.lowerBound) <= index
        {
          if index > start { add(index) }
          current = clauses[next]
          start = text.index(ofByte: clauses[next].clause.labelRange.upperBound)
          if let heading = clauses[next].clause.heading {
            let end = text.index(ofByte: heading.upperBound)
            let hasMore = text[end] == "。" || text[end] == ":"
            if hasMore || end >= limit - 1 { start = min(limit, hasMore ? end + 1 : end) }
          }
          index = max(index, min(start, limit))
          next += 1
        }
        guard index < limit else { break }
        switch text[index] {
        case "(": depth += 1
        case ")": depth = max(0, depth - 1)
        case "。", ";", "!":
          if depth == 0 || text[index] == "。" {
            add(index + 1)
            depth = 0
          }
        default: break
        }
        index += 1
      }
      add(limit)
    }
    return sentences
  }

  /// Whether a sentence adds to the item before it: 同一企业…不超过…, 超过部分….
  private func goesOn(_ range: Range<Int>) -> Bool {
    text.longest(
      of: [
        "同一", "单个", "每家", "每户", "每人", "以上", "最高", "资助总额", "累计", "其中", "重新", "超过", "补助总额", "奖励总额",
        "上述", "对重新", "年度", "补贴期限", "期限", "对复审",
      ], at: range.lowerBound) != nil
  }

  // MARK: What is none

  /// Penalties, conditions that exclude, statistics.
  private func isBarred(_ range: Range<Int>) -> Bool {
    text.contains(
      [
        "追回", "收回", "骗取", "弄虚作假", "罚款", "不予支持", "不予奖励", "不予补贴", "取消其", "责令", "已兑现", "累计兑", "截至目前",
        "共计发放", "已发放", "拨付资金", "惠及企业", "责任单位:", "牵头单位:", "负责解释", "分担",
      ], in: range)
      && !text.contains(["给予一次性", "给予最高"], in: range)
  }

  private func isExclusive(_ range: Range<Int>) -> Bool {
    text.contains(
      [
        "不重复", "就高不", "从高不", "不叠加", "可叠加", "叠加享受", "只能申请一次", "不得重复", "差额补足", "补足差额", "按最高标准执行",
        "择优不重", "从优不",
      ], in: range)
  }

  /// 给予…补贴 without a figure, 一事一议: in documents that grant.
  private func grantsWithoutFigure(_ range: Range<Int>) -> Bool {
    guard mayGrant else { return false }
    if text.contains(["一事一议", "一企一策"], in: range), text.contains(["实行", "采取", "可"], in: range) {
      return true
    }
    for word in ["给予", "予以", "享受"] as [StaticString] {
      var from = range.lowerBound
      while let place = text.first(word, in: from..<range.upperBound) {
        from = place.upperBound
        let after = from..<min(from + 30, range.upperBound)
        let before = max(range.lowerBound, from - 40)..<place.lowerBound
        if text.contains(
          ["补贴", "补助", "奖励", "资助", "贴息", "减免", "优惠", "补偿", "资金支持", "专项支持", "配套", "政策扶持", "共同支持"],
          in: after),
          text.contains(["对", "企业", "单位", "个人", "人才", "项目", "的"], in: before)
        {
          return true
        }
      }
    }
    return text.contains(["可申请享受", "可按规定申请", "均可申请"], in: range)
      && text.contains(["补贴", "补助", "奖励", "资助"], in: range)
  }

  // MARK: Items

  private func makeItem(
    _ sentences: [Range<Int>], _ clause: Clause?, _ supports: [Support], number: Int
  ) -> BenefitItem {
    let range = sentences[0].lowerBound..<(sentences.last?.upperBound ?? sentences[0].upperBound)
    var all = supports
    if all.isEmpty, text.contains(["一事一议", "一企一策"], in: range),
      let place = text.first("一事一议", in: range) ?? text.first("一企一策", in: range)
    {
      all.append(Support(kind: .negotiated, range: text.bytes(place)))
    }
    return BenefitItem(
      number: number, clause: clause?.id ?? "", name: name(of: clause, range, all),
      range: text.bytes(range), supports: all, conditions: sentences.compactMap(condition),
      units: ((clause?.units.lead ?? []) + (clause?.units.responsible ?? [])).map(\.name),
      claimMode: claimMode(in: range))
  }

  /// 对首次通过认定的高新技术企业，给予…: the words after 对.
  private func condition(in sentence: Range<Int>) -> Condition? {
    let start = text.trimmed(sentence).lowerBound
    var from = start
    for word in ["对于", "对"] as [StaticString] {
      if let length = text.length(of: word, at: start) {
        from = start + length
        break
      }
      if let place = text.first(word, in: start..<sentence.upperBound),
        text[place.lowerBound - 1] == ","
      {
        from = place.upperBound
        break
      }
    }
    var end = from
    while end < sentence.upperBound {
      if text.longest(of: ["给予", "予以", "按", "奖励", "一次性", "分别", "每", "最高"], at: end) != nil {
        break
      }
      end += 1
    }
    var range = text.trimmed(from..<end)
    while !range.isEmpty, text[range.upperBound - 1] == "," {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    return range.count >= 4 && end < sentence.upperBound ? Condition(range: text.bytes(range)) : nil
  }

  private func claimMode(in range: Range<Int>) -> Sourced<ClaimMode>? {
    for (word, mode) in [
      ("免申即享", ClaimMode.automatic), ("免于申报", .automatic), ("即申即享", .instant),
      ("可申请", .application),
    ] as [(StaticString, ClaimMode)] {
      if let place = text.first(word, in: range) { return Sourced(mode, text.bytes(place)) }
    }
    return nil
  }

  /// A name as a clerk would write it: what the heading is about, and the form of support.
  private func name(of clause: Clause?, _ range: Range<Int>, _ supports: [Support]) -> String {
    let noun =
      ["贴息", "奖励", "补贴", "补助", "资助", "奖补", "配套", "减免"].first { (word: String) in
        text.string(range).contains(word)
      } ?? "支持"
    var words = ""
    if let clause, let heading = clause.heading {
      words = document.source.text[heading].filter { !$0.isWhitespace && $0 != "*" }
    }
    for verb in ["鼓励和支持", "加大", "进一步", "大力", "鼓励", "支持", "推动", "加强", "强化", "推进", "实施", "促进", "落实"]
    where words.hasPrefix(verb) && words.count > verb.count + 3 {
      words.removeFirst(verb.count)
    }
    if words.isEmpty || words.count > 26 {
      if let condition = condition(in: range) {
        words = String(document.source.text[condition.range].filter { !$0.isWhitespace }.prefix(18))
      } else {
        words = String(text.string(range).filter { !$0.isWhitespace }.prefix(14))
      }
    }
    return words.hasSuffix(noun) ? words : words + noun
  }
}

/// Finds relief and services without a figure: 免收, 缓缴, 展期, 免费培训.
private struct ReliefReader {
  let text: MatchText
  let isMechanism: Bool

  func reliefs(in sentence: Range<Int>, besides supports: [Support]) -> [Support] {
    let strong: [StaticString] = [
      "免收", "免征", "停征", "减半征收", "不再增收", "延期缴纳", "延期缴税", "延期申报", "全额退还", "缓缴", "减征", "免除",
    ]
    let weak: [StaticString] = [
      "返还失业", "返还社会", "返还社保", "不收取", "免交", "免缴", "税前扣除", "加计扣除", "退还", "延迟缴纳", "降低综合费率", "费率降至",
      "下调贷款利率", "减免房租", "减免租金", "租金减免", "减免费", "房租减半", "减半",
    ]
    let kind: [StaticString] = [
      "展期", "续贷", "不抽贷", "免费培训", "免费提供", "免费为", "优先予以", "给予优先", "视同利润", "暂不予以信用", "免费享受",
    ]
    var found: [Support] = []
    for word in isMechanism ? strong : strong + weak {
      if let place = text.first(word, in: sentence),
        !supports.contains(where: { $0.range.overlaps(text.bytes(place)) }),
        !found.contains(where: { $0.range.overlaps(text.bytes(place)) })
      {
        found.append(Support(kind: .relief(nil), range: text.bytes(place)))
        break
      }
    }
    guard !isMechanism, found.isEmpty else { return found }
    for word in kind {
      if let place = text.first(word, in: sentence) {
        found.append(Support(kind: .inKind, range: text.bytes(place)))
        break
      }
    }
    return found
  }
}
