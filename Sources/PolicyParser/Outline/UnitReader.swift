internal import PolicyText

/// Reads which departments a clause names as in charge (牵头、责任、配合单位).
///
/// Labels come first: 「(责任单位:A、B)」. Only a clause without them is read for what its sentences say:
/// 「由A负责」, 「A牵头」, 「A、B等部门要」.
struct UnitReader {
  let text: MatchText
  /// Whether the document says that the body named first leads: 排在第一位的为牵头单位.
  var firstLeads = false

  private enum Role {
    case lead
    case responsible
    case cooperating
  }

  private static let labels: [(StaticString, Role)] = [
    ("牵头责任单位", .lead), ("牵头单位", .lead), ("牵头部门", .lead), ("牵头处室", .lead), ("主办单位", .lead),
    ("主责单位", .lead), ("牵头", .lead), ("责任单位", .responsible), ("责任部门", .responsible),
    ("责任科室", .responsible), ("责任处室", .responsible), ("负责单位", .responsible),
    ("负责部门", .responsible), ("落实单位", .responsible), ("实施单位", .responsible),
    ("实施部门", .responsible), ("执行部门", .responsible), ("承办单位", .responsible),
    ("承办部门", .responsible), ("主管部门", .responsible), ("配合单位", .cooperating),
    ("配合部门", .cooperating), ("协办单位", .cooperating), ("协同单位", .cooperating),
    ("参与单位", .cooperating), ("参加单位", .cooperating), ("参与部门", .cooperating),
    ("配合", .cooperating),
  ]

  /// The departments named in `range`, the clause's own words.
  ///
  /// The argument `heading`: the clause's heading, where it has one.
  func units(in range: Range<Int>, heading: Range<Int>?) -> ResponsibleUnits {
    var units = ResponsibleUnits()
    readLabels(in: range, into: &units)
    if units.isEmpty { readBrackets(in: range, into: &units) }
    if units.isEmpty { readHeading(heading, in: range, into: &units) }
    if units.isEmpty { readSentences(in: range, into: &units) }
    return units
  }

  // MARK: Labels

  private func readLabels(in range: Range<Int>, into units: inout ResponsibleUnits) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard let (role, start) = label(at: index, limit: range.upperBound) else {
        index += 1
        continue
      }
      let end = listEnd(from: start, limit: range.upperBound)
      append(start..<end, as: role, to: &units)
      index = max(end, start)
    }
  }

  /// A label with its colon at `index`: the role, and where the names begin.
  private func label(at index: Int, limit: Int) -> (Role, Int)? {
    let scalar = text[index]
    guard
      scalar == "牵" || scalar == "责" || scalar == "主" || scalar == "负" || scalar == "落"
        || scalar == "实" || scalar == "执" || scalar == "承" || scalar == "配" || scalar == "协"
        || scalar == "参"
    else { return nil }
    for (label, role) in Self.labels {
      guard let length = text.length(of: label, at: index) else { continue }
      var at = index + length
      if text.has("及配合单位", at: at) { at += 5 }
      at = text.skippingSpaces(at, limit: limit)
      if text[at] == ":" { return (role, at + 1) }
    }
    return nil
  }

  /// Where a list of names ends: at the bracket that closes, a stop, the next label, or the line.
  private func listEnd(from start: Int, limit: Int) -> Int {
    var depth = 0
    var at = start
    while at < limit {
      switch text[at] {
      case "(", "[": depth += 1
      case ")", "]":
        if depth == 0 { return at }
        depth -= 1
      case "。": return at
      case ";" where depth == 0: return at
      case "\n":
        // A list may be cut by a line break; it goes on where no clause begins.
        let next = text.skippingBlanks(at, limit: limit)
        let previous = text[text.trimmed(start..<at).upperBound - 1]
        if previous != "、" && previous != "," { return at }
        at = next - 1
      default:
        if label(at: at, limit: limit) != nil { return at }
      }
      at += 1
    }
    return limit
  }

  // MARK: Brackets without label

  /// (A牵头，B、C配合), (A负责), (A、B按职责分工负责).
  private func readBrackets(in range: Range<Int>, into units: inout ResponsibleUnits) {
    var index = range.lowerBound
    while let open = text.first("(", in: index..<range.upperBound) {
      index = open.upperBound
      guard
        let close = text.first(
          ")", in: open.upperBound..<min(open.upperBound + 200, range.upperBound))
      else { continue }
      let inside = open.upperBound..<close.lowerBound
      for (verb, role) in [
        ("牵头", Role.lead), ("负责", .responsible), ("配合", .cooperating), ("参与", .cooperating),
      ] as [(StaticString, Role)] {
        for part in parts(of: inside) where text.last(verb, in: part) != nil {
          guard let place = text.last(verb, in: part), place.upperBound >= part.upperBound - 4,
            place.lowerBound > part.lowerBound
          else { continue }
          var names = part.lowerBound..<place.lowerBound
          for adverb in ["按职责分工", "按照职责分工", "分别", "共同", "按职责", "具体"] as [StaticString] {
            names = names.lowerBound..<(names.upperBound - length(of: adverb, endOf: names))
          }
          guard looksLikeNames(names) else { continue }
          if firstLeads, role == .responsible, let first = split(names).first {
            append(first, as: .lead, to: &units)
            if first.upperBound < names.upperBound {
              append((first.upperBound + 1)..<names.upperBound, as: .responsible, to: &units)
            }
          } else {
            append(names, as: role, to: &units)
          }
        }
      }
    }
  }

  private func parts(of range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || text[index] == "," || text[index] == ";" {
      parts.append(text.trimmed(start..<index))
      start = index + 1
    }
    return parts.filter { !$0.isEmpty }
  }

  private func looksLikeNames(_ range: Range<Int>) -> Bool {
    let organisations = OrganisationReader(text: text)
    return split(range).contains { organisations.endsAsName($0) && $0.count >= 2 }
  }

  // MARK: Sentences

  /// 责任部门。市直各部门、各区县。 and the like.
  private func readHeading(
    _ heading: Range<Int>?, in range: Range<Int>, into units: inout ResponsibleUnits
  ) {
    guard let heading, heading.count <= 8, heading.upperBound < range.upperBound else { return }
    let key = text.key(heading)
    let roles: [String: Role] = [
      "责任部门": .responsible, "责任单位": .responsible, "实施部门": .responsible, "牵头单位": .lead,
      "牵头部门": .lead, "配合单位": .cooperating, "执行部门": .responsible, "主管部门": .responsible,
    ]
    guard let role = roles[key] else { return }
    let start = heading.upperBound + 1
    guard start < range.upperBound else { return }
    var end = start
    while end < range.upperBound, text[end] != "。", text[end] != "\n" { end += 1 }
    append(start..<end, as: role, to: &units)
  }

  private static let verbs: [(StaticString, Role)] = [
    ("牵头", .lead), ("负责", .responsible), ("负总责", .responsible), ("主管", .responsible),
    ("协助配合", .cooperating), ("配合", .cooperating),
  ]
  private static let adverbs: [StaticString] = [
    "统一", "具体", "分别", "共同", "主要", "统筹", "协助", "应当", "按职责", "按职责分工", "按照职责分工", "依法", "全面",
  ]

  private func readSentences(in range: Range<Int>, into units: inout ResponsibleUnits) {
    for sentence in sentences(in: range) {
      for part in clauses(of: sentence) { readVerbs(in: part, of: sentence, into: &units) }
      readDuties(in: sentence, into: &units)
      readFounding(in: sentence, into: &units)
    }
  }

  /// A牵头, 由A负责, A协助配合: the subject stands right before the verb.
  private func readVerbs(
    in part: Range<Int>, of sentence: Range<Int>, into units: inout ResponsibleUnits
  ) {
    for (verb, role) in Self.verbs {
      guard let place = text.first(verb, in: part) else { continue }
      switch text[place.upperBound] {
      case "人", "同", "制", "的", "任", "单", "部", "机": continue
      default: break
      }
      var end = place.lowerBound
      for adverb in Self.adverbs { end -= text.length(of: adverb, before: end) ?? 0 }
      guard let subject = subject(endingAt: end, from: part.lowerBound, sentence: sentence) else {
        continue
      }
      append(subject, as: role, to: &units)
      return
    }
  }

  /// The parts of a sentence between commas.
  private func clauses(of sentence: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = sentence.lowerBound
    for index in sentence.lowerBound...sentence.upperBound
    where index == sentence.upperBound || text[index] == "," {
      if index > start { parts.append(start..<index) }
      start = index + 1
    }
    return parts
  }

  /// The names that end at `end`: back to the sentence's start, a comma, or 由.
  private func subject(
    endingAt end: Int, from floor: Int, sentence: Range<Int>
  ) -> Range<Int>? {
    var start = end
    while start > floor, end - start < 120 {
      let before = text[start - 1]
      if before == "," || before == "由" || before == ":" { break }
      start -= 1
    }
    // ORG对本地区食品安全负总责
    if let object = text.first("对", in: start..<end), object.lowerBound - start >= 3 {
      let name = text.trimmed(start..<object.lowerBound)
      if isSubject(name) { return name }
    }
    // ORG作为…，负责: the subject stands at the sentence's start.
    if start == end, let role = text.first("作为", in: sentence.lowerBound..<end) {
      let name = text.trimmed(sentence.lowerBound..<role.lowerBound)
      return OrganisationReader(text: text).isName(name) ? name : nil
    }
    let subject = text.trimmed(start..<end)
    guard !subject.isEmpty, subject.count >= 3 else { return nil }
    return isSubject(subject) ? subject : nil
  }

  private func isSubject(_ range: Range<Int>) -> Bool {
    if text.has("各责任部门", at: range.lowerBound) { return false }
    let organisations = OrganisationReader(text: text)
    let names = split(range)
    guard names.allSatisfy({ $0.count <= 26 && text.first("的", in: $0) == nil }) else {
      return false
    }
    // 保险公司负责查勘, 支持检测机构牵头: firms and what is to be supported carry no duty of government.
    if names.contains(where: { name in
      text.longest(
        of: ["支持", "鼓励", "引导", "推动", "依托", "组织", "保险公司", "承保机构", "项目单位", "申报单位", "企业"],
        at: name.lowerBound) != nil
    }) {
      return false
    }
    if names.count > 1, endsInBodies(range) { return true }
    return names.allSatisfy { organisations.isName($0) || organisations.endsAsName($0) }
  }

  /// A、B、C等部门要….
  private func readDuties(in sentence: Range<Int>, into units: inout ResponsibleUnits) {
    var index = sentence.lowerBound
    while let place = text.first("等", in: index..<sentence.upperBound) {
      index = place.upperBound
      let after = index..<min(index + 10, sentence.upperBound)
      guard let bodies = text.first("部门", in: after) ?? text.first("单位", in: after),
        text.longest(
          of: ["要", "应", "按照职责", "按职责", "按照各自", "按各自", "分工", "共同"], at: bodies.upperBound) != nil
      else { continue }
      var start = place.lowerBound
      while start > sentence.lowerBound, text[start - 1] != ",", text[start - 1] != ":" {
        start -= 1
      }
      let names = start..<place.lowerBound
      if split(names).count > 1 { append(names, as: .responsible, to: &units) }
    }
  }

  /// 成立…领导小组，…负责….
  private func readFounding(in sentence: Range<Int>, into units: inout ResponsibleUnits) {
    guard text.has("成立", at: sentence.lowerBound), let group = text.first("领导小组", in: sentence),
      text.first("负责", in: group.upperBound..<sentence.upperBound) != nil
    else { return }
    let name = (sentence.lowerBound + 2)..<group.upperBound
    guard name.count <= 30, text.first(",", in: name) == nil else { return }
    units.responsible.append(
      ResponsibleUnits.Unit(name: text.name(name), range: text.bytes(name)))
  }

  private func sentences(in range: Range<Int>) -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || text[index].endsSentence || text[index] == "\n"
      || text[index] == ":"
    {
      let sentence = text.trimmed(start..<index)
      if sentence.count > 4 { sentences.append(sentence) }
      start = index + 1
    }
    return sentences
  }

  // MARK: Names

  /// Names divided by 、 and commas outside brackets, also by 和 会同 before whole names.
  private func split(_ range: Range<Int>) -> [Range<Int>] {
    var names: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    for index in range.lowerBound...range.upperBound {
      let scalar: Unicode.Scalar = index == range.upperBound ? "、" : text[index]
      switch scalar {
      case "(", "“": depth += 1
      case ")", "”": depth = max(0, depth - 1)
      case "、", ",", ";", "\n":
        guard depth == 0 || index == range.upperBound else { continue }
        let name = text.trimmed(start..<index)
        if !name.isEmpty { names.append(name) }
        start = index + 1
      default:
        if depth == 0, text.has("会同", at: index) {
          let name = text.trimmed(start..<index)
          if !name.isEmpty { names.append(name) }
          start = index + 2
        }
      }
    }
    return names
  }

  private static let bodies: [StaticString] = [
    "等行业管理部门", "等有关部门", "等相关部门", "等职能部门", "等部门单位", "等部门", "等有关单位", "等相关单位", "等单位",
    "等部门和单位",
  ]

  /// The length of `literal` where `range` ends with it and has more before it, else 0.
  private func length(of literal: StaticString, endOf range: Range<Int>) -> Int {
    guard let length = text.length(of: literal, before: range.upperBound), length < range.count
    else {
      return 0
    }
    return length
  }

  private func endsInBodies(_ range: Range<Int>) -> Bool {
    Self.bodies.contains { text.has($0, before: range.upperBound) }
  }

  private func append(_ range: Range<Int>, as role: Role, to units: inout ResponsibleUnits) {
    for name in split(text.trimmed(range)) {
      var name = name
      for ending in Self.bodies + ["按职责分工负责", "具体组织实施", "组织实施", "负责", "配合", "牵头"] {
        name = name.lowerBound..<(name.upperBound - length(of: ending, endOf: name))
      }
      name = text.trimmed(name)
      guard !name.isEmpty, name.count <= 40 else { continue }
      let unit = ResponsibleUnits.Unit(name: text.name(name), range: text.bytes(name))
      switch role {
      case .lead: units.lead.append(unit)
      case .responsible: units.responsible.append(unit)
      case .cooperating: units.cooperating.append(unit)
      }
    }
  }
}
