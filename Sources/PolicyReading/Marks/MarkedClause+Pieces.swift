import PolicyText
import PolicyVocabulary

extension MarkedClause {
  /// Where the piece that `index` stands in begins: behind the nearest 、 的 且 或 （ to the left, within `phrase`.
  ///
  /// 的 before 比例 and its kin joins a quantity (营业收入的比例) and bounds no piece.
  func pieceStart(before index: Int, in phrase: Range<Int>) -> Int {
    var start = index
    while start > phrase.lowerBound {
      if bounds(start - 1, level: depth[min(index, count - 1)]) { return start }
      if let joint = joint(endingAt: start), joint > phrase.lowerBound { return start }
      start -= 1
    }
    return start
  }

  /// Where the piece that `index` stands in ends: before the nearest 、 的 且 或 ） to the right, within `phrase`.
  func pieceEnd(after index: Int, in phrase: Range<Int>) -> Int {
    var end = index
    while end < phrase.upperBound {
      if bounds(end, level: depth[min(index, count - 1)]) { return end }
      if isJoint(at: end) { return end }
      end += 1
    }
    return end
  }

  /// Whether the sign at `index` bounds a piece.
  private func bounds(_ index: Int, level: UInt8) -> Bool {
    switch text[index] {
    case "、", "/", ",", ":", ";": return figure(covering: index) == nil
    case "(", ")": return true
    case "的":
      return word(.joinedNoun, at: index + 1) == nil
    default: return false
    }
  }

  /// The start of 且 or 或 that ends at `end`; nil where neither does.
  ///
  /// 和 and 及 join words within a piece too.
  private func joint(endingAt end: Int) -> Int? {
    guard let word = word(.connective, endingAt: end) else { return nil }
    switch word.feature {
    case .and, .or: return isJoint(at: word.start) ? word.start : nil
    default: return nil
    }
  }

  private func isJoint(at index: Int) -> Bool {
    guard let word = word(.connective, at: index) else { return false }
    switch word.feature {
    case .or: return true
    case .and:
      // 并网, 且末: single characters join only where a piece may begin behind them.
      return text[index] != "同" || word.end - index > 1
    default: return false
    }
  }

  /// The index behind the words of `categories` that stand one after the other from `index`.
  ///
  /// A word counts only where no longer word of the vocabulary begins with it: 本 is none in 本市.
  func skipping(_ categories: [WordCategory], from index: Int, limit: Int) -> Int {
    var index = index
    while index < limit {
      guard let end = categories.lazy.compactMap({ word($0, at: index)?.end }).max(), end <= limit,
        longestWord(at: index) <= end
      else { return index }
      index = end
    }
    return index
  }

  /// The index before the words of `categories` that stand one after the other up to `end`.
  func skippingBack(_ categories: [WordCategory], before end: Int, limit: Int) -> Int {
    var end = end
    while end > limit {
      guard let start = categories.lazy.compactMap({ word($0, endingAt: end)?.start }).min(),
        start >= limit
      else { return end }
      end = start
    }
    return end
  }

  /// Whether a longer word that begins before `range` reaches into it: 年度 in 上年度, 单 in 承办单位.
  func isInsideWord(_ range: Range<Int>) -> Bool {
    for start in max(0, range.lowerBound - 6)..<range.lowerBound
    where longestWord(at: start) > range.lowerBound {
      return true
    }
    return longestWord(at: range.lowerBound) > range.upperBound
  }

  /// The index of the bracket that opens what closes at `close`; nil where none does.
  func opening(of close: Int) -> Int? {
    guard close >= 0, close < count, depth[close] > 0 else { return nil }
    var index = close
    while index > 0, depth[index - 1] >= depth[close] { index -= 1 }
    return index
  }

  /// Number of Han characters, letters and digits in `range`: what a reading explains.
  func weight(_ range: Range<Int>) -> Int {
    range.reduce(0) { $0 + (text[$1].isHan || text[$1].isLetter || text[$1].isASCIIDigit ? 1 : 0) }
  }
}
