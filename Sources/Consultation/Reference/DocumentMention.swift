public import Indexer
internal import PolicyParser
internal import PolicyText

/// How one document speaks of another.
public enum ReferenceRelation: String, Hashable, Sendable {
  /// 依据
  case basis
  /// 废止
  case repeal
  /// 修改
  case amendment
  /// 解读
  case interpretation
  /// 提及
  case mention

  /// The Chinese name, as pages show it.
  public var name: String {
    switch self {
    case .basis: "依据"
    case .repeal: "废止"
    case .amendment: "修改"
    case .interpretation: "解读"
    case .mention: "提到"
    }
  }

  /// How the words around a reference speak of it.
  ///
  /// - Parameters:
  ///   - range: Where the reference stands.
  ///   - document: The document that refers.
  ///   - text: Its folded text.
  init(of range: ByteRange, in document: PolicyDocument, _ text: MatchText) {
    let found = Self.relation(
      of: text.index(ofByte: range.lowerBound)..<text.index(ofByte: range.upperBound), in: text)
    self =
      found == .mention && Self.isRepeal(document.head.title?.value ?? "") ? .repeal : found
  }

  /// Whether a document by its title does nothing but repeal: 关于废止和宣布失效部分文件的通知.
  static func isRepeal(_ title: String) -> Bool {
    title.contains("废止") || title.contains("宣布失效")
  }

  private static let bases = WordSet("根据 依据 按照 为贯彻 为落实 贯彻落实 为深入贯彻 遵照")
  private static let purposes = WordSet("制定 精神 结合 要求 部署 特制 现将 现就 经研究 决定")
  private static let repeals = WordSet("废止 失效 停止执行 不再执行 替代 取代")
  private static let amendments = WordSet("修改 修订 作如下修改 调整为")

  static func relation(of range: Range<Int>, in text: MatchText) -> ReferenceRelation {
    var start = range.lowerBound
    while start > 0, range.lowerBound - start < 60, text[start - 1] != "。", text[start - 1] != "\n"
    {
      start -= 1
    }
    var end = range.upperBound
    while end < text.count, end - range.upperBound < 60, text[end] != "。", text[end] != "\n" {
      end += 1
    }
    if repeals.isIn(text, range.upperBound..<end) { return .repeal }
    if amendments.isIn(text, range.upperBound..<end)
      || amendments.isIn(text, start..<range.lowerBound)
    {
      return .amendment
    }
    // 按照《…》执行 rests nothing on it: a basis stands where the document says why it is made.
    if bases.isIn(text, start..<range.lowerBound), purposes.isIn(text, start..<end) {
      return .basis
    }
    return .mention
  }
}

/// A document that speaks of another: explains it, repeals it, amends it, or rests on it.
public struct DocumentMention: Sendable {
  /// The document that speaks.
  public let summary: DocumentSummary
  /// The clause in which it does.
  public let clause: String
  /// How.
  public let relation: ReferenceRelation

  /// The documents that name one by its title, each once, the weightiest relation first.
  ///
  /// - Throws: ``IndexError``.
  public static func all(
    of stored: StoredDocument, in store: IndexStore
  ) throws(IndexError) -> [DocumentMention] {
    let head = stored.parsed.value.head
    var titles = head.payloadTitles.map(\.value)
    titles.append(stored.summary.title)
    let engine = SearchEngine(store)
    var found: [String: DocumentMention] = [:]
    for title in Set(titles) where title.unicodeScalars.count >= 6 {
      for match in try engine.clauses(holding: title, except: stored.summary.key) {
        let relation = relation(of: title, match)
        if let known = found[match.summary.key], known.relation.weight >= relation.weight {
          continue
        }
        found[match.summary.key] = DocumentMention(
          summary: match.summary, clause: match.clause, relation: relation)
      }
    }
    return found.values.sorted {
      ($1.relation.weight, $0.summary.key) < ($0.relation.weight, $1.summary.key)
    }
  }

  private static func relation(of title: String, _ match: PhraseMatch) -> ReferenceRelation {
    if match.triage == .interpretation { return .interpretation }
    let text = MatchText(SourceText(match.text))
    let words = MatchText(SourceText(title))
    guard let first = words.scalars.first else { return .mention }
    for index in 0..<text.count where text[index] == first {
      var (place, matched) = (index, 0)
      while matched < words.count, place < text.count {
        if text[place] == words[matched] { matched += 1 } else if !text[place].isBlank { break }
        place += 1
      }
      if matched == words.count {
        let found = ReferenceRelation.relation(of: index..<place, in: text)
        return found == .mention && ReferenceRelation.isRepeal(match.summary.title)
          ? .repeal : found
      }
    }
    return ReferenceRelation.isRepeal(match.summary.title) ? .repeal : .mention
  }
}

extension ReferenceRelation {
  /// How much it matters to a reader of the other document.
  var weight: Int {
    switch self {
    case .repeal: 4
    case .amendment: 3
    case .interpretation: 2
    case .basis: 1
    case .mention: 0
    }
  }
}
