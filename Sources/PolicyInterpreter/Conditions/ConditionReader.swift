internal import PolicyText

/// Reads words that state conditions as a tree (申请条件).
struct ConditionReader {
  let text: MatchText
  private let criteria: CriterionReader

  init(text: MatchText) {
    self.text = text
    criteria = CriterionReader(text: text)
  }

  /// Verbs that take someone out.
  static let exclusions = WordSet(
    """
    不予支持 不予受理 不予奖励 不予补贴 不予补助 不予资助 不予兑现 不予申报 不得申报 不得申请
    不得享受 不得参与 不再享受 不再给予 不再支持 不再补助 不再重复 不享受 不适用 不纳入
    不列入支持 取消申报 取消资格 不能申报 不能享受 不属于支持 不予认定 不得重复申报 不得重复申请
    取消当年 取消其申报 取消其享受 不适用于
    """)
  private static let preferences = WordSet("优先 原则上 鼓励 倾斜 重点支持 同等条件下")
  private static let strictlyTogether = WordSet("并且 且")
  private static let together = WordSet("同时 以及 并")
  private static let oneOf = WordSet("之一 任一 任意一 其中一项 一项即可 一条即可 中的一项 中一项 一项以上 其一")
  private static let scopes = WordSet("适用于 适用对象为 支持对象为 仅适用于 主要适用于")
  private static let measures = WordSet("本条 本办法 本措施 本政策 本细则 本奖励 本补贴 本意见 上述政策 以上政策")

  /// The condition that `range` states; `rule` names how the words were found.
  ///
  /// - Returns: nil where there are no words.
  func condition(in range: Range<Int>, rule: Rule) -> Condition? {
    let range = trimmed(range)
    guard range.count >= 2 else { return nil }
    if let verb = Self.exclusions.first(in: text, range) {
      // 本措施适用于…企业，烟草、电力企业不适用: what it is for, then what it is not for.
      let scope = Self.scopes.first(in: text, range.lowerBound..<verb.range.lowerBound)
      if let scope, !text.has("不", before: scope.range.lowerBound),
        let comma = text.first(",", in: scope.range.upperBound..<verb.range.lowerBound)
      {
        let parts = [
          condition(in: range.lowerBound..<comma.lowerBound, rule: rule),
          exclusion(in: comma.upperBound..<range.upperBound, rule: rule),
        ].compactMap(\.self)
        return parts.isEmpty ? nil : Condition.all(parts).simplified
      }
      return exclusion(in: range, rule: rule)
    }
    if let list = list(in: range) {
      let inner = list.items.compactMap { condition(in: $0, rule: rule) }
      let outer = list.head.flatMap { stretch($0, rule: rule) }
      let tree: Condition? = inner.isEmpty ? nil : list.isAny ? .any(inner) : .all(inner)
      let all = [outer, tree].compactMap(\.self)
      return all.isEmpty ? nil : Condition.all(all).simplified
    }
    return stretch(range, rule: rule)
  }

  /// Words without a list: everything between commas is asked for.
  private func stretch(_ range: Range<Int>, rule: Rule) -> Condition? {
    let range = trimmed(range)
    // 除…外，还须…: both are asked for.
    if let also = inclusion(in: range) {
      // 除满足基本条件外: what they are stands elsewhere; the words stay.
      let inside = isEmptyTalk(also.inside) ? leaf(.text, also.inside, rule) : nil
      let parts = [
        inside ?? stretch(also.inside, rule: rule), condition(in: also.rest, rule: rule),
      ]
      .compactMap(\.self)
      return parts.isEmpty ? nil : Condition.all(parts).simplified
    }
    // 甲，或乙: a part that begins with 或 is the alternative of the part before it.
    var groups: [[Condition]] = []
    let stretches = split(range, at: [",", ";", "。"]).filter { $0.count >= 2 }
    for (index, words) in stretches.enumerated() {
      if stretches.count > 1, index == 0, isAppliedFor(words) { continue }
      guard let condition = part(words, rule: rule) else { continue }
      if text[words.lowerBound] == "或", !groups.isEmpty {
        groups[groups.count - 1].append(condition)
      } else {
        groups.append([condition])
      }
    }
    let parts = groups.map { $0.count == 1 ? $0[0] : Condition.any($0) }
    return parts.isEmpty ? nil : Condition.all(parts).simplified
  }

  /// What is applied for, not what is asked: 申请认定市级总部企业，须….
  private func isAppliedFor(_ range: Range<Int>) -> Bool {
    if let length = text.longest(of: ["申请认定", "申报认定", "申请备案", "申请"], at: range.lowerBound) {
      return !text.has("人", at: range.lowerBound + length)
    }
    return text.contains(["申请备案的", "申请认定的", "申报认定的"], in: range)
  }

  /// 除具有独立法人资格外，还须满足…: the words between, and those behind.
  private func inclusion(in range: Range<Int>) -> (inside: Range<Int>, rest: Range<Int>)? {
    guard let start = text.first("除", in: range), start.lowerBound - range.lowerBound <= 12,
      let end = text.first("外,", in: start.upperBound..<range.upperBound),
      text.longest(
        of: ["还", "也", "尚", "亦", "另", "应当", "应", "须", "同时"],
        at: text.skippingBlanks(end.upperBound, limit: range.upperBound)) != nil
    else { return nil }
    var inside = start.upperBound..<end.lowerBound
    if text[inside.upperBound - 1] == "以" || text[inside.upperBound - 1] == "之" {
      inside = inside.lowerBound..<(inside.upperBound - 1)
    }
    return inside.count >= 2 && end.upperBound < range.upperBound
      ? (inside, end.upperBound..<range.upperBound) : nil
  }

  /// 符合下列条件之一：(一)…；(二)…: the words before the colon, and what stands behind it.
  private func list(
    in range: Range<Int>
  ) -> (head: Range<Int>?, items: [Range<Int>], isAny: Bool)? {
    guard let intro = Self.intros.first(in: text, range),
      let colon = text.first(":", in: intro.range.lowerBound..<range.upperBound)
        ?? text.first("(", in: intro.range.upperBound..<range.upperBound)
    else { return nil }
    let body = text[colon.lowerBound] == ":" ? colon.upperBound : colon.lowerBound
    var start = intro.range.lowerBound
    while start > range.lowerBound, text[start - 1] != ",", text[start - 1] != ";" { start -= 1 }
    var items = split(body..<range.upperBound, at: [";", "。"])
    if items.count == 1 {
      // 下列任一条件：甲，或乙，或丙
      let parts = split(body..<range.upperBound, at: [","])
      if parts.count > 1, parts.dropFirst().allSatisfy({ text[$0.lowerBound] == "或" }) {
        items = parts
      }
    }
    guard items.count > 1 || text.first("、", in: body..<range.upperBound) != nil else { return nil }
    return (
      start > range.lowerBound + 2 && !isAppliedFor(range.lowerBound..<start)
        ? range.lowerBound..<start : nil, items,
      Self.oneOf.isIn(text, intro.range.lowerBound..<body)
    )
  }

  private static let intros = WordSet(
    "下列条件 以下条件 下列任一 以下任一 如下条件 下列要求 以下要求 三个条件 下列之一 以下之一 条件之一 下列基本条件 以下基本条件 下列情形 以下情形")

  /// 有…情形的，不予支持; 已享受…的不再享受.
  private func exclusion(in range: Range<Int>, rule: Rule) -> Condition? {
    guard let verb = Self.exclusions.first(in: text, range) else { return nil }
    if let list = list(in: range) {
      let inner = list.items.compactMap { conductOrNot($0) }
      return inner.isEmpty ? nil : Condition.all(inner).simplified
    }
    var before = trimmed(range.lowerBound..<verb.range.lowerBound)
    // 本条奖励不适用于…: what is excluded stands behind.
    if before.count <= 8, Self.measures.isIn(text, before) {
      let after = trimmed(verb.range.upperBound..<range.upperBound)
      if after.count >= 2 {
        return Condition.all(
          split(withoutLead("于", after), at: [",", ";", "。"]).compactMap { conductOrNot($0) }
        ).simplified
      }
    }
    for tail in ["一律", "均", "的企业", "的单位", "的项目", "的"] as [StaticString] {
      if let length = text.length(of: tail, before: before.upperBound), before.count > length + 1 {
        before = trimmed(before.lowerBound..<(before.upperBound - length))
      }
    }
    for lead in ["对于", "对", "凡是", "凡", "但对", "但", "已有", "如有", "存在", "有"] as [StaticString] {
      if let length = text.length(of: lead, at: before.lowerBound), before.count > length + 2,
        !text.has("下列", at: before.lowerBound + length)
      {
        before = (before.lowerBound + length)..<before.upperBound
        break
      }
    }
    guard before.count >= 2 else { return nil }
    var inner = split(before, at: [",", ";"]).filter { $0.count >= 2 }
    if inner.count == 1 {
      let either = split(inner[0], at: Self.either)
      if either.count > 1 {
        return Condition.all(either.compactMap { conductOrNot($0) }).simplified
      }
      // 烟草、电力企业不适用
      let atoms = criteria.atoms(in: inner[0])
      if atoms.count > 1, atoms.allSatisfy({ $0.isIndustry }) {
        return .all(atoms.map { .not(leaf($0.kind, $0.range, .excludingSentence)) })
      }
      return conductOrNot(inner[0])
    }
    inner = inner.map { withoutLead("或", $0) }
    let isAny = text.contains(["或", "之一"], in: before)
    let parts = inner.map { conductOrNot($0) ?? leaf(.text, $0, .excludingSentence) }
    return (isAny ? Condition.all(parts) : .any(parts)).simplified
  }

  private static let either = WordSet("或者 或")

  private func withoutLead(_ lead: StaticString, _ range: Range<Int>) -> Range<Int> {
    text.length(of: lead, at: range.lowerBound).map {
      range.count > $0 + 1 ? (range.lowerBound + $0)..<range.upperBound : range
    } ?? range
  }

  /// Good standing where the words tell of bad conduct; else that the words do not hold.
  private func conductOrNot(_ range: Range<Int>) -> Condition? {
    let range = withoutLabel(trimmed(range))
    guard range.count >= 2 else { return nil }
    if let kind = criteria.conduct(in: range) { return leaf(kind, range, .excludingSentence) }
    if let inner = piece(range, rule: .excludingSentence), case .criterion = inner {
      return .not(inner)
    }
    return .not(leaf(.text, range, .excludingSentence))
  }

  /// One stretch between commas.
  private func part(_ range: Range<Int>, rule: Rule) -> Condition? {
    let range = withoutLeads(withoutLabel(trimmed(range)))
    guard range.count >= 2, !isEmptyTalk(range) else { return nil }
    // 中小微企业(不含劳务派遣企业)
    if let bracket = excludingBracket(in: range) {
      let outer = [
        range.lowerBound..<bracket.outer.lowerBound, bracket.outer.upperBound..<range.upperBound,
      ]
      .compactMap { $0.count < 2 ? nil : part($0, rule: rule) }
      return Condition.all(outer + nots(bracket.inner, rule)).simplified
    }
    // 除房地产企业外, 房地产企业除外
    if let except = exception(in: range) {
      if text.contains(["另有规定"], in: except.inside) {
        return except.rest.flatMap { part($0, rule: rule) }
      }
      let rest = except.rest.flatMap { part($0, rule: rule) }
      return Condition.all(nots(except.inside, rule) + [rest].compactMap(\.self)).simplified
    }
    if Self.preferences.isIn(text, range) { return leaf(.preference, range, rule) }
    for words in [Self.strictlyTogether, Self.together] {
      let pieces = split(range, at: words)
      let isSplit = words.isIn(text, range) && pieces.count > 1
      if isSplit,
        words.isIn(text, range) && Self.strictlyTogether.isIn(text, range)
          || pieces.allSatisfy({ !criteria.atoms(in: $0).isEmpty })
      {
        return Condition.all(pieces.compactMap { piece($0, rule: rule) }).simplified
      }
    }
    return piece(range, rule: rule)
  }

  /// Each of the words is excluded: 房地产业、金融业.
  private func nots(_ range: Range<Int>, _ rule: Rule) -> [Condition] {
    if let kind = criteria.conduct(in: range) { return [leaf(kind, range, .excludingSentence)] }
    let atoms = criteria.atoms(in: range)
    if atoms.isEmpty { return [.not(leaf(.text, range, rule))] }
    return atoms.map { .not(leaf($0.kind, $0.range, rule)) }
  }

  private func excludingBracket(
    in range: Range<Int>
  ) -> (outer: Range<Int>, inner: Range<Int>)? {
    guard let open = text.first("(", in: range),
      let close = text.first(")", in: open.upperBound..<range.upperBound)
    else { return nil }
    var inner = open.upperBound..<close.lowerBound
    if let length = text.longest(of: ["不含", "不包括", "除"], at: inner.lowerBound),
      inner.count > length + 1
    {
      inner = (inner.lowerBound + length)..<inner.upperBound
    } else if let length = text.length(of: "除外", before: inner.upperBound), inner.count > length {
      inner = inner.lowerBound..<(inner.upperBound - length)
    } else {
      return nil
    }
    return (open.lowerBound..<close.upperBound, inner)
  }

  /// One stretch without 且: its criteria, any of them where 或 stands between.
  private func piece(_ range: Range<Int>, rule: Rule) -> Condition? {
    let atoms = criteria.atoms(in: range)
    guard !atoms.isEmpty else { return leaf(.text, range, rule) }
    if let phrases = phrases(atoms) {
      let any = Condition.any(
        phrases.map { .all($0.map { leaf($0.kind, $0.range, rule) }) }
      )
      return Condition.all(
        [any] + (leavesMuch(of: range, atoms) ? [leaf(.text, range, rule)] : [])
      ).simplified
    }
    // Atoms of one kind in a list, or with 或 between, are alternatives.
    var groups: [[CriterionReader.Atom]] = []
    for atom in atoms {
      if let last = groups.last?.last, last.covered.upperBound <= atom.covered.lowerBound,
        isOr(between: last.covered.upperBound..<atom.covered.lowerBound, last.kind, atom.kind)
      {
        groups[groups.count - 1].append(atom.following(last))
      } else {
        groups.append([atom])
      }
    }
    var parts = groups.map { group in
      let leaves = group.flatMap(\.kinds).map { leaf($0.kind, $0.range, rule) }
      return leaves.count == 1 ? leaves[0] : Condition.any(leaves)
    }
    if leavesMuch(of: range, atoms) { parts.append(leaf(.text, range, rule)) }
    return Condition.all(parts).simplified
  }

  /// 大型工业企业和规模以上服务业企业: each is a phrase of its own, and one of them is enough.
  private func phrases(_ atoms: [CriterionReader.Atom]) -> [[CriterionReader.Atom]]? {
    var phrases: [[CriterionReader.Atom]] = [[]]
    for atom in atoms {
      guard atom.describesFirm else { return nil }
      if let last = phrases.last?.last {
        let between =
          last.covered.upperBound..<max(last.covered.upperBound, atom.covered.lowerBound)
        let endsFirm =
          text.has("企业", before: last.covered.upperBound) || text.has("企业", at: between.lowerBound)
        if endsFirm, text.contains(["和", "或", "及", "、", "与"], in: between) { phrases.append([]) }
      }
      phrases[phrases.count - 1].append(atom)
    }
    return phrases.count > 1 && phrases.contains { $0.count > 1 } ? phrases : nil
  }

  private func isOr(
    between range: Range<Int>, _ left: Criterion.Kind, _ right: Criterion.Kind
  ) -> Bool {
    guard range.count <= 14 else { return false }
    switch (left, right) {
    case (.subject, .subject), (.industry, .industry), (.size, .size),
      (.qualification, .qualification):
      return text.contains(["或", "、", "和", "及", "与", "以及"], in: range)
    case (.number, .number): return text.contains(["或"], in: range)
    default: return text.contains(["或"], in: range) && !text.contains(["且", "和"], in: range)
    }
  }

  /// Whether the criteria leave words unexplained that may matter.
  private func leavesMuch(of range: Range<Int>, _ atoms: [CriterionReader.Atom]) -> Bool {
    var rest = 0
    var index = range.lowerBound
    let isPlaced = atoms.contains { if case .place = $0.kind { true } else { false } }
    while index < range.upperBound {
      if let atom = atoms.first(where: { $0.covered.contains(index) }) {
        index = atom.covered.upperBound
      } else if let match = CriterionReader.plainWords.longest(
        in: text, at: index, limit: range.upperBound)
      {
        index = match.range.upperBound
      } else if isPlaced,
        let match = CriterionReader.placeWords.longest(
          in: text, at: index, limit: range.upperBound)
      {
        index = match.range.upperBound
      } else {
        if text[index].isHan || text[index].isDigit || text[index].isLetter { rest += 1 }
        index += 1
      }
    }
    return rest >= 3
  }

  private func leaf(_ kind: Criterion.Kind, _ range: Range<Int>, _ rule: Rule) -> Condition {
    .criterion(Criterion(kind: kind, range: text.bytes(range), inheritedFrom: nil, rule: rule))
  }

  // MARK: Words

  /// 应当同时符合下列条件 and the like: they say how, not what.
  private func isEmptyTalk(_ range: Range<Int>) -> Bool {
    text.contains(["下列条件", "以下条件", "下列情形", "以下情形", "如下条件", "下列要求", "以下要求", "基本条件"], in: range)
      && range.count <= 30
  }

  /// The words without a label at their beginning: （一）, 1、.
  private func withoutLabel(_ range: Range<Int>) -> Range<Int> {
    var index = range.lowerBound
    if text[index] == "(" {
      index += 1
      while index < range.upperBound, index - range.lowerBound < 5, text[index] != ")" {
        index += 1
      }
      guard text[index] == ")" else { return range }
      return trimmed((index + 1)..<max(index + 1, range.upperBound))
    }
    while index < range.upperBound, text[index].isDigit { index += 1 }
    if index > range.lowerBound, text[index] == "." || text[index] == "、", !text[index + 1].isDigit
    {
      return trimmed((index + 1)..<max(index + 1, range.upperBound))
    }
    return range
  }

  private func withoutLeads(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    for lead in [
      "并", "且", "同时", "还", "应当", "应", "须", "需", "必须", "其中", "和", "或者", "或", "凡是", "凡", "本条适用于",
      "本办法适用于", "本措施适用于", "本政策适用于", "本细则适用于", "适用于", "适用对象为", "支持对象为",
    ] as [StaticString] {
      if let length = text.length(of: lead, at: start), range.upperBound - start > length + 2 {
        start += length
      }
    }
    return start..<range.upperBound
  }

  private func exception(in range: Range<Int>) -> (inside: Range<Int>, rest: Range<Int>?)? {
    if text[range.lowerBound] == "除",
      let end = text.first("外", in: range), end.lowerBound > range.lowerBound + 2
    {
      var inside = (range.lowerBound + 1)..<end.lowerBound
      if text[inside.upperBound - 1] == "以" || text[inside.upperBound - 1] == "之" {
        inside = inside.lowerBound..<(inside.upperBound - 1)
      }
      let rest = trimmed(end.upperBound..<range.upperBound)
      return (trimmed(inside), rest.count >= 3 ? rest : nil)
    }
    if text.has("除外", before: range.upperBound), range.count > 4 {
      var inside = range.lowerBound..<(range.upperBound - 2)
      if text[inside.lowerBound] == "但" { inside = (inside.lowerBound + 1)..<inside.upperBound }
      if text[inside.lowerBound] == "是", inside.count > 3 {
        inside = (inside.lowerBound + 1)..<inside.upperBound
      }
      if text[inside.upperBound - 1] == "的" { inside = inside.lowerBound..<(inside.upperBound - 1) }
      return (inside, nil)
    }
    return nil
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = text.trimmed(range)
    while !range.isEmpty {
      let last = text[range.upperBound - 1]
      guard [",", ";", "。", "、", ":", "*"].contains(last) || last.isBlank else { break }
      range = range.lowerBound..<(range.upperBound - 1)
    }
    while !range.isEmpty {
      let first = text[range.lowerBound]
      guard [",", ";", "。", "、", ":", "*"].contains(first) || first.isBlank else { break }
      range = (range.lowerBound + 1)..<range.upperBound
    }
    return range
  }

  private func split(_ range: Range<Int>, at signs: [Unicode.Scalar]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    for index in range {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(0, depth - 1)
      case let sign
      where depth == 0 && signs.contains(sign)
        && !(sign == "," && text[index - 1].isDigit && text[index + 1].isDigit):
        parts.append(trimmed(start..<index))
        start = index + 1
      default: continue
      }
    }
    parts.append(trimmed(start..<range.upperBound))
    return parts.filter { !$0.isEmpty }
  }

  private func split(_ range: Range<Int>, at words: WordSet<Bool>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for match in words.all(in: text, range) where match.range.lowerBound > range.lowerBound {
      parts.append(trimmed(start..<match.range.lowerBound))
      start = match.range.upperBound
    }
    parts.append(trimmed(start..<range.upperBound))
    return parts.filter { $0.count >= 2 }
  }
}

extension CriterionReader.Atom {
  /// 首次认定的国家级单项冠军企业或省级瞪羚企业: the second is asked for in the same way.
  fileprivate func following(_ other: Self) -> Self {
    guard case .qualification(let name, let level, let own) = kind,
      case .qualification(_, let otherLevel, let isFirst) = other.kind
    else { return self }
    var result = self
    result.kind = .qualification(name, level: level ?? otherLevel, isFirst: own ?? isFirst)
    if level == nil { result.moreLevels = other.moreLevels }
    return result
  }

  /// Its criterion for each level that it names: 国家级、省级绿色工厂.
  fileprivate var kinds: [(kind: Criterion.Kind, range: Range<Int>)] {
    guard case .qualification(let name, _, let isFirst) = kind else { return [(kind, range)] }
    return moreLevels.map { (.qualification(name, level: $0, isFirst: isFirst), range) } + [
      (kind, range)
    ]
  }

  fileprivate var isIndustry: Bool { if case .industry = kind { true } else { false } }

  fileprivate var describesFirm: Bool {
    switch kind {
    case .size, .industry, .subject: true
    default: false
    }
  }
}
