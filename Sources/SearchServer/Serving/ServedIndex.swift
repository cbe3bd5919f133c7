internal import Consultation
internal import Indexer
internal import Synchronization

/// The index file that is served, followed where it is replaced.
///
/// `huice index --rebuild` and `huice restore` put another file in the place of the old one. A connection would go on
/// reading the old one for ever; so each request looks whether the path still leads to the file that is open.
final class ServedIndex: Sendable {
  /// A file that is open, with what is remembered of it.
  struct Opened: Sendable {
    let store: IndexStore
    let suggester: Suggester
    let consultant: Consultant
    let relations: RelationCache
    let pictures: PagePictures

    init(_ store: IndexStore) {
      self.store = store
      suggester = Suggester(store)
      consultant = Consultant(store)
      relations = RelationCache(store)
      pictures = PagePictures(store)
    }
  }

  private let path: String
  private let opened: Mutex<Opened>

  /// Serves a file that is open.
  init(_ store: IndexStore, path: String) {
    self.path = path
    opened = Mutex(Opened(store))
  }

  /// The file as it is at its path now.
  ///
  /// - Throws: ``IndexError``: ``IndexError/noDatabase`` where the path leads nowhere, and what
  ///   ``IndexStore/open(_:creates:ignoresStamp:mapped:)`` throws for a file that has come there.
  func current() throws(IndexError) -> Opened {
    let known = opened.withLock { $0 }
    guard known.store.isReplaced(at: path) else { return known }
    let store = try IndexStore.open(path)
    return opened.withLock { opened in
      // Another request may have been faster.
      if opened.store.isReplaced(at: path) { opened = Opened(store) }
      return opened
    }
  }

  /// The store of the file.
  ///
  /// - Throws: As ``current()``.
  var store: IndexStore { get throws(IndexError) { try current().store } }
}
