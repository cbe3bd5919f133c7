import Foundation
import PolicyParser
import PolicyReading
import PolicyText
import PolicyVocabulary

// Reads with the new reader alone, for measuring it:
//
//   reading-probe parse - --format json    as `huice parse`, with the items of the top clauses only
//   reading-probe tree                     the same, for people: a passage a line on standard input
//
// HUICE_VOCABULARY names a folder with other tables, so that a word can be tried without a build.

/// Runs the probe.
@main
struct ReadingProbe {
  static func main() {
    let bytes = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
    switch CommandLine.arguments.dropFirst().first {
    case "parse": print(document(SourceText(repairing: bytes)))
    case "tree":
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let text = MatchText(SourceText(String(line).replacing("\\n", with: "\n")))
        print(line)
        print(
          item(
            ClauseReader(text, 0..<text.count, vocabulary: vocabulary),
            MatchedSpan(text, 0..<text.count)) ?? "-")
      }
    default:
      print("reading-probe parse | tree")
      exit(64)
    }
  }

  /// The tables to read with.
  private static let vocabulary: Vocabulary = {
    guard let folder = ProcessInfo.processInfo.environment["HUICE_VOCABULARY"] else {
      return .standard
    }
    func table(_ name: String) -> VocabularyTable {
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(name).tsv") ?? Data()
      return VocabularyTable(name, text: String(decoding: bytes, as: UTF8.self))
    }
    return Vocabulary(words: VocabularyTable.wordTables.map(table), units: table("units"))
  }()

  /// The document as JSON: its items alone.
  private static func document(_ text: SourceText) -> String {
    let match = MatchText(text)
    let source = SourceDocument(
      name: "-", mediaType: "text/plain", encoding: "utf-8", text: text)
    let clauses = PolicyParser.parse(source).value.outline
    let items = clauses.compactMap { clause -> String? in
      let start = match.index(ofByte: clause.labelRange.upperBound)
      let range = start..<match.index(ofByte: clause.range.upperBound)
      guard range.lowerBound < range.upperBound else { return nil }
      return item(ClauseReader(match, range, vocabulary: vocabulary), MatchedSpan(match, range))
    }
    return "{\"items\": [\(items.joined(separator: ",\n"))]}"
  }

  private static func item(_ reader: ClauseReader, _ span: MatchedSpan) -> String? {
    guard let reading = reader.reading() else { return nil }
    let record = ReadingRecord(text: reader.text)
    return record.item(reading, span)
  }
}

/// A stretch of a document as JSON shows it.
struct MatchedSpan {
  /// Scalars of the source.
  let span: [Int]
  /// Its words.
  let text: String

  init(_ match: MatchText, _ range: Range<Int>) {
    let bytes = match.bytes(range)
    span = ScalarOffsets(match.source).span(of: bytes)
    text = match.source[bytes]
  }
}
