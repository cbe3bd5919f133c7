import DocumentReader
import Foundation
import PolicyParser
import PolicyText
import TestSupport

/// The same words in another form.
enum Form: String, CaseIterable {
  case spaces, width, markdown, wraps, labels, shiftedArticles, pages, html, splitRuns

  /// `text` in this form, with the name of a file of its kind; nil where the form says nothing.
  func make(
    _ document: PolicyDocument, using generator: inout SeededGenerator
  ) -> (name: String, text: String)? {
    let text = document.source.text[document.source.text.range]
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    switch self {
    case .spaces:
      lines = document.lines.map { row in
        let line = document.source.text[row.range].trimmingCharacters(in: .newlines)
        guard row.role == .body || row.role == .repeated, !bare(line).isEmpty else { return line }
        let spaced = line.replacing(/[0-9.]+/) { " \($0.output) " }
        let lead = bare(String(line.prefix(1))).isEmpty ? "" : "\u{3000}\u{3000}"
        return lead + spaced + (Bool.random(using: &generator) ? "  \n" : "\u{3000}")
      }
    case .width:
      let text = String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0x25, 0x28, 0x29, 0x2C,
              0x30...0x3B where Bool.random(using: &generator):
              Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
            case 0xFF08, 0xFF09, 0xFF1A, 0xFF1B, 0xFF05,
              0xFF0C
            where Bool.random(using: &generator):
              Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
            case 0x3014: "["
            case 0x3015: "]"
            default: scalar
            }
          }))
      return ("case.txt", text)
    case .markdown:
      lines = lines.map { line in
        let words = line.trimmingCharacters(in: .whitespaces)
        guard !words.isEmpty, !words.hasPrefix("|"), !words.contains("*") else { return line }
        if words.count < 30, !words.hasPrefix("#"), !words.hasSuffix("："), !words.hasPrefix("-") {
          return "\n**\(words)**\n"
        }
        return line
      }
      return ("case.md", lines.joined(separator: "\n"))
    case .wraps:
      let width = Int.random(in: 24...34, using: &generator)
      // As in the text of a PDF file: paragraphs are cut, the lines of the head are their own.
      lines = document.lines.flatMap { row in
        let line = document.source.text[row.range].trimmingCharacters(in: .newlines)
        guard row.role == .body || row.role == .repeated, !line.hasPrefix("|") else {
          return [line]
        }
        // A number is not cut.
        var rows = [""]
        var isDigit = false
        for character in line {
          if rows[rows.count - 1].count >= width, !(isDigit && character.isNumber) {
            rows.append("")
          }
          rows[rows.count - 1].append(character)
          isDigit = character.isNumber
        }
        return rows
      }
    case .labels, .shiftedArticles:
      var replacements: [(ByteRange, String)] = []
      func walk(_ clauses: [Clause]) {
        for clause in clauses {
          let label = clause.label
          switch clause.style {
          case .hanInParentheses where self == .labels:
            let isWide = label.contains("（")
            replacements.append(
              (
                clause.labelRange,
                isWide
                  ? label.replacing("（", with: "(").replacing("）", with: ")")
                  : label.replacing("(", with: "（").replacing(")", with: "）")
              ))
          case .article where self == .shiftedArticles:
            replacements.append((clause.labelRange, EditMaker.label(label, clause.number + 1)))
          default: break
          }
          walk(clause.children)
        }
      }
      walk(document.outline)
      guard !replacements.isEmpty else { return nil }
      var edit = KnownEdit(kind: .word, text: "", expected: .added(""))
      edit.replacements = replacements
      return ("case.txt", EditMaker.applied([edit], to: document.source.text))
    case .pages:
      var page = 0
      lines = lines.enumerated().flatMap { index, line in
        guard index % 9 == 8 else { return [line] }
        page += 1
        return [line, "— \(page) —"]
      }
    case .html, .splitRuns:
      lines = lines.filter { !bare($0).isEmpty }.map { line in
        func escaped(_ words: String) -> String {
          words.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        }
        guard self == .splitRuns else { return "<p>\(escaped(line))</p>" }
        var runs = ""
        var rest = line[...]
        while !rest.isEmpty {
          let run = rest.prefix(Int.random(in: 1...12, using: &generator))
          runs += "<span style='font-family:仿宋'>\(escaped(String(run)))</span>"
          rest = rest.dropFirst(run.count)
        }
        return "<p class=MsoNormal>\(runs)</p>"
      }
      return (
        "case.html",
        "<html><head><meta charset=utf-8></head><body>\n\(lines.joined(separator: "\n"))\n</body></html>"
      )
    }
    return ("case.txt", lines.joined(separator: "\n"))
  }
}

/// A text as the reader of its kind gives it, parsed.
func parsed(_ text: String, name: String = "case.txt") throws -> PolicyDocument {
  PolicyParser.parse(try DocumentReader.read(Array(text.utf8), name: name)).value
}
