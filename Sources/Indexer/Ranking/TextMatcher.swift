internal import Segmenter

/// Counts words and single characters in texts, in one pass over their UTF-8 bytes.
///
/// Texts are read as ranking folds them: case, width and traditional forms make no difference, line breaks and
/// `*` divide nothing. Occurrences of one word do not overlap.
final class TextMatcher {
  private static let transparent: UInt8 = 255
  private static let mostSlots = 250
  private static let mostWords = 1_024
  /// The latest characters are kept in a ring of so many; words are shorter.
  private static let ring = 64

  /// A row of characters to look for.
  private struct Word {
    var length = 0
    /// Where the latest occurrence ended, in characters read.
    var end = 0
    /// The next word with the same last character, from 1.
    var next = 0
  }

  /// For each scalar of the basic plane its slot, from 1; 0 for what is not looked for.
  private let table: UnsafeMutablePointer<UInt8>
  private var slotCount = 0
  private let words: UnsafeMutablePointer<Word>
  /// The slots of each word, last first.
  private let wordSlots: UnsafeMutablePointer<UInt8>
  private var wordCount = 0
  /// For each slot the first word that ends with it, from 1.
  private let wordsByEnd: UnsafeMutablePointer<Int>
  private let latest: UnsafeMutablePointer<UInt8>
  private var read = 0
  /// How often each word was found.
  let wordCounts: UnsafeMutablePointer<Int32>
  /// How often the character of each slot was found.
  let slotCounts: UnsafeMutablePointer<Int32>

  init() {
    table = .allocate(capacity: 0x1_0000)
    table.initialize(repeating: 0, count: 0x1_0000)
    words = .allocate(capacity: Self.mostWords)
    words.initialize(repeating: Word(), count: Self.mostWords)
    wordSlots = .allocate(capacity: Self.mostWords * Self.ring)
    wordSlots.initialize(repeating: 0, count: Self.mostWords * Self.ring)
    wordsByEnd = .allocate(capacity: 256)
    wordsByEnd.initialize(repeating: 0, count: 256)
    latest = .allocate(capacity: Self.ring)
    latest.initialize(repeating: 0, count: Self.ring)
    wordCounts = .allocate(capacity: Self.mostWords)
    wordCounts.initialize(repeating: 0, count: Self.mostWords)
    slotCounts = .allocate(capacity: 256)
    slotCounts.initialize(repeating: 0, count: 256)
    for byte in [0x0A, 0x0D, 0x2A] { table[byte] = Self.transparent }
  }

  deinit {
    table.deallocate()
    words.deallocate()
    wordSlots.deallocate()
    wordsByEnd.deallocate()
    latest.deallocate()
    wordCounts.deallocate()
    slotCounts.deallocate()
  }

  /// Looks for a character from now on.
  ///
  /// - Returns: Its slot; nil where there are too many.
  func slot(of scalar: UInt32, _ segmenter: Segmenter) -> Int? {
    guard scalar < 0x1_0000, scalar > 0 else { return nil }
    let known = table[Int(scalar)]
    if known != 0 { return known == Self.transparent ? nil : Int(known) }
    guard slotCount < Self.mostSlots else { return nil }
    slotCount += 1
    let slot = UInt8(slotCount)
    table[Int(scalar)] = slot
    switch scalar {
    case 0x61...0x7A:
      table[Int(scalar) - 0x20] = slot
      table[Int(scalar) - 0x20 + 0xFEE0] = slot
      table[Int(scalar) + 0xFEE0] = slot
    case 0x21...0x7E: table[Int(scalar) + 0xFEE0] = slot
    case 0x4E00...0x9FFF:
      for variant in segmenter.variants(of: UInt16(scalar)) { table[Int(variant)] = slot }
    default: break
    }
    return slotCount
  }

  /// Looks for a folded word from now on.
  ///
  /// - Returns: Its number; nil where it cannot be looked for.
  func add(_ word: [UInt32], _ segmenter: Segmenter) -> Int? {
    guard !word.isEmpty, word.count < Self.ring, wordCount < Self.mostWords else { return nil }
    let start = wordSlots + wordCount * Self.ring
    for (index, scalar) in word.reversed().enumerated() {
      guard let slot = slot(of: scalar, segmenter) else { return nil }
      start[index] = UInt8(slot)
    }
    let number = wordCount
    wordCount += 1
    words[number] = Word(length: word.count, next: wordsByEnd[Int(start[0])])
    wordsByEnd[Int(start[0])] = number + 1
    return number
  }

  /// Forgets all counts.
  func reset() {
    wordCounts.update(repeating: 0, count: wordCount)
    slotCounts.update(repeating: 0, count: slotCount + 1)
  }

  /// Counts in a text, which is divided from what was read before.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, whole scalars.
  ///   - limit: How many characters are read at most.
  func count(_ bytes: UnsafeRawBufferPointer, limit: Int = .max) {
    guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let end = bytes.count
    let (table, latest, slotCounts) = (table, latest, slotCounts)
    // What stands before must not run on.
    var read = read &+ Self.ring
    latest.update(repeating: 0, count: Self.ring)
    var index = 0
    var left = limit
    while index < end, left > 0 {
      let first = source[index]
      let slot: UInt8
      if first < 0x80 {
        slot = table[Int(first)]
        index &+= 1
      } else if first >= 0xE0, first < 0xF0, index &+ 2 < end {
        let scalar =
          Int(first & 0x0F) &<< 12 | Int(source[index &+ 1] & 0x3F) &<< 6
          | Int(source[index &+ 2] & 0x3F)
        slot = table[scalar]
        index &+= 3
      } else {
        slot = 0
        index &+= first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      }
      if slot == Self.transparent { continue }
      left &-= 1
      latest[read & 63] = slot
      read &+= 1
      if slot == 0 { continue }
      slotCounts[Int(slot)] &+= 1
      var next = wordsByEnd[Int(slot)]
      while next != 0 {
        let word = words + (next &- 1)
        let slots = wordSlots + (next &- 1) &* Self.ring
        var place = 1
        while place < word.pointee.length, latest[(read &- 1 &- place) & 63] == slots[place] {
          place &+= 1
        }
        if place == word.pointee.length, read &- word.pointee.end >= place {
          wordCounts[next &- 1] &+= 1
          word.pointee.end = read
        }
        next = word.pointee.next
      }
    }
    self.read = read
  }
}
