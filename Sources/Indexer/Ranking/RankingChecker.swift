internal import Foundation
internal import GRDB
internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// Compares the ranking index with the texts that it is of.
///
/// The terms of every passage are counted anew from its text, and the lists are read whole; both are summed by a
/// hash of term, passage and count, so that nothing has to be held.
struct RankingChecker {
  let snapshot: RankingSnapshot
  let segmenter: Segmenter

  /// What does not fit, in Chinese lines; empty where all is well.
  ///
  /// - Complexity: O(texts); documents that are no list's records are parsed again.
  func findings(in db: Database) throws -> [String] {
    var findings: [String] = []
    var documents = 0
    for (index, segment) in snapshot.segments.enumerated() {
      let retired = snapshot.retired[index]
      func isRetired(_ passage: Int) -> Bool {
        !retired.isEmpty && retired[passage / 64] >> UInt64(passage % 64) & 1 == 1
      }
      var expected: UInt64 = 0
      for document in 0..<segment.documentCount {
        let passages = segment.passages(document)
        if isRetired(passages.lowerBound) { continue }
        documents += 1
        guard try add(segment, document, to: &expected, in: db) else {
          findings.append("排序索引里有一份文件，文件表里没有：\(segment.documentID(document))。")
          continue
        }
      }
      let found = try sum(of: segment, leavingOut: isRetired, in: db)
      if found != expected { findings.append("排序索引的第 \(index + 1) 段与条款的文字不一致。") }
    }
    let wanted =
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM document WHERE is_current
            AND EXISTS (SELECT 1 FROM clause WHERE clause.document = document.id)
          """) ?? 0
    if wanted != documents { findings.append("排序索引有 \(documents) 份文件，应有 \(wanted) 份。") }
    return findings
  }

  private static func hash(_ key: RankingTerm.Key, _ passage: Int, _ count: Int) -> UInt64 {
    var value = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
    value ^= UInt64(passage) &* 0xC2B2_AE3D_27D4_EB4F
    value = (value ^ value >> 29) &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(count)
    return (value ^ value >> 32) &* 0x94D0_49BB_1331_11EB
  }

  /// Adds what a document's passages should have; false where the document is not there.
  private func add(
    _ segment: RankingSegment, _ document: Int, to sum: inout UInt64, in db: Database
  ) throws -> Bool {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT name, media_type, encoding, address, title, text, layout FROM document
          WHERE id = ? AND is_current
          """), arguments: [segment.documentID(document)])
    guard let row else { return false }
    let cutter = PassageCutter(segmenter: segmenter)
    let title: String = row["title"]
    let text: String = row["text"]
    let source: SourceText
    let beginning: [UInt32]
    if row["media_type"] as String == "application/jsonl" {
      source = SourceText(text)
      beginning = cutter.fold(Array(title.utf8))
    } else {
      let decoded = Layout.decode(
        row["layout"], text: text, name: row["name"], mediaType: row["media_type"],
        encoding: row["encoding"], address: row["address"])
      source = decoded.text
      beginning = PreparedDocument.beginning(
        of: PolicyParser.parse(decoded).value, title: title, cutter)
    }
    var headings: [Int64: String] = [:]
    for passage in segment.passages(document) {
      let clause = segment.clause(passage)
      if headings[clause] == nil {
        headings[clause] =
          try String.fetchOne(
            db.cachedStatement(sql: "SELECT heading FROM clause WHERE id = ?"),
            arguments: [clause]) ?? ""
      }
      let heading = headings[clause] ?? ""
      let range = segment.range(passage)
      guard range.upperBound <= source.count else { return false }
      let prefix = heading.isEmpty ? beginning : beginning + [0] + cutter.fold(Array(heading.utf8))
      let counted = cutter.passage(
        source.bytes, ByteRange(range.lowerBound, range.upperBound), prefix)
      var counts: [RankingTerm.Key: Int] = [:]
      for term in counted.terms { counts[term, default: 0] += 1 }
      for (key, count) in counts {
        sum &+= Self.hash(key, passage, min(count, PostingList.mostCount))
      }
    }
    return true
  }

  /// The sum of a segment's lists.
  private func sum(
    of segment: RankingSegment, leavingOut isLeftOut: (Int) -> Bool, in db: Database
  ) throws -> UInt64 {
    var sum: UInt64 = 0
    let end: Int64 = 1 << RankingTerm.bits - 1
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, list FROM ranking_list WHERE id BETWEEN ? AND ?",
      arguments: [
        RankingWriter.row(segment.identity.id, 0), RankingWriter.row(segment.identity.id, end),
      ])
    while let row = try rows.next() {
      let key = (row["id"] as Int64) & end
      var list = [UInt8](row["list"] as Data)
      let size = list.count
      list += [UInt8](repeating: 0, count: PostingList.padding)
      list.withUnsafeBufferPointer { buffer in
        PostingList.forEach(UnsafeBufferPointer(rebasing: buffer[..<size])) { passage, count in
          if Int(passage) < segment.count, !isLeftOut(Int(passage)) {
            sum &+= Self.hash(key, Int(passage), Int(count))
          }
        }
      }
    }
    return sum
  }
}
