internal import PolicyParser
internal import PolicyText

/// A passage that grants something, before its elements are read.
struct ItemDraft {
  var sentences: [GrantingSentence]
  var clause: Clause?

  /// From the first sentence to the end of the last.
  var range: Range<Int> {
    sentences[0].range.lowerBound..<(sentences.last ?? sentences[0]).range.upperBound
  }
}

/// Finds the passages of a document that grant something (惠企政策兑现事项).
struct ItemFinder {
  let document: PolicyDocument
  let text: MatchText
  let reader: SupportReader
  private let plain: PlainGrantReader

  init(document: PolicyDocument, text: MatchText) {
    self.document = document
    self.text = text
    let reader = SupportReader(text: text)
    self.reader = reader
    plain = PlainGrantReader(text: text) { reader.parts(of: $0) }
  }

  /// The passages in order of the text, and every sentence on exclusivity.
  ///
  /// - Complexity: O(*n*).
  func drafts() -> (items: [ItemDraft], exclusive: [SentenceCutter.Sentence]) {
    guard document.triage != .law, document.triage != .news,
      document.triage != .list || !document.outline.isEmpty
    else {
      return ([], [])
    }
    var items: [ItemDraft] = []
    var exclusive: [SentenceCutter.Sentence] = []
    var open: ItemDraft?
    func close() {
      if let draft = open { items.append(draft) }
      open = nil
    }
    let relief = ReliefReader(text: text, isMechanism: !mayGrant)
    let ruling = rulingClauses()
    // Lines that the next one goes on with: 对…的⏎给予…奖励 in texts whose commas became line breaks.
    var fragments: [Range<Int>] = []
    var fragmentClause: String?
    // What a sentence has said before its verb of granting comes, parted by semicolons: 对…；…；…的，给予….
    var lead: Int?
    // Where the sentence before this one began, for 对上述….
    var before: Int?
    for sentence in SentenceCutter(document: document, text: text).sentences() {
      if Self.exclusive.isIn(text, sentence.range) { exclusive.append(sentence) }
      let isBarred = isBarred(sentence)
      var supports: [Support] = []
      if !isBarred {
        supports = reader.supports(
          in: sentence.range, underStandard: sentence.underStandard, underLimit: sentence.underLimit
        )
        supports += relief.reliefs(in: sentence.range, besides: supports)
        supports.sort { $0.range.lowerBound < $1.range.lowerBound }
      }
      if supports.isEmpty, !isBarred, open != nil, open?.clause?.id == sentence.clause?.id,
        goesOn(sentence.range)
      {
        // 最高不超过200万元 on a line of its own.
        supports = reader.supports(in: sentence.range, underStandard: true)
      }
      var grants = !supports.isEmpty || !isBarred && grantsWithoutFigure(sentence.range)
      if !grants, !isBarred, document.triage != .call, !Self.denials.isIn(text, sentence.range),
        !Self.exclusive.isIn(text, sentence.range), !ruling.holds(sentence.clause?.id),
        let grant = plain.grant(in: sentence.range)
      {
        grants = true
        if let kind = grant.kind {
          supports = [Support(kind: kind, range: text.bytes(grant.range))]
        }
      }
      if fragmentClause != sentence.clause?.id || !sentence.startsLine { fragments = [] }
      if fragmentClause != sentence.clause?.id { (lead, before) = (nil, nil) }
      fragmentClause = sentence.clause?.id
      let ends = text[sentence.range.upperBound - 1]
      defer {
        if ends == "。" || grants { lead = nil }
        before = grants ? nil : before
      }
      guard grants else {
        close()
        if ends == ";" || ends == "。" {
          if lead == nil { lead = sentence.range.lowerBound }
          before = lead
        }
        let last = text[sentence.range.upperBound - 1]
        if last.endsSentence || last == ":" {
          fragments = []
        } else {
          if text[sentence.range.lowerBound] == "对" { fragments = [] }
          fragments = (fragments + [sentence.range]).suffix(4)
        }
        continue
      }
      defer { fragments = [] }
      if supports.isEmpty, let place = Self.negotiated.first(in: text, sentence.range) {
        supports = [Support(kind: .negotiated, range: text.bytes(place.range))]
      }
      let granting = GrantingSentence(range: sentence.range, supports: supports)
      if let last = open?.sentences.last, open?.clause?.id == sentence.clause?.id,
        open?.sentences.count ?? 0 < SentenceBound.mostSentences,
        goesOn(sentence.range) || TierReader(text: text).isTier(granting, after: last)
      {
        open?.sentences.append(granting)
      } else {
        close()
        let begins = text.longest(of: ["对", "凡", "按"], at: sentence.range.lowerBound) != nil
        var start = sentence.range.lowerBound
        if let first = fragments.first,
          text[first.lowerBound] == "对" || !begins && isHeadless(sentence.range)
        {
          start = first.lowerBound
        }
        if let lead, !begins, text[lead] == "对" { start = min(start, lead) }
        if let before,
          Self.backward.longest(in: text, at: start, limit: sentence.range.upperBound) != nil
        {
          start = min(start, before)
        }
        if sentence.range.upperBound - start > SentenceBound.longest {
          start = sentence.range.lowerBound
        }
        open = ItemDraft(
          sentences: [
            GrantingSentence(range: start..<sentence.range.upperBound, supports: supports)
          ], clause: sentence.clause)
      }
    }
    close()
    return (items, exclusive)
  }

  /// Whether the document may grant without figures; work plans and reports speak of support all the time.
  private var mayGrant: Bool {
    switch document.triage {
    case .claimable, .call, .interpretation: true
    default: false
    }
  }

  private static let exclusive = WordSet(
    """
    重复 就高 从高 叠加 从优不 择优不 差额 只能申请一次 只能享受 按最高标准 择高 孰高
    同时享受 兼得 最高一项 补差 补齐 多头申报 累加 仅限享受 择一
    """)
  private static let backward = WordSet("对上述 对以上 符合上述 上述 对前述 对符合上述 对符合以上")
  private static let negotiated = WordSet("一事一议 一企一策 一企一议 一项一议 一案一策")
  private static let additions = WordSet(
    """
    同一 单个 每家 每户 每人 以上 最高 资助总额 累计 其中 重新 超过 补助总额 奖励总额 上述
    对重新 年度 补贴期限 期限 对复审 每个企业 单户 奖励资金总额 补贴总额 该项补贴 该项奖励
    连续补贴 每位 每件 每类 相关产品 奖励最高 补助最高 补贴最高 补贴标准 奖励标准 在此基础上
    """)

  /// Whether a sentence adds to the item before it: 同一企业…不超过…, 超过部分….
  private func goesOn(_ range: Range<Int>) -> Bool {
    Self.additions.longest(in: text, at: range.lowerBound, limit: range.upperBound) != nil
  }

  private static let heads = WordSet("给予 予以 一次性 最高 分别 每 奖励 补助 补贴 资助 按 由 享受 可")

  /// Whether a line begins with the verb of granting, so that the lines before it say whom it is for.
  private func isHeadless(_ range: Range<Int>) -> Bool {
    Self.heads.longest(in: text, at: range.lowerBound, limit: range.upperBound) != nil
  }

  // MARK: What is none

  private static let rules = WordSet(
    """
    保障措施 组织领导 组织实施 组织保障 工作要求 有关要求 监督 附则 总则 程序 流程 考核 职责 指导思想 工作目标 总体要求
    总体目标 基本原则 主要目标 工作原则 法律责任 罚则 申报材料 申请材料 资金管理 宣传
    """)

  /// The clauses that rule how work is done, and so give nothing without a sum: 保障措施, 工作要求.
  private struct RulingClauses {
    var ids: Set<String> = []

    /// Whether a clause is one of them or stands below one.
    func holds(_ id: String?) -> Bool {
      guard var id, !ids.isEmpty else { return false }
      while true {
        if ids.contains(id) { return true }
        guard let dot = id.lastIndex(of: ".") else { return false }
        id = String(id[..<dot])
      }
    }
  }

  /// Whether the words of a ruling make half of a heading; below 保障措施 with parts stand measures as well.
  private func rules(_ heading: ByteRange, hasParts: Bool) -> Bool {
    let heading = text.trimmed(
      text.index(ofByte: heading.lowerBound)..<text.index(ofByte: heading.upperBound))
    guard let match = Self.rules.first(in: text, heading), match.range.count * 2 >= heading.count
    else { return false }
    return !hasParts || !text.has("保障措施", at: match.range.lowerBound)
  }

  private func rulingClauses() -> RulingClauses {
    var found = RulingClauses()
    func collect(_ clauses: [Clause]) {
      for clause in clauses {
        if let heading = clause.heading, rules(heading, hasParts: !clause.children.isEmpty) {
          found.ids.insert(clause.id)
        } else {
          collect(clause.children)
        }
      }
    }
    collect(document.outline)
    return found
  }

  private static let barred = WordSet(
    """
    追回 收回 骗取 弄虚作假 罚款 兑现奖励资金 兑现补助资金 拨付率 累计拨付 兑付率 向企业收取 不予支持 不予奖励 不予补贴 取消其 责令 已兑现 累计兑
    截至目前 共计发放 已发放 拨付资金达 责任单位: 牵头单位: 负责解释 分担 财政负担 财政承担 财政各承担 各承担 余家企业 余户企业 某企业20 例如 核定补助 核定奖励 实际兑付 =1 =2 =3 =4 =5 =6 =7 =8 =9 应当全额退还 应当退还 应当退回 予以退回 扣减补助 扣减奖励 按同比例兑付 累计帮助 累计惠及 累计为企业
    """)
  private static let granted = WordSet("给予一次性 给予最高")

  /// Penalties, conditions that exclude, statistics.
  private func isBarred(_ sentence: SentenceCutter.Sentence) -> Bool {
    let range = sentence.range
    // 安排风险补偿资金3亿元，力争…: a target.
    if text.first("力争", in: range) != nil,
      !text.contains(["给予", "补贴", "补助", "奖励", "减免", "免收"], in: range)
    {
      return true
    }
    guard let word = Self.barred.first(in: text, range), !Self.granted.isIn(text, range) else {
      return false
    }
    // 一个项目最高50万元，增资项目不予支持: what is given stands in parts before.
    guard text.has("不予", at: word.range.lowerBound) else { return true }
    let parts = reader.parts(of: range)
    guard let own = parts.firstIndex(where: { $0.contains(word.range.lowerBound) }), own > 0 else {
      return true
    }
    let before = range.lowerBound..<parts[own - 1].upperBound
    return reader.supports(in: before, underStandard: sentence.underStandard).isEmpty
  }

  private static let verbs = WordSet("给予 予以 享受 发放 提供贷款贴息 进行贷款贴息 进行贴息")
  private static let objects = WordSet(
    """
    补贴 补助 奖励 资助 奖补 贴息 减免 优惠 补偿 资金支持 专项支持 配套 政策扶持 共同支持 补助金 津贴 救助 扶持
    """)
  private static let applied = WordSet("对 符合 为")
  private static let subjects = WordSet("对 企业 单位 个人 人才 项目 的")
  private static let rights = WordSet(
    "可申请享受 可按规定申请 均可申请 可以申请 可申请奖励 可申请补贴 可申请补助 可申领 可按规定享受 可按规定申领 可申请创业担保 可申请贴息 可申请减免")
  private static let denials = WordSet(
    "不再享受 不再给予 不得享受 不能享受 停止享受 取消享受 不享受 不得给予 停止发放 不予 总额控制 同比例 个工作日内 冒用 批评教育 进行确认 资格进行")
  private static let ways = WordSet("实行 采取 可 支持标准 支持额度 支持方式 奖励标准 补助标准 支持力度 给予 政策支持 扶持")

  /// 给予…补贴 without a figure, 一事一议: in documents that grant.
  private func grantsWithoutFigure(_ range: Range<Int>) -> Bool {
    guard mayGrant, text[range.upperBound - 1] != ":", !Self.denials.isIn(text, range),
      !Self.exclusive.isIn(text, range)
    else { return false }
    if Self.negotiated.isIn(text, range), Self.ways.isIn(text, range) { return true }
    for verb in Self.verbs.all(in: text, range) {
      let from = verb.range.upperBound
      // 鼓励银行对企业给予…: others are asked to give. 享受国务院特殊津贴: who somebody is.
      if plain.isAsked(verb.range.lowerBound, in: range) { continue }
      let after = from..<min(from + 30, range.upperBound)
      if text.contains(["特殊津贴", "政府津贴"], in: after) { continue }
      let before = max(range.lowerBound, from - 40)..<verb.range.lowerBound
      if Self.objects.isIn(text, after), Self.subjects.isIn(text, before) { return true }
      // 对组织集中返岗涉及的交通运输等给予支持.
      if text.has("支持", at: from) || text.has("优先支持", at: from) || text.has("贷款支持", at: from),
        Self.applied.longest(in: text, at: range.lowerBound, limit: range.upperBound) != nil
      {
        return true
      }
      if verb.range.count > 4 { return true }
    }
    // 对企业承担的保费提供保费补贴
    if Self.applied.longest(in: text, at: range.lowerBound, limit: range.upperBound) != nil,
      let verb = text.first("提供", in: range),
      text.contains(
        ["补贴", "补助", "资助", "奖励", "贴息"],
        in: verb.upperBound..<min(verb.upperBound + 8, range.upperBound))
    {
      return true
    }
    return Self.rights.isIn(text, range)
      && text.contains(["补贴", "补助", "奖励", "资助", "担保贷款", "贴息", "减免"], in: range)
  }
}
