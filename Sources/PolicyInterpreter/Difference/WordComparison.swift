/// The words that differ between two texts of a clause (Myers, with a bound on the number of edits).
enum WordComparison {
  /// How many scalars may come and go before the whole stretch counts as other words.
  private static let mostEdits = 400

  /// The stretches that differ, in order, as ranges of each text; numbers are never cut.
  static func edits(
    _ old: ArraySlice<UInt32>, _ new: ArraySlice<UInt32>
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    var start = 0
    let shorter = min(old.count, new.count)
    while start < shorter, old[old.startIndex + start] == new[new.startIndex + start] { start += 1 }
    var tail = 0
    while tail < shorter - start, old[old.endIndex - 1 - tail] == new[new.endIndex - 1 - tail] {
      tail += 1
    }
    let left = old.startIndex + start..<old.endIndex - tail
    let right = new.startIndex + start..<new.endIndex - tail
    guard !left.isEmpty || !right.isEmpty else { return [] }
    let found = script(old[left], new[right]) ?? [(left, right)]
    return joined(found.map { widened($0, old, new) })
  }

  /// Stretches that differ; nil where there are too many.
  private static func script(
    _ old: ArraySlice<UInt32>, _ new: ArraySlice<UInt32>
  ) -> [(old: Range<Int>, new: Range<Int>)]? {
    guard !old.isEmpty, !new.isEmpty else { return nil }
    let (count, other) = (old.count, new.count)
    guard abs(count - other) <= mostEdits else { return nil }
    let most = min(count + other, mostEdits)
    var reach = Array(repeating: 0, count: 2 * most + 3)
    var trace: [[Int]] = []
    let middle = most + 1
    for edits in 0...most {
      trace.append(Array(reach[(middle - edits)...(middle + edits)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let isDown =
          diagonal == -edits
          || diagonal != edits
            && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
        var x = isDown ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1
        while x < count, x - diagonal >= 0, x - diagonal < other,
          old[old.startIndex + x] == new[new.startIndex + x - diagonal]
        { x += 1 }
        reach[middle + diagonal] = x
        if x >= count, x - diagonal >= other {
          return backtrack(trace, old, new)
        }
      }
    }
    return nil
  }

  /// The way back: the reach before each step tells where it came from.
  private static func backtrack(
    _ trace: [[Int]], _ old: ArraySlice<UInt32>, _ new: ArraySlice<UInt32>
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    var (x, y) = (old.count, new.count)
    var found: [(old: Range<Int>, new: Range<Int>)] = []
    for edits in stride(from: trace.count - 1, to: 0, by: -1) {
      // What the step before reached lies in the middle of the wider row.
      func reach(_ diagonal: Int) -> Int { trace[edits][edits + diagonal] }
      let diagonal = x - y
      let isDown =
        diagonal == -edits
        || diagonal != edits && reach(diagonal - 1) < reach(diagonal + 1)
      let from = isDown ? diagonal + 1 : diagonal - 1
      let startX = reach(from)
      let startY = startX - from
      let left = old.startIndex + startX
      let right = new.startIndex + startY
      found.append(isDown ? (left..<left, right..<right + 1) : (left..<left + 1, right..<right))
      (x, y) = (startX, startY)
    }
    return joined(found.reversed())
  }

  /// A stretch with the rest of the number that it stands in, and the number's unit.
  private static func widened(
    _ edit: (old: Range<Int>, new: Range<Int>), _ old: ArraySlice<UInt32>,
    _ new: ArraySlice<UInt32>
  ) -> (old: Range<Int>, new: Range<Int>) {
    let touches =
      old[edit.old].contains(where: isNumber) || new[edit.new].contains(where: isNumber)
    guard touches else { return edit }
    var (left, right) = edit
    while left.lowerBound > old.startIndex, right.lowerBound > new.startIndex,
      old[left.lowerBound - 1] == new[right.lowerBound - 1], isNumber(old[left.lowerBound - 1])
    {
      left = left.lowerBound - 1..<left.upperBound
      right = right.lowerBound - 1..<right.upperBound
    }
    while left.upperBound < old.endIndex, right.upperBound < new.endIndex,
      old[left.upperBound] == new[right.upperBound],
      isNumber(old[left.upperBound]) || isUnit(old[left.upperBound])
    {
      left = left.lowerBound..<left.upperBound + 1
      right = right.lowerBound..<right.upperBound + 1
    }
    return (left, right)
  }

  /// Digits, points and per cent.
  private static func isNumber(_ scalar: UInt32) -> Bool {
    0x30...0x39 ~= scalar || scalar == 0x2E || scalar == 0x25
  }

  /// The units of sums: 万, 亿, 元.
  private static func isUnit(_ scalar: UInt32) -> Bool {
    scalar == 0x4E07 || scalar == 0x4EBF || scalar == 0x5143
  }

  /// Stretches with fewer than two scalars between them as one.
  private static func joined(
    _ edits: [(old: Range<Int>, new: Range<Int>)]
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    var joined: [(old: Range<Int>, new: Range<Int>)] = []
    for edit in edits {
      if let last = joined.last, edit.old.lowerBound < last.old.upperBound + 2,
        edit.new.lowerBound < last.new.upperBound + 2
      {
        joined[joined.count - 1] = (
          last.old.lowerBound..<max(last.old.upperBound, edit.old.upperBound),
          last.new.lowerBound..<max(last.new.upperBound, edit.new.upperBound)
        )
      } else {
        joined.append(edit)
      }
    }
    return joined
  }
}
