import ArgumentParser
import Foundation
import Indexer
import PolicyText

/// `huice contacts`: the directory of departments as a sheet.
struct ContactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contacts", abstract: "部门联系方式：导入、导出 CSV。",
    subcommands: [Import.self, Export.self])

  /// `huice contacts import FILE`.
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "从 CSV 导入；同一地区、部门、事项的以新的为准。")

    @Argument(help: "CSV 文件；- 为标准输入。")
    var file: String
    @Option(help: "索引文件（SQLite）。")
    var database: String
    @Flag(help: "先清空原有的联系方式。")
    var replace = false

    func run() async throws {
      let (bytes, name) = try InputFile.read(file)
      let document = try InputFile.document(
        bytes, name: name.hasSuffix(".csv") ? "contacts.txt" : name)
      let text = String(decoding: document.text.bytes, as: UTF8.self)
      let contacts: [Contact]
      do {
        contacts = try ContactSheet.contacts(parsing: text)
      } catch {
        throw Failure("\(name) 第 \(error.line) 行：\(error.message)")
      }
      let store = try IndexFile.open(database, creates: true)
      do {
        let total = try store.add(contacts, replacing: replace)
        Output.write("导入 \(contacts.count) 条，现有 \(total) 条。\n")
      } catch {
        throw Failure("\(database)：\(error.message)")
      }
    }
  }

  /// `huice contacts export`.
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "导出为 CSV。")

    @Option(help: "索引文件（SQLite）。")
    var database: String

    func run() async throws {
      let store = try IndexFile.open(database)
      do {
        Output.write(ContactSheet.csv(of: try store.contacts()))
      } catch {
        throw Failure("\(database)：\(error.message)")
      }
    }
  }
}
