public import Indexer
internal import PolicyText
internal import Segmenter
internal import Synchronization

/// What a person may mean who has typed a few characters, letters of pinyin, or initials (联想).
public struct Suggestion: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 用语
    case term
    /// 事项
    case item
    /// 文件
    case document
    /// 部门
    case department
    /// 文号
    case number

    /// The Chinese name, as pages show it.
    public var name: String {
      switch self {
      case .term: "用语"
      case .item: "事项"
      case .document: "文件"
      case .department: "部门"
      case .number: "文号"
      }
    }
  }

  /// The name.
  public var text: String
  /// What it is.
  public var kind: Kind
  /// The public name of the document or item; nil for words and departments.
  public var key: String?
}

/// Suggests names while typing, and words for slips: same sound, similar shape, initials.
///
/// What is suggested is offered, never applied. The table of names is made anew when the index changes.
public final class Suggester: Sendable {
  private let store: IndexStore
  private let engine: SearchEngine
  private let table = Mutex<SuggestionTable?>(nil)

  /// Suggests from an index.
  public init(_ store: IndexStore) {
    self.store = store
    engine = SearchEngine(store)
  }

  private func current() throws(IndexError) -> SuggestionTable {
    let generation = try store.generation()
    if let known = table.withLock({ $0 }), known.generation == generation { return known }
    let names = try store.nameList()
    let made: SuggestionTable
    do {
      made = SuggestionTable(names, segmenter: try Segmenter(.standard))
    } catch {
      throw .segmenter(status: error.status)
    }
    table.withLock { $0 = made }
    return made
  }

  /// Names that begin with what was typed, or hold it: characters, pinyin or initials.
  ///
  /// - Parameters:
  ///   - words: What stands in the box.
  ///   - limit: The most suggestions.
  /// - Returns: Suggestions, best first; none for nothing.
  /// - Throws: ``IndexError``.
  /// - Complexity: O(names).
  public func suggestions(for words: String, limit: Int = 8) throws(IndexError) -> [Suggestion] {
    let found = try current().suggestions(for: words, limit: 3 * limit)
    // A word that no document has leads nowhere.
    let terms = found.filter { $0.kind == .term }.map(\.text)
    let frequencies = try engine.frequencies(of: terms.map { [$0] })
    let absent = Set(zip(terms, frequencies).filter { $0.1.units == 0 }.map(\.0))
    return Array(found.filter { $0.kind != .term || !absent.contains($0.text) }.prefix(limit))
  }

  /// What may have been meant by words that the index does not have: 惠企证策 is 惠企政策.
  ///
  /// - Returns: Whole queries, best first, each of which finds something; none where the words are known.
  /// - Throws: ``IndexError``.
  public func corrections(of words: String) throws(IndexError) -> [String] {
    let table = try current()
    let candidates = table.corrections(of: words)
    guard !candidates.isEmpty else { return [] }
    let found = try engine.frequencies(of: candidates.map { [$0.term] })
    let own: TermFrequency?
    do {
      own = try engine.frequencies(of: [Segmenter(.standard).tokens(of: words).map(\.term)]).first
    } catch let error as IndexError {
      throw error
    } catch {
      return []
    }
    guard own?.units ?? 0 == 0 else { return [] }
    var corrections: [String] = []
    for (candidate, frequency) in zip(candidates, found)
    where frequency.units > 0 {
      if !corrections.contains(candidate.query) { corrections.append(candidate.query) }
    }
    return Array(corrections.prefix(3))
  }
}
