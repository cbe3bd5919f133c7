internal import PolicyText

/// A sentence that grants, with the supports it states.
struct GrantingSentence {
  var range: Range<Int>
  var supports: [Support]
}

/// Makes one formula of the supports of an item: caps limit, tiers exclude each other, 再给予 adds up.
struct FormulaBuilder {
  let text: MatchText
  let reader: SupportReader

  private static let adding = WordSet(
    """
    再给予 再奖励 再按 再补 再予 再资助 另给予 另行 另外 另奖 另按 额外 同时给予 同时奖励
    同时按 同时,给予 同时对 在此基础上 的基础上 并给予 并按 并奖励 并一次性 还可 追加 叠加
    上浮 加发 增发 另再 再一次性 再享受 加奖 增加奖励 同时予以 并予以 同时可
    """)
  /// Words that make a cap hold for all tiers before it.
  private static let overall = WordSet(
    """
    单个企业 每个企业 每家 每户 单户 单家 同一企业 同一项目 同一 累计 合计 总额 每年 年度
    全年 单个 同一申报 每个单位 单位 上述 以上 最高不超过 补助总额 奖励总额 总计 每企
    """)

  private static let together = WordSet("合计 两项 各项 总计 共计 总额 以上")

  /// One tier or one addend while the formula grows.
  private struct Arm {
    var formula: AmountFormula
    /// Where its condition stands.
    var condition: Range<Int>?
    /// The sentence it stands in.
    var sentence: Int
  }

  /// The award of an item.
  ///
  /// - Parameter sentences: The item's sentences, in order.
  /// - Returns: nil where they state no support.
  /// - Complexity: O(*n*) in the length of the sentences.
  func award(of sentences: [GrantingSentence]) -> Award? {
    var arms: [Arm] = []
    var addends: [AmountFormula] = []
    var isDoubtful = false
    for (index, sentence) in sentences.enumerated() {
      var previousEnd = sentence.range.lowerBound
      let groups = groups(of: sentence.supports)
      var position = 0
      while position < groups.count {
        let group = groups[position]
        position += 1
        let start = text.index(ofByte: group[0].range.lowerBound)
        let end = text.index(ofByte: group[group.count - 1].range.upperBound)
        let between = previousEnd..<max(previousEnd, start)
        if group.count == 1, group[0].isCap, !addends.isEmpty,
          Self.together.isIn(text, between.lowerBound..<end)
        {
          // 两项合计不超过…: the sum of all that was given before.
          close(&arms, into: &addends)
          guard case .cap(let money, let unit) = group[0].kind else { continue }
          addends = [
            .capped(.sum(addends), by: [cap(money, unit, group[0], in: between.lowerBound..<end)])
          ]
        } else if group.allSatisfy(\.isCap), !arms.isEmpty, !isOwnTier(group, arms, between),
          arms[arms.count - 1].sentence == index || limitsBefore(sentence, group, between)
        {
          if group.count > 1 {
            isDoubtful = !pairCaps(group, with: &arms, between) || isDoubtful
          } else {
            limit(&arms, by: group[0], between, isFirst: position == 1)
          }
        } else {
          let (formula, isSure) = formula(of: group, in: sentence.range)
          isDoubtful = isDoubtful || !isSure
          let addsUp =
            !(arms.isEmpty && addends.isEmpty)
            && (Self.adding.isIn(text, between) || formula == .inKind)
          if addsUp { close(&arms, into: &addends) }
          arms.append(
            Arm(
              formula: formula, condition: condition(in: between, before: start), sentence: index))
        }
        previousEnd = end
      }
    }
    close(&arms, into: &addends)
    guard let first = addends.first else { return nil }
    let limits = sentences.flatMap { LimitReader(text: text).limits(in: $0.range) }
    return Award(
      formula: addends.count == 1 ? first : .sum(addends), limits: unique(limits),
      isDoubtful: isDoubtful)
  }

  /// Ends a run of tiers: what follows adds to whichever of them applies.
  private func close(_ arms: inout [Arm], into addends: inout [AmountFormula]) {
    guard !arms.isEmpty else { return }
    let isTiered = arms.count > 1
    let cases = arms.flatMap { arm -> [AmountCase] in
      if case .cases(let inner) = arm.formula { return inner }
      return [
        AmountCase(condition: isTiered ? arm.condition.map(text.bytes) : nil, formula: arm.formula)
      ]
    }
    addends.append(cases.count == 1 ? cases[0].formula : .cases(cases))
    arms = []
  }

  private func unique(
    _ limits: [(limit: Award.Limit, range: ByteRange)]
  ) -> [(limit: Award.Limit, range: ByteRange)] {
    var seen: Set<Award.Limit> = []
    return limits.filter { seen.insert($0.limit).inserted }
  }

  // MARK: Groups

  /// Supports that stand in one list: 50万元、30万元、10万元.
  private func groups(of supports: [Support]) -> [[Support]] {
    var groups: [[Support]] = []
    for support in supports {
      if let last = groups.last?.last, isListed(last, support) {
        groups[groups.count - 1].append(support)
      } else {
        groups.append([support])
      }
    }
    return groups
  }

  private func isListed(_ left: Support, _ right: Support) -> Bool {
    let between =
      text.index(
        ofByte: left.range.upperBound)..<max(
        text.index(ofByte: left.range.upperBound), text.index(ofByte: right.range.lowerBound))
    // 智能工厂最高200万元、数字化车间最高80万元: each cap with its own name.
    // 每年不超过60万元、累计不超过150万元: two limits of one award.
    if left.isCap, right.isCap,
      text.contains(
        ["累计", "每年", "单个", "总额", "年度"],
        in: between.lowerBound..<text.index(ofByte: right.range.upperBound))
    {
      return false
    }
    if left.isCap, right.isCap, between.count <= 14, text[between.lowerBound] == "、",
      between.allSatisfy({
        text[$0] == "、" || text[$0].isHan || text[$0].isLetter || text[$0] == "“" || text[$0] == "”"
      })
    {
      return true
    }
    guard between.count <= 6 else { return false }
    var sawSign = false
    for index in between {
      switch text[index] {
      case "、", "和", "及", "与", "或", "/": sawSign = true
      case " ", "\n", "的", "最", "高", "以": continue
      default:
        // 50万元/户、30万元/户: the unit of the left sum.
        if case .perUnit = left.kind { continue }
        return false
      }
    }
    return sawSign
  }

  /// The formula of one support or of one list.
  private func formula(
    of group: [Support], in sentence: Range<Int>
  ) -> (formula: AmountFormula, isSure: Bool) {
    guard group.count > 1 else { return (formula(of: group[0], in: sentence), true) }
    let start = text.index(ofByte: group[0].range.lowerBound)
    let labels = ParallelList(text: text).elements(
      count: group.count, in: sentence.lowerBound..<start)
    let cases = group.enumerated().map { index, support in
      AmountCase(
        condition: labels.map { text.bytes($0[index]) }, formula: formula(of: support, in: sentence)
      )
    }
    return (.cases(cases), labels != nil)
  }

  private func formula(of support: Support, in sentence: Range<Int>) -> AmountFormula {
    switch support.kind {
    case .fixed(let money): .fixed(money)
    case .perUnit(let money, let unit): .perUnit(money, unit: unit)
    case .cap(let money, let unit): .upTo(cap(money, unit, support, in: sentence))
    case .range(let low, let high): .range(low, high)
    case .rate(let rate, let least):
      .rate(
        rate, atLeast: least,
        of: BaseReader(text: text, reader: reader).base(
          of: text.index(
            ofByte: support.range.lowerBound)..<text.index(ofByte: support.range.upperBound),
          in: sentence))
    case .relief(let rate): .relief(rate)
    case .inKind: .inKind
    case .negotiated: .negotiated
    }
  }

  // MARK: Caps

  /// Whether a cap is a tier beside another cap, not its limit: 国际首创最高500万元，国内首创最高300万元.
  private func isOwnTier(_ group: [Support], _ arms: [Arm], _ between: Range<Int>) -> Bool {
    guard group.count == 1, case .upTo = arms[arms.count - 1].formula else { return false }
    let start = text.index(ofByte: group[0].range.lowerBound)
    let part =
      (reader.parts(of: between.lowerBound..<max(between.lowerBound, start)).last ?? between)
    return !Self.overall.isIn(text, part.suffix(26)) && text.trimmed(part).count >= 4
  }

  /// Whether a cap at the beginning of a sentence limits what the sentences before it give.
  private func limitsBefore(
    _ sentence: GrantingSentence, _ group: [Support], _ between: Range<Int>
  ) -> Bool {
    guard group.count == 1 else { return false }
    let before = sentence.range.lowerBound..<between.upperBound
    return before.count <= 40 && text.first("对", in: before.prefix(2)) == nil
      && (before.count < 4 || Self.overall.isIn(text, before)
        || text.contains(["奖励", "补贴", "补助", "资助", "扶持", "支持", "贴息"], in: before))
  }

  private func limit(
    _ arms: inout [Arm], by support: Support, _ between: Range<Int>, isFirst: Bool
  ) {
    guard case .cap(let money, let unit) = support.kind else { return }
    let start = text.index(ofByte: support.range.lowerBound)
    let words = between.lowerBound..<max(between.lowerBound, start)
    let part = (reader.parts(of: words).last ?? words).suffix(26)
    let cap = cap(money, unit, support, in: words)
    let holdsForAll = isFirst || Self.overall.isIn(text, part)
    let last = arms.count - 1
    let isList: Bool = if case .cases = arms[last].formula { true } else { false }
    if arms.count > 1, holdsForAll, !isList {
      let cases = arms.map { arm in
        AmountCase(condition: arm.condition.map(text.bytes), formula: arm.formula)
      }
      arms = [
        Arm(
          formula: capped(.cases(cases), cap), condition: nil, sentence: arms[last].sentence)
      ]
    } else {
      arms[last].formula = capped(arms[last].formula, cap)
    }
  }

  /// A cap with what it counts over: the words of its comma part.
  private func cap(
    _ money: Money, _ unit: String?, _ support: Support, in range: Range<Int>
  ) -> AmountCap {
    let start = text.index(ofByte: support.range.lowerBound)
    let before = range.lowerBound..<max(range.lowerBound, start)
    let part = (reader.parts(of: before).last ?? before).suffix(26)
    var scopes = CapScopes.scopes(
      in: text, part.lowerBound..<text.index(ofByte: support.range.upperBound))
    if unit?.contains("人") ?? false, !scopes.contains(.person) { scopes.append(.person) }
    return AmountCap(money: money, scopes: scopes, range: support.range)
  }

  private func capped(_ formula: AmountFormula, _ cap: AmountCap) -> AmountFormula {
    if case .capped(let inner, let caps) = formula { return .capped(inner, by: caps + [cap]) }
    return .capped(formula, by: [cap])
  }

  /// 分别按8%、6%给予补助，最高分别不超过100万元、50万元: each tier has its cap.
  private func pairCaps(
    _ group: [Support], with arms: inout [Arm], _ between: Range<Int>
  ) -> Bool {
    func cap(_ support: Support) -> AmountCap {
      guard case .cap(let money, _) = support.kind else {
        return AmountCap(money: Money(fen: 0), scopes: [], range: support.range)
      }
      return AmountCap(money: money, scopes: [], range: support.range)
    }
    let last = arms.count - 1
    if case .cases(let cases) = arms[last].formula, cases.count == group.count {
      arms[last].formula = .cases(
        zip(cases, group).map {
          AmountCase(condition: $0.condition, formula: capped($0.formula, cap($1)))
        })
      return true
    }
    if arms.count == group.count {
      for index in arms.indices {
        arms[index].formula = capped(arms[index].formula, cap(group[index]))
      }
      return true
    }
    // One rate with a cap for each tier; the tiers are named before each cap, or in a list of their own.
    let labels =
      namesBefore(group, between)
      ?? ParallelList(text: text).elements(
        count: group.count,
        in: between.lowerBound..<text.index(ofByte: group[0].range.lowerBound))
    let formula = arms[last].formula
    arms[last].formula = .cases(
      group.enumerated().map { index, support in
        AmountCase(
          condition: labels.map { text.bytes($0[index]) }, formula: capped(formula, cap(support)))
      })
    return labels != nil
  }

  /// 其中智能工厂最高200万元、数字化车间最高80万元: the words right before each cap.
  private func namesBefore(_ group: [Support], _ between: Range<Int>) -> [Range<Int>]? {
    var names: [Range<Int>] = []
    var end = between.lowerBound
    for support in group {
      let start = text.index(ofByte: support.range.lowerBound)
      let words = end..<max(end, start)
      var name = reader.parts(of: words).last.map { text.trimmed($0) } ?? words
      while !name.isEmpty, ["、", "和", "及", ","].contains(text[name.lowerBound]) {
        name = (name.lowerBound + 1)..<name.upperBound
      }
      if let length = text.length(of: "其中", at: name.lowerBound) {
        name = (name.lowerBound + length)..<max(name.lowerBound + length, name.upperBound)
      }
      guard name.count >= 2, name.count <= 20 else { return nil }
      names.append(name)
      end = text.index(ofByte: support.range.upperBound)
    }
    return names
  }

  // MARK: Conditions of tiers

  /// The words that say when a tier applies: between the tier before it and its verb of granting.
  private func condition(in between: Range<Int>, before start: Int) -> Range<Int>? {
    AudienceReader(text: text).audience(in: between.lowerBound..<start, requiresGrant: false)
  }
}

extension Support {
  /// Whether it is an upper limit.
  var isCap: Bool { if case .cap = kind { true } else { false } }
}

/// What an upper limit counts over, from the words around it.
enum CapScopes {
  private static let words = WordSet<AmountCap.Scope>([
    .year: "每年 年度 每个年度 当年 全年 /年 单年 每自然年 一年",
    .total: "累计 合计 总额 总计",
    .firm: """
    单个企业 每个企业 每家 每户 单户 单家 同一企业 每企 一家企业 单一企业 同一单位 \
    单个单位 同一申报单位 单个申报单位 同一家企业 每单位 户均 每个单位
    """,
    .person: "每人 人均 /人 单人 每名",
    .project: "单个项目 每个项目 同一项目 每项目 单项 单一项目 每个",
  ])

  static func scopes(in text: MatchText, _ range: Range<Int>) -> [AmountCap.Scope] {
    let found = Set(words.all(in: text, range).map(\.value))
    return AmountCap.Scope.allCases.filter(found.contains)
  }
}
