internal import Indexer
internal import PolicyText
internal import Segmenter

/// The names of one state of the index, with their pinyin and initials.
struct SuggestionTable: Sendable {
  private struct Entry: Sendable {
    var suggestion: Suggestion
    var folded: String
    /// Syllables joined, with the place where each begins.
    var pinyin: [UInt8]
    var starts: [Int]
    var initials: [UInt8]
  }

  /// A query with one word in it replaced.
  struct Correction {
    var query: String
    var term: String
  }

  let generation: Int64
  private var entries: [Entry] = []
  private var known: Set<String> = []
  private var bySound: [String: [String]] = [:]
  private var byShape: [String: [String]] = [:]
  private var byInitials: [String: [String]] = [:]
  private let shapes: [Unicode.Scalar: Unicode.Scalar]
  private let pinyin = Pinyin.standard

  /// The longest part of a name that is matched by sound.
  private static let longest = 40

  init(_ names: NameList, segmenter: Segmenter) {
    generation = names.generation
    shapes = Self.shapes(parsing: embeddedText("vocabulary/shapes.txt"))
    var seen: Set<String> = []
    for term in Self.terms() {
      add(Suggestion(text: term, kind: .term, key: nil), segmenter)
      learn(term)
    }
    for name in names.names {
      let kind: Suggestion.Kind =
        switch name.kind {
        case .document: .document
        case .item: .item
        case .department: .department
        case .number: .number
        }
      guard !name.text.isEmpty, seen.insert("\(kind) \(name.text)").inserted else { continue }
      add(Suggestion(text: name.text, kind: kind, key: name.key), segmenter)
    }
  }

  /// The terms of the lexicon, longest first of equal sound.
  private static func terms() -> [String] {
    embeddedText("vocabulary/lexicon.txt").split(separator: "\n").compactMap { line in
      guard let first = line.first, first != "#", first != "[" else { return nil }
      return line.split(separator: "=", maxSplits: 1).first?.split(separator: " ").first
        .map(String.init)
    }
  }

  private static func shapes(parsing file: String) -> [Unicode.Scalar: Unicode.Scalar] {
    var shapes: [Unicode.Scalar: Unicode.Scalar] = [:]
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      let group = Array(line.unicodeScalars)
      guard let first = group.first else { continue }
      for scalar in group where shapes[scalar] == nil { shapes[scalar] = shapes[first] ?? first }
    }
    return shapes
  }

  private mutating func add(_ suggestion: Suggestion, _ segmenter: Segmenter) {
    let syllables = pinyin.syllables(of: String(suggestion.text.prefix(Self.longest)))
    var joined: [UInt8] = []
    var starts: [Int] = []
    for syllable in syllables {
      starts.append(joined.count)
      joined += Array(syllable.utf8)
    }
    entries.append(
      Entry(
        suggestion: suggestion, folded: segmenter.folded(suggestion.text), pinyin: joined,
        starts: starts, initials: syllables.compactMap(\.utf8.first)))
  }

  private mutating func learn(_ term: String) {
    guard known.insert(term).inserted, term.unicodeScalars.count >= 2 else { return }
    let syllables = pinyin.syllables(of: term)
    bySound[syllables.joined(separator: " "), default: []].append(term)
    byShape[shape(of: term), default: []].append(term)
    if term.unicodeScalars.count >= 3 {
      byInitials[String(decoding: syllables.compactMap(\.utf8.first), as: UTF8.self), default: []]
        .append(term)
    }
  }

  private func shape(of word: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in word.unicodeScalars { view.append(shapes[scalar] ?? scalar) }
    return String(view)
  }

  func suggestions(for words: String, limit: Int) -> [Suggestion] {
    guard let segmenter = try? Segmenter(.standard) else { return [] }
    let folded = segmenter.folded(Self.beginning(of: words, 60))
    guard !folded.isEmpty else { return [] }
    let letters = Array(folded.utf8)
    let isLatin = letters.allSatisfy { 0x61...0x7A ~= $0 || $0 == 0x27 }
    let sound = letters.filter { $0 != 0x27 }
    var found: [(rank: Int, entry: Int)] = []
    for (index, entry) in entries.enumerated() {
      if let rank = rank(entry, folded, isLatin ? sound : nil) {
        found.append((rank * 8 + Self.order(entry.suggestion.kind), index))
      }
    }
    found.sort { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      let (a, b) = (entries[left.entry].folded.utf8.count, entries[right.entry].folded.utf8.count)
      return a == b ? left.entry < right.entry : a < b
    }
    return found.prefix(limit).map { entries[$0.entry].suggestion }
  }

  /// The first scalars of a text: a sign with a thousand marks above it is a thousand scalars, and one `Character`.
  private static func beginning(of words: String, _ most: Int) -> String {
    String(String.UnicodeScalarView(words.unicodeScalars.prefix(most)))
  }

  private static func order(_ kind: Suggestion.Kind) -> Int {
    switch kind {
    case .term: 0
    case .item: 1
    case .document: 2
    case .department: 3
    case .number: 4
    }
  }

  /// 0 where a name begins with the words, 1 where it holds them; the same by sound, then by initials.
  private func rank(_ entry: Entry, _ folded: String, _ letters: [UInt8]?) -> Int? {
    if entry.folded.utf8.starts(with: folded.utf8) { return 0 }
    if folded.utf8.count >= 3, entry.folded.holds(folded) { return 1 }
    guard let letters, letters.count >= 2 else { return nil }
    for (place, start) in entry.starts.enumerated()
    where entry.pinyin.dropFirst(start).starts(with: letters) {
      return place == 0 ? 2 : 4
    }
    if letters.count >= 3 {
      if entry.initials.starts(with: letters) { return 3 }
      if entry.initials.count > letters.count {
        for start in 1...(entry.initials.count - letters.count)
        where entry.initials.dropFirst(start).starts(with: letters) { return 5 }
      }
    }
    return nil
  }

  /// Queries with one word replaced by a term of the same sound, of a similar shape, or by its initials.
  func corrections(of words: String) -> [Correction] {
    guard let segmenter = try? Segmenter(.standard) else { return [] }
    let folded = segmenter.folded(Self.beginning(of: words, 40))
    let scalars = Array(folded.unicodeScalars)
    guard scalars.count >= 2 else { return [] }
    // 高企 is 高新技术企业: the same by another name.
    let names = WordRelations.standard.variants(of: folded).filter { $0.strength == 1 }
    if !names.isEmpty { return names.map { Correction(query: $0.word, term: $0.word) } }
    guard !known.contains(folded) else { return [] }
    if scalars.allSatisfy({ "a"..."z" ~= $0 }) {
      let sound = bySound.isEmpty ? [] : (byInitials[folded] ?? [])
      return sound.map { Correction(query: $0, term: $0) }
    }
    var found: [Correction] = []
    for length in stride(from: min(8, scalars.count), through: 2, by: -1) {
      for start in 0...(scalars.count - length) {
        // Two characters are too little to judge inside a longer text.
        if length == 2, scalars.count > 3 { continue }
        var part = String.UnicodeScalarView()
        part.append(contentsOf: scalars[start..<(start + length)])
        let word = String(part)
        guard !known.contains(word) else { continue }
        let sound = pinyin.syllables(of: word).joined(separator: " ")
        let terms = (bySound[sound] ?? []) + (byShape[shape(of: word)] ?? [])
        for term in terms where term != word && term.unicodeScalars.count == length {
          var query = String.UnicodeScalarView()
          query.append(contentsOf: scalars[..<start])
          query.append(contentsOf: term.unicodeScalars)
          query.append(contentsOf: scalars[(start + length)...])
          found.append(Correction(query: String(query), term: term))
        }
      }
      if !found.isEmpty { break }
    }
    return found
  }
}
