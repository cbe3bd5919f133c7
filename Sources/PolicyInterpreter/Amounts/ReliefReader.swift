internal import PolicyText

/// Finds relief and services without a figure: 免收, 缓缴, 展期, 免费培训.
struct ReliefReader {
  let text: MatchText
  let isMechanism: Bool

  /// Words of relief, with the share they give up.
  private static let strong = WordSet<Int64>([
    0: """
    免收 免征 停征 不再增收 不增收土地价款 可不增收 延期缴纳 延期缴税 延期申报 全额退还 缓缴 减征 免除 暂免 免于缴纳
    """,
    50: "减半征收 减半收取 减半缴纳",
  ])
  private static let weak = WordSet<Int64>([
    0: """
    返还失业 返还社会 返还社保 不收取 免交 免缴 税前扣除 加计扣除 予以退还 退还增值税 留抵退税 延迟缴纳 降低综合费率
    费率降至 下调贷款利率 减免房租 减免租金 租金减免 减免费 全额返还 征收期延长 申报期限延长 零收费 延期交纳 延期交费
    降低担保费 降低担保和再担保 免费通行 免费清关 下调小微企业贷款利率 下调利率 可申请减免 可申请展期 依法申请延期 提前支付 工程账款 延长见习 延长补贴 减免费用 减免增值税 减免企业所得税 减免房产税 减免城镇土地使用税 扣减增值税 予以扣减 租金全免
    先征后返 即征即退 免租 优惠税率
    """,
    50: "房租减半 租金减半 减半",
  ])
  private static let services = WordSet(
    """
    予以展期 可展期 展期或续贷 申请展期 展期还款 无还本续贷 予以续贷 不抽贷 免费培训 免费提供 免费为 优先予以 给予优先 视同利润 暂不予以信用 免费享受 免费开放
    优先推荐 优先推荐申报 绿色通道 优先安排 优先保障 就近入学 统筹安排至 优先供应 免费发放 无偿提供 优先支持其
    """)
  private static let receivers = WordSet("企业 人才 个人 人员 机构 商户 农户 主体 工商户 纳税人 车辆 物资")
  private static let givers = WordSet("银行 金融机构 物业 业主 房东 出租人 出租方 商场 其他")
  private static let honours = WordSet("牌匾 称号 荣誉 奖牌 奖杯 证书")

  /// Whether relief is named and not given: in the title of a document, as a rule to carry out, as a target.
  private func isSaidOfOthers(_ words: Range<Int>, in sentence: Range<Int>) -> Bool {
    let before = max(sentence.lowerBound, words.lowerBound - 60)..<words.lowerBound
    if let open = text.last("《", in: before),
      text.first("》", in: open.upperBound..<words.lowerBound) == nil
    {
      return true
    }
    let near = max(sentence.lowerBound, words.lowerBound - 30)..<words.lowerBound
    // 抓好…免征增值税等政策落实
    if let duty = text.last("抓好", in: near) ?? text.last("落实好", in: near),
      text.first(",", in: duty.upperBound..<words.lowerBound) == nil,
      text.first("等", in: words.upperBound..<min(sentence.upperBound, words.upperBound + 24)) != nil
    {
      return true
    }
    // 鼓励其他物业持有人根据实际情况，适当减免租金; 鼓励对企业下调利率: who is asked may do it or not.
    let start = sentence.lowerBound..<words.lowerBound
    if let ask = text.first("鼓励", in: start),
      text.has("对", at: ask.upperBound)
        || Self.givers.isIn(text, ask.upperBound..<min(words.lowerBound, ask.upperBound + 9)),
      !text.contains(["给予", "企业可"], in: ask.upperBound..<words.lowerBound)
    {
      return true
    }
    // 逐步将平均担保费率降至1%以下
    return text.has("费率降至", at: words.lowerBound)
      && text.contains(
        ["平均", "逐步"], in: max(sentence.lowerBound, words.lowerBound - 12)..<words.lowerBound)
  }

  func reliefs(in sentence: Range<Int>, besides supports: [Support]) -> [Support] {
    var found: [Support] = []
    let rated = supports.filter { if case .relief = $0.kind { true } else { false } }
    for match in (isMechanism ? [] : Self.weak.all(in: text, sentence))
      + Self.strong.all(in: text, sentence)
    {
      // 研发费用加计扣除 by itself is the name of a form or a heading.
      if match.range.count * 2 >= sentence.count, !text[sentence.upperBound - 1].endsSentence {
        continue
      }
      // 应当已办理研发费用加计扣除, 已享受免租政策的不再享受: a condition, not what is given.
      let before = max(sentence.lowerBound, match.range.lowerBound - 14)..<match.range.lowerBound
      if text.contains(["已办理", "应当已", "已经享受", "已享受"], in: before) { continue }
      // 办理研发费用加计扣除 is a step of somebody else's; 依法办理延期申报 is what is given.
      if text.first("办理", in: before) != nil,
        !["延", "缓", "展", "退"].contains(text[match.range.lowerBound])
      {
        continue
      }
      if isSaidOfOthers(match.range, in: sentence) { continue }
      let range = text.bytes(match.range)
      // 租金减免50%: the figure says it already.
      let isSaid = rated.contains {
        abs($0.range.lowerBound - range.upperBound) < 90
          || abs(range.lowerBound - $0.range.upperBound) < 30
      }
      // 鼓励业主为租户减免租金 asks others to give.
      let asked = text.last("鼓励", in: sentence.lowerBound..<match.range.lowerBound)
      if let asked, text.first(",", in: asked.upperBound..<match.range.lowerBound) == nil,
        !text.contains(["给予", "企业可"], in: asked.upperBound..<match.range.lowerBound)
      {
        continue
      }
      if text.has("期满", at: match.range.upperBound) || text[match.range.upperBound] == "额" {
        continue
      }
      guard !isSaid, !supports.contains(where: { $0.range.overlaps(range) }),
        !found.contains(where: {
          abs($0.range.lowerBound - range.lowerBound) < 60
            && $0.kind
              == .relief(match.value > 0 ? Rate(hundredths: match.value * 10_000) : nil)
        })
      else { continue }
      found.append(
        Support(
          kind: .relief(match.value > 0 ? Rate(hundredths: match.value * 10_000) : nil),
          range: range))
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    guard !isMechanism, found.isEmpty else { return found }
    if let match = Self.services.first(in: text, sentence),
      !text.has("绿色通道", at: match.range.lowerBound) || Self.receivers.isIn(text, sentence),
      !text.contains(
        ["占比", "服务中心", "力争", "运输", "捐赠", "农产品", "审批制度", "机制", "鼓励"], in: sentence)
    {
      return [Support(kind: .inKind, range: text.bytes(match.range))]
    }
    if supports.isEmpty,
      let given = text.first("授予", in: sentence) ?? text.first("颁发", in: sentence),
      text[given.upperBound] != "的",
      Self.honours.isIn(text, given.upperBound..<sentence.upperBound)
    {
      return [Support(kind: .inKind, range: text.bytes(given))]
    }
    return found
  }
}
