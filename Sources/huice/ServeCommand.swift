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

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port 应在 0 到 65535 之间。") }
  }

  func run() async throws {
    DocumentReader.removeLeftovers()
    let store = try IndexFile.open(database)
    var logger = Logger(label: "huice")
    logger.logLevel = .warning
    let host = host
    let server = SearchServer(
      store: store,
      configuration: ServerConfiguration(
        host: host, port: port, version: Huice.configuration.version, today: { .today }),
      logger: logger)
    do {
      try await server.run { port in
        Output.write("惠策已启动：http://\(host):\(port)/\n")
      }
    } catch let error as ServerError {
      throw Failure(error.message)
    }
  }
}
