internal import PolicyText

/// Says whether words show what was asked for: a sum, a telephone number, a day.
struct EvidenceReader {
  let text: MatchText
  private let scanner: QuantityScanner

  init(text: MatchText) {
    self.text = text
    scanner = QuantityScanner(text: text)
  }

  private static let grants = WordSet(
    """
    给予 奖励 补助 补贴 资助 奖补 贴息 减免 免征 免收 减征 减按 返还 支持 扣除 发放 配套 兑付 缓缴 补偿 奖金 扶持 最高 不超过 出资 享受 收费 费率 降至 保费 租金
    """)
  private static let reliefs = WordSet(
    """
    免征 免收 免费 全免 减半 减免 不再增收 不收取 免除 停征 零投资 缓征 不予收费 免缴 免于缴纳 不收费 据实
    全额补 全额资助 全额返还 全额奖励 全额承担
    """)
  private static let statistics = WordSet(
    """
    累计 年度预算 列支 预算安排 共兑付 共发放 已兑付 已发放 今年以来 去年 同比 完成投资 总投资 总规模 首期规模 基金规模 规模达 授信 惠及 带动 实现产值 兑付资金 兑现资金 力争 目标 达到亿
    """)
  private static let materials = WordSet(
    """
    申请表 申请书 申报书 申报表 复印件 原件 身份证 营业执照 证明材料 证明文件 审计报告 财务报表 合同 发票 承诺书 登记证 学历 学位证书 凭证 申请报告
    清单 资料 佐证 完税证明 验收报告 授权书 认定文件 票据 银行流水 申请材料 申报材料 证书 推荐表 汇总表 材料 纳税证明 协议
    """)
  private static let asksForMaterials = WordSet(
    "提交 提供 报送 递交 附 出具 携带 上传 需提交 须提交 填写 填报 申请材料 申报材料 以下材料 下列材料 所需材料 材料清单"
  )
  private static let places = WordSet(
    """
    窗口 大厅 中心 专区 平台 系统 网站 网上 线上 现场 地点 小程序 公众号 之家 服务站 柜台 渠道 专窗 专栏 门户 官网 客户端 设立 设在 位于 办理点 管委会 所在地
    """)
  private static let streets = WordSet("路 街 道 巷 大厦 号楼 栋 座 室 层 楼")
  private static let units = WordSet(
    """
    局 委 办 厅 部门 中心 政府 单位 机构 处 科 部 院 委员会 管委会 公司 银行 小组 协会 企业服务中心 法院 起步区
    """)
  private static let duties = WordSet(
    """
    负责 牵头 责任单位 主管 受理 审核 审批 制定 组织 会同 配合 协同 承担 实施 评审 出具 管理 认定 批准 监督 联系 指导 落实
    """)
  private static let conditions = WordSet(
    """
    条件 符合 应当 须 需 不低于 不少于 以上 满 具有 具备 依法 达到 且 不得 未 属于 的企业 的单位 的项目 的, 超过 内 首次 要求 限 可 不予 凡
    """)
  private static let processes = WordSet(
    """
    申请 申报 审核 受理 公示 流程 线上 通过 提交 窗口 渠道 办理 审批 拨付 兑现 反馈 比对 推荐 评审 程序 方式 报送 备案 确定 依托 采取 实行 登录 填写 处理 撤
    """)
  private static let audiences = WordSet(
    """
    企业 单位 机构 人员 个人 个体 项目 组织 团队 青年 人才 高校 院所 合作社 对象 适用 平台 园区 居民
    """)
  private static let meanings = WordSet(
    "是指 指 简称 专指 包括 包含 以下称 即 称为 界定 等要素 含 为主要 分为 是 涵盖 范围")
  private static let validities = WordSet(
    "施行 实施 有效期 废止 执行 生效 失效 有效 起 止 截止 期限")
  private static let windows = WordSet(
    """
    截止 年底前 月底前 年末 常年受理 常年申报 每季度 申报期 逐月 集中申报 随时 月前 日前 年前
    """)
  private static let applying = WordSet("申报 申请 受理 报送 提交 截止 报名 上报 填报 报区 报市 报县 报省 申领 递交")
  /// What stands before sums that grant nothing: sizes, thresholds, statistics.
  private static let measures = WordSet(
    """
    规模 预算 资金池 基金 铺底资金 总额 累计 总投资 投资额 投资 收入 产值 销售额 达到 不低于 超过 注册资本 余额 授信 兑付 纳税 税收 利润
    成交额 合同额 融资额 采购额 贷款额 到资 交易额 进出口额
    """)
  private static let hourWords = WordSet("上午 下午 工作时间 办公时间 上班时间 周一 夏令时")
  private static let hourSigns = WordSet(":00 :30 点至 时至 点半 ：00 ：30")
  private static let spans = WordSet("一周 每季 每季度 半年 当日 当天 次日 当月 每年 每月 每半年 次年")

  /// Whether `range` shows what `aspect` asks for.
  func shows(_ aspect: Aspect, in range: Range<Int>) -> Bool {
    switch aspect {
    case .phone: return hasPhone(in: range)
    case .url: return hasURL(in: range)
    case .address: return hasAddress(in: range)
    case .hours:
      return Self.hourSigns.isIn(text, range) && Self.hourWords.isIn(text, range)
    case .place: return Self.places.isIn(text, range)
    case .amount: return hasAmount(in: range)
    case .threshold:
      return scanner.quantities(in: range).contains { $0.kind != .date }
    case .rate:
      return scanner.quantities(in: range).contains { $0.kind == .rate }
        || Self.reliefs.isIn(text, range)
    case .count: return scanner.quantities(in: range).contains { $0.kind == .count }
    case .limit:
      return scanner.quantities(in: range).contains { $0.kind == .duration }
        || Self.spans.isIn(text, range) || hasDate(in: range)
    case .window:
      return (hasDate(in: range) || Self.windows.isIn(text, range))
        && Self.applying.isIn(text, range) || hasApplyingTerm(in: range)
    case .budget:
      return Self.budgets.isIn(text, range)
        && scanner.quantities(in: range).contains { $0.kind == .money }
    case .validity:
      return Self.validities.isIn(text, range)
        && scanner.quantities(in: range).contains { $0.kind == .date || $0.kind == .duration }
    case .material: return hasMaterials(in: range)
    case .department: return Self.units.isIn(text, range) && Self.duties.isIn(text, range)
    case .process: return Self.processes.isIn(text, range)
    case .condition: return Self.conditions.isIn(text, range)
    case .audience: return Self.audiences.isIn(text, range)
    case .definition: return Self.meanings.isIn(text, range)
    case .whether: return true
    }
  }

  /// Whether sums in `range` are statistics or sizes of funds and grant nothing.
  func isStatistic(_ range: Range<Int>) -> Bool {
    Self.statistics.isIn(text, range) && !Self.grants.isIn(text, range)
  }

  /// Whether a sentence takes up another object: 对…的, 鼓励…, （二）.
  func beginsAnew(_ range: Range<Int>) -> Bool {
    Self.beginnings.longest(in: text, at: range.lowerBound, limit: range.upperBound) != nil
  }

  private static let beginnings = WordSet("对 鼓励 支持 ( 第 推进 加强 完善 建立 落实 引导")

  private func hasAmount(in range: Range<Int>) -> Bool {
    if Self.reliefs.isIn(text, range) { return true }
    guard Self.grants.isIn(text, range) || Self.rationed.isIn(text, range) else { return false }
    for (kind, place) in scanner.quantities(in: range) {
      if kind == .rate, !text.has("以上", at: place.upperBound) { return true }
      guard kind == .money else { continue }
      // 营业收入达到2000万元, 投资5000万元以上, 规模10亿元
      if text.has("以上", at: place.upperBound) || text.has("及以上", at: place.upperBound)
        || text.has("以下", at: place.upperBound) || text.has("(含", at: place.upperBound)
      {
        continue
      }
      let before = max(range.lowerBound, place.lowerBound - 7)..<place.lowerBound
      if let measure = Self.measures.last(in: text, before),
        !Self.gives.isIn(text, measure.range.upperBound..<place.lowerBound)
      {
        continue
      }
      return true
    }
    return false
  }

  /// 每人每月600元: so much for each.
  private static let rationed = WordSet("每人 每户 每家 每件 每亩 每月 每年 每个 每吨 每台 每套 每平方米 元/ /人 /月")
  private static let gives = WordSet("给予 奖励 补助 补贴 资助 奖补 支持 奖 补 最高 不超过 每")

  /// Whether a sum stands in `range` in a sentence that grants nothing.
  func quotes(_ sum: String, in range: Range<Int>) -> Bool {
    Sentences.of(text, range).contains {
      text.key($0).contains(sum) && !Self.offers.isIn(text, $0)
    }
  }

  private static let offers = WordSet("给予 奖励 补助 补贴 资助 奖补 贴息 最高 不超过 的企业")

  private func hasDate(in range: Range<Int>) -> Bool {
    let found = scanner.quantities(in: range)
    return found.contains { $0.kind == .date && !text.has("年", at: $0.range.upperBound) }
  }

  /// Whether one has so long to apply: 自结息之日起3个月内提出申请.
  ///
  /// What an office does within days is no such term.
  private func hasApplyingTerm(in range: Range<Int>) -> Bool {
    Self.terms.all(in: text, range).contains { term in
      var end = term.range.upperBound
      while end < range.upperBound, end - term.range.upperBound < 16, text[end] != "。" { end += 1 }
      return Self.claiming.isIn(text, term.range.upperBound..<end)
    }
  }

  private static let terms = WordSet("个月内 工作日内 日内 天内")
  private static let claiming = WordSet("申报 申请 报送 提交 报名 申领 递交 提出")
  private static let budgets = WordSet("总额 预算 安排 规模 总规模 资金池 专项资金 出资 列支 额度")

  /// Two nouns of papers, or one that is asked for in so many words.
  private func hasMaterials(in range: Range<Int>) -> Bool {
    let nouns = Self.materials.all(in: text, range)
    if nouns.count >= 3 { return true }
    return nouns.count >= 1 && Self.asksForMaterials.isIn(text, range)
      && nouns.contains { text.key($0.range) != "材料" }
  }

  /// Seven digits or more that are no sum, or a hotline.
  private func hasPhone(in range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index].isDigit, !text[index - 1].isDigit else {
        index += 1
        continue
      }
      let start = index
      var digits = 0
      while index < range.upperBound,
        text[index].isDigit || text[index] == "-" && text[index + 1].isDigit
      {
        if text[index].isDigit { digits += 1 }
        index += 1
      }
      let next = text[text.skippingSpaces(index, limit: range.upperBound)]
      let isMeasure = ["元", "万", "亿", "年", "%", ".", "号", "吨", "份", "件"].contains(next)
      if digits >= 7, digits <= 13, !isMeasure { return true }
      // 12345 answers for everything, so it answers nothing by itself.
      if digits == 5, text.has("12", at: start) || text.has("96", at: start), !isMeasure,
        !text.has("12345", at: start)
      {
        return true
      }
    }
    return false
  }

  private func hasURL(in range: Range<Int>) -> Bool {
    text.contains(["http", "www.", ".cn", ".com", ".gov", ".net", ".org"], in: range)
  }

  /// Whether a street with a number stands there, or a building with a room: 12号, 3号楼, 502室.
  private func hasAddress(in range: Range<Int>) -> Bool {
    for quantity in range where text[quantity].isDigit && !text[quantity - 1].isDigit {
      var end = quantity
      while end < range.upperBound, text[end].isDigit { end += 1 }
      if ["号", "栋", "座", "室", "楼", "层"].contains(text[end]),
        text[quantity - 1] == "路" || text[quantity - 1] == "街" || text[quantity - 1] == "道"
          || text[quantity - 1] == "巷" || text[end] == "室" || text[end] == "楼"
          || text.has("号楼", at: end)
      {
        return true
      }
    }
    return false
  }
}
