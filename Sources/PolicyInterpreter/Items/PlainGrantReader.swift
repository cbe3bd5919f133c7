internal import PolicyText

/// Finds what a sentence gives to a firm or a person without a sum: a right, a service, relief, money unspecified.
///
/// Assumption: such a grant names whom it is for (对…企业, 为纳税人, 企业可…) and then, in one comma part, a verb of
/// giving with what is given. What a plan sets itself to do, asks others to give, or studies, has other words
/// in that part (推动, 探索, 鼓励各县), and is none. A sentence of more than 600 characters is left alone.
struct PlainGrantReader {
  let text: MatchText
  let parts: (Range<Int>) -> [Range<Int>]

  /// A grant where it is said.
  struct Grant {
    /// The words of giving, with what is given.
    var range: Range<Int>
    /// What it is; nil for money without a sum.
    var kind: Support.Kind?
  }

  /// How a verb gives: which objects may follow it.
  private enum Verb { case money, right, free, spared, priority, enjoyed, offered }

  private static let verbs = WordSet<Verb>([
    .money: "给予 予以 加大 提高",
    .right: "可 可以 允许 准予",
    .free: "免费 无偿 低偿 低收费",
    .spared: "不再 无需 不需 不需要 不用 免于 免予 取消 暂不 不",
    .priority: "优先",
    .enjoyed: "享受",
    .offered: "提供",
  ])
  private static let money = WordSet(
    """
    补贴 补助 奖励 资助 贴息 减免 优惠 补偿 奖补 扶持 支持 便利 安家费 待遇 津贴
    """)
  private static let raised = WordSet("奖励力度 补贴力度 补助力度 资助力度 运营补贴 补贴标准 补助标准 奖励标准")
  private static let rights = WordSet(
    """
    享受 延长 延期 延缴 缓缴 缓交 减征 减免 免缴 免交 免收 免征 免于缴 免除 补助 补贴 奖励 资助 划拨 工业用地 落户
    展期 续贷 先行缴纳 预留 改建 分期 容缺 优先 抵扣 返还 退还 退税 贴息 创业担保贷款 按需调整 恢复 还款安排
    底价 顺延 暂缓 暂不 自行查询 自主申请 多次申请 不受
    """)
  private static let gifts = WordSet(
    "提供 发放 安排 办理 开放 发布 使用 培训 刻制 刻章 寄递 邮寄 入驻 参加 检测 托养")
  private static let burdens = WordSet(
    """
    填报 填写 提交 报送 现场检查 现场核查 实地查验 实地核查 申请 收取 补缴 变更土地 缴纳滞纳金 信用降级 停供 停水 停电 停气
    罚款 行政处罚 纳入失信 影响信用 影响纳税信用 认证确认 提供抵押
    """)
  private static let choices = WordSet(
    "推荐 安排 保障 供应 提供 办理 享受 给予 采购 考虑 列入 纳入 支持 为 获得 配置 供给 审批")
  private static let enjoyments = WordSet("政策 优惠 待遇 价格 补贴 补助 减免 奖励 便利")
  private static let offers = WordSet(
    """
    担保增信 增信 融资担保 贷款担保 贴息 补贴 补助 住宿 周转房 公寓 租赁住房 公租房 办公场地 经营场地 生产场所 办公场所
    信用贷款 低息贷款 创业担保贷款 零上门 零投资
    """)
  /// What gives by itself, without a verb of giving.
  private static let reliefs = WordSet<Support.Kind>([
    .relief(nil): """
    减免 减征 免征 免收 缓缴 延期缴纳 延期缴税 延期申报 展期 续贷 退还 返还 税前扣除 加计扣除 减半 退抵 征收期延长
    不收取滞纳金 延期还贷 暂退
    """,
    .inKind: """
    盲目抽贷 不抽贷 欠费不停供 简化停业手续 合理调整定额 专门面向中小企业采购 专门面向小微企业采购 免填写
    """,
  ])

  private static let receivers = WordSet(
    """
    企业 公司 个人 人才 机构 园区 平台 纳税人 缴费人 扣缴义务人 工商户 农户 合作社 主体 社会保险费 延迟缴费 申请人 毕业生 人员 职工 劳动者
    农民 商户 家庭 老年人 残疾人 创业者 团队 基地 学生 车辆 载体 厂房 房屋 项目 用户 组织 单位 定期定额 设施用地
    """)
  private static let leads = WordSet("对 凡 符合 为 经 向 针对 延迟缴费 缓缴期间")
  private static let towards = WordSet("对 为 向 将")
  /// For whom it is not: offices and their people.
  private static let offices = WordSet(
    """
    执法人员 工作人员 医务人员 公务员 干部 一线人员 民警 部门 地区 地方 市县 县区 区县 县(市 乡镇 街道 各市 各县 各地 各区
    高等院校 公立 党组织 专班 先进集体 先进个人 社区工作者 事业单位
    """)
  /// What is said of something to come, of an office's own work, of a rule elsewhere, or of a way to complain.
  private static let vague = WordSet(
    """
    探索 研究 争取 力争 抓好 落实 开展试点 加强 推进 推动 健全 完善 宣传 出台 确保 督促 应享尽享 考核 是否 不得享受
    不再享受 不予 不能享受 停止 不享受 已享受 享受过 享受到 会议 目标 统计 如何 按照相关政策 按照有关政策 依法予以补偿
    追究 复核 异议 复审 验收 结题 投诉 举报 监督 终止 撤销 扣减 资格 特殊津贴 政府津贴 各部门 宣传支持 违规 违法 骗取
    例如 截至 同比 累计 问题 享受政策 及时享受 政策红利 让企业 已给予 已予 表彰奖励
    同等待遇 同等政策 同等人才政策 示范典型 指导其 恢复开放 恢复营业 恢复经营 恢复生产 恢复施工 给予的
    """)
  private static let asks = WordSet("鼓励 引导 支持 推动 督促 协调 指导 倡导 动员 要求 号召 鼓励支持 支持鼓励 鼓励和支持")
  private static let governments = WordSet("各市 各地 各县 各区 市县 县区 区县 市、县 县(市 地方 有条件 各级 财政")
  private static let givers = WordSet(
    "银行 金融机构 保险 担保机构 物业 商圈 业主 房东 基金 合作机构 出租人 出租方 其他 社会 各类平台 电商平台 高校 市场化 村")
  private static let nouns: [StaticString] = [
    "的", "政策", "额", "期满", "工作", "手续", "资格", "情况", "事项", "问题", "条件", "申请", "等政策", "等措施", "资金", "标准",
  ]

  /// The first grant of a sentence.
  ///
  /// - Complexity: O(*n*) in the length of the sentence, which is bounded.
  func grant(in sentence: Range<Int>) -> Grant? {
    guard sentence.count <= 600, text[sentence.upperBound - 1] != ":",
      text.longest(of: ["探索", "积极探索", "研究"], at: sentence.lowerBound) == nil,
      !text.contains(["是指", "所称", "所指"], in: sentence)
    else { return nil }
    for part in parts(sentence) {
      for candidate in candidates(in: part) where !isVague(candidate.range, in: part) {
        if isFor(candidate.range.lowerBound, candidate.verb, in: part, sentence) {
          return Grant(range: candidate.range, kind: candidate.kind)
        }
      }
    }
    return nil
  }

  /// Whether the verb at `index` is one that somebody else is asked to do: 鼓励银行对企业给予….
  func isAsked(_ index: Int, in sentence: Range<Int>) -> Bool {
    let start = parts(sentence).first { $0.contains(index) }?.lowerBound ?? sentence.lowerBound
    return asksGovernments(sentence.lowerBound..<index)
      || asked(Self.givers, in: start..<index)
  }

  private struct Candidate {
    var range: Range<Int>
    var verb: Verb?
    var kind: Support.Kind?
  }

  private func candidates(in part: Range<Int>) -> [Candidate] {
    var found: [Candidate] = []
    for verb in Self.verbs.all(in: text, part) {
      let from = verb.range.upperBound
      func object(_ words: WordSet<Bool>, within reach: Int) -> Range<Int>? {
        words.first(in: text, from..<min(part.upperBound, from + reach))?.range
      }
      let (place, kind): (Range<Int>?, Support.Kind?) =
        switch verb.value {
        case .money:
          text.has("予", before: from)
            ? (object(Self.money, within: 18), nil) : (object(Self.raised, within: 8), nil)
        case .right: (object(Self.rights, within: 26), .inKind)
        case .free:
          (
            text.longest(of: ["给", "为", "向"], at: from).map { from..<(from + $0) }
              ?? object(Self.gifts, within: 7), .inKind
          )
        case .spared:
          (object(Self.burdens, within: verb.range.count == 1 ? 6 : 14), .inKind)
        case .priority: (object(Self.choices, within: 4), .inKind)
        case .enjoyed: (object(Self.enjoyments, within: 26), .inKind)
        case .offered: (object(Self.offers, within: 18), .inKind)
        }
      guard let place else { continue }
      if isOther(verb.value, verb.range, place) { continue }
      found.append(
        Candidate(range: verb.range.lowerBound..<place.upperBound, verb: verb.value, kind: kind))
    }
    for match in Self.reliefs.all(in: text, part)
    where text.longest(of: Self.nouns, at: match.range.upperBound) == nil
      && !text.has("的", before: match.range.lowerBound)
    {
      found.append(Candidate(range: match.range, verb: nil, kind: match.value))
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Whether a verb with its object says something else: a ban, a target, who somebody is, what money is for.
  private func isOther(_ verb: Verb, _ words: Range<Int>, _ object: Range<Int>) -> Bool {
    let between = words.upperBound..<max(words.upperBound, object.lowerBound)
    switch verb {
    case .spared:
      // 不得超过申请额, 上网不便的申请家庭, 以面积不匹配为由申请.
      return text.longest(of: ["得", "能", "可", "予", "应"], at: words.upperBound) != nil
        || text.first("的", in: between) != nil || words.count == 1 && between.count > 2
    case .enjoyed:
      // 享受补贴的人员应当…
      return text.longest(
        of: ["的", "应", "须", "期间", "人员", "资格", ",应", ",须", ",需"], at: object.upperBound) != nil
        || text.contains(["本通知规定", "本公告规定", "本办法规定"], in: between)
    case .offered:
      // 提供1亿元以上的增信担保, 提供贴息的银行
      return between.contains { text[$0].isDigit } || text.has("的", at: object.upperBound)
    case .right:
      // 可从补助资金中列支, 可安排50%用于奖励团队, 可同时申报…补助, 可提供资助的品种
      return text.longest(of: ["资金", "工作时间", "的"], at: object.upperBound) != nil
        || text.contains(["用于", "申报", "工作时间"], in: between)
    // 免费使用的药品
    case .free: return text.has("的", at: object.upperBound)
    case .money, .priority: return false
    }
  }

  /// Whether the part of the words speaks of plans, duties or titles, not of what is given.
  private func isVague(_ words: Range<Int>, in part: Range<Int>) -> Bool {
    if Self.vague.isIn(text, part) { return true }
    let before = part.lowerBound..<words.lowerBound
    // 按照《专项资金管理办法》给予支持: what, is said there.
    if text.has("支持", before: words.upperBound),
      text.contains(["按照《", "按《", "依照《", "依据《", "根据《"], in: before)
    {
      return true
    }
    // 不得为平台提供担保
    if let ban = text.last("不得", in: before) ?? text.last("严禁", in: before),
      words.lowerBound - ban.upperBound <= 12
    {
      return !text.has("盲目抽贷", at: words.lowerBound)
    }
    return isTitle(words.lowerBound, in: part)
  }

  /// Whether a place lies inside the title of a document: 《免征车辆购置税的车型目录》.
  func isTitle(_ index: Int, in part: Range<Int>) -> Bool {
    guard let open = text.last("《", in: part.lowerBound..<index) else { return false }
    return text.first("》", in: open.upperBound..<index) == nil
  }

  /// Whether the sentence says for whom: 对…的企业, 为纳税人, or the firm as the one who may.
  private func isFor(
    _ index: Int, _ verb: Verb?, in part: Range<Int>, _ sentence: Range<Int>
  ) -> Bool {
    let own = part.lowerBound..<index
    let before = sentence.lowerBound..<index
    if asked(Self.givers, in: own) || asksGovernments(before) || isForOffices(own, before, verb) {
      return false
    }
    switch verb {
    case .money, .right, .enjoyed: break
    // 鼓励商场为承租户减免租金: others give.
    default: if text.contains(["鼓励", "引导", "倡导", "动员"], in: own) { return false }
    }
    let after = index..<min(part.upperBound, index + 28)
    switch verb {
    case .right where text.has("允许", at: index) || text.has("准予", at: index):
      if Self.receivers.isIn(text, after) { return true }
    case .free, .offered:
      if Self.receivers.isIn(text, after), text.contains(["为", "向", "给"], in: after) {
        return true
      }
    case .right, .enjoyed:
      if Self.receivers.isIn(text, before) { return true }
    // 不再要求企业重复填报
    case .spared:
      if Self.receivers.isIn(text, after) { return true }
    // 将设施用地纳入计划并优先保障: what an office sets itself to do.
    case .priority:
      if !text.contains(["对", "为", "向", "符合"], in: before) { return false }
    default: break
    }
    guard Self.receivers.isIn(text, before) else { return false }
    if Self.towards.isIn(text, own) { return true }
    return parts(before).contains { earlier in
      Self.leads.longest(in: text, at: text.trimmed(earlier).lowerBound, limit: index) != nil
        || text.has("的", before: earlier.upperBound)
        || text.first("对", in: earlier) != nil
    } || text.first("鼓励企业", in: before) != nil
  }

  /// Whether those whom it is for are offices or their people: 对成效明显的县区给予奖励, 各部门可….
  private func isForOffices(_ own: Range<Int>, _ before: Range<Int>, _ verb: Verb?) -> Bool {
    var whom = own
    var found = false
    for index in before.reversed() where text[index] == "对" {
      // 对口, 对接, 对外 are other words.
      guard text.longest(of: ["口", "接", "外", "应", "其"], at: index + 1) == nil else { continue }
      let end = text.first(",", in: index..<before.upperBound)?.lowerBound ?? before.upperBound
      whom = index..<end
      found = true
      break
    }
    if !found, verb == .money || verb == nil { return false }
    let ends: [StaticString] = [
      ",", "给", "予", "要", "可", "在", "(", "、", "和", "不", "优", "按",
    ]
    return Self.offices.all(in: text, whom).contains {
      $0.range.upperBound == whom.upperBound
        || text.longest(of: ends, at: $0.range.upperBound) != nil
    }
  }

  /// Whether governments below are asked, which may or may not give: 鼓励各县…, 有条件的地方可….
  private func asksGovernments(_ range: Range<Int>) -> Bool {
    text.contains(["有条件的地方", "有条件的市", "有条件的县", "有条件的区", "有条件的城市"], in: range)
      || asked(Self.governments, in: range)
  }

  private func asked(_ whom: WordSet<Bool>, in range: Range<Int>) -> Bool {
    Self.asks.all(in: text, range).contains { ask in
      let from = ask.range.upperBound
      let near = from..<min(range.upperBound, from + 9)
      guard let place = whom.first(in: text, near) else { return false }
      return text.first(",", in: from..<place.range.lowerBound) == nil
    }
  }
}
