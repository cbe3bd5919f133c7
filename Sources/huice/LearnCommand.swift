import ArgumentParser
import Indexer

/// `huice learn`: learns from the texts of an index which words are used alike.
struct LearnCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "从已入库的文件里学习相关词（如“租金”与“房租”），让换个说法的问题也能找到。",
    discussion: "学到的存在索引文件里。入库文件大量增加之后，可再学一次。")

  @Option(help: "索引文件（SQLite）。")
  var database: String
  @Flag(help: "忘掉学到的相关词。")
  var forget = false

  func run() async throws {
    let store = try IndexFile.open(database)
    do {
      if forget {
        try store.forgetRelatedWords()
        Output.write("已忘掉相关词。\n")
        return
      }
      let report = try store.learnRelatedWords()
      Output.write(
        "读了 \(report.documents) 份文件、\(report.words) 个词，学到 \(report.learned) 个词的相关词。\n")
    } catch {
      throw Failure("\(database)：\(error.message)")
    }
  }
}
