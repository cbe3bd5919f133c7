internal import Segmenter

/// Counts words and single characters in texts, in one pass over their UTF-8 bytes.
///
/// Texts are read as ranking folds them: case, width and traditional forms make no difference, line breaks and
/// `*` divide nothing. Occurrences of one word do not overlap.
struct TextMatcher {
  /// A row of characters to look for.
  private struct Word {
    var slots: [UInt8]
    /// Where the latest occurrence ended, in characters read.
    var end = 0
  }

  private static let transparent: UInt8 = 255
  /// For each scalar of the basic plane its slot, from 1; 0 for what is not looked for.
  private var table = [UInt8](repeating: 0, count: 0x1_0000)
  private var slotCount = 0
  private var words: [Word] = []
  /// For each slot the words that end with it.
  private var wordsByEnd: [[Int]] = [[]]
  /// How often each word was found.
  private(set) var wordCounts: [Int32] = []
  /// How often the character of each slot was found.
  private(set) var slotCounts: [Int32] = [0]
  /// The slots of the latest characters, as many as the longest word has, in a ring.
  private var latest = [UInt8](repeating: 0, count: 64)
  private var read = 0

  init() {
    table[0x0A] = Self.transparent
    table[0x0D] = Self.transparent
    table[0x2A] = Self.transparent
  }

  /// Looks for a character from now on.
  ///
  /// - Returns: Its slot; nil where there are too many.
  mutating func slot(of scalar: UInt32, _ segmenter: Segmenter) -> Int? {
    guard scalar < 0x1_0000, scalar > 0 else { return nil }
    let known = table[Int(scalar)]
    if known != 0 { return known == Self.transparent ? nil : Int(known) }
    guard slotCount < 250 else { return nil }
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
    wordsByEnd.append([])
    slotCounts.append(0)
    return slotCount
  }

  /// Looks for a folded word from now on.
  ///
  /// - Returns: Its number; nil where it cannot be looked for.
  mutating func add(_ word: [UInt32], _ segmenter: Segmenter) -> Int? {
    guard !word.isEmpty, word.count < latest.count else { return nil }
    var slots: [UInt8] = []
    for scalar in word {
      guard let slot = slot(of: scalar, segmenter) else { return nil }
      slots.append(UInt8(slot))
    }
    words.append(Word(slots: slots))
    wordCounts.append(0)
    wordsByEnd[Int(slots[slots.count - 1])].append(words.count - 1)
    return words.count - 1
  }

  /// Forgets all counts.
  mutating func reset() {
    for index in wordCounts.indices { wordCounts[index] = 0 }
    for index in slotCounts.indices { slotCounts[index] = 0 }
  }

  /// Counts in a text, which is divided from what was read before.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, whole scalars.
  ///   - limit: How many characters are read at most.
  mutating func count(_ bytes: UnsafeRawBufferPointer, limit: Int = .max) {
    // What stands before must not run on.
    read += latest.count
    for index in latest.indices { latest[index] = 0 }
    var index = 0
    var left = limit
    while index < bytes.count, left > 0 {
      let first = bytes[index]
      let slot: UInt8
      if first < 0x80 {
        slot = table[Int(first)]
        index += 1
      } else if first >= 0xE0, first < 0xF0, index + 2 < bytes.count {
        let scalar =
          Int(first & 0x0F) << 12 | Int(bytes[index + 1] & 0x3F) << 6
          | Int(bytes[index + 2] & 0x3F)
        slot = table[scalar]
        index += 3
      } else {
        slot = 0
        index += first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      }
      if slot == Self.transparent { continue }
      left -= 1
      latest[read & 63] = slot
      read += 1
      if slot == 0 { continue }
      slotCounts[Int(slot)] += 1
      if !wordsByEnd[Int(slot)].isEmpty { match(slot) }
    }
  }

  private mutating func match(_ slot: UInt8) {
    for number in wordsByEnd[Int(slot)] {
      let length = words[number].slots.count
      guard read - words[number].end >= length else { continue }
      var place = 1
      while place < length,
        latest[(read - 1 - place) & 63] == words[number].slots[length - 1 - place]
      { place += 1 }
      if place == length {
        wordCounts[number] += 1
        words[number].end = read
      }
    }
  }
}
