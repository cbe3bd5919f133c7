/// Which words stand near each other (共现), counted over sentences.
///
/// A pair within four words of each other counts 1 / distance, in both directions. Words are numbered as they
/// appear; only words of Han characters are counted, others keep their place.
struct Cooccurrences {
  /// How far apart two words of a pair may stand.
  private static let reach = 4

  /// The words by number.
  private(set) var words: [String] = []
  /// How often each word stands.
  private(set) var counts: [Int32] = []
  private var numbers: [String: Int32] = [:]
  /// The texts as numbers of words: `other` for what is no word of Han characters, `end` after a sentence.
  private var sequence: [Int32] = []
  private static let (other, end): (Int32, Int32) = (-1, -2)

  /// How many words were read.
  private(set) var wordCount = 0

  /// Reads a word.
  mutating func add(_ word: String) {
    let number: Int32
    if let known = numbers[word] {
      number = known
    } else if word.unicodeScalars.allSatisfy({ RankingTerm.isHan($0.value) }) {
      number = Int32(words.count)
      numbers[word] = number
      words.append(word)
      counts.append(0)
    } else {
      number = Self.other
    }
    if number >= 0 { counts[Int(number)] += 1 }
    sequence.append(number)
    wordCount += 1
  }

  /// Ends a sentence: words on its two sides are not near each other.
  mutating func endSentence() { sequence.append(Self.end) }

  /// A pair of words, by their numbers in the list that was asked for, the lower first.
  struct Pair {
    var first: Int32
    var second: Int32
    var weight: Float
  }

  /// The pairs of some words, in a stable order.
  ///
  /// - Parameters:
  ///   - chosen: Numbers of words; a pair has places in this list.
  ///   - least: Lighter pairs are left out.
  /// - Returns: Each pair once.
  func pairs(of chosen: [Int32], least: Float) -> [Pair] {
    var places = [Int32](repeating: -1, count: words.count)
    for (place, number) in chosen.enumerated() { places[Int(number)] = Int32(place) }
    var sums = PairSums()
    var near = [Int32](repeating: -1, count: Self.reach)
    var latest = 0
    for number in sequence {
      if number == Self.end {
        for index in near.indices { near[index] = -1 }
        continue
      }
      let place = number >= 0 ? places[Int(number)] : -1
      if place >= 0 {
        for distance in 1...Self.reach {
          let other = near[(latest - distance + 1 + Self.reach) % Self.reach]
          if other >= 0 {
            sums.add(min(other, place), max(other, place), 1 / Float(distance))
          }
        }
      }
      latest = (latest + 1) % Self.reach
      near[latest] = place
    }
    return sums.pairs(least: least)
  }
}

/// Sums by pair, in a table of open addresses: tens of millions of additions.
private struct PairSums {
  private var keys = [UInt64](repeating: .max, count: 1 << 16)
  private var sums = [Float](repeating: 0, count: 1 << 16)
  private var used = 0

  mutating func add(_ first: Int32, _ second: Int32, _ weight: Float) {
    if used * 2 > keys.count { grow() }
    let key = UInt64(first) << 32 | UInt64(second)
    let slot = slot(of: key)
    if keys[slot] == .max {
      keys[slot] = key
      used += 1
    }
    sums[slot] += weight
  }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(mixed >> 20) & mask
    while keys[slot] != .max, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldSums) = (keys, sums)
    keys = [UInt64](repeating: .max, count: oldKeys.count * 2)
    sums = [Float](repeating: 0, count: oldKeys.count * 2)
    for (index, key) in oldKeys.enumerated() where key != .max {
      let slot = slot(of: key)
      keys[slot] = key
      sums[slot] = oldSums[index]
    }
  }

  func pairs(least: Float) -> [Cooccurrences.Pair] {
    var pairs: [Cooccurrences.Pair] = []
    for (index, key) in keys.enumerated() where key != .max && sums[index] >= least {
      pairs.append(
        .init(
          first: Int32(key >> 32), second: Int32(key & 0xFFFF_FFFF), weight: sums[index]))
    }
    return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
