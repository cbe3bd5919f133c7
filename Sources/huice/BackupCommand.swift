import ArgumentParser
import Indexer

/// `huice backup DB FILE`: copies an index into one file while others read and write it.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "把索引备份成一个文件；服务和写入不必停。",
    discussion: "备份先检查再定名：文件要么是完好的新备份，要么是原来的样子。")

  @Argument(help: "索引文件（SQLite）。")
  var database: String
  @Argument(help: "备份文件。")
  var file: String
  @Flag(help: "已有同名备份时替换它。")
  var force = false

  func run() async throws {
    do {
      let copy = try IndexBackup(from: database, to: file).run(replacing: force)
      Output.write("已备份 \(copy.documents) 份文件，\(copy.clauses) 条条款。\n")
    } catch let fault {
      throw Failure(fault, source: database, target: file)
    }
  }
}

/// `huice restore FILE DB`: puts a backup in the place of an index.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "用备份恢复索引；先检查备份，再换上。",
    discussion: "索引已在时要加 --force；被换下的文件留在旁边，名为“索引文件.replaced”。正在运行的服务随后改用恢复的索引。")

  @Argument(help: "备份文件。")
  var file: String
  @Argument(help: "索引文件（SQLite）。")
  var database: String
  @Flag(help: "换下已有的索引。")
  var force = false

  func run() async throws {
    do {
      let copy = try IndexBackup(from: file, to: database).run(
        replacing: force, keepingReplaced: true, asNew: true)
      Output.write("已恢复 \(copy.documents) 份文件，\(copy.clauses) 条条款。\n")
      if let kept = copy.kept { Output.write("换下的索引留在 \(kept)。\n") }
    } catch let fault {
      throw Failure(fault, source: file, target: database)
    }
  }
}

extension Failure {
  fileprivate init(_ fault: IndexBackup.Fault, source: String, target: String) {
    switch fault {
    case .source(let error): self.init("\(source)：\(error.message)")
    case .target(let error): self.init("\(target)：\(error.message)")
    case .occupied: self.init("\(target)：已有这个文件，没有动它。要换掉它请加 --force。")
    case .same: self.init("\(target)：与来源是同一个文件。请换一个文件名。")
    case .damaged(let findings):
      self.init("\(source)：没有通过检查，没有写 \(target)。\(findings.first ?? "")请先用 huice check 查看。")
    }
  }
}
