public import PolicyText

extension AmountFormula {
  /// The formula in plain Chinese, with the text's own words for bases and tiers: 上年度研发投入的8%，最高300万元（每年、每家）.
  public func words(_ text: SourceText) -> String {
    func own(_ range: ByteRange) -> String {
      String(text[range].filter { !$0.isWhitespace && $0 != "*" })
    }
    switch self {
    case .fixed(let money): return money.inChinese
    case .upTo(let cap): return cap.inChinese
    case .range(let low, let high): return "\(low.inChinese)～\(high.inChinese)"
    case .perUnit(let money, let unit): return "\(money.inChinese)/\(unit)"
    case .rate(let rate, let least, let base):
      let share = (least.map { "\($0.plain)%～" } ?? "") + "\(rate.plain)%"
      return base.range.map { "\(own($0))的\(share)" } ?? share
    case .capped(let formula, let caps):
      return ([formula.words(text)] + caps.map(\.inChinese)).joined(separator: "，")
    case .cases(let cases):
      return cases.map { tier in
        (tier.condition.map { own($0) + "：" } ?? "") + tier.formula.words(text)
      }.joined(separator: "；")
    case .sum(let parts): return parts.map { $0.words(text) }.joined(separator: "，另加")
    case .relief(let rate): return rate.map { "减免\($0.plain)%" } ?? "减免或缓缴"
    case .inKind: return "服务或权益"
    case .negotiated: return "一事一议"
    }
  }

  /// The formula in a few characters, for lists: 最高300万元, 8%, 1000元/人.
  public var headline: String {
    switch self {
    case .fixed(let money): return money.inChinese
    case .upTo(let cap): return "最高\(cap.money.inChinese)"
    case .range(let low, let high): return "\(low.inChinese)～\(high.inChinese)"
    case .perUnit(let money, let unit): return "\(money.inChinese)/\(unit)"
    case .rate(let rate, let least, _):
      return (least.map { "\($0.plain)%～" } ?? "按") + "\(rate.plain)%"
    case .capped(let formula, _):
      if let most { return "最高\(most.inChinese)" }
      return formula.headline
    case .cases(let cases):
      if let most { return "最高\(most.inChinese)" }
      let parts = cases.map(\.formula.headline)
      return parts.count > 2 ? "\(parts[0])等\(parts.count)档" : parts.joined(separator: "、")
    case .sum(let parts):
      if let most { return "最高\(most.inChinese)" }
      return parts.prefix(2).map(\.headline).joined(separator: "＋")
    case .relief(let rate): return rate.map { "减免\($0.plain)%" } ?? "减免"
    case .inKind: return "服务或权益"
    case .negotiated: return "一事一议"
    }
  }
}

extension AmountCap {
  /// As pages show it: 最高300万元（每年、每家）.
  public var inChinese: String {
    let scope = scopes.map(\.inChinese).joined(separator: "、")
    return "最高\(money.inChinese)" + (scope.isEmpty ? "" : "（\(scope)）")
  }
}

extension AmountCap.Scope {
  /// As pages show it.
  public var inChinese: String {
    switch self {
    case .year: "每年"
    case .total: "累计"
    case .firm: "每家"
    case .person: "每人"
    case .project: "每个项目"
    }
  }
}
