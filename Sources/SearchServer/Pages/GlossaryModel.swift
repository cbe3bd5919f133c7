internal import Consultation

/// What the page of terms shows.
enum GlossaryModel {
  /// The place of a term on the page.
  static func url(of entry: Glossary.Entry) -> String { "/glossary#" + anchor(of: entry) }

  private static func anchor(of entry: Glossary.Entry) -> String {
    let index = Glossary.standard.entries.firstIndex(of: entry) ?? 0
    return "g-\(index + 1)"
  }

  static func context(_ words: String) -> [String: Any] {
    let found = Glossary.standard.entries.filter { entry in
      words.isEmpty || entry.term.contains(words) || entry.aliases.contains { $0.contains(words) }
    }
    var context: [String: Any] = [
      "title": "用语", "nav": ["glossary": true], "words": words,
      "entries": found.map { entry in
        var values: [String: Any] = [
          "id": anchor(of: entry), "term": entry.term, "meaning": entry.explanation,
          "source": entry.source, "searchURL": "/?q=" + QueryString.encoded(entry.term),
        ]
        if !entry.aliases.isEmpty { values["aliases"] = entry.aliases.joined(separator: "、") }
        return values
      }, "count": "\(found.count)",
    ]
    if found.isEmpty { context["none"] = true }
    return context
  }
}
