import ArgumentParser
import Foundation
import PolicyExchange
import PolicyInterpreter
import PolicyParser
import PolicyText

/// `huice split FILE… --out FOLDER`: the lists of the office, the printed pages and the data of each document.
struct SplitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "拆解文件，把清单、服务指南、解读、明白卡写到文件夹里。")

  @Argument(help: "文件、压缩包或文件夹，可以有几个。")
  var paths: [String]
  @Option(help: "写到这个文件夹；没有就新建。每份文件一个子文件夹。")
  var out: String
  @Flag(help: "覆盖已有的文件。")
  var force = false

  func run() async throws {
    let files = FolderReader.files(at: paths)
    var folder = OutputFolder(path: out, overwrites: force)
    var failures = files.missing.map { "\($0)：没有这个文件。请检查路径。" }
    for path in files.found {
      do {
        let (bytes, name) = try InputFile.read(path)
        for outcome in SplitOutcome.all(in: bytes, name: name) {
          do {
            switch outcome.result {
            case .success(let split): try folder.write(split)
            case .failure(let refusal): throw Failure("\(outcome.name)：\(refusal.message)")
            }
          } catch let failure as Failure {
            failures.append(failure.description)
          }
        }
      } catch let failure as Failure {
        failures.append(failure.description)
      }
    }
    do {
      try folder.writeTogether()
    } catch let failure as Failure {
      failures.append(failure.description)
    }
    if files.found.isEmpty, failures.isEmpty { throw Failure("没有可以读的文件。") }
    for failure in failures { Output.complain("huice：\(failure)\n") }
    if !folder.splits.isEmpty {
      let items = folder.splits.reduce(0) { $0 + $1.interpretation.items.count }
      Output.write(
        "拆解 \(folder.splits.count)，事项 \(items)，失败 \(failures.count)。写在 \(out)\n")
    }
    if !failures.isEmpty { throw ExitCode(2) }
  }
}

/// The folder that `huice split` writes to: a folder a document, and the lists of all of them.
private struct OutputFolder {
  let path: String
  let overwrites: Bool
  private(set) var splits: [PolicySplit] = []
  private var names = FolderNames()

  init(path: String, overwrites: Bool) {
    self.path = path
    self.overwrites = overwrites
  }

  /// Writes all files of a document, or none where one of them is there already.
  mutating func write(_ split: PolicySplit) throws {
    let name = names.name(of: split.document.source.name)
    try write(
      SplitFile.allCases.map { file in
        (file.fileName, { () throws(SplitFile.Failure) in try file.bytes(of: split) })
      }, below: name, of: split.document.source.name)
    splits.append(split)
  }

  /// Writes the list of all documents, where there are several.
  func writeTogether() throws {
    guard splits.count > 1 else { return }
    let all = splits
    try write(
      [
        (
          "全部" + SplitFile.itemsXlsx.fileName,
          { () throws(SplitFile.Failure) in try SplitFile.workbook(.fulfilment, all) }
        ),
        ("全部" + SplitFile.itemsCsv.fileName, { SplitFile.csv(all) }),
      ], below: nil, of: path)
  }

  private func write(
    _ files: [(name: String, bytes: () throws(SplitFile.Failure) -> [UInt8])], below name: String?,
    of source: String
  ) throws {
    let manager = FileManager.default
    let base = URL(filePath: path, directoryHint: .isDirectory)
    let folder = name.map { base.appending(path: $0, directoryHint: .isDirectory) } ?? base
    if !overwrites {
      for file in files where manager.fileExists(atPath: folder.appending(path: file.name).path) {
        throw Failure(
          "\(source)：\(folder.relativePath) 里已有“\(file.name)”，没有覆盖。请换一个文件夹，或加 --force。")
      }
    }
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in files {
        try Data(file.bytes()).write(to: folder.appending(path: file.name), options: .atomic)
      }
    } catch {
      throw Failure("\(source)：\(folder.relativePath) 写不进去。请检查文件夹是否可写，磁盘是否已满。")
    }
  }
}
