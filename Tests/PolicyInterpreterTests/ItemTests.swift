import DocumentReader
import Foundation
import PolicyParser
import PolicyText
import TestSupport
import Testing

@testable import PolicyInterpreter

/// What holds for the items of every document.
private func expectItemLaws(
  _ interpretation: Interpretation, of document: PolicyDocument, _ name: String
) {
  let whole = document.source.text.range
  var end = 0
  for (index, item) in interpretation.items.enumerated() {
    #expect(item.number == index + 1, "\(name)")
    #expect(item.range.lowerBound >= end, "\(name): items overlap or are out of order")
    end = item.range.lowerBound
    #expect(!item.name.isEmpty, "\(name)")
    #expect(item.elements.map(\.key) == Element.Key.allCases, "\(name)")
    for support in item.supports { #expect(item.range.contains(support.range), "\(name)") }
    for words in item.audience { #expect(item.range.contains(words), "\(name)") }
    for criterion in item.condition?.criteria ?? [] {
      #expect(whole.contains(criterion.range) && !criterion.range.isEmpty, "\(name)")
      if criterion.inheritedFrom == nil {
        #expect(item.range.contains(criterion.range), "\(name): own words lie outside")
      }
    }
    for element in item.elements {
      #expect(element.isAbsent == element.value.isEmpty, "\(name): \(element.key)")
      #expect((element.rule == .silent) == element.isAbsent, "\(name): \(element.key)")
      for words in element.ranges { #expect(whole.contains(words) && !words.isEmpty, "\(name)") }
    }
    for tag in item.tags { #expect(tag.range.map { whole.contains($0) } ?? true, "\(name)") }
    #expect(item.exclusivity.allSatisfy { interpretation.exclusivity.indices.contains($0) })
    // Sums of the formula are those of the text: nothing computed, nothing lost.
    if let award = item.award {
      #expect(
        Set(award.formula.sums).isSubset(of: Set(item.supports.flatMap(\.kind.sums))),
        "\(name): \(award.formula.notation)")
    }
  }
}

@Suite struct ItemTests {
  @Test(arguments: corpusFiles())
  func `documents of the corpus keep the laws and their golden items`(path: String) throws {
    let data = try Data(contentsOf: repositoryRoot.appending(path: "corpus/\(path)"))
    let source = try DocumentReader.read(Array(data), name: (path as NSString).lastPathComponent)
    let document = PolicyParser.parse(source).value
    let interpretation = PolicyInterpreter.interpret(document)
    expectItemLaws(interpretation, of: document, path)
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    try expectGolden(
      ItemDumper.dump(interpretation, of: document),
      path.replacingOccurrences(of: "/", with: "-") + ".items", folder: folder)
  }

  @Test(arguments: seeds(80))
  func `damaged documents keep the laws`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let files = corpusFiles().filter { $0.hasSuffix(".txt") || $0.hasSuffix(".md") }
    let path = try #require(files.randomElement(using: &generator))
    let data = try Data(contentsOf: repositoryRoot.appending(path: "corpus/\(path)"))
    let whole = try DocumentReader.read(Array(data), name: "case.txt")
    let text = NoticeGenerator.damaged(whole.text[whole.text.range], using: &generator)
    let document = PolicyParser.parse(source(text)).value
    expectItemLaws(PolicyInterpreter.interpret(document), of: document, "\(path), seed \(seed)")
  }

  @Test func `twice the text takes twice the time`() {
    func words(_ count: Int) -> PolicyDocument {
      let clause = """
        对首次通过认定的高新技术企业，给予一次性奖励20万元；对重新认定的，给予一次性奖励10万元。
        按照上年度研发投入的8%给予补助，单个企业每年最高不超过300万元。

        """
      let text = (1...count).map { "第\($0)条　\(clause)" }.joined()
      return PolicyParser.parse(source("澜川市支持企业发展若干措施\n\n" + text)).value
    }
    func cost(_ document: PolicyDocument) -> Double {
      var used = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used)
      let start = Double(used.tv_sec) + Double(used.tv_nsec) / 1e9
      let items = PolicyInterpreter.interpret(document).items.count
      #expect(items > 0)
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used)
      return Double(used.tv_sec) + Double(used.tv_nsec) / 1e9 - start
    }
    let (small, large) = (words(600), words(1_200))
    _ = cost(small)
    let ratios = (0..<3).map { _ in cost(large) / cost(small) }
    #expect(ratios.min() ?? 9 < 2.4, "\(ratios)")
  }

  @Test func `the same text twice on a page gives its items once`() {
    let passage = "对首次通过认定的高新技术企业，给予一次性奖励20万元。"
    #expect(interpretation(of: passage + "\n" + passage).value.items.count == 1)
  }

  @Test func `sections above reach the items below`() throws {
    let document = PolicyParser.parse(
      source(
        """
        澜川市科技创新奖补实施细则

        一、申报条件
        （一）在本市注册登记、具有独立法人资格。
        （二）未列入严重失信主体名单。
        二、支持标准
        对首次通过认定的高新技术企业，给予一次性奖励20万元。
        三、申报材料
        1.奖励申请表；
        2.营业执照复印件。
        四、申报程序
        市科技局自受理之日起10个工作日内完成审核。
        """)
    ).value
    let text = document.source.text
    let item = try #require(PolicyInterpreter.interpret(document).items.first)
    #expect(
      item.condition?.notation(text)
        == "all(qualification(高新技术企业,first),place(本市),subject(独立法人资格),credit)")
    #expect(
      item.condition?.criteria.map(\.inheritedFrom) == [nil, "1.1", "1.1", "1.2"]
        || item.condition?.criteria.last?.inheritedFrom?.hasPrefix("1") == true)
    #expect(item[.materials].value.contains("营业执照复印件"))
    #expect(item.limit?.value == .workingDays(10))
    #expect(item[.materials].rule == .sectionHeading)
  }
}

@Suite struct WorkingCalendarTests {
  private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

  @Test(arguments: [
    // 元旦 2025 is a Wednesday off; the next day is a working day.
    ("2024-12-31", 1, "2025-01-02"),
    // 春节 2025: 28 January to 4 February off, 26 January and 8 February worked.
    ("2025-01-24", 3, "2025-02-05"), ("2025-01-24", 7, "2025-02-10"),
    // 国庆 and 中秋 2025: 1 to 8 October off, 28 September and 11 October worked.
    ("2025-09-26", 4, "2025-10-09"), ("2025-09-30", 3, "2025-10-11"),
    ("2025-03-03", 10, "2025-03-17"), ("2025-03-03", 0, "2025-03-03"),
  ])
  func `counts working days`(start: String, count: Int, end: String) throws {
    let calendar = WorkingCalendar.standard
    #expect(try calendar.day(count, workingDaysAfter: day(start)) == day(end))
    #expect(try calendar.workingDays(from: day(start), to: day(end)) == count)
  }

  @Test func `refuses a year that the table does not have`() throws {
    let last = try #require(WorkingCalendar.standard.years.max())
    let december = try #require(CalendarDay(year: last, month: 12, day: 25))
    #expect(throws: WorkingCalendar.Failure.unknownYear(last + 1)) {
      try WorkingCalendar.standard.day(20, workingDaysAfter: december)
    }
  }

  @Test func `knows the days of the week`() throws {
    #expect(try day("2025-01-01").weekday == 3)
    #expect(try day("2024-02-29").weekday == 4)
    #expect(try day("2026-11-23").weekday == 1)
    #expect(try day("2026-11-22").isWeekend)
  }

  @Test func `is not opened by days beside the year`() {
    #expect(WorkingCalendar.standard.years.isSuperset(of: 2_020...2_025))
  }
}

extension AmountFormula {
  /// Every sum of money in the tree, in 分.
  fileprivate var sums: [Int64] {
    switch self {
    case .fixed(let money), .perUnit(let money, _): [money.fen]
    case .upTo(let cap): [cap.money.fen]
    case .range(let low, let high): [low.fen, high.fen]
    case .capped(let inner, let caps): inner.sums + caps.map(\.money.fen)
    case .cases(let cases): cases.flatMap(\.formula.sums)
    case .sum(let parts): parts.flatMap(\.sums)
    case .rate, .relief, .inKind, .negotiated: []
    }
  }
}

extension Support.Kind {
  /// Its sums of money, in 分.
  fileprivate var sums: [Int64] {
    switch self {
    case .fixed(let money), .perUnit(let money, _), .cap(let money, _): [money.fen]
    case .range(let low, let high): [low.fen, high.fen]
    case .rate, .relief, .inKind, .negotiated: []
    }
  }
}
