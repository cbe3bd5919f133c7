import ArgumentParser
import Consultation
import Foundation
import Indexer
import PolicyExchange
import PolicyParser

/// `huice ask QUESTION`: an answer in the words of the policies, or why there is none.
struct AskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "回答政策问题：用文件原话并注明出处；没有依据就说明查了什么、可以问谁。")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case jsonl
  }

  @Argument(help: "要问的问题。")
  var question: String?
  @Option(help: "索引文件（SQLite）。")
  var database: String
  @Option(help: "问题文件：每行一个 {\"id\",\"question\"}，或一行一个问题。")
  var batch: String?
  @Option(help: "输出格式：text、json 或 jsonl。")
  var format = Format.text

  func validate() throws {
    if (question == nil) == (batch == nil) {
      throw ValidationError("请给出要问的问题，或用 --batch 给出问题文件，二者取一。")
    }
  }

  func run() async throws {
    let consultant = Consultant(try IndexFile.open(database))
    if let batch {
      let (bytes, name) = try InputFile.read(batch)
      let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
      let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated()
      where line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) {
        let (id, words) = BatchLine.read(line, number: number + 1, file: name)
        try answer(consultant, words, id: id)
      }
    } else if let question {
      try answer(consultant, question, id: nil)
    }
  }

  private func answer(_ consultant: Consultant, _ words: String, id: String?) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let reply: Reply
    do {
      reply = try consultant.reply(to: words, today: .today)
    } catch {
      throw Failure("\(database)：\(error.message)")
    }
    let milliseconds = (clock.now - start) / .milliseconds(1)
    switch format {
    case .text: Output.write(ReplyPrinter.text(reply))
    case .json, .jsonl:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let record = AskRecord(reply, id: id ?? words, milliseconds: milliseconds)
      Output.write(String(decoding: try encoder.encode(record), as: UTF8.self) + "\n")
    }
  }
}

/// Prints replies for people.
enum ReplyPrinter {
  static func text(_ reply: Reply) -> String {
    var lines: [String] = []
    switch reply.outcome {
    case .answer(let answer):
      lines.append(answer.text)
      lines.append("")
      for (index, citation) in answer.citations.enumerated() {
        lines.append("〔\(index + 1)〕\(source(citation))")
        if index > 0 { lines.append("   \(words(citation))") }
      }
      lines += answer.notes
    case .refusal(let refusal):
      lines.append(refusal.message)
      if let ask = refusal.ask { lines.append("可以问：\(ask)") }
      if !refusal.related.isEmpty { lines.append("可能相关：") }
      for citation in refusal.related {
        lines.append("   \(source(citation))")
        lines.append("   \(words(citation))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func source(_ citation: Citation) -> String {
    let number = citation.document.number.map { "（\($0)）" } ?? ""
    let place = citation.labels.joined()
    return "\(citation.document.title)\(number)\(place.isEmpty ? "" : "　\(place)")"
  }

  private static func words(_ citation: Citation) -> String {
    citation.text.filter { !$0.isNewline && $0 != "*" }
  }
}
