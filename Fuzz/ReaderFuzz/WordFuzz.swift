internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText
internal import Segmenter

@testable internal import Consultation
@testable internal import Indexer
@testable internal import SearchServer

/// What libFuzzer runs beside the readers of files: what users type, forms that are sent, notices as text.
enum WordFuzz {
  /// Reads a query and a question as far as that needs no index, then the laws of both.
  static func readQuery(_ bytes: [UInt8]) {
    guard let segmenter = try? Segmenter(.standard) else {
      preconditionFailure("the segmenter opens")
    }
    let words = String(decoding: bytes, as: UTF8.self)
    let analysis = QueryAnalysis(words, segmenter: segmenter)
    precondition(analysis.terms.count <= QueryAnalysis.mostTerms, "terms are bounded")
    precondition(Set(analysis.terms).count == analysis.terms.count, "each term stands once")
    precondition(!analysis.exclusions.contains(""), "an exclusion has words")
    let hints = HintReader.hints(in: words)
    precondition(Set(hints.map(\.text)).count == hints.count, "each hint stands once")
    let clean = QuestionReader.clean(words, segmenter)
    precondition(clean.unicodeScalars.count <= QuestionReader.longest, "a question is bounded")
    let match = MatchText(SourceText(clean))
    var covered = [Bool](repeating: false, count: match.count)
    _ = DayWords(match, covering: &covered)
    precondition(covered.count == match.count, "what is covered is the text")
  }

  /// Reads a form whose media type is the first line of the input.
  static func readForm(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let type = String(decoding: bytes[..<end], as: UTF8.self)
    let body = Array(bytes[min(end + 1, bytes.count)...])
    guard let form = MultipartForm(body, contentType: type) else { return }
    precondition(form.parts.count <= MultipartForm.mostParts, "parts are bounded")
    var last = 0
    for part in form.parts {
      precondition(part.bytes.startIndex >= last, "parts stand in order")
      precondition(part.bytes.endIndex <= body.count, "parts stand in the body")
      precondition(!(part.fileName ?? "").contains("/"), "the name of a file has no folder")
      last = part.bytes.endIndex
    }
  }

  /// Parses and interprets a notice, then the laws of tree and items.
  static func readNotice(_ bytes: [UInt8]) {
    let text = SourceText(repairing: bytes).withoutControls
    let source = SourceDocument(
      name: "a.txt", mediaType: "text/plain", encoding: "utf-8", text: text)
    let document = PolicyParser.parse(source).value
    var end = 0
    for line in document.lines {
      precondition(line.range.lowerBound == end, "lines tile the text")
      end = line.range.upperBound
    }
    precondition(end == text.count, "lines tile the text")
    check(document.outline, in: text.range)
    let interpretation = PolicyInterpreter.interpret(document)
    var start = 0
    for item in interpretation.items {
      precondition(item.range.lowerBound >= start, "items stand in order")
      start = item.range.lowerBound
      precondition(
        item.supports.allSatisfy { item.range.contains($0.range) }, "supports stand in their item")
      for criterion in item.condition?.criteria ?? [] {
        precondition(
          text.range.contains(criterion.range) && !criterion.range.isEmpty, "criteria have words")
      }
    }
  }

  private static func check(_ clauses: [Clause], in parent: ByteRange) {
    var last = parent.lowerBound
    for clause in clauses {
      precondition(parent.contains(clause.range), "a clause stands in its parent")
      precondition(clause.range.lowerBound >= last, "clauses stand in order")
      last = clause.range.upperBound
      check(clause.children, in: clause.range)
    }
  }
}
