private import CZIP
internal import PolicyText

/// A zip archive in memory: office files, and several files in one; nothing of it is written to disk.
final class Archive {
  /// One entry.
  struct Entry {
    /// The path in the archive, decoded.
    let name: String
    /// What the archive says of its length; checked when it is read.
    let size: Int
    let packedSize: Int
    let isEncrypted: Bool
    fileprivate let index: Int64
  }

  /// The largest entry, in bytes.
  static let entryLimit = 96 * 1_048_576
  /// The most that is unpacked of one archive, in bytes.
  static let totalLimit = 192 * 1_048_576
  private static let entryCountLimit = 20_000

  let entries: [Entry]
  private let places: [String: Int]
  private let handle: OpaquePointer
  private let memory: UnsafeMutableRawPointer
  private var unpacked = 0
  /// What was unpacked of the file that this archive is, or stands in.
  let unpacking: Unpacking

  /// Opens an archive; one that stands in another shares its `unpacking`.
  init(_ bytes: [UInt8], unpacking: Unpacking = Unpacking()) throws(ReadError) {
    // libzip reads the bytes for as long as the archive is open.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    bytes.withUnsafeBytes { raw in
      if let start = raw.baseAddress { memory.copyMemory(from: start, byteCount: raw.count) }
    }
    guard let handle = czip_open(memory, Int64(bytes.count)) else {
      memory.deallocate()
      throw .damaged(what: "Word、OFD 或压缩包的结构")
    }
    let count = czip_count(handle)
    guard count <= Self.entryCountLimit else {
      czip_close(handle)
      memory.deallocate()
      throw .unsafe(what: "压缩包里有 \(count) 个文件")
    }
    var entries: [Entry] = []
    var places: [String: Int] = [:]
    for index in 0..<max(count, 0) {
      var facts = czip_entry()
      guard czip_stat(handle, index, &facts) == 0, let stored = facts.name else { continue }
      let raw = Array(UnsafeBufferPointer(start: stored, count: Self.length(stored)))
      let name = TextDecoder.decode(raw.map { UInt8(bitPattern: $0) })?.text
      let path = name.map { $0[$0.range] } ?? ""
      entries.append(
        Entry(
          name: path, size: Int(facts.size), packedSize: Int(facts.packed_size),
          isEncrypted: facts.is_encrypted != 0, index: index))
      // Office programs accept either slash, and a path from the root.
      let key = Self.key(path)
      if places[key] == nil { places[key] = entries.count - 1 }
    }
    self.unpacking = unpacking
    self.handle = handle
    self.memory = memory
    self.entries = entries
    self.places = places
  }

  deinit {
    czip_close(handle)
    memory.deallocate()
  }

  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }

  private static func key(_ path: String) -> String {
    String(path.map { $0 == "\\" ? "/" : $0 }.drop { $0 == "/" }).lowercased()
  }

  /// The entry with a path, in any case.
  func entry(_ path: String) -> Entry? { places[Self.key(path)].map { entries[$0] } }

  /// Whether there is an entry with a path.
  func has(_ path: String) -> Bool { places[Self.key(path)] != nil }

  /// Unpacks an entry.
  ///
  /// - Throws: ``ReadError/encrypted``, ``ReadError/unsafe(what:)`` where it is larger than the limits or than
  ///   it says, ``ReadError/damaged(what:)``.
  func read(_ entry: Entry) throws(ReadError) -> [UInt8] {
    guard !entry.isEncrypted else { throw .encrypted }
    guard entry.size <= Self.entryLimit, unpacked + entry.size <= Self.totalLimit else {
      throw .unsafe(what: "\(Self.shown(entry.name)) 解压后有 \(entry.size / 1_048_576) MB")
    }
    try unpacking.spend(entry.size)
    unpacked += entry.size
    var result: Int64 = 0
    let content = [UInt8](unsafeUninitializedCapacity: max(entry.size, 1)) { buffer, count in
      if let start = buffer.baseAddress {
        result = czip_read(handle, entry.index, start, Int64(entry.size))
      }
      count = Int(max(result, 0))
    }
    if result == -2 { throw .unsafe(what: "\(Self.shown(entry.name)) 比它声明的更大") }
    guard result >= 0 else { throw .damaged(what: Self.shown(entry.name)) }
    return content
  }

  /// Refuses an archive whose XML is larger than `limit` when it is unpacked, before another program does that.
  func holdUnpacked(to limit: Int) throws(ReadError) {
    for entry in entries where entry.name.hasSuffix(".xml") && entry.size > limit {
      throw .unsafe(what: "\(Self.shown(entry.name)) 解压后有 \(entry.size / 1_048_576) MB")
    }
  }

  /// Unpacks the entry with a path; nil where there is none.
  func read(_ path: String) throws(ReadError) -> [UInt8]? {
    guard let entry = entry(path) else { return nil }
    return try read(entry)
  }

  /// The XML file with a path; nil where there is none.
  func xml(_ path: String) throws(ReadError) -> XMLElement? {
    guard let bytes = try read(path) else { return nil }
    return try XMLTree.root(of: bytes, part: Self.shown(path))
  }

  /// A name that fits a line.
  static func shown(_ name: String) -> String {
    let clean = String(name.map { $0.isNewline ? " " : $0 })
    return clean.count <= 60 ? clean : "…" + clean.suffix(58)
  }

  /// The path that `target` means in the file at `base`: `styles.xml` beside `word/document.xml`.
  static func resolve(_ target: String, from base: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = base.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
