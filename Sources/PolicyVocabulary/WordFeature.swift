/// What tells words of one category apart (特征): the second column of a table below `vocabulary/reading`.
public enum WordFeature: String, CaseIterable, Sendable {
  // Comparators
  /// 不低于, 以上: at least
  case atLeast
  /// 超过: more than
  case moreThan
  /// 不超过, 以下: at most
  case atMost
  /// 不足: less than
  case lessThan
  /// 为: equal
  case equal
  /// （含）
  case yes
  /// （不含）
  case no
  // Spans of time
  /// 以后
  case since
  /// 以前
  case until
  /// 期间
  case during
  // Growth
  /// 增长
  case up
  /// 下降
  case down
  // Bases of rates
  /// 增量, 超出部分
  case excess
  /// 贷款利息
  case interest
  /// 上级补助: the award of a higher level, which is matched
  case upper
  // Reliefs
  /// 免征
  case full
  /// 减半
  case half
  /// 减征
  case part
  /// 缓缴
  case `defer`
  // Stages of a recognition
  /// 首次
  case first
  /// 新
  case new
  /// 重新
  case renewed
  /// 有效期内
  case held
  // Levels
  /// 国家级
  case national
  /// 省级
  case province
  /// 市级
  case city
  /// 区县级
  case county
  // Subjects
  /// 企业
  case firm
  /// 个体工商户, 合作社
  case household
  /// 机构
  case organisation
  /// 毕业生
  case person
  // Places
  /// 注册
  case registered
  /// 纳税
  case taxed
  /// 举办: of a project
  case project
  // Joins
  /// 且
  case and
  /// 或
  case or
  /// 、
  case list
  /// 其中
  case among
  /// 同时具备
  case all
  /// 之一; of a place: without a deed that tells more
  case any
  // Moods
  /// 探索
  case plan
  /// 累计
  case report
  /// 是指
  case defines
  // Records
  /// 信用
  case credit
  /// 安全
  case safety
  /// 环保
  case environment
  // Headings
  /// 申报条件
  case condition
  /// 支持对象
  case target
  /// 支持标准
  case award
  /// 上限
  case cap
  /// 序号, 责任单位
  case other
  // Sections of GB/T 4754
  /// 农、林、牧、渔业
  case a = "A"
  /// 采矿业
  case b = "B"
  /// 制造业
  case c = "C"
  /// 电力、热力、燃气及水生产和供应业
  case d = "D"
  /// 建筑业
  case e = "E"
  /// 批发和零售业
  case f = "F"
  /// 交通运输、仓储和邮政业
  case g = "G"
  /// 住宿和餐饮业
  case h = "H"
  /// 信息传输、软件和信息技术服务业
  case i = "I"
  /// 金融业
  case j = "J"
  /// 房地产业
  case k = "K"
  /// 租赁和商务服务业
  case l = "L"
  /// 科学研究和技术服务业
  case m = "M"
  /// 水利、环境和公共设施管理业
  case n = "N"
  /// 居民服务、修理和其他服务业
  case o = "O"
  /// 教育
  case p = "P"
  /// 卫生和社会工作
  case q = "Q"
  /// 文化、体育和娱乐业
  case r = "R"
  /// 公共管理、社会保障和社会组织
  case s = "S"
  /// 国际组织
  case t = "T"
}

/// One meaning of a word: its category with what tells it apart.
public struct WordSense: Hashable, Sendable {
  /// What the word does.
  public let category: WordCategory
  /// What tells it apart within the category; nil where the category has no features.
  public let feature: WordFeature?
}
