import PolicyReading
import PolicyText
import PolicyVocabulary

/// A reading as JSON, in the form of CONTRACT.md.
struct ReadingRecord {
  let text: ClauseText

  /// The item.
  func item(_ reading: ClauseReading, _ span: MatchedSpan) -> String {
    let limits = reading.limits.map { limit -> String in
      let (kind, value) = Self.limit(limit.kind)
      return object([("kind", string(kind)), ("value", value.map(String.init) ?? "null")])
    }
    let award = object([
      ("notation", string(reading.formula.notation)), ("formula", formula(reading.formula)),
      ("limits", array(limits)),
    ])
    return object([
      ("span", "[\(span.span[0]), \(span.span[1])]"), ("text", string(span.text)),
      ("condition", condition(reading.condition)), ("award", award),
    ])
  }

  private static func limit(_ kind: AwardLimit.Kind) -> (String, Int?) {
    switch kind {
    case .once: ("once", nil)
    case .months(let months): ("months", months)
    case .top(let count): ("top", count)
    case .competitive: ("competitive", nil)
    case .discretionary: ("discretionary", nil)
    case .yearly: ("yearly", nil)
    }
  }

  private func condition(_ condition: Condition?) -> String {
    switch condition {
    case nil: "null"
    case .all(let parts):
      object([("kind", string("all")), ("parts", array(parts.map { self.condition($0) }))])
    case .any(let parts):
      object([("kind", string("any")), ("parts", array(parts.map { self.condition($0) }))])
    case .not(let part):
      object([("kind", string("not")), ("parts", array([self.condition(part)]))])
    case .leaf(let criterion): leaf(criterion)
    }
  }

  private func leaf(_ criterion: Criterion) -> String {
    var fields = fields(of: criterion.kind)
    fields.append(("rule", string(criterion.rule.rawValue)))
    if let range = criterion.range { fields.append(("text", string(text.string(range)))) }
    return object(fields)
  }

  private func fields(of kind: Criterion.Kind) -> [(String, String)] {
    switch kind {
    case .place(let places, let role):
      [
        ("kind", string("place")), ("places", array(places.map(string))),
        ("of", string(role.rawValue)),
      ]
    case .subject(let names): [("kind", string("subject")), ("subjects", array(names.map(string)))]
    case .size(let names): [("kind", string("size")), ("sizes", array(names.map(string)))]
    case .industry(let names):
      [("kind", string("industry")), ("industries", array(names.map(string)))]
    case .qualification(let honour):
      [
        ("kind", string("qualification")), ("names", array(honour.names.map(string))),
        ("level", array(honour.levels.map { string($0.rawValue) })),
        ("stage", honour.stage.map { string($0.rawValue) } ?? "null"),
      ]
    case .number(let threshold): [("kind", string("number"))] + fields(of: threshold)
    case .growth(let threshold): [("kind", string("growth"))] + fields(of: threshold)
    case .age(let owner, let comparator, let value):
      [
        ("kind", string("age")), ("of", string(owner.rawValue)),
        ("comparator", string(comparator.rawValue)), ("value", value.description),
        ("unit", string(owner == .firm ? "月" : "岁")),
      ]
    case .time(let event, let from, let to):
      [
        ("kind", string("time")), ("event", string(event)),
        ("from", from.map { string($0.iso) } ?? "null"),
        ("to", to.map { string($0.iso) } ?? "null"),
      ]
    case .credit: [("kind", string("credit"))]
    case .received(let what): [("kind", string("received")), ("what", string(what))]
    case .rank(let value): [("kind", string("rank")), ("value", String(value))]
    case .recognised(let office):
      [("kind", string("recognised")), ("by", office.map(string) ?? "null")]
    case .statement: [("kind", string("statement"))]
    }
  }

  private func fields(of threshold: Threshold) -> [(String, String)] {
    [
      ("quantity", string(threshold.quantity)),
      ("comparator", string(threshold.comparator.rawValue)),
      ("value", threshold.value.description), ("unit", string(threshold.unit)),
      ("period", threshold.period.map(string) ?? "null"),
    ]
  }

  private func formula(_ formula: Formula) -> String {
    switch formula {
    case .cases(let branches):
      object([("kind", string("cases")), ("cases", array(branches.map(branch)))])
    case .sum(let branches):
      object([("kind", string("sum")), ("addends", array(branches.map(branch)))])
    case .capped(let inner, _):
      object([("kind", string("capped")), ("formula", self.formula(inner))])
    default: object([("kind", string("plain")), ("notation", string(formula.notation))])
    }
  }

  private func branch(_ branch: Formula.Branch) -> String {
    object([("condition", condition(branch.condition)), ("formula", formula(branch.formula))])
  }

  private func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private func array(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

  private func string(_ words: String) -> String {
    var escaped = "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case _ where scalar.value < 0x20: escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped + "\""
  }
}
