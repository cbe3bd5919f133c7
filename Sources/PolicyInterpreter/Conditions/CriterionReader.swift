internal import PolicyText

/// Finds criteria that a program can check in words of conditions: places, sizes, honours, numbers, conduct.
struct CriterionReader {
  let text: MatchText

  /// A criterion with the words that it explains.
  struct Atom {
    var kind: Criterion.Kind
    var range: Range<Int>
    /// The words it explains, those before and after it included.
    var covered: Range<Int>
    /// Further levels of an honour, before its own: 国家级、省级绿色工厂.
    var moreLevels: [String] = []
  }

  /// Words that ask for nothing by themselves.
  static let plainWords = WordSet(
    """
    的 企业 单位 项目 在 为 我市 本市 全市 我区 本区 我县 本县 具有 具备 符合 属于 并 且 和
    或 及 以及 应当 应 须 需 必须 首次 新 认定 通过 获得 获 取得 被 评为 入选 列入 认定为
    有效期内 当年 上年度 年度 上一年度 近三年 近两年 近3年 近2年 该 其 已 依法 资质 资格 称号
    荣誉 登记 注册 设立 成立 从事 生产 经营 行业 领域 类 级 国家 省 市 区 县 以上 含 达到 年
    内 申请 申报 主体 者 对 于 等 各类 以 后 起 之日 时间 规模 累计 实际 到 本年度 完成 实现
    新增 期间 数 不 无 未 没有 发生 过 良好 记录 情况
    """)

  /// Words that a place explains beside its own.
  static let placeWords = WordSet("征管 托管区域 范围 区域 纳入 统计 纳税 税务 税收 工商 关系 均 注册地 纳税地 经营地")

  private static let places = WordSet(
    """
    本市 我市 全市 本区 我区 全区 本县 我县 全县 本省 我省 全省 本州 我州 本盟 本旗 本自治区
    我国 中国境内 中华人民共和国境内 市内 区内 县内 省内 市域内 辖区内 本行政区域
    本市行政区域 高新区 经开区 开发区 园区 自贸区 自贸片区 新区
    """)
  private static let registrations = WordSet(
    """
    注册 登记 设立 纳税 税收 税务 统计 工商 实际经营 经营场所 经营地 落户 行政区域 境内
    缴纳社会保险 参保 依法 办公 生产经营 租赁 租用 购置 投资 新建 建设 落地 兴办 创办 开办
    """)
  private static let joined = WordSet("、 和 并 且 登记 注册 且在 本 内 纳入")
  private static let seats = WordSet(
    "注册地 经营地 总部 住所 关系 注册地址 纳税地 所在地 迁入 落户 均 注册 登记")
  private static let sizes = WordSet(
    """
    规模以上 规模以下 限额以上 限额以下 规上 规下 限上 限下 中小微 大中小微 中小 小微
    小型微型 大中型 大型 中型 小型 微型 四上 资质以上
    """)
  private static let statistical = WordSet("规上 四上 规模以上 限额以上 限上")
  private static let sizeTails = WordSet(
    """
    企业 工业 服务业 批发 零售 住宿 餐饮 商贸 建筑 文化 单位 法人 民营 外贸 制造 科技 工贸
    物流 农业 旅游 外资 信息
    """)
  private static let honours = WordSet(
    """
    高新技术企业 科技型中小企业 技术先进型服务企业 创新型中小企业 专精特新中小企业
    专精特新企业 专精特新小巨人企业 专精特新“小巨人”企业 “专精特新”中小企业
    “专精特新”企业 专精特新“小巨人” 专精特新小巨人 专精特新 制造业单项冠军企业
    制造业单项冠军 单项冠军企业 单项冠军示范企业 单项冠军产品 单项冠军 瞪羚企业 瞪羚
    独角兽企业 独角兽 雏鹰企业 牛羚企业 总部企业 龙头企业 链主企业 领航企业 上市公司 上市企业
    绿色工厂 绿色园区 绿色供应链管理企业 绿色供应链 智能工厂 数字化车间 智能制造示范工厂
    智能制造优秀场景 工业设计中心 企业技术中心 工程技术研究中心 工程研究中心 重点实验室
    技术创新中心 制造业创新中心 产业创新中心 新型研发机构 孵化器 科技企业孵化器 众创空间
    博士后科研工作站 博士后创新实践基地 院士工作站 专家工作站 产业园区
    小微企业创业创新示范基地 公共服务示范平台 中小企业公共服务示范平台 创业孵化基地
    就业见习基地 首台套 首台(套) 首版次 首批次 驰名商标 地理标志 中华老字号 老字号 政府质量奖
    质量奖 中国专利奖 专利奖 科学技术奖 科技进步奖 知识产权示范企业 知识产权优势企业
    两化融合管理体系贯标 农业产业化龙头企业 农业产业化重点龙头企业 示范合作社 家庭农场
    服务型制造示范企业 工业互联网平台 星级酒店 5A级旅游景区 4A级旅游景区 跨境电商示范园区
    电子商务示范基地 电子商务示范企业 外贸综合服务企业 海外仓 技能大师工作室
    高技能人才培训基地 技术转移机构 就业帮扶车间
    """)
  private static let levels = WordSet(
    """
    国家级 省级 市级 区级 县级 市(州)级 自治区级 国家 全国 省 世界级 国际 省部级 地市级 州级
    厅级
    """)
  private static let first = WordSet(
    """
    首次 新认定 新获 新获得 首次认定 首次通过 首次获得 首次被 新评 新入选 新列入 新通过 新建
    初次 新培育 新获批 新增 新取得
    """)
  private static let renewed = WordSet("重新认定 复审 复核 再次 重新通过 再认定 期满 到期 通过重新")
  private static let misconduct = WordSet(
    """
    失信 经营异常 信用黑名单 信用记录 信用状况 信用良好 信用中国 违法记录 违法违规 违法行为
    违纪违法 不良记录 不良信用 诚信 黑名单 行政处罚 信用修复 信用等级 税收违法 信用
    """)
  private static let accidents = WordSet(
    """
    安全生产事故 安全事故 生产安全 安全生产 环境污染 环保事故 环境事故 质量事故 重大事故
    责任事故 环境违法 食品安全 群体性事件 安全环保 环保 拖欠工资 安全、环保
    """)
  private static let subjects = WordSet(
    """
    独立法人资格 独立法人 法人资格 法人企业 法人单位 企业法人 个体工商户 民办非企业单位
    民办非企业 农民专业合作社 农民合作社 合作社 社会组织 社会团体 事业单位 科研院所 科研机构
    高等院校 高校毕业生 毕业生 行业协会 商会 分支机构 退役军人 就业困难人员 登记失业人员
    脱贫人口 农民工 高层次人才 外商投资企业 外资企业 民营企业 国有企业 金融机构 融资担保机构
    担保机构 人力资源服务机构 服务机构 运营机构 园区运营主体 独立核算 自然人 留学人员
    返乡创业人员 初创企业 创业者
    """)
  private static let industries: WordSet<Bool> = WordSet(
    embeddedText("vocabulary/industries.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
      .flatMap { line -> [(word: String, value: Bool)] in
        let fields = line.split(separator: "\t")
        guard fields.count >= 3 else { return [] }
        return ([String(fields[1])] + fields[2].split(separator: "、").map(String.init)).map {
          (word: $0, value: true)
        }
      })

  /// The criteria in `range`, in order.
  func atoms(in range: Range<Int>) -> [Atom] {
    let found = scan(range)
    guard let kind = conduct(in: range), range.count <= 80 else { return found }
    // 具有独立法人资格、信用状况良好: the list speaks of more than conduct.
    return found.contains(where: \.isConduct) && found.contains(where: \.isOfApplicant)
      ? found : [Atom(kind: kind, range: range, covered: range)]
  }

  private func scan(_ range: Range<Int>) -> [Atom] {
    var atoms: [Atom] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if let atom = atom(
        at: index, in: range, after: atoms.last?.covered.upperBound ?? range.lowerBound,
        last: atoms.last)
      {
        atoms.append(atom)
        index = max(index + 1, atom.covered.upperBound)
      } else {
        index += 1
      }
    }
    return atoms
  }

  /// The words of a list that an index stands in.
  private func segment(around index: Int, in range: Range<Int>) -> Range<Int> {
    func isBorder(_ scalar: Unicode.Scalar) -> Bool {
      ["、", ",", ";", "。", "的", "且", "(", ")"].contains(scalar)
    }
    var start = index
    while start > range.lowerBound, !isBorder(text[start - 1]) { start -= 1 }
    var end = index
    while end < range.upperBound, !isBorder(text[end]) { end += 1 }
    return start..<end
  }

  private func atom(at index: Int, in range: Range<Int>, after floor: Int, last: Atom?) -> Atom? {
    let scalar = text[index]
    if let number = NumberCriterion(text: text).atom(
      at: index, in: floor..<range.upperBound, whole: range.lowerBound, after: last)
    {
      return number
    }
    // 营业收入增长10%以上、无失信行为的软件企业: one stretch of a list speaks of conduct.
    if Self.misconduct.longest(in: text, at: index, limit: range.upperBound) != nil
      || Self.accidents.longest(in: text, at: index, limit: range.upperBound) != nil
    {
      let segment = segment(around: index, in: floor..<range.upperBound)
      if let kind = conduct(in: segment) {
        return Atom(kind: kind, range: segment, covered: segment)
      }
    }
    if scalar == "前" || scalar == "T",
      let atom = rank(at: index, after: floor, limit: range.upperBound)
    {
      return atom
    }
    if let place = place(at: index, in: range) { return place }
    if let match = Self.honours.longest(in: text, at: index, limit: range.upperBound) {
      let atom = honour(match.range, in: floor..<range.upperBound)
      // 入驻市级创业孵化基地, 采购首台（套）产品: another's honour.
      let before = atom.covered.lowerBound
      if text.longest(of: ["入驻", "采购", "购买", "使用"], at: before - 2) == nil,
        text.longest(of: ["采购本市", "购买本市", "采购我市", "入驻我市", "入驻本市"], at: before - 4) == nil
      {
        return atom
      }
    }
    if let match = Self.sizes.longest(in: text, at: index, limit: range.upperBound),
      let atom = size(match.range, limit: range.upperBound)
    {
      return atom
    }
    if scalar.isDigit, !text[index - 1].isDigit, let atom = time(at: index, limit: range.upperBound)
    {
      return atom
    }
    if let match = Self.subjects.longest(in: text, at: index, limit: range.upperBound) {
      return Atom(kind: .subject(text.name(match.range)), range: match.range, covered: match.range)
    }
    if let match = Self.industries.longest(in: text, at: index, limit: range.upperBound),
      text.longest(of: ["建有", "设有", "设立", "拥有", "建立", "组建"], at: index - 2) == nil
    {
      return industry(match.range)
    }
    if let match = Self.trades.longest(in: text, at: index, limit: range.upperBound),
      Self.tradeTails.longest(in: text, at: match.range.upperBound, limit: range.upperBound) != nil
        || match.range.upperBound == range.upperBound
          && text.longest(of: ["从事", "属于", "主营"], at: match.range.lowerBound - 2) != nil
    {
      return industry(match.range)
    }
    return nil
  }

  /// Whether words speak of good standing or of accidents.
  func conduct(in range: Range<Int>) -> Criterion.Kind? {
    let isNegated = text.contains(
      ["未", "无", "没有", "不", "良好", "被", "列入", "存在", "发生", "名单", "受到", "拖欠"], in: range)
    guard isNegated, !text.contains(["万元", "%", "投保", "建设", "项目", "改造", "评价"], in: range) else {
      return nil
    }
    if Self.accidents.isIn(text, range),
      text.contains(["事故", "事件", "违法", "拖欠", "处罚", "安全生产责任"], in: range)
    {
      return .safety
    }
    return Self.misconduct.isIn(text, range) ? .credit : nil
  }

  private static let trades = WordSet(
    """
    工业 服务业 生产性服务业 批发 零售 住宿 餐饮 制造业 建筑业 软件 外贸 农业 物流 新能源 新材料 生物医药
    电子信息 装备制造 商贸 文化 旅游 批发业 零售业 住宿业 餐饮业 人工智能 集成电路 低空经济 新能源汽车
    类金融业 类金融 房地产业 金融业 烟草 电力
    """)
  private static let tradeTails = WordSet("企业 、 和 产业 单位 项目 或 行业 及 领域 等 业企业")

  private func industry(_ range: Range<Int>) -> Atom {
    var range = range
    if let length = text.length(of: "企业", before: range.upperBound), range.count > length {
      range = range.lowerBound..<(range.upperBound - length)
    }
    return Atom(kind: .industry(text.name(range)), range: range, covered: range)
  }

  // MARK: Kinds

  private func place(at index: Int, in range: Range<Int>) -> Atom? {
    if let match = Self.places.longest(in: text, at: index, limit: range.upperBound) {
      let after = match.range.upperBound..<min(range.upperBound, match.range.upperBound + 14)
      let isSeat =
        text[index - 1] == "在" || text.longest(of: ["迁入", "落户"], at: index - 2) != nil
      guard
        let registered = Self.registrations.first(in: text, after)
          ?? (isSeat && Self.seats.isIn(text, max(range.lowerBound, index - 18)..<index)
            ? match : nil)
      else { return nil }
      var end = registered.range.upperBound
      while let more = Self.registrations.longest(in: text, at: end, limit: range.upperBound)
        ?? Self.joined.longest(in: text, at: end, limit: range.upperBound)
      {
        end = more.range.upperBound
      }
      let start = text[index - 1] == "在" && index > range.lowerBound ? index - 1 : index
      return Atom(
        kind: .place(text.name(match.range)), range: start..<end, covered: start..<end)
    }
    guard text[index] == "在" else { return nil }
    if Self.seats.isIn(text, max(range.lowerBound, index - 18)..<index),
      let name = placeName(at: index + 1, limit: range.upperBound)
    {
      return Atom(
        kind: .place(text.name(name)), range: index..<name.upperBound,
        covered: index..<name.upperBound)
    }
    var end = index + 1
    while end < range.upperBound, end - index <= 12, text[end].isHan {
      if let registered = Self.registrations.longest(in: text, at: end, limit: range.upperBound) {
        guard end - index >= 3 else { return nil }
        var name = (index + 1)..<end
        for tail in ["行政区域内", "范围内", "境内", "辖区内", "内", "依法"] as [StaticString] {
          if let length = text.length(of: tail, before: name.upperBound), name.count > length + 1 {
            name = name.lowerBound..<(name.upperBound - length)
          }
        }
        guard
          text.longest(of: ["市", "区", "县", "省", "州", "盟", "旗", "镇", "园"], at: name.upperBound - 1)
            != nil
        else { return nil }
        return Atom(
          kind: .place(text.name(name)), range: index..<registered.range.upperBound,
          covered: index..<registered.range.upperBound)
      }
      end += 1
    }
    return nil
  }

  /// A name of a place that ends as one: 云埠区, 松岚高新区.
  private func placeName(at index: Int, limit: Int) -> Range<Int>? {
    var end = index
    while end < limit, end - index < 9, text[end].isHan {
      end += 1
      if end - index >= 2, ["市", "区", "县", "州", "旗"].contains(text[end - 1]) {
        return index..<end
      }
    }
    return nil
  }

  private func honour(_ words: Range<Int>, in range: Range<Int>) -> Atom {
    let before = max(range.lowerBound, words.lowerBound - 12)..<words.lowerBound
    var start = words.lowerBound
    var level: String?
    if let match = Self.levels.last(in: text, before),
      before.upperBound - match.range.upperBound <= 2
    {
      let name = text.name(match.range)
      level = name
      start = match.range.lowerBound
    }
    // 国家级、省级绿色工厂: every level of the list.
    var moreLevels: [String] = []
    while level != nil, start > range.lowerBound + 1,
      ["、", "和", "或", "及"].contains(text[start - 1]),
      let match = Self.levels.last(in: text, max(range.lowerBound, start - 8)..<(start - 1)),
      match.range.upperBound == start - 1
    {
      moreLevels.insert(text.name(match.range), at: 0)
      start = match.range.lowerBound
    }
    var isFirst: Bool?
    let context =
      max(range.lowerBound, words.lowerBound - 16)..<min(range.upperBound, words.upperBound + 10)
    if let match = Self.renewed.first(in: text, context) {
      isFirst = false
      start = min(start, match.range.lowerBound)
    } else if let match = Self.first.first(in: text, context.lowerBound..<words.lowerBound) {
      isFirst = true
      start = min(start, match.range.lowerBound)
    }
    var name = text.name(words)
    name.removeAll { $0 == "“" || $0 == "”" || $0 == "\"" }
    return Atom(
      kind: .qualification(name, level: level, isFirst: isFirst), range: words,
      covered: start..<words.upperBound, moreLevels: moreLevels)
  }

  private func size(_ words: Range<Int>, limit: Int) -> Atom? {
    if let tail = Self.sizeTails.longest(in: text, at: words.upperBound, limit: limit) {
      let isFirm = text.has("企业", at: tail.range.lowerBound)
      return Atom(
        kind: .size(text.name(words)), range: words,
        covered: words.lowerBound..<(isFirm ? tail.range.upperBound : words.upperBound))
    }
    // 中小 and 大型 are sizes before 企业 only; 规模以上 is one by itself.
    guard
      text[words.upperBound] == "、"
        || Self.statistical.longest(in: text, at: words.lowerBound, limit: limit) != nil
    else { return nil }
    return Atom(kind: .size(text.name(words)), range: words, covered: words)
  }

  private func rank(at index: Int, after floor: Int, limit: Int) -> Atom? {
    guard text[index] == "前", let number = Numbers.integer(text, at: index + 1, limit: limit),
      text.longest(of: ["名", "位", "强"], at: number.end) != nil
        || text.contains(["排名", "排位", "名列"], in: max(0, index - 6)..<index)
    else { return nil }
    let end = min(limit, number.end + 1)
    var start = index
    while start > floor, index - start < 24, ![",", ";", "、", "的", ")"].contains(text[start - 1]) {
      start -= 1
    }
    let isNamed = text.contains(
      ["排名", "评价", "得分", "考核", "位列", "排位", "名列", "评比"], in: start..<index)
    return Atom(
      kind: .rank(number.value), range: index..<end, covered: (isNamed ? start : index)..<end)
  }

  /// 2025年1月1日以后, 2024年度, 2023年至2025年.
  private func time(at index: Int, limit: Int) -> Atom? {
    var end = index
    while end < limit, text[end].isDigit { end += 1 }
    guard end - index == 4, text[end] == "年" else { return nil }
    end += 1
    while end < limit, end - index < 30 {
      if text[end].isDigit || text[end] == "月" || text[end] == "日" || text[end] == "年"
        || text[end] == "至" || text[end] == "-" || text[end] == "度" || text[end] == "起"
      {
        end += 1
        continue
      }
      if let length = text.longest(
        of: ["以后", "之后", "以来", "以前", "之前", "期间", "(含)", "底", "内", "后", "前", "之日起"], at: end)
      {
        end += length
        continue
      }
      break
    }
    let range = index..<end
    return Atom(kind: .time(text.name(range)), range: range, covered: range)
  }
}

extension CriterionReader.Atom {
  /// Whether it is about good standing or accidents.
  fileprivate var isConduct: Bool { kind == .credit || kind == .safety }

  /// Whether it says something of the applicant that is no conduct.
  fileprivate var isOfApplicant: Bool {
    switch kind {
    case .subject, .place, .number, .qualification, .age: true
    default: false
    }
  }
}
