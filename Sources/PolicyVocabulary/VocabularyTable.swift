private import PolicyText

/// One table of the vocabulary as it stands in its file.
package struct VocabularyTable: Sendable {
  /// A line with words.
  package struct Line: Sendable {
    /// Its number in the file, from 1.
    package let number: Int
    /// What stands before the words.
    package let columns: [String]
    /// The words.
    package let words: [String]
  }

  /// The tables of words, below `vocabulary/reading`.
  package static let wordTables = [
    "grants", "thresholds", "honours", "subjects", "industries", "places", "speech",
  ]

  /// The name of the file without its ending.
  package let name: String
  /// Whether a comment at its head names where the words come from.
  package let namesSource: Bool
  /// Its lines in order.
  package let lines: [Line]

  /// Reads the table `name` that travels in the program; empty where there is none.
  package init(_ name: String) {
    self.init(name, text: embeddedText("vocabulary/reading/\(name).tsv"))
  }

  /// Reads a table from its text.
  package init(_ name: String, text: String) {
    self.name = name
    namesSource = text.split(separator: "\n").prefix { $0.hasPrefix("#") }.contains {
      $0.hasPrefix("# Source:")
    }
    var lines: [Line] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      lines.append(
        Line(
          number: index + 1, columns: Array(columns.dropLast()),
          words: (columns.last ?? "").split(separator: " ").map(String.init)))
    }
    self.lines = lines
  }
}
