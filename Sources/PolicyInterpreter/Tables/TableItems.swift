internal import PolicyParser
internal import PolicyText

/// The items that tables state: a row of a list, or a card, is an item, its cells are the elements.
struct TableItems {
  /// An item of a table, before what the document says besides is read.
  struct Entry {
    var draft: ItemDraft
    var record: PolicyTable.Record
  }

  let document: PolicyDocument
  let text: MatchText
  let reader: SupportReader
  let entries: [Entry]
  /// The place of each entry, by its passage.
  private let places: [Range<Int>: Int]
  /// The page marks and running heads of the file, in order.
  private let furniture: [ByteRange]

  /// Reads the tables of a document.
  init(document: PolicyDocument, text: MatchText, reader: SupportReader) {
    self.document = document
    self.text = text
    self.reader = reader
    let clauses = Places(document.outline)
    let entries: [Entry] = document.tables.flatMap(\.records).compactMap { record in
      let content = record[.content] ?? record[.conditions] ?? record.range
      let range =
        text.index(ofByte: content.lowerBound)..<text.index(ofByte: content.upperBound)
      let sentences = Self.sentences(in: text.trimmed(range), of: text, reader)
      guard !sentences.isEmpty else { return nil }
      return Entry(
        draft: ItemDraft(sentences: sentences, clause: clauses.clause(at: record.range)),
        record: record)
    }
    self.entries = entries
    furniture = document.source.blocks.filter { $0.kind == .furniture }.map(\.range)
    self.places = Dictionary(entries.enumerated().map { ($1.draft.range, $0) }) { first, _ in first
    }
  }

  /// The sentences of a cell with their supports.
  private static func sentences(
    in range: Range<Int>, of text: MatchText, _ reader: SupportReader
  ) -> [GrantingSentence] {
    var sentences: [GrantingSentence] = []
    var start = range.lowerBound
    for at in range where at == range.upperBound - 1 || text[at] == "。" || text[at] == "\n" {
      let sentence = text.trimmed(start..<(at + 1))
      start = at + 1
      guard !sentence.isEmpty else { continue }
      for piece in SentenceBound(text: text).pieces(of: sentence) {
        guard sentences.count < SentenceBound.mostSentences else { return sentences }
        sentences.append(
          GrantingSentence(
            range: piece, supports: reader.supports(in: piece, underStandard: true)))
      }
    }
    return sentences
  }

  /// Whether a passage stands in a table that states items.
  func holds(_ draft: ItemDraft) -> Bool {
    let bytes = text.bytes(draft.range)
    // Tables are in order and do not overlap.
    var (low, high) = (0, document.tables.count)
    while low < high {
      let middle = (low + high) / 2
      if document.tables[middle].range.upperBound <= bytes.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < document.tables.count && document.tables[low].range.overlaps(bytes)
  }

  /// The record whose content a draft is.
  func record(of draft: ItemDraft) -> PolicyTable.Record? {
    places[draft.range].map { entries[$0].record }
  }

  /// Sets what the cells state; what they are silent on stays as the document says.
  func fill(_ item: inout BenefitItem, from record: PolicyTable.Record) {
    // Many sums in one cell are no single formula.
    if item.supports.count > 2 { item.award = nil }
    var stated: [Element.Key: Element] = [:]
    for entry in record.entries {
      for key in Self.keys(of: entry.column) where stated[key] == nil {
        stated[key] = element(key, entry.value)
      }
    }
    if let contact = stated[.contact], stated[.phone] == nil {
      stated[.phone] = contact.keyed(.phone)
    }
    if let title = record.title { stated[.name] = element(.name, title) }
    item.elements = item.elements.map { stated[$0.key] ?? $0 }
  }

  private func element(_ key: Element.Key, _ value: ByteRange) -> Element {
    let ranges = pieces(of: value)
    var words = ranges.map { text.source[$0] }.joined(separator: "\n")
    if key == .name { words = words.filter { !$0.isWhitespace } }
    return Element(
      key: key, value: words, ranges: ranges, rule: .tableCell,
      confidence: words.isEmpty ? .absent : .certain)
  }

  /// A cell without the page marks that stand in it.
  private func pieces(of value: ByteRange) -> [ByteRange] {
    var pieces: [ByteRange] = []
    var start = value.lowerBound
    func add(_ end: Int) {
      let range = text.trimmed(text.index(ofByte: start)..<text.index(ofByte: max(start, end)))
      if !range.isEmpty { pieces.append(text.bytes(range)) }
    }
    var (low, high) = (0, furniture.count)
    while low < high {
      let middle = (low + high) / 2
      if furniture[middle].lowerBound < value.lowerBound { low = middle + 1 } else { high = middle }
    }
    for mark in furniture[low...] {
      guard mark.lowerBound < value.upperBound else { break }
      guard value.contains(mark) else { continue }
      add(mark.lowerBound)
      start = mark.upperBound
    }
    add(value.upperBound)
    return pieces
  }

  private static func keys(of column: TableColumn) -> [Element.Key] {
    switch column {
    case .number: []
    case .name: [.name]
    case .basis: [.basis]
    case .content: [.content]
    case .audience: [.audience]
    case .validity: [.validity]
    case .window: [.window]
    case .conditions: [.conditions]
    case .materials: [.materials]
    case .channel: [.channel]
    case .process: [.process]
    case .limit: [.limit]
    case .category: [.category]
    case .url: [.url]
    case .department: [.department]
    case .contact: [.contact]
    case .phone: [.phone]
    case .industries: [.industries]
    }
  }
}

extension Element {
  /// The same words under another key: 联系人及电话 states both.
  fileprivate func keyed(_ key: Key) -> Element {
    Element(key: key, value: value, ranges: ranges, rule: rule, confidence: .review)
  }
}

/// The clauses of tables, by their places.
private struct Places {
  private var clauses: [ByteRange: Clause] = [:]

  init(_ outline: [Clause]) { collect(outline) }

  private mutating func collect(_ more: [Clause]) {
    for clause in more {
      clauses[clause.range] = clause
      collect(clause.children)
    }
  }

  func clause(at range: ByteRange) -> Clause? { clauses[range] }
}
