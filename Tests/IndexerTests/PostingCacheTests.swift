import Testing

@testable import Indexer

@Suite struct PostingCacheTests {
  private func list(_ count: Int, _ byte: UInt8 = 1) -> PostingBytes {
    [UInt8](repeating: byte, count: count).withUnsafeBytes { PostingBytes($0) }
  }

  @Test func `a list is kept with zeros behind it`() throws {
    let cache = PostingCache()
    #expect(cache.list(of: 7) == nil)
    cache.keep(list(3, 9), of: 7)
    let kept = try #require(cache.list(of: 7))
    #expect(Array(kept.bytes) == [9, 9, 9])
    let padded = UnsafeBufferPointer(
      start: kept.bytes.baseAddress, count: 3 + PostingList.padding)
    #expect(padded.dropFirst(3).allSatisfy { $0 == 0 })
  }

  @Test func `no more is kept than there is room for, and nothing that is in use is lost`() throws {
    let cache = PostingCache()
    let first = list(1 << 19, 5)
    cache.keep(first, of: 0)
    cache.keep(list(1 << 21), of: -1)
    #expect(cache.list(of: -1) == nil, "too long to be kept")
    for key in Int64(1)...100 { cache.keep(list(1 << 19), of: key) }
    let kept = (Int64(0)...100).count { cache.list(of: $0) != nil }
    #expect((1...32).contains(kept))
    #expect(cache.list(of: 0) == nil && cache.list(of: 100) != nil)
    #expect(first.bytes.allSatisfy { $0 == 5 })
  }
}
