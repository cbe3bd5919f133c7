import ArgumentParser
import Indexer

/// `huice check`: looks over an index file.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "检查索引文件是否完好。")

  @Option(help: "索引文件（SQLite）。")
  var database: String

  func run() async throws {
    let store = try IndexFile.open(database, ignoresStamp: true)
    do {
      let checker = IndexChecker(store)
      let findings = try checker.findings()
      for finding in findings { Output.write(finding + "\n") }
      if !findings.isEmpty { throw Failure("\(database)：索引有问题。请运行 huice index --rebuild 重建。") }
      let counts = try checker.counts()
      Output.write("索引完好：\(counts.documents) 份文件，\(counts.clauses) 条条款。\n")
    } catch let error as IndexError {
      throw Failure("\(database)：\(error.message)")
    }
  }
}
