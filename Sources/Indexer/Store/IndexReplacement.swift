internal import Foundation
internal import GRDB

/// Makes a new index file beside one that stays in use meanwhile, and then puts it in its place.
///
/// The old file is held as its writer would hold it, so that nothing is written to it that the new one lacks;
/// readers go on. Where this ends early, whether by an error or by `kill -9`, the old file stands as it was.
struct IndexReplacement {
  let place: IndexPlace
  let old: OldIndex
  private let file: NewFile

  /// - Throws: ``IndexError/busy`` where another writes or replaces the file; ``IndexError``.
  init(_ path: String) throws(IndexError) {
    place = IndexPlace(path)
    try place.settle()
    old = try OldIndex(place)
    file = try NewFile(place)
  }

  /// Opens the new file, which has all tables and no rows.
  func newStore() throws(IndexError) -> IndexStore {
    try IndexStore.open(place.new, creates: true)
  }

  /// Takes over what people wrote and what was learned, in one transaction.
  func carry(_ kept: OldIndex.Kept, into store: IndexStore) throws(IndexError) {
    try IndexStore.wrapping {
      try store.writing { db in
        try ContactTable.insert(kept.contacts, in: db)
        try RelatedWords.insert(kept.relatedWords, in: db)
        try IndexStore.raiseGeneration(in: db)
      }
    }
  }

  /// Puts the new file, which nobody has open any more, in the place of the old one.
  ///
  /// - Parameter aside: Where the old file goes; nil where it goes away.
  /// - Throws: ``IndexError``; the old file stands as it was then.
  func finish(aside: String? = nil) throws(IndexError) {
    guard IndexMark(IndexPlace(place.new)).logSize == 0 else { throw .diskFull }
    try old.settleLog()
    try place.exchange(old.file, aside: aside, keepingLog: !old.isHeld)
  }

  /// Gives up: the new file goes, the old one stays.
  func abandon() { place.removeNew() }
}

extension IndexStore {
  /// Brings all that was written into the file itself.
  ///
  /// - Throws: ``IndexError``.
  func emptyLog() throws(IndexError) {
    try Self.wrapping {
      try pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }
  }
}
