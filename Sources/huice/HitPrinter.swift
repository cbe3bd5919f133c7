import Foundation
import Indexer
import PolicyExchange
import PolicyParser
import PolicyText

/// Prints hits for people and for programs.
enum HitPrinter {
  static func json(_ result: SearchResult, id: String, milliseconds: Double?) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(
      decoding: try encoder.encode(SearchRecord(result, id: id, milliseconds: milliseconds)),
      as: UTF8.self)
  }

  static func trec(_ result: SearchResult, id: String) -> String {
    result.hits.enumerated().map { index, hit in
      "\(id) Q0 \(hit.document.name) \(index + 1) \(hit.score) huice\n"
    }.joined()
  }

  static func text(_ result: SearchResult) -> String {
    var lines = result.relaxations.map(\.message)
    let first = result.hints.filter { $0.isApplied && $0.kind != .number }.map(\.text)
    if !first.isEmpty, !result.hits.isEmpty {
      lines.append("优先：\(first.joined(separator: "、"))（用 --anywhere 去掉）")
    }
    if result.hits.isEmpty { lines.append("没有找到。请换几个词，或减少条件。") }
    for (index, hit) in result.hits.enumerated() {
      let place = [
        hit.document.number, hit.document.issuers.isEmpty ? nil : hit.document.issuers,
        hit.document.date?.description,
      ]
      .compactMap { $0 }.joined(separator: " · ")
      lines.append("\(index + 1)  \(hit.document.title)\(place.isEmpty ? "" : "  \(place)")")
      let path = hit.labels.joined(separator: " ")
      if !path.isEmpty || !hit.heading.isEmpty { lines.append("   \(path) \(hit.heading)") }
      lines.append("   " + marked(hit))
      if hit.copies > 0 { lines.append("   另有\(hit.copies)处文字相同") }
      if !hit.explanation.isEmpty {
        let parts = hit.explanation.map { part in
          let name = part.text.isEmpty ? part.kind.name : "\(part.kind.name)“\(part.text)”"
          return "\(name) \((part.value * 1_000).rounded() / 1_000)"
        }
        lines.append(
          "   得分 \((hit.score * 1_000).rounded() / 1_000) = "
            + parts.joined(separator: " + ").replacing("+ 已失效 -", with: "− 已失效 "))
      }
      lines.append("")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The words of a clause around what matched, with the matches in brackets.
  private static func marked(_ hit: Hit) -> String {
    let bytes = Array(hit.text.utf8)
    var output: [UInt8] = []
    var index = 0
    for match in hit.matches {
      output += bytes[index..<match.lowerBound]
      output += Array("【".utf8) + bytes[match.lowerBound..<match.upperBound] + Array("】".utf8)
      index = match.upperBound
    }
    output += bytes[index...]
    let words = String(decoding: output, as: UTF8.self).filter { $0 != "\n" && $0 != "*" }
    return words.count > 240 ? String(words.prefix(240)) + "……" : words
  }
}
