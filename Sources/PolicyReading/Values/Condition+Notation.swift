import PolicyText
import PolicyVocabulary

extension Condition {
  /// The condition in short, for tests and dumps: `all(number(营业收入>=20000000元@上年度),subject(企业))`.
  package var notation: String {
    switch self {
    case .all(let parts): "all(\(parts.map(\.notation).joined(separator: ",")))"
    case .any(let parts): "any(\(parts.map(\.notation).joined(separator: ",")))"
    case .not(let part): "not(\(part.notation))"
    case .leaf(let criterion): criterion.notation
    }
  }
}

extension Criterion {
  /// The condition in short: `qualification(省级:企业技术中心:new)`.
  package var notation: String {
    switch kind {
    case .place(let places, let role): "place(\(places.joined(separator: "|")):\(role.rawValue))"
    case .subject(let names): "subject(\(names.joined(separator: "|")))"
    case .size(let names): "size(\(names.joined(separator: "|")))"
    case .industry(let names): "industry(\(names.joined(separator: "|")))"
    case .qualification(let honour):
      "qualification(\(honour.levels.map { $0.rawValue + ":" }.joined())"
        + honour.names.joined(separator: "|") + (honour.stage.map { ":\($0.rawValue)" } ?? "") + ")"
    case .number(let threshold): "number(\(threshold.notation))"
    case .growth(let threshold): "growth(\(threshold.notation))"
    case .age(let owner, let comparator, let value):
      "age(\(owner.rawValue)\(comparator.rawValue)\(value)\(owner == .firm ? "月" : "岁"))"
    case .time(let event, let from, let to):
      "time(\(event):\(from?.iso ?? "")..\(to?.iso ?? ""))"
    case .credit: "credit"
    case .received(let what): "received(\(what))"
    case .rank(let value): "rank(\(value))"
    case .recognised(let office): "recognised(\(office ?? ""))"
    case .statement(let words): "statement(\(words))"
    }
  }
}

extension Threshold {
  /// `营业收入>=20000000元@上年度`.
  var notation: String {
    "\(quantity)\(comparator.rawValue)\(value)\(unit)" + (period.map { "@\($0)" } ?? "")
  }
}
