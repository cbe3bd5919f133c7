import ArgumentParser
import DocumentReader
import Foundation
import PolicyExchange
import PolicyInterpreter
import PolicyParser
import PolicyText

/// `huice parse FILE`: one document, read and shown.
struct ParseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse", abstract: "读一份文件，给出它的条款结构。")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case tree
    case json
    case items
    case akn
  }

  @Argument(help: "文件；- 表示标准输入。")
  var file: String
  @Option(help: "输出格式：tree（条款结构，给人看）、items（惠企事项，给人看）、json，或 akn（Akoma Ntoso 3.0 的 XML）。")
  var format = Format.tree
  @Flag(help: "有疑点时以状态 1 结束。")
  var strict = false

  func run() async throws {
    let (bytes, name) = try InputFile.read(file)
    let parsed = PolicyParser.parse(try InputFile.document(bytes, name: name))
    switch format {
    case .json:
      try DocumentRecord(parsed, sha256: sha256(bytes)).forEachPiece { Output.write($0) }
      Output.write("\n")
    case .items:
      Output.write(
        ItemDumper.dump(PolicyInterpreter.interpret(parsed.value), of: parsed.value))
    case .akn:
      Output.write(AkomaNtosoWriter.xml(of: parsed.value))
    case .tree:
      Output.write(TreeDumper.dump(parsed))
    }
    if strict, parsed.diagnostics.contains(where: { $0.severity == .warning }) {
      throw ExitCode(1)
    }
  }
}
