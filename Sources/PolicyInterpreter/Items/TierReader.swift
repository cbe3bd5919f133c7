internal import PolicyText

/// Tells whether a sentence is another tier of the award before it, or an award of its own.
///
/// Assumption: tiers of one award stand in one clause, parted by semicolons, give the same kind of support
/// and speak of the same thing: 首次突破50亿元的…；首次突破100亿元的….
struct TierReader {
  let text: MatchText

  private static let adding = WordSet("另行 另外 额外 再给予 再奖励 同时给予 在此基础上 追加 另给予 再补助")

  /// Whether `sentence` goes on with the award of `last`.
  func isTier(_ sentence: GrantingSentence, after last: GrantingSentence) -> Bool {
    let end = text[last.range.upperBound - 1]
    if Self.adding.isIn(text, sentence.range.prefix(30)), end == ";" || end == "," { return true }
    guard end == ";", let left = last.supports.first, let right = sentence.supports.first,
      kind(left) == kind(right)
    else { return false }
    let words = (text.trimmed(last.range), text.trimmed(sentence.range))
    // Without 对: a threshold, a class or a place goes on with the sentence before.
    let starts = [words.0, words.1].map { text.longest(of: Self.leads, at: $0.lowerBound) != nil }
    if !starts[1], starts[0] || !starts[0] && likeness(words.0, words.1, left, right) >= 0.25 {
      return likeness(words.0, words.1, left, right) >= 0.12 || startsWithNumber(words.1)
    }
    return starts[1] && likeness(words.0, words.1, left, right) >= 0.4
  }

  private static let leads: [StaticString] = ["对", "支持", "鼓励", "凡", "推动", "引导", "加大"]

  private func startsWithNumber(_ range: Range<Int>) -> Bool {
    text[range.lowerBound].isDigit
      || text.longest(of: ["不足", "超过", "达到", "属于", "其他", "其余", "被认定", "认定为"], at: range.lowerBound)
        != nil
  }

  private func kind(_ support: Support) -> Int {
    switch support.kind {
    case .fixed, .range: 0
    case .perUnit: 1
    case .cap: 2
    case .rate: 3
    case .relief: 4
    case .inKind: 5
    case .negotiated: 6
    }
  }

  /// The share of pairs of characters before the first sums that both sentences have, 0 to 1.
  private func likeness(
    _ left: Range<Int>, _ right: Range<Int>, _ first: Support, _ second: Support
  ) -> Double {
    func pairs(_ range: Range<Int>, _ support: Support) -> Set<UInt64> {
      let end = min(range.upperBound, text.index(ofByte: support.range.upperBound) + 8)
      var pairs: Set<UInt64> = []
      var before: Unicode.Scalar?
      for index in range.lowerBound..<max(range.lowerBound, end) where text[index].isHan {
        if let before { pairs.insert(UInt64(before.value) << 32 | UInt64(text[index].value)) }
        before = text[index]
      }
      return pairs
    }
    let (a, b) = (pairs(left, first), pairs(right, second))
    let least = min(a.count, b.count)
    return least == 0 ? 0 : Double(a.intersection(b).count) / Double(least)
  }
}
