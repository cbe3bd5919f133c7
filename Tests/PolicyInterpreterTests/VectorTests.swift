import Foundation
import PolicyParser
import PolicyText
import TestSupport
import Testing

@testable import PolicyInterpreter

/// One labelled sentence: what was read by hand.
///
/// `open` in the last column names what the program does not read yet: such a line has to fail, so that the
/// mark goes when the reader is mended.
struct Vector: Sendable {
  var sentence: String
  var expected: String
  var facts: [String: String]
  var isOpen: Bool

  /// Runs the checks of the line: they fail where it is open, and hold where it is not.
  func check(_ body: () throws -> Void) rethrows {
    guard isOpen else { return try body() }
    withKnownIssue("\(sentence)", isIntermittent: false) { try body() }
  }
}

/// The labelled sentences of a file in `Vectors`.
func vectors(_ name: String) -> [Vector] {
  let url = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Vectors/\(name).tsv")
  let file = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  return file.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 2 else { return nil }
    var facts: [String: String] = [:]
    for fact in fields.count > 2 ? fields[2].split(separator: " ") : [] {
      let pair = fact.split(separator: "=", maxSplits: 1).map(String.init)
      facts[pair[0]] = pair.count > 1 ? pair[1] : ""
    }
    return Vector(
      sentence: fields[0], expected: fields[1], facts: facts,
      isOpen: fields.count > 3 && fields[3] == "open")
  }
}

/// The items of a sentence in a document that grants.
func interpretation(of sentence: String) -> (text: SourceText, value: Interpretation) {
  let words =
    "澜川市支持企业发展若干措施\n\n一、支持企业发展。\n\(sentence)\n二、支持人才。对引进的人才，给予一次性奖励1元。给予一次性奖励2元。\n"
  let document = PolicyParser.parse(source(words)).value
  var value = PolicyInterpreter.interpret(document)
  value.items.removeAll { !$0.clause.hasPrefix("1") }
  return (document.source.text, value)
}

@Suite struct AmountVectorTests {
  @Test(arguments: vectors("amounts")) func `reads the formula of an amount`(vector: Vector) {
    vector.check { expectAmount(vector) }
  }

  private func expectAmount(_ vector: Vector) {
    let read = interpretation(of: vector.sentence)
    let notation = read.value.items.map { $0.award?.formula.notation ?? "?" }
    #expect(
      (notation.isEmpty ? "none" : notation.joined(separator: ";")) == vector.expected,
      "\(vector.sentence)")
    guard let award = read.value.items.first?.award else { return }
    let limits = Set(award.limits.map(\.limit))
    for (fact, value) in vector.facts {
      switch fact {
      case "base":
        let bases = award.formula.bases.compactMap(\.range).map { read.text[$0] }
        #expect(bases.contains { $0.contains(value) }, "\(vector.sentence): \(bases)")
      case "when":
        let conditions = award.formula.conditions.map { $0.map { read.text[$0] } ?? "" }
        let words = value.split(separator: "|")
        #expect(
          conditions.count == words.count && zip(conditions, words).allSatisfy { $0.contains($1) },
          "\(vector.sentence): \(conditions)")
      case "cap":
        let scopes = Set(award.formula.caps.flatMap(\.scopes).map(\.rawValue))
        #expect(
          value.split(separator: ",").allSatisfy { scopes.contains(String($0)) },
          "\(vector.sentence): \(scopes)")
      case "months": #expect(limits.contains(.months(Int(value) ?? 0)), "\(vector.sentence)")
      case "years": #expect(limits.contains(.months((Int(value) ?? 0) * 12)), "\(vector.sentence)")
      case "once": #expect(limits.contains(.once), "\(vector.sentence)")
      case "top": #expect(limits.contains(.top(Int(value) ?? 0)), "\(vector.sentence)")
      case "competitive": #expect(limits.contains(.competitive), "\(vector.sentence)")
      case "discretionary": #expect(limits.contains(.discretionary), "\(vector.sentence)")
      default: Issue.record("unknown fact \(fact)")
      }
    }
  }
}

@Suite struct PlainVectorTests {
  @Test(arguments: vectors("plain"))
  func `finds what a work plan gives without a sum`(vector: Vector) {
    let words = """
      澜川市优化营商环境行动计划

      一、工作目标。到明年底，企业办事更加便利，营商环境明显改善。
      二、重点任务。\(vector.sentence)
      三、保障措施。对成效明显的企业给予宣传支持。
      """
    let document = PolicyParser.parse(source(words)).value
    #expect(document.triage == .mechanism)
    let items = PolicyInterpreter.interpret(document).items
    vector.check {
      #expect((items.isEmpty ? "none" : "item") == vector.expected, "\(vector.sentence)")
    }
  }
}

@Suite struct ConditionVectorTests {
  /// A tree to compare: without `subject(企业)`, the words of what stays as words left out, parts in one order,
  /// equal parts once.
  private func comparable(_ tree: String) -> String {
    var rest = tree.replacing("独立法人资格", with: "独立法人").filter { !"“”".contains($0) }[...]
    return node(&rest) ?? ""
  }

  private func node(_ rest: inout Substring) -> String? {
    let name = rest.prefix { !"(,)".contains($0) }
    rest = rest.dropFirst(name.count)
    guard rest.first == "(" else { return String(name) }
    guard name == "all" || name == "any" || name == "not" else {
      var depth = 0
      let words = rest.prefix { sign in
        if sign == "(" { depth += 1 }
        if sign == ")" { depth -= 1 }
        return depth > 0
      }
      rest = rest.dropFirst(words.count + 1)
      if name == "text" || name == "soft" { return String(name) }
      return name == "subject" && words == "(企业" ? nil : name + words + ")"
    }
    var parts: [String] = []
    repeat {
      rest = rest.dropFirst()
      if let part = node(&rest) { parts.append(part) }
    } while rest.first == ","
    rest = rest.dropFirst()
    if name == "not" { return "not(\(parts.joined()))" }
    let unique = Set(parts).sorted()
    return unique.count == 1 ? unique[0] : "\(name)(\(unique.joined(separator: ",")))"
  }

  @Test(arguments: vectors("conditions")) func `reads the tree of conditions`(vector: Vector) {
    vector.check { expectTree(vector) }
  }

  private func expectTree(_ vector: Vector) {
    let words = SourceText(vector.sentence)
    let text = MatchText(words)
    let whole = 0..<text.count
    let own = AudienceReader(text: text).audience(in: whole, requiresGrant: false) ?? whole
    let document = PolicyParser.parse(source("")).value
    let collector = ConditionCollector(text: text, sections: SectionIndex(document, text: text))
    let tree = collector.conditions(
      own: [own], exceptions: collector.exceptions(in: whole, after: own), clause: "",
      at: 0, tiers: true)
    #expect(
      comparable(tree?.notation(words) ?? "none") == comparable(vector.expected),
      "\(vector.sentence)")
  }
}

@Suite struct RuleVectorTests {
  @Test(arguments: vectors("rules").filter { $0.expected == "exclusive" || $0.expected == "none" })
  func `reads rules on exclusivity`(vector: Vector) {
    vector.check { expectRule(vector) }
  }

  private func expectRule(_ vector: Vector) {
    let text = MatchText(SourceText(vector.sentence))
    let rule = ExclusivityReader(text: text).rule(in: 0..<text.count, clause: "")
    guard vector.expected == "exclusive" else {
      #expect(rule == nil, "\(vector.sentence)")
      return
    }
    let effects: [String: ExclusivityRule.Effect] = [
      "max": .highest, "once": .once, "difference": .difference, "stack": .stackable,
    ]
    let scopes: [Substring: ExclusivityRule.Scope] = [
      "企业": .firm, "项目": .project, "事项": .matter, "年度": .year,
    ]
    #expect(rule?.effect == vector.facts["rule"].flatMap { effects[$0] }, "\(vector.sentence)")
    #expect(
      Set(rule?.scopes ?? [])
        == Set((vector.facts["scope"] ?? "").split(separator: ",").compactMap { scopes[$0] }),
      "\(vector.sentence)")
  }

  @Test(
    arguments: vectors("rules").filter { $0.expected == "window" || $0.expected == "yearround" })
  func `reads windows of application`(vector: Vector) {
    vector.check { expectWindow(vector) }
  }

  private func expectWindow(_ vector: Vector) {
    let text = MatchText(SourceText(vector.sentence))
    let window = TimeReader(text: text).window(in: 0..<text.count)?.window
    let notation: String =
      switch window {
      case .yearRound: "yearround"
      case .between(let from, let until):
        [from.map { "from=\($0)" }, until.map { "until=\($0)" }].compactMap(\.self).joined(
          separator: " ")
      case .everyYear(let from, let until):
        [from.map { "from=\($0.notation)" }, until.map { "until=\($0.notation)" }]
          .compactMap(\.self).joined(separator: " ")
      case nil: "none"
      }
    var expected = vector.expected == "yearround" ? "yearround" : ""
    if let from = vector.facts["from"] { expected = "from=\(from)" }
    if let until = vector.facts["until"] {
      expected += (expected.isEmpty ? "" : " ") + "until=\(until)"
    }
    #expect(notation == expected, "\(vector.sentence)")
  }

  @Test(arguments: vectors("rules").filter { $0.expected == "limit" })
  func `reads limits of time`(vector: Vector) {
    vector.check { expectLimit(vector) }
  }

  private func expectLimit(_ vector: Vector) {
    let text = MatchText(SourceText(vector.sentence))
    let limit = TimeReader(text: text).limit(in: 0..<text.count)?.limit
    let expected: TimeLimit? =
      if let months = vector.facts["months"].flatMap({ Int($0) }) {
        .months(months)
      } else if let days = vector.facts["days"].flatMap({ Int($0) }) {
        vector.facts["working"] != nil ? .workingDays(days) : .days(days)
      } else {
        nil
      }
    #expect(limit == expected, "\(vector.sentence)")
  }
}

extension AmountFormula {
  /// The parts of the tree, itself first.
  private var all: [Self] {
    switch self {
    case .capped(let inner, _): [self] + inner.all
    case .cases(let cases): [self] + cases.flatMap(\.formula.all)
    case .sum(let parts): [self] + parts.flatMap(\.all)
    default: [self]
    }
  }
  var bases: [AmountBase] {
    all.compactMap { if case .rate(_, _, let base) = $0 { base } else { nil } }
  }
  var caps: [AmountCap] {
    var caps: [AmountCap] = []
    for formula in all {
      if case .capped(_, let more) = formula { caps += more }
      if case .upTo(let cap) = formula { caps.append(cap) }
    }
    return caps
  }
  var conditions: [ByteRange?] {
    var conditions: [ByteRange?] = []
    for case .cases(let cases) in all { conditions += cases.map(\.condition) }
    return conditions
  }
}
