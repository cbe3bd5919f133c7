import ArgumentParser
import DocumentReader
import Foundation
import PolicyExchange
import PolicyInterpreter
import PolicyParser
import PolicyText

/// `huice export FILE…`: the lists that offices fill, from the text of the documents.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "把文件中的惠企事项导出为清单。")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
    case xlsx
  }
  enum List: String, ExpressibleByArgument, CaseIterable {
    case items
    case guide
    case reading

    var elements: ElementList {
      switch self {
      case .items: .fulfilment
      case .guide: .guide
      case .reading: .reading
      }
    }
  }

  @Argument(help: "文件或文件夹，可以有几个。")
  var paths: [String]
  @Option(help: "输出格式：csv、json 或 xlsx。")
  var format = Format.csv
  @Option(help: "清单：items（兑现事项清单，十四要素）、guide（服务指南，九要素）或 reading（政策解读，七要素）。")
  var list = List.items
  @Option(help: "写到这个文件；不给时写到标准输出。")
  var output: String?

  func run() async throws {
    if format == .xlsx, output == nil {
      throw ValidationError("xlsx 不能写到标准输出，请用 --output 给出文件名。")
    }
    let files = FolderReader.files(at: paths)
    var sheet = ItemSheet(list.elements)
    var records: [Data] = []
    var failures = files.missing.map { "\($0)：没有这个文件。请检查路径。" }
    for path in files.found {
      do {
        let (bytes, name) = try InputFile.read(path)
        let document = PolicyParser.parse(try InputFile.document(bytes, name: name)).value
        let interpretation = PolicyInterpreter.interpret(document)
        switch format {
        case .json: records.append(try ItemListRecord(interpretation, of: document).json())
        case .csv, .xlsx: sheet.append(interpretation)
        }
      } catch let failure as Failure {
        failures.append(failure.description)
      }
    }
    for failure in failures { Output.complain("huice：\(failure)\n") }
    if files.found.isEmpty {
      if failures.isEmpty { throw Failure("没有可以读的文件。") }
      throw ExitCode(2)
    }
    switch format {
    case .csv: try write(Data(sheet.csv.utf8))
    case .json:
      try write(
        Data("[".utf8) + Data(records.joined(separator: Data(",\n".utf8))) + Data("]\n".utf8))
    case .xlsx:
      let path = output ?? ""
      do {
        try SpreadsheetWriter.write(sheet, to: path)
      } catch {
        throw Failure("\(path)：写不进去。请检查文件夹是否存在、可写，磁盘是否已满。")
      }
    }
    if !failures.isEmpty { throw ExitCode(2) }
  }

  private func write(_ data: Data) throws {
    guard let output else { return Output.write(data) }
    do {
      try data.write(to: URL(filePath: output), options: .atomic)
    } catch {
      throw Failure("\(output)：写不进去。请检查文件夹是否存在、可写，磁盘是否已满。")
    }
  }
}

/// Files below folders, in order of their names.
enum FolderReader {
  static func files(at paths: [String]) -> (found: [String], missing: [String]) {
    var found: [String] = []
    var missing: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        missing.append(path)
        continue
      }
      guard isFolder.boolValue else {
        found.append(path)
        continue
      }
      let names = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
        .filter { name in
          !name.split(separator: "/").contains { $0.hasPrefix(".") } && !name.hasSuffix("README.md")
            && DocumentReader.endings.contains((name as NSString).pathExtension.lowercased())
        }
      found += names.sorted().map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
    }
    return (found, missing)
  }
}
