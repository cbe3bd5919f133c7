import PolicyText
import PolicyVocabulary

/// Chooses the best set of readings that do not overlap (最优无重叠解读).
///
/// Readings are intervals with a score, so the best set is found by one sweep (weighted interval scheduling): no rule
/// has to know another, and no order of rules decides.
package enum Chart {
  /// What was chosen.
  package struct Choice: Sendable {
    /// The chosen readings, in order.
    package let readings: [Reading]
    /// Whether another set has the same score: a doubt.
    package let isTied: Bool
  }

  /// The set with the greatest sum of scores.
  ///
  /// Of equal sets the one with the longer last reading is taken.
  ///
  /// - Complexity: O(*n* log *n*).
  package static func best(of readings: [Reading]) -> Choice {
    let sorted = readings.filter { !$0.range.isEmpty && $0.score > 0 }.sorted {
      ($0.range.upperBound, $0.range.lowerBound, $0.rule.rawValue)
        < ($1.range.upperBound, $1.range.lowerBound, $1.rule.rawValue)
    }
    guard !sorted.isEmpty else { return Choice(readings: [], isTied: false) }
    var best = [Int](repeating: 0, count: sorted.count + 1)
    var isTied = [Bool](repeating: false, count: sorted.count + 1)
    var before = [Int](repeating: 0, count: sorted.count)
    for (index, reading) in sorted.enumerated() {
      before[index] = compatible(sorted, reading.range.lowerBound)
      let taken = best[before[index]] + reading.score
      best[index + 1] = max(best[index], taken)
      isTied[index + 1] =
        taken == best[index] || (taken > best[index] ? isTied[before[index]] : isTied[index])
    }
    var chosen: [Reading] = []
    var index = sorted.count
    while index > 0 {
      if best[before[index - 1]] + sorted[index - 1].score > best[index - 1] {
        chosen.append(sorted[index - 1])
        index = before[index - 1]
      } else {
        index -= 1
      }
    }
    return Choice(readings: chosen.reversed(), isTied: isTied[sorted.count])
  }

  /// How many of the readings, sorted by their ends, end at or before `start`.
  private static func compatible(_ sorted: [Reading], _ start: Int) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].range.upperBound <= start { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
