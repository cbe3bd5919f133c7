private import DocumentReader
internal import Foundation
private import PolicyText
private import Segmenter

extension IndexWriter {
  /// Records that a task prepares at a time.
  private static let recordBatch = 512
  /// Records that share a transaction, and so a segment of the ranking index.
  private static let transaction = 24_576
  /// How many batches may wait to be written, so that tasks do not stand still while a transaction is.
  private static let waiting = 64

  /// Indexes a list of records; some ten thousand share a transaction.
  func writeList(
    _ file: IntakeFile, known: [PathKey: Known], jobs: Int, into report: inout IndexReport
  ) async throws {
    let reader: LineFile
    do {
      reader = try LineFile(path: file.path)
    } catch {
      report.failures.append(.init(name: file.name, reason: "文件读不到：已移走，或没有读取权限。"))
      return
    }
    var lineNumber = 0
    var next = 0
    var wanted = 0
    var isAtEnd = false
    var ids: Set<RecordKey> = []
    var results: [Int: [Outcome]] = [:]
    var prepared: [Outcome] = []
    try await withThrowingTaskGroup(of: (Int, [Outcome]).self) { group in
      func submit() {
        while !isAtEnd, next - wanted < Self.waiting {
          var batch: [(line: Int, bytes: [UInt8])] = []
          while batch.count < Self.recordBatch, let line = reader.next() {
            lineNumber += 1
            batch.append((lineNumber, line))
          }
          guard !batch.isEmpty else {
            isAtEnd = true
            return
          }
          let number = next
          next += 1
          group.addTask { [batch] in
            (
              number,
              try Self.prepareRecords(batch, path: file.path, file: file.name, known: known)
            )
          }
        }
      }
      submit()
      while let (number, outcomes) = try await group.next() {
        results[number] = outcomes
        while let ready = results.removeValue(forKey: wanted) {
          wanted += 1
          prepared += ready.map { Self.once($0, &ids) }
        }
        submit()
        if prepared.count >= Self.transaction {
          try commit(prepared, known: known, into: &report)
          prepared = []
        }
      }
    }
    if !prepared.isEmpty { try commit(prepared, known: known, into: &report) }
  }

  /// An outcome, or the failure that its record has the id of an earlier one.
  private static func once(_ outcome: Outcome, _ ids: inout Set<RecordKey>) -> Outcome {
    let path: String
    let name: String
    switch outcome {
    case .unchanged(let place):
      (path, name) = (place, place.split(separator: "#").last.map(String.init) ?? "")
    case .prepared(_, let place, let id, _): (path, name) = (place, id)
    case .failed: return outcome
    }
    if ids.insert(RecordKey(path)).inserted { return outcome }
    return .failed(.init(name: name, reason: "同一个列表里有两条用这个 id，只收第一条。"))
  }

  private static func prepareRecords(
    _ lines: [(line: Int, bytes: [UInt8])], path: String, file: String, known: [PathKey: Known]
  ) throws -> [Outcome] {
    let segmenter = try Segmenter(.standard)
    return lines.compactMap { line in
      if line.bytes.allSatisfy({ $0 <= 0x20 }) { return nil }
      guard let record = ListRecord(line.bytes) else {
        return .failed(
          .init(
            name: "\(file) 第 \(line.line) 行", reason: "不是 {\"id\", \"title\", \"text\"} 形式的 JSON。"))
      }
      let place = path + "#" + record.id
      // Of a line, not of a file: a part of the digest tells whether it changed.
      let digest = String(sha256(line.bytes).prefix(24))
      if known[PathKey(place)]?.sha256 == digest { return .unchanged(path: place) }
      let source = SourceText(record.text).withoutControls
      let text = source[source.range]
      let title = SourceText(record.title ?? "").withoutControls
      return .prepared(
        PreparedDocument(
          title: title[title.range], text: text, name: record.id, segmenter: segmenter),
        path: place, name: record.id, sha256: digest)
    }
  }
}

/// A record by 128 bits of its path: a million paths themselves would take a hundred megabytes.
private struct RecordKey: Hashable {
  private let low: Int
  private let high: Int

  init(_ path: String) {
    var path = path
    (low, high) = path.withUTF8 { bytes in
      func hash(_ salt: UInt8) -> Int {
        var hasher = Hasher()
        hasher.combine(salt)
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        return hasher.finalize()
      }
      return (hash(1), hash(2))
    }
  }
}
