internal import PolicyText

/// Reads words that state conditions as a tree (申请条件).
struct ConditionReader {
  let text: MatchText
  private let criteria: CriterionReader

  init(text: MatchText) {
    self.text = text
    criteria = CriterionReader(text: text)
  }

  private static let exclusions = WordSet(
    """
    不予支持 不予受理 不予奖励 不予补贴 不予补助 不予资助 不予兑现 不予申报 不得申报 不得申请
    不得享受 不得参与 不再享受 不再给予 不再支持 不再补助 不再重复 不享受 不适用 不纳入
    不列入支持 取消申报 取消资格 不能申报 不能享受 不属于支持 不予认定
    """)
  private static let preferences = WordSet("优先 原则上 鼓励 倾斜 重点支持 同等条件下")
  private static let strictlyTogether = WordSet("并且 且")
  private static let together = WordSet("同时 以及 并")
  private static let oneOf = WordSet("之一 任一 任意一 其中一项 一项即可 一条即可")

  /// The condition that `range` states; `rule` names how the words were found.
  ///
  /// - Returns: nil where there are no words.
  func condition(in range: Range<Int>, rule: Rule) -> Condition? {
    let range = trimmed(range)
    guard range.count >= 2 else { return nil }
    if Self.exclusions.isIn(text, range) { return exclusion(in: range, rule: rule) }
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
    let parts = split(trimmed(range), at: [",", ";", "。"]).filter { $0.count >= 2 }
      .compactMap { part($0, rule: rule) }
    return parts.isEmpty ? nil : Condition.all(parts).simplified
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
    let items = split(body..<range.upperBound, at: [";", "。"])
    guard items.count > 1 || text.first("、", in: body..<range.upperBound) != nil else { return nil }
    return (
      start > range.lowerBound + 2 ? range.lowerBound..<start : nil, items,
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
    let inner = split(before, at: [",", ";"]).filter { $0.count >= 2 }
    if inner.count == 1 { return conductOrNot(inner[0]) }
    let isAny = text.contains(["或", "之一"], in: before)
    let parts = inner.map { conductOrNot($0) ?? leaf(.text, $0, .excludingSentence) }
    return (isAny ? Condition.all(parts) : .any(parts)).simplified
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
      group.count == 1
        ? leaf(group[0].kind, group[0].range, rule)
        : Condition.any(group.map { leaf($0.kind, $0.range, rule) })
    }
    if leavesMuch(of: range, atoms) { parts.append(leaf(.text, range, rule)) }
    return Condition.all(parts).simplified
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
    while index < range.upperBound {
      if let atom = atoms.first(where: { $0.covered.contains(index) }) {
        index = atom.covered.upperBound
      } else if let match = CriterionReader.plainWords.longest(
        in: text, at: index, limit: range.upperBound)
      {
        index = match.range.upperBound
      } else {
        if text[index].isHan || text[index].isDigit || text[index].isLetter { rest += 1 }
        index += 1
      }
    }
    return rest >= 4
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
    for lead in ["并", "且", "同时", "应当", "应", "须", "需", "必须", "其中", "和", "或"] as [StaticString] {
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
    guard case .qualification(let name, let level, nil) = kind,
      case .qualification(_, _, let isFirst?) = other.kind
    else { return self }
    var result = self
    result.kind = .qualification(name, level: level, isFirst: isFirst)
    return result
  }
}
