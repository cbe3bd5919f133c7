/// What a word does in a clause (词类).
///
/// Every rule of reading names categories, never words.
///
/// The raw value is the first column of a table below `vocabulary/reading`.
public enum WordCategory: String, CaseIterable, Sendable {
  // Giving
  /// 给予, 奖励, 补贴: says that something is given
  case grantVerb
  /// 申请, 享受: says that something is taken; it gives where 可 stands before it
  case grantTake
  /// 市财政: who gives, before a verb of giving
  case giver
  /// 分两年: how a sum is paid, which is no further sum
  case instalment
  /// 奖励, 启动资金: names what is given
  case supportNoun
  /// 最高, 不超过: before a figure that is an upper limit of a grant
  case capWord
  /// 不低于: before a figure that is a lower limit of a grant
  case floorWord
  /// 以内, 封顶: behind a figure that is an upper limit of a grant
  case capBehind
  /// 一次性: given once
  case onceWord
  /// 每年: given, or limited, by the year
  case yearlyWord
  /// 最长, 期限: before a span for which something is given
  case monthsWord
  /// 择优: not everyone who qualifies obtains it
  case competitiveWord
  /// 视情况: the office decides how much
  case discretionaryWord
  /// 遴选, 取: before the number of those who are chosen
  case topWord
  /// 分别: pairs two lists
  case distributor
  /// 再, 另: a further grant that adds to the one before
  case additive
  /// 每: so much for each
  case eachWord
  /// 台阶: a step that is climbed
  case stepWord
  /// 按: leads a rate or a standard
  case rateLead
  /// 标准, 比例: ends a rate or a standard
  case rateTail
  /// 增量部分, 贷款利息, 上级资金: the kind of base a rate is taken of
  case baseWord
  /// 免征, 减半征收, 缓缴: relieves of a duty to pay
  case reliefVerb
  /// 房产税, 租金: what one is relieved of
  case reliefObject
  /// 执行居民价格: the tariff of another class
  case tariffWord
  /// 优先, 绿色通道: a service or a right
  case serviceWord
  /// 一事一议: cannot be computed
  case negotiated
  /// 安排, 规模: before a budget, which grants nothing
  case budgetWord
  /// 退还, 追回: of money that is taken back
  case refundWord
  /// 上报, 编制: what an office owes
  case dutyGiver
  /// 左右: behind a figure, without weight
  case moneyTail

  /// 上调到: what stands before it is the old value
  case changeTo
  /// 计算: behind a rate, without weight
  case rateNoise

  // Thresholds
  /// 不低于, 超过: before a figure
  case comparator
  /// 以上, 以下: behind a figure
  case comparatorBehind
  /// （含）, （不含）: whether an end is included
  case included
  /// 首次, 均: between quantity and comparator, without weight
  case thresholdStage
  /// 增长, 下降
  case growth
  /// 同比, 较上年
  case comparisonBase
  /// 上年度, 近三年
  case period
  /// 收入, 投资额: the last word of a quantity
  case quantityNoun
  /// 比例: behind 的 it belongs to the quantity before
  case joinedNoun
  /// 成立, 正常经营: of the age of a firm
  case ageFirm
  /// 年龄
  case agePerson
  /// 平均水平: compared with no figure
  case compareOpen
  /// 以后, 前: behind a date
  case dateTail
  /// 前, 排名: of a rank
  case rankWord

  // Honours
  /// 首次, 新, 重新: when a recognition was obtained
  case stage
  /// 认定, 获评
  case honourVerb
  /// 称号, 资质: behind the name of an honour
  case honourTail
  /// 国家级, 省
  case level
  /// 以上 behind a level
  case levelTail
  /// 企业, 中心: the last word of an honour
  case honourHead
  /// 高新技术企业: known as an honour without a verb
  case honourName
  /// 学历, 职称
  case degreeWord

  // Who
  /// 企业, 个体工商户
  case subject
  /// 小微, 规模以上
  case size
  /// 招用, 购买: a noun behind it is its object and no applicant
  case objectVerb
  /// 新建, 引进: tells where the applicant behind it comes from
  case originVerb
  /// 成员, 人数: makes a noun before it no applicant
  case nounTail
  /// 民营, 国有
  case ownership
  /// 项目, 展会: what is supported and is no applicant
  case project
  /// 企业, 该项目 in a later sentence: the applicant that was named before
  case refersBack
  /// 软件, 制造业
  case industry
  /// 业, 行业
  case industryTail

  // Where
  /// 本市, 辖区内
  case placeSelf
  /// 市, 高新区: ends a place's name
  case placeEnding
  /// 范围内
  case placeScope
  /// 注册, 纳税: what is done at a place
  case placeDeed
  /// 在, 落户: before a place
  case placeLead
  /// 局, 主管部门: ends an office's name
  case officeEnding

  /// 依法: between a place and its deed, without weight
  case placeAdverb

  // Speech
  /// 须, 应
  case duty
  /// 审核, 拨付: only an office does it
  case officeDeed
  /// 申请, 竣工: the applicant does it
  case applicantDeed
  /// 探索 (plan), 累计 (report), 是指 (defines)
  case mood
  /// 支持, 推动: leads a heading sentence that gives nothing by itself
  case introduction
  /// 原则上, 鼓励
  case soft
  /// 且, 或, 、
  case connective
  /// 不予支持, 除外: behind what is excluded
  case exclusionBehind
  /// 除, 不含: before what is excluded
  case exclusionBefore
  /// 就高不重复
  case exclusivity
  /// 失信, 安全事故: a record
  case record
  /// 未被列入: before a record
  case recordVerb
  /// 已享受: before a benefit
  case receivedVerb
  /// 补助, 同类政策: a benefit
  case receivedThing
  /// 认定, 备案: an office decides
  case recognisedVerb
  /// 符合条件的
  case qualified
  /// 同时具备, 之一: how the points of a list are joined
  case listHead
  /// 为鼓励
  case purpose
  /// 所需资金由…承担
  case payer
  /// 凭, 逾期: how it is done
  case procedure
  /// 申报条件：, a heading in a clause
  case label
  /// 以上年为基数: decides nothing
  case remark
  /// 时, 中: ends a piece, without weight
  case tailWord
  /// 其, 该
  case pronoun
  /// 的, 对: words without weight of their own
  case functionWord
}
