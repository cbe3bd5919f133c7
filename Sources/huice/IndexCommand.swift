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
    // What people wrote is no cache: it outlives the index.
    let contacts = rebuild ? IndexFile.contacts(of: database) : []
    if rebuild { try IndexFile.remove(database) }
    let store = try IndexFile.open(database, creates: true)
    do {
      if !contacts.isEmpty { try store.add(contacts) }
    } catch {
      throw Failure("\(database)：\(error.message)")
    }
    let shows = isatty(FileHandle.standardError.fileDescriptor) == 1
    let report: IndexReport
    do {
      report = try await IndexWriter(store).index(paths, jobs: jobs) { done, all in
        if shows, done % 16 == 0 || done == all {
          Output.complain("\r已处理 \(done)/\(all)")
        }
      }
    } catch {
      throw Failure("\(database)：\(error.message)")
    }
    if shows { Output.complain("\r\u{1B}[K") }
    for failure in report.failures {
      Output.complain("\(failure.name)：\(failure.reason)\n")
    }
    Output.write(
      "新增 \(report.added)，更新 \(report.changed)，未变 \(report.unchanged)，失败 \(report.failures.count)。\n"
    )
    if !report.failures.isEmpty, report.added + report.changed + report.unchanged == 0 {
      throw ExitCode(2)
    }
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

  /// The contacts that a file holds; none where it is no index, or damaged.
  static func contacts(of path: String) -> [Contact] {
    guard let store = try? IndexStore.open(path, ignoresStamp: true) else { return [] }
    return (try? store.contacts()) ?? []
  }

  /// Removes an index file of ours with its side files; another program's file is left alone.
  static func remove(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      _ = try IndexStore.open(path, ignoresStamp: true)
    } catch .notAnIndex {
      throw Failure("\(path)：\(IndexError.notAnIndex.message)")
    } catch {}
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }
}
