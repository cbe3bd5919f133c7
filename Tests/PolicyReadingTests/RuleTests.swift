import Foundation
import PolicyReading
import PolicyText
import PolicyVocabulary
import Testing

/// A line of a table of examples.
struct Example: CustomTestStringConvertible, Sendable {
  let rule: RuleName
  let isGood: Bool
  /// Known to be read wrongly today (`open`).
  let isOpen: Bool
  let text: String
  let expected: String

  var testDescription: String { "\(rule.rawValue): \(text)" }

  /// The examples of all rules that have a table.
  static let all: [Example] = RuleName.allCases.flatMap(table)

  /// The table of one rule, from the folder beside this file; empty where there is none.
  private static func table(_ rule: RuleName) -> [Example] {
    let path = "\(#filePath.dropLast("RuleTests.swift".count))Examples/\(rule.rawValue).tsv"
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Example(
        rule: rule, isGood: columns[0] != "bad", isOpen: columns[0] == "open", text: columns[1],
        expected: columns.count > 2 ? columns[2] : "")
    }
  }
}

struct RuleTests {
  /// What the chosen readings of one rule say of a phrase, in short.
  private func shown(_ text: String, _ rule: RuleName) -> String {
    let clause = marked(text)
    return SentenceCutter.phrases(of: clause).flatMap {
      Grammar.readings(in: $0, of: clause).readings.filter { $0.rule == rule }.map(notation)
    }.joined(separator: ";")
  }

  private func notation(_ reading: Reading) -> String {
    switch reading.value {
    case .condition(let leaves):
      leaves.flatMap(\.criteria).map(\.notation).joined(separator: ",")
    case .award(let part):
      switch part.kind {
      case .amounts(let formulas): formulas.map(\.notation).joined(separator: ";")
      case .caps(let caps): caps.map(\.notation).joined(separator: ";")
      }
    case .filler: "filler"
    }
  }

  @Test func `each rule of conditions and awards has examples, good and bad`() {
    let rules = RuleName.allCases.filter { ![.statement, .increment].contains($0) && !$0.isFiller }
    for rule in rules {
      #expect(Example.all.contains { $0.rule == rule && $0.isGood }, "\(rule)")
      #expect(Example.all.contains { $0.rule == rule && !$0.isGood }, "\(rule)")
    }
  }

  @Test(arguments: Example.all)
  func `a rule reads its examples`(_ example: Example) {
    guard example.isOpen else {
      #expect(shown(example.text, example.rule) == example.expected)
      return
    }
    // Known to be wrong today; a line that has become right is found.
    withKnownIssue { #expect(shown(example.text, example.rule) == example.expected) }
  }
}

extension RuleName {
  /// Whether it names words without weight of their own.
  var isFiller: Bool {
    switch self {
    case .purpose, .payer, .exclusivity, .procedure, .heading: true
    default: false
    }
  }
}
