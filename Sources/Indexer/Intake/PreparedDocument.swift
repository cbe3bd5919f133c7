internal import DocumentReader
internal import Foundation
internal import PolicyParser
internal import PolicyText
internal import Segmenter

/// A document parsed and cut on its own task, ready to be inserted.
struct PreparedDocument: Sendable {
  struct Row: Sendable {
    var unit: IndexUnit
    /// Terms of title, headings and text, cut beforehand (``TokenStream``).
    var titleWords: [UInt8]
    var headingWords: [UInt8]
    var textWords: [UInt8]
    var passages: [Passage]

    /// A hash of the unit's letters, without what divides them; 0 where they are few.
    var digest: Int {
      // Pairs of characters, in order: signs and spaces make no difference.
      guard let own = passages.first, own.range.count >= 60 else { return 0 }
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for passage in passages {
        for term in passage.terms.dropFirst(passage.prefix) {
          hash = (hash ^ UInt64(bitPattern: term)) &* 0x100_0000_01b3
          hash ^= hash >> 29
        }
      }
      return Int(truncatingIfNeeded: hash | 1)
    }
  }

  var facts: DocumentFacts
  var source: SourceDocument
  var rows: [Row]
  var items: [ItemRow] = []
  /// Whether it is a record of a list, not a file.
  var isRecord = false
}

/// What the table of documents says of one.
struct DocumentFacts: Sendable {
  var title: String
  var number: String?
  var issuers: [String] = []
  var level: String?
  var region: String?
  var year: Int?
  var kind: String
  var triage: String
  var signedOn: String?
  var publishedOn: String?
  var effectiveFrom: String?
  var effectiveUntil: String?
}

extension PreparedDocument {
  /// Parses and cuts a document that was read.
  init(_ source: SourceDocument, segmenter: Segmenter) {
    let document = PolicyParser.parse(source).value
    self.source = source
    items = ItemRow.rows(of: document)
    facts = DocumentFacts(document)
    let titleWords = TokenStream.encode(facts.title.utf8, segmenter)
    let cutter = PassageCutter(segmenter: segmenter)
    let text = source.text
    let beginning = Self.beginning(of: document, title: facts.title, cutter)
    rows = ClauseCutter(document: document).units().map { unit in
      Row(
        unit: unit, titleWords: titleWords,
        headingWords: TokenStream.encode(unit.heading.utf8, segmenter),
        textWords: TokenStream.encode(
          source.text.bytes[unit.range.lowerBound..<unit.range.upperBound], segmenter),
        passages: cutter.passages(
          of: text, unit.range,
          prefix: unit.heading.isEmpty
            ? beginning : beginning + [0] + cutter.fold(Array(unit.heading.utf8))))
    }
  }

  /// What stands before each passage: the title and about sixty characters from the beginning of the body.
  static func beginning(
    of document: PolicyDocument, title: String, _ cutter: PassageCutter
  ) -> [UInt32] {
    cutter.fold(Array(title.utf8)) + [0] + cutter.fold(firstWords(of: document))
  }

  /// About sixty characters from the beginning of the body.
  private static func firstWords(of document: PolicyDocument) -> [UInt8] {
    var words: [UInt8] = []
    for line in document.lines where words.count < 180 {
      switch line.role {
      case .body, .addressees, .letterhead, .title:
        words += document.source.text.bytes[line.range.lowerBound..<line.range.upperBound].prefix(
          180 - words.count)
      default: continue
      }
    }
    while let last = words.last, last >= 0x80 {
      words.removeLast()
      if last >= 0xC0 { break }
    }
    return words
  }

  /// A record of a list: one document with one clause.
  init(title: String, text: String, name: String, segmenter: Segmenter) {
    source = SourceDocument(
      name: name, mediaType: "application/jsonl", encoding: "utf-8", text: SourceText(text))
    facts = DocumentFacts(title: title, kind: "", triage: Triage.other.rawValue)
    isRecord = true
    let unit = IndexUnit(
      path: "p1", labels: "", heading: "", range: source.text.range, units: "")
    rows = [
      Row(
        unit: unit,
        titleWords: TokenStream.encode(title.utf8, segmenter),
        headingWords: TokenStream.encode([], segmenter),
        textWords: TokenStream.encode(source.text.bytes, segmenter),
        passages: PassageCutter(segmenter: segmenter).passages(
          of: source.text, source.text.range,
          prefix: RankingTerm.fold(Array(title.utf8)) { segmenter.simplified($0) }))
    ]
  }
}

extension DocumentFacts {
  /// The facts of a parsed document.
  init(_ document: PolicyDocument) {
    let head = document.head
    let stem = document.source.name.split(separator: ".").first.map(String.init) ?? ""
    let firstWords = document.lines.first { $0.role == .body || $0.role == .letterhead }.map {
      String(
        document.source.text[$0.range].filter { !$0.isWhitespace && $0 != "*" && $0 != "#" }.prefix(
          30))
    }
    title = head.title?.value ?? head.payloadTitles.first?.value ?? firstWords ?? stem
    number = head.documentNumber?.value.description
    issuers = head.issuers.map(\.value)
    level = head.level?.value.rawValue
    region = head.region?.value
    let date = head.signedOn ?? head.printedOn ?? head.publishedOn
    year = head.documentNumber?.value.year ?? date?.value.year
    kind = Genre.name(of: [title] + head.payloadTitles.map(\.value))
    triage = document.triage.rawValue
    signedOn = (head.signedOn ?? head.printedOn)?.value.description
    publishedOn = head.publishedOn?.value.description
    effectiveFrom = head.effectiveFrom?.value.description
    effectiveUntil = head.effectiveUntil?.value.description
  }
}

/// The genre of a document (文种), by its title: of what a notice passes on before that of the notice.
enum Genre {
  private static let names = [
    "条例", "若干措施", "若干政策", "实施意见", "实施方案", "实施细则", "管理办法", "实施办法", "行动计划", "工作方案",
    "申报指南", "申报通知", "政策解读", "解读", "公示", "公告", "通告", "办法", "细则", "措施", "政策", "意见", "方案",
    "规定", "规划", "计划", "决定", "批复", "函", "指南", "通报", "通知", "法",
  ]

  /// The genre's name; empty where the title names none.
  static func name(of titles: [String]) -> String {
    for title in titles.reversed() {
      var bare = title.filter { !"》”）)〉> ".contains($0) }
      for tail in ["的通知", "（试行", "(试行", "（暂行", "试行", "暂行", "修订"] where bare.hasSuffix(tail) {
        if titles.count > 1 || !tail.hasPrefix("的") { bare.removeLast(tail.count) }
      }
      if let name = names.first(where: bare.hasSuffix) { return name == "解读" ? "政策解读" : name }
    }
    return ""
  }
}
