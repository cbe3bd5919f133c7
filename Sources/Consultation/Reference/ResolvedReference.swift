public import Indexer
internal import PolicyParser
public import PolicyText

/// A document that another one names (引用), with what the index has of it.
public struct ResolvedReference: Sendable {
  /// Whether the index has what is named.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// One document bears the title or the number (本站已收录).
    case resolved
    /// Several do (有同名文件).
    case ambiguous
    /// None does (本站未收录).
    case missing
  }

  /// The title as written, without its brackets.
  public let title: String
  /// The document number (文号), where it stands beside the title.
  public let number: String?
  /// Where it is named first.
  public let range: ByteRange
  /// How it is spoken of there.
  public let relation: ReferenceRelation
  /// The documents that bear the title or the number, the document itself left out.
  public let targets: [DocumentSummary]

  /// Whether the index has it.
  public var state: State {
    switch targets.count {
    case 0: .missing
    case 1: .resolved
    default: .ambiguous
    }
  }

  /// The documents that a document names, each once, in order of the text; none is left out.
  ///
  /// - Throws: ``IndexError``.
  /// - Complexity: one look-up by title and number a document that is named.
  public static func all(
    of stored: StoredDocument, in store: IndexStore
  ) throws(IndexError) -> [ResolvedReference] {
    try named(by: stored).map { reference throws(IndexError) in
      try resolved(reference, by: stored, in: store)
    }
  }

  /// A document that is named, with how it is spoken of.
  private typealias Named = (
    title: String, number: String?, range: ByteRange, relation: ReferenceRelation
  )

  /// The documents that one names, each where it is named first.
  private static func named(by stored: StoredDocument) -> [Named] {
    let document = stored.parsed.value
    let text = stored.matchText
    var seen: Set<String> = []
    return document.references.compactMap { reference in
      guard case .document(let title, let number) = reference.target, seen.insert(title).inserted
      else { return nil }
      return (
        title, number?.description, reference.range,
        ReferenceRelation(of: reference.range, in: document, text)
      )
    }
  }

  private static func resolved(
    _ named: Named, by stored: StoredDocument, in store: IndexStore
  ) throws(IndexError) -> ResolvedReference {
    let targets = try store.documents(titled: named.title, numbered: named.number)
    return ResolvedReference(
      title: named.title, number: named.number, range: named.range, relation: named.relation,
      targets: targets.filter { $0.key != stored.summary.key })
  }

  /// What a document rests on (依据), and what that rests on, from the nearest up: at most `most`.
  ///
  /// The first basis of each counts that the index has once.
  ///
  /// - Throws: ``IndexError``.
  public static func basisChain(
    of summary: DocumentSummary, below key: String, in store: IndexStore, most: Int = 4
  ) throws(IndexError) -> [DocumentSummary] {
    var chain: [DocumentSummary] = []
    var seen: Set<String> = [key, summary.key]
    var next = summary.key
    while chain.count < most, let stored = try store.document(next) {
      var above: DocumentSummary?
      for named in named(by: stored) where above == nil && named.relation == .basis {
        above = try resolved(named, by: stored, in: store).targets.first
      }
      guard let target = above, seen.insert(target.key).inserted else { break }
      chain.append(target)
      next = target.key
    }
    return chain
  }
}
