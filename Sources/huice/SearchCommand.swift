import ArgumentParser
import Foundation
import Indexer
import PolicyExchange
import PolicyParser

/// `huice search QUERY`: the clauses that answer, best first.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "查找条款：词、“短语”、-排除、文号。")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case jsonl
    case trec
  }

  @Argument(help: "要找的词。")
  var query: String?
  @Option(help: "索引文件（SQLite）。")
  var database: String
  @Option(help: "问题文件：每行一个 {\"id\",\"question\"}，或一行一个问题。")
  var batch: String?
  @Option(help: "最多给几条。")
  var limit: Int = 10
  @Option(help: "输出格式：text、json、jsonl 或 trec。")
  var format = Format.text
  @Option(help: "排序：full（默认）；fetch：只按字对；plain：只按字对，逐条计分，核对用。")
  var ranking: String = SearchQuery.Ranking.full.rawValue
  @Option(help: "把每个问题的用时（微秒）写到这个文件；先不计时地问一遍、至少半秒。")
  var timings: String?
  @Option(help: "次序：relevance（默认）、newest、deadline（临近截止）、amount（金额）。")
  var order: String = SearchQuery.Order.relevance.rawValue
  @Flag(help: "说明每条结果的得分由哪些部分组成。")
  var explain = false
  @Option(help: "认出的地区、年份、部门、金额或文号，不再作为优先条件，如 2024年；可重复。")
  var anywhere: [String] = []
  @OptionGroup var filters: FilterOptions

  func validate() throws {
    if (query == nil) == (batch == nil) { throw ValidationError("请给出要找的词，或用 --batch 给出问题文件，二者取一。") }
    if SearchQuery.Order(rawValue: order) == nil {
      throw ValidationError("--order 没有“\(order)”。可用：relevance、newest、deadline、amount。")
    }
    if SearchQuery.Ranking(rawValue: ranking) == nil {
      throw ValidationError("--ranking 没有“\(ranking)”。可用：full、fetch、plain。")
    }
    if limit < 1 || limit > 1_000 { throw ValidationError("--limit 应在 1 到 1000 之间。") }
  }

  func run() async throws {
    let engine = SearchEngine(try IndexFile.open(database, mapped: true))
    if let batch {
      try runBatch(engine, file: batch)
    } else if let query {
      let result = try search(engine, query)
      switch format {
      case .text: Output.write(HitPrinter.text(result))
      case .json: Output.write(try HitPrinter.json(result, id: query, milliseconds: nil) + "\n")
      case .jsonl: Output.write(try HitPrinter.json(result, id: query, milliseconds: nil) + "\n")
      case .trec: Output.write(HitPrinter.trec(result, id: "1"))
      }
    }
  }

  private func search(_ engine: SearchEngine, _ words: String) throws -> SearchResult {
    var query = SearchQuery(words)
    query.limit = limit
    query.explains = explain
    query.order = SearchQuery.Order(rawValue: order) ?? .relevance
    query.foldsCopies = format == .text
    query.ignoredHints = anywhere
    query.ranking = SearchQuery.Ranking(rawValue: ranking) ?? .full
    query.filters = try filters.filters()
    do {
      return try engine.search(
        query, today: .today, withText: format != .trec, withClauses: format != .trec)
    } catch {
      throw Failure("\(database)：\(error.message)")
    }
  }

  /// Asks all questions once, and goes on until half a second has passed.
  ///
  /// A program that has just started still finds its code and its pages, and a processor that was idle is slow at
  /// first: times are those of a program that runs.
  private func warmUp(_ engine: SearchEngine, _ questions: [String]) throws {
    let end = ContinuousClock.now + .milliseconds(500)
    for words in questions { _ = try search(engine, words) }
    while !questions.isEmpty, ContinuousClock.now < end {
      for words in questions where ContinuousClock.now < end { _ = try search(engine, words) }
    }
  }

  private func runBatch(_ engine: SearchEngine, file: String) throws {
    let (bytes, name) = try InputFile.read(file)
    var times = ""
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let questions = body.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .filter { $1.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 } }
      .map { BatchLine.read($1, number: $0 + 1, file: name) }
    if timings != nil { try warmUp(engine, questions.map(\.words)) }
    for (id, words) in questions {
      let result = try search(engine, words)
      let microseconds = result.rankingTime / .microseconds(1)
      times += "\(id)\t\(Int(microseconds))\n"
      switch format {
      case .trec: Output.write(HitPrinter.trec(result, id: id))
      default:
        Output.write(try HitPrinter.json(result, id: id, milliseconds: microseconds / 1_000) + "\n")
      }
    }
    if let timings {
      do {
        try Data(times.utf8).write(to: URL(filePath: timings))
      } catch {
        throw Failure("\(timings)：写不进去。请检查路径和权限。")
      }
    }
  }
}

/// One line of a batch: `{"id", "question"}`, or the words themselves.
enum BatchLine {
  private struct Record: Decodable {
    var id: String
    var question: String
  }

  static func read(_ line: some Collection<UInt8>, number: Int, file: String) -> (
    id: String, words: String
  ) {
    let data = Data(line)
    if data.first == 0x7B, let record = try? JSONDecoder().decode(Record.self, from: data) {
      return (record.id, record.question)
    }
    return ("\(number)", String(decoding: data, as: UTF8.self))
  }
}

/// The filters that search commands share.
struct FilterOptions: ParsableArguments {
  @Option(help: "级别：national、province、city、county；可重复。")
  var level: [String] = []
  @Option(help: "地区，如 山东省、济南市；可重复。")
  var region: [String] = []
  @Option(help: "发文机关，全称或一部分；可重复。")
  var issuer: [String] = []
  @Option(help: "年份；可重复。")
  var year: [Int] = []
  @Option(help: "文种，如 若干措施、管理办法；可重复。")
  var kind: [String] = []
  @Option(help: "时效：inForce、lapsed、pending、unknown；可重复。")
  var status: [String] = []
  @Option(help: "时效以哪一天为准，如 2026-01-01；默认今天。")
  var on: String?

  func filters() throws -> SearchQuery.Filters {
    var filters = SearchQuery.Filters()
    filters.levels = try level.map { value in
      guard let level = GovernmentLevel(rawValue: value) else {
        throw ValidationError("--level 没有“\(value)”。可用：national、province、city、county。")
      }
      return level
    }
    filters.statuses = try status.map { value in
      guard let status = ValidityStatus(rawValue: value) else {
        throw ValidationError("--status 没有“\(value)”。可用：inForce、lapsed、pending、unknown。")
      }
      return status
    }
    if let on {
      guard let day = CalendarDay(on) else { throw ValidationError("--on 应是日期，如 2026-01-01。") }
      filters.day = day
    }
    filters.regions = region
    filters.issuers = issuer
    filters.years = year
    filters.kinds = kind
    return filters
  }
}

extension CalendarDay {
  /// Today, by the clock of this machine in China's time.
  static var today: CalendarDay {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    return CalendarDay(year: parts.year ?? 2_000, month: parts.month ?? 1, day: parts.day ?? 1)
      ?? .epoch
  }
}
