import ArgumentParser
import DocumentReader
import Foundation
import Indexer
import Logging
import PolicyParser
import SearchServer

/// `huice serve`: the web page and the interface for programs.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "启动网页和接口。")

  @Option(help: "索引文件（SQLite）。")
  var database: String = "huice.sqlite"
  @Option(help: "监听的地址。")
  var host: String = "127.0.0.1"
  @Option(help: "监听的端口；0 表示任选一个。")
  var port: Int = 8080

  @Option(
    help: "每个地址每秒最多几次请求；0 表示不限。不写时，本机以外的地址每秒最多 20 次。")
  var rate: Double?
  @Flag(help: "前面有反向代理：按它写的 X-Forwarded-For 认地址。")
  var behindProxy = false
  @Option(help: "停止时最多再等几秒，让已开始的请求做完。")
  var grace: Int = 10
  @Option(help: "日志的级别：debug、info（每个请求一行）、warning、error。")
  var logLevel: LogLevel = .warning
  @Option(help: "日志的形式：text 或 json（每行一个 JSON）。")
  var logFormat: LogFormat = .text

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port 应在 0 到 65535 之间。") }
    if let rate, !(rate >= 0 && rate <= 1_000_000) {
      throw ValidationError("--rate 应在 0 到 1000000 之间。")
    }
    if !(0...3_600).contains(grace) { throw ValidationError("--grace 应在 0 到 3600 之间。") }
  }

  func run() async throws {
    DocumentReader.removeLeftovers()
    let store = try IndexFile.open(database)
    let format = logFormat
    var logger = Logger(label: "huice") { LogLines(label: $0, format: format) }
    logger.logLevel = logLevel.level
    let host = host
    var configuration = ServerConfiguration(
      host: host, port: port, version: Huice.configuration.version,
      cores: ProcessInfo.processInfo.activeProcessorCount, today: { .today })
    let perSecond = rate ?? 20
    configuration.rate =
      perSecond > 0 ? RequestRate(perSecond: perSecond, burst: 5 * perSecond) : nil
    configuration.limitsLoopback = rate != nil
    configuration.isBehindProxy = behindProxy
    configuration.grace = .seconds(grace)
    let server = SearchServer(
      store: store, path: database, configuration: configuration, logger: logger)
    do {
      try await server.run { port in
        Output.write("惠策已启动：http://\(host):\(port)/\n")
      }
    } catch let error as ServerError {
      throw Failure(error.message)
    }
  }
}
