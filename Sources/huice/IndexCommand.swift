import ArgumentParser
import Foundation
import Indexer

/// `huice index PATH…`: adds documents to an index file.
struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "把文件和文件夹编入索引；内容没变的自动跳过。")

  @Argument(help: "文件或文件夹；.jsonl 每行一份文件。")
  var paths: [String]
  @Option(help: "索引文件（SQLite）。")
  var database: String
  @Option(help: "同时读几份文件。")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "丢弃原有索引，重新建立。")
  var rebuild = false

  func run() async throws {
    let progress = Progress()
    let report: IndexReport
    if rebuild {
      let outcome: IndexRebuild.Outcome
      do {
        outcome = try await IndexRebuild(at: database).run(
          paths, jobs: jobs, progress: progress.show)
      } catch {
        throw Failure("\(database)：\(error.message)")
      }
      progress.end()
      tell(outcome.report.failures)
      guard outcome.isReplaced else {
        throw Failure("没有重建：\(outcome.report.failures.isEmpty ? "没有可读的文件" : "有读不到的文件或文件夹")。原索引没有动。")
      }
      for note in outcome.notes { Output.complain("huice：\(note)\n") }
      report = outcome.report
    } else {
      let store = try IndexFile.open(database, creates: true)
      do {
        report = try await IndexWriter(store).index(paths, jobs: jobs, progress: progress.show)
      } catch {
        throw Failure("\(database)：\(error.message)")
      }
      progress.end()
      tell(report.failures)
    }
    Output.write(
      "新增 \(report.added)，更新 \(report.changed)，未变 \(report.unchanged)，失败 \(report.failures.count)。\n"
    )
    if !report.failures.isEmpty, report.added + report.changed + report.unchanged == 0 {
      throw ExitCode(2)
    }
  }

  private func tell(_ failures: [IndexReport.Failure]) {
    for failure in failures { Output.complain("\(failure.name)：\(failure.reason)\n") }
  }
}

/// How far a long command is, on a terminal only.
private struct Progress {
  private let shows = isatty(FileHandle.standardError.fileDescriptor) == 1

  func show(_ done: Int, _ all: Int) {
    if shows, done % 16 == 0 || done == all { Output.complain("\r已处理 \(done)/\(all)") }
  }

  func end() {
    if shows { Output.complain("\r\u{1B}[K") }
  }
}

/// Opens index files for commands.
enum IndexFile {
  static func open(
    _ path: String, creates: Bool = false, ignoresStamp: Bool = false, mapped: Bool = false
  ) throws -> IndexStore {
    do {
      return try IndexStore.open(
        path, creates: creates, ignoresStamp: ignoresStamp, mapped: mapped)
    } catch {
      throw Failure("\(path)：\(error.message)")
    }
  }
}
