public import Indexer
internal import Synchronization

/// How a document stands among the others: whom it names, who speaks of it, which passages explain its clauses.
public struct DocumentRelations: Sendable {
  /// The documents that it names.
  public let named: [ResolvedReference]
  /// For a document that it rests on, by its key, what that rests on, from the nearest up.
  public let chains: [String: [DocumentSummary]]
  /// The documents that speak of it.
  public let mentions: [DocumentMention]
  /// For its clauses, the passages of interpretations that explain them.
  public let explanations: [ClauseExplanation]

  /// Looks through the index.
  ///
  /// - Throws: ``IndexError``.
  /// - Complexity: A search for its titles, a look-up for each document that it names.
  public init(of stored: StoredDocument, in store: IndexStore) throws(IndexError) {
    named = try ResolvedReference.all(of: stored, in: store)
    var chains: [String: [DocumentSummary]] = [:]
    for reference in named where reference.relation == .basis && reference.state == .resolved {
      let target = reference.targets[0]
      chains[target.key] = try ResolvedReference.basisChain(
        of: target, below: stored.summary.key, in: store)
    }
    self.chains = chains
    mentions = try DocumentMention.all(of: stored, in: store)
    explanations = try ClauseExplanation.all(of: stored, by: mentions, in: store)
  }
}

/// Keeps how the documents that were looked at last stand among the others, for one state of the index.
public final class RelationCache: Sendable {
  private static let most = 512

  private struct Key: Hashable {
    var document: String
    var version: Int
  }

  private struct State {
    var of: IndexState?
    var relations: [Key: DocumentRelations] = [:]
  }

  private let store: IndexStore
  private let state = Mutex(State())

  /// Looks through an index.
  public init(_ store: IndexStore) { self.store = store }

  /// How a document stands among the others now.
  ///
  /// - Throws: ``IndexError``.
  /// - Complexity: As ``DocumentRelations/init(of:in:)`` once for each state of the index.
  public func relations(of stored: StoredDocument) throws(IndexError) -> DocumentRelations {
    let now = try store.state()
    let key = Key(document: stored.summary.key, version: stored.version)
    if let known = state.withLock({ $0.of == now ? $0.relations[key] : nil }) { return known }
    let made = try DocumentRelations(of: stored, in: store)
    state.withLock { state in
      if state.of != now || state.relations.count >= Self.most { state.relations = [:] }
      state.of = now
      state.relations[key] = made
    }
    return made
  }
}
