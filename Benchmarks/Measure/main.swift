import DocumentReader
import Foundation
import Indexer
import PolicyExchange
import PolicyInterpreter
import PolicyParser
import PolicyText
import Segmenter

// A synchronous program over the modules, for counting instructions under callgrind (Benchmarks/README.md):
//
//   measure parse FILE       reads and parses a document
//   measure split FILE       reads, parses and interprets a document, and writes its record and its list
//   measure cut FILE         cuts a text into words
//   measure rank DB FILE [RANKING]   asks the questions of FILE, one a line, of an index; fetch, full or plain

/// The bytes of a file; empty where it cannot be read.
func bytes(of path: String) -> [UInt8] {
  FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
}

let arguments = CommandLine.arguments
do {
  switch arguments.count > 2 ? arguments[1] : "" {
  case "parse":
    let source = try DocumentReader.read(bytes(of: arguments[2]), name: arguments[2])
    print(PolicyParser.parse(source).value.outline.count)
  case "split":
    let file = bytes(of: arguments[2])
    let split = PolicySplit(
      try DocumentReader.read(file, name: arguments[2]), sha256: sha256(file))
    print(
      split.interpretation.items.count, try SplitFile.record.bytes(of: split).count,
      try SplitFile.itemsCsv.bytes(of: split).count)
  case "cut":
    print(try Segmenter(.standard).tokens(of: bytes(of: arguments[2])).count)
  case "rank" where arguments.count > 3:
    let engine = SearchEngine(try IndexStore.open(arguments[2], mapped: true))
    var found = 0
    for line in bytes(of: arguments[3]).split(separator: 0x0A) {
      var query = SearchQuery(String(decoding: line, as: UTF8.self))
      query.ranking = arguments.dropFirst(4).first.flatMap(SearchQuery.Ranking.init) ?? .full
      found += try engine.search(
        query, today: .epoch, withText: false, withClauses: false
      ).hits.count
    }
    print(found)
  default:
    print("measure parse FILE | split FILE | cut FILE | rank DB FILE")
    exit(64)
  }
} catch {
  print(error)
  exit(2)
}
