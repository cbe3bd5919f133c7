import ArgumentParser
import Indexer

/// `huice check`: looks over an index file, and makes it anew from its own texts where that is asked for.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "检查索引文件是否完好；可由库中原文修复。")

  @Option(help: "索引文件（SQLite）。")
  var database: String
  @Flag(help: "由库中完好的原文重做条款、事项和检索用的词；联系方式和相关词都留着。有原文损坏时，原文件另存。")
  var repair = false

  func run() async throws {
    if repair { try mend() }
    let store = try IndexFile.open(database, ignoresStamp: true)
    do {
      let checker = IndexChecker(store)
      let findings = try checker.findings()
      for finding in findings { Output.write(finding + "\n") }
      if !findings.isEmpty {
        throw Failure("\(database)：索引有问题。请运行 huice check --repair 修复，或用 huice index --rebuild 重建。")
      }
      let counts = try checker.counts()
      Output.write("索引完好：\(counts.documents) 份文件，\(counts.clauses) 条条款。\n")
    } catch let error as IndexError {
      throw Failure("\(database)：\(error.message)")
    }
  }

  private func mend() throws {
    let outcome: IndexRepair.Outcome
    do {
      outcome = try IndexRepair(of: database).run()
    } catch .damaged {
      throw Failure(
        "\(database)：库中原文读不全，不能修复，文件没有动。请用 huice restore 恢复备份，或用 huice index --rebuild 重建。")
    } catch {
      throw Failure("\(database)：\(error.message)")
    }
    for name in outcome.damaged.prefix(20) {
      Output.complain("huice：\(name)：原文已损坏，没有收入。请重新编入这份文件。\n")
    }
    if outcome.damaged.count > 20 {
      Output.complain("huice：共有 \(outcome.damaged.count) 份文件原文损坏，以上是前 20 份。\n")
    }
    for note in outcome.notes { Output.complain("huice：\(note)\n") }
    Output.write("已由库中原文重做 \(outcome.documents) 份文件（含旧版本）。\n")
  }
}
