import Foundation
import PolicyInterpreter
import PolicyParser
import PolicyText
import TestSupport

/// A known edit of a document, and what the difference of both versions must say.
struct KnownEdit {
  enum Kind: String, CaseIterable {
    case amount, word, date, validity, insertion, deletion, move, swap
  }
  /// What must be found, once, and nothing else.
  enum Expected {
    /// A clause with other words at a place of the old text.
    case modified(clause: String, words: ByteRange)
    /// A clause with this text.
    case added(String)
    case removed(clause: String)
    /// One of these clauses.
    case moved(clauses: [String])
  }

  let kind: Kind
  let text: String
  let expected: Expected
  /// The clauses that must not be changed by another edit of the same run.
  var replacements: [(range: ByteRange, words: String)] = []

  func isFound(by change: ClauseChange, old: SourceText, new: SourceText) -> Bool {
    switch expected {
    case .modified(let clause, let words):
      change.kind == .modified && change.old?.clause == clause
        && change.edits.contains {
          $0.old.lowerBound <= words.upperBound && words.lowerBound <= $0.old.upperBound
        }
    case .added(let words):
      change.kind == .added
        && change.new.map { bare(new[$0.range]) } == bare(words)
    case .removed(let clause): change.kind == .removed && change.old?.clause == clause
    case .moved(let clauses):
      change.kind == .moved && change.edits.isEmpty && clauses.contains(change.old?.clause ?? "")
    }
  }
}

/// Words without white space.
func bare(_ words: String) -> String { String(words.filter { !$0.isWhitespace }) }

/// Makes known edits of one document.
struct EditMaker {
  let document: PolicyDocument
  private let text: SourceText
  /// All clauses, in order of the text.
  private let clauses: [Clause]
  /// Clauses without children that fill whole lines, and whose neighbours do, too.
  private let blocks: [[Clause]]

  init(_ document: PolicyDocument) {
    self.document = document
    text = document.source.text
    let bytes = document.source.text.bytes
    var all: [Clause] = []
    var blocks: [[Clause]] = []
    func walk(_ clauses: [Clause]) {
      for clause in clauses {
        all.append(clause)
        walk(clause.children)
      }
      // The last one is left out: what follows a list may count to it.
      let rows = clauses.dropLast().filter { clause in
        let start = clause.range.lowerBound
        let line = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let lead = document.source.text[ByteRange(line, start)]
        return clause.children.isEmpty && bare(lead).isEmpty && clause.range.count > 30
          && Self.lineEnd(clause, bytes) != nil
      }
      // Only neighbours: a row between them would be passed, too.
      if rows.count >= 2, rows.count == clauses.count - 1,
        Set(rows.map(\.style)).count == 1, rows.first?.style != .circled
      {
        blocks.append(rows)
      }
    }
    walk(document.outline)
    clauses = all
    self.blocks = blocks
  }

  /// Behind the line break that ends a clause; nil where words follow in its last line.
  private static func lineEnd(_ clause: Clause, _ bytes: [UInt8]) -> Int? {
    var end = clause.range.upperBound
    if bytes[end - 1] == 0x0A { return end }
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x0D { end += 1 }
    return end < bytes.count && bytes[end] == 0x0A ? end + 1 : nil
  }

  private func end(of clause: Clause) -> Int {
    Self.lineEnd(clause, text.bytes) ?? clause.range.upperBound
  }

  func edit(_ kind: KnownEdit.Kind, using generator: inout SeededGenerator) -> KnownEdit? {
    switch kind {
    case .amount: replace(kind, Self.amounts, using: &generator)
    case .word: replace(kind, Self.words, using: &generator)
    case .date: replace(kind, Self.dates, using: &generator)
    case .validity: replace(kind, Self.validities, using: &generator)
    case .insertion: insertion(using: &generator)
    case .deletion: deletion(using: &generator)
    case .move: move(by: 2, kind, using: &generator)
    case .swap: move(by: 1, kind, using: &generator)
    }
  }

  // MARK: Words

  private typealias Change = (
    pattern: String, other: @Sendable (String, inout SeededGenerator) -> String
  )

  private static func number(
    _ words: String, _ range: ClosedRange<Int>, _ generator: inout SeededGenerator
  ) -> String {
    let found = words.firstRange(of: /[0-9]+/)
    guard let found else { return words }
    var other = Int.random(in: range, using: &generator)
    while String(other) == words[found] { other += 1 }
    return words.replacingCharacters(in: found, with: String(other))
  }

  private static let amounts: [Change] = [
    ("[0-9]+万元", { number($0, 1...900, &$1) }),
    ("[0-9]+%", { number($0, 1...60, &$1) }),
    ("[0-9]+元", { number($0, 100...9000, &$1) }),
  ]
  private static let words: [Change] = [
    ("企业", { _, _ in "单位" }), ("支持", { _, _ in "扶持" }), ("申请", { _, _ in "申报" }),
    ("奖励", { _, _ in "补助" }), ("项目", { _, _ in "工程" }), ("给予", { _, _ in "一次性给予" }),
    ("符合条件的", { _, _ in "" }), ("应当", { _, _ in "可以" }),
  ]
  private static let dates: [Change] = [
    ("[0-9]{1,2}月[0-9]{1,2}日", { number($0, 1...12, &$1) }),
    ("20[0-9]{2}年", { number($0, 2018...2031, &$1) }),
  ]
  private static let validities: [Change] = [
    ("有效期[0-9]年", { number($0, 1...6, &$1) }),
    ("有效期至20[0-9]{2}年", { number($0, 2030...2035, &$1) }),
    ("执行至20[0-9]{2}年", { number($0, 2030...2035, &$1) }),
    ("有效期[二三四五六]年", { words, _ in words.hasSuffix("三年") ? "有效期四年" : "有效期三年" }),
  ]

  private func replace(
    _ kind: KnownEdit.Kind, _ changes: [Change], using generator: inout SeededGenerator
  ) -> KnownEdit? {
    var places: [(clause: Clause, range: ByteRange, other: Change)] = []
    for clause in clauses {
      let body = ByteRange(
        max(clause.labelRange.upperBound, clause.range.lowerBound), clause.ownRange.upperBound)
      let words = text[body]
      for change in changes {
        guard let pattern = try? Regex(change.pattern) else { continue }
        for found in words.ranges(of: pattern) {
          let start = body.lowerBound + words[..<found.lowerBound].utf8.count
          let range = ByteRange(start, start + words[found].utf8.count)
          places.append((clause, range, change))
        }
      }
    }
    guard let place = places.randomElement(using: &generator) else { return nil }
    let other = place.other.other(text[place.range], &generator)
    return made(
      kind, .modified(clause: place.clause.id, words: place.range), [(place.range, other)])
  }

  // MARK: Clauses

  private static let inserted = [
    "支持企业设立海外研发机构。对在境外设立研发机构并正常运营满一年的，给予实际投资额10%的一次性补助，最高80万元。",
    "建立首席服务专员制度。为重点培育的成长型企业配备一名专员，每季度上门走访一次，问题在十日内答复。",
    "鼓励举办行业展会。对承办全国性专业展会的主办方，按展位数量每个补助1200元，单场最高60万元。",
    "加强档案管理。经办机构应当完整保存申报、审核、公示和拨付的记录，保存期限不少于八年。",
    "推动绿色出行。对新购置新能源货车用于城市配送的，每辆补贴8000元，每家每年不超过24万元。",
  ]

  private func insertion(using generator: inout SeededGenerator) -> KnownEdit? {
    guard let rows = blocks.randomElement(using: &generator),
      let before = rows.randomElement(using: &generator),
      let words = Self.inserted.randomElement(using: &generator)
    else { return nil }
    let lead = text[lead(of: before)]
    let tail = text[ByteRange(before.labelRange.upperBound, before.range.upperBound)]
    let gap = String(tail.prefix { $0 == " " || $0 == "\u{3000}" })
    let label = Self.label(before.label, before.number + 1)
    let place = end(of: before)
    return made(
      .insertion, .added(label + gap + words),
      [(ByteRange(place, place), lead + label + gap + words + "\n")]
        + relabelled(after: before, from: before.number + 1, by: 1))
  }

  private func deletion(using generator: inout SeededGenerator) -> KnownEdit? {
    guard let clause = blocks.randomElement(using: &generator)?.randomElement(using: &generator)
    else { return nil }
    return made(
      .deletion, .removed(clause: clause.id),
      [(ByteRange(lead(of: clause).lowerBound, end(of: clause)), "")]
        + relabelled(after: clause, from: clause.number + 1, by: -1))
  }

  /// A clause goes behind another one so many places further down.
  private func move(
    by distance: Int, _ kind: KnownEdit.Kind, using generator: inout SeededGenerator
  ) -> KnownEdit? {
    let rows = blocks.filter { $0.count > distance }.randomElement(using: &generator)
    guard let rows else { return nil }
    let first = Int.random(in: 0..<rows.count - distance, using: &generator)
    let row = Array(rows[first...first + distance])
    func whole(_ clause: Clause) -> String {
      text[ByteRange(clause.labelRange.upperBound, clause.range.upperBound)]
    }
    // Bodies change places, labels stay.
    let order = Array(row.dropFirst()) + [row[0]]
    let replacements = zip(row, order).map { place, clause in
      (ByteRange(place.labelRange.upperBound, place.range.upperBound), whole(clause))
    }
    guard Set(row.map(whole)).count == row.count else { return nil }
    // Of two that change places either one has moved.
    let ids = distance == 1 ? row.map(\.id) : [row[0].id]
    // The heavier way round is not what a reader would say.
    let rest = row.dropFirst().map(\.range.count).reduce(0, +)
    guard distance == 1 || row[0].range.count < rest else { return nil }
    return made(kind, .moved(clauses: ids), replacements)
  }

  private func lead(of clause: Clause) -> ByteRange {
    let start = clause.range.lowerBound
    return ByteRange(text.bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0, start)
  }

  /// New labels for the clauses of the same numbering that go on from `number` after a clause.
  private func relabelled(
    after clause: Clause, from number: Int, by step: Int
  ) -> [(ByteRange, String)] {
    var expected = number
    var found: [(ByteRange, String)] = []
    for other in clauses
    where other.range.lowerBound >= clause.range.upperBound && other.style == clause.style {
      guard other.number == expected else { break }
      found.append((other.labelRange, Self.label(other.label, other.number + step)))
      expected += 1
    }
    return found
  }

  /// A label with another number, written like the one before.
  static func label(_ label: String, _ number: Int) -> String {
    if let digits = label.firstRange(of: /[0-9０-９]+/) {
      return label.replacingCharacters(in: digits, with: String(number))
    }
    guard let han = label.firstRange(of: /[一二三四五六七八九十百零]+/) else { return label }
    return label.replacingCharacters(in: han, with: Self.han(number))
  }

  private static func han(_ number: Int) -> String {
    let digits = Array("零一二三四五六七八九").map(String.init)
    let tens = number / 10 % 10
    let ones = number % 10
    return (number >= 100 ? digits[number / 100] + "百" + (tens == 0 && ones > 0 ? "零" : "") : "")
      + (tens > 0 ? (tens > 1 || number >= 100 ? digits[tens] : "") + "十" : "")
      + (ones > 0 ? digits[ones] : "")
  }

  private func made(
    _ kind: KnownEdit.Kind, _ expected: KnownEdit.Expected,
    _ replacements: [(range: ByteRange, words: String)]
  ) -> KnownEdit {
    var edit = KnownEdit(kind: kind, text: "", expected: expected)
    edit.replacements = replacements
    return KnownEdit(
      kind: kind, text: Self.applied([edit], to: text), expected: expected,
      replacements: replacements)
  }

  /// The text with edits that touch no byte twice.
  static func applied(_ edits: [KnownEdit], to text: SourceText) -> String {
    var result = ""
    var end = 0
    let replacements = edits.flatMap(\.replacements).sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for (range, words) in replacements where range.lowerBound >= end {
      result += text[ByteRange(end, range.lowerBound)] + words
      end = range.upperBound
    }
    return result + text[ByteRange(end, text.count)]
  }
}
