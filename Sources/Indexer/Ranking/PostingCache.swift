internal import Synchronization

/// A posting list in memory, never changed.
final class PostingBytes: @unchecked Sendable {
  /// The list; ``PostingList/padding`` more bytes are readable.
  let bytes: UnsafeBufferPointer<UInt8>
  private let memory: UnsafeMutableRawPointer

  /// Copies a list.
  init(_ source: UnsafeRawBufferPointer) {
    memory = .allocate(byteCount: source.count + PostingList.padding, alignment: 16)
    if let start = source.baseAddress { memory.copyMemory(from: start, byteCount: source.count) }
    (memory + source.count).initializeMemory(
      as: UInt8.self, repeating: 0, count: PostingList.padding)
    bytes = UnsafeBufferPointer(
      start: memory.assumingMemoryBound(to: UInt8.self), count: source.count)
  }

  deinit { memory.deallocate() }
}

/// The posting lists of one segment that were asked for lately, so that common terms are not read from the file for
/// each question.
///
/// A segment is never changed, and its cache goes with it. Answers are not kept: each question is computed.
final class PostingCache: Sendable {
  /// The most bytes that are kept.
  ///
  /// Beyond it all are let go; lists longer than a sixteenth of it are not kept.
  private static let most = 16 << 20

  private struct State {
    var lists: [Int64: PostingBytes] = [:]
    var size = 0
  }

  private let state = Mutex(State())

  /// The list of a term; nil where it is not kept.
  func list(of key: Int64) -> PostingBytes? { state.withLock { $0.lists[key] } }

  /// Keeps a list.
  func keep(_ list: PostingBytes, of key: Int64) {
    let size = list.bytes.count + 128
    guard size <= Self.most / 16 else { return }
    state.withLock { state in
      if state.size + size > Self.most { state = State() }
      if state.lists.updateValue(list, forKey: key) == nil { state.size += size }
    }
  }
}
