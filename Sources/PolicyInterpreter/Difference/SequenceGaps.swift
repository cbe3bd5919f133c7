/// What stands between the longest common subsequence of two short lists.
enum SequenceGaps {
  /// Above this product of lengths lists are taken as wholes.
  private static let mostCells = 40_000

  /// The stretches of both lists that are not common, in order.
  static func gaps<Element: Equatable>(
    _ old: [Element], _ new: [Element]
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    if old == new { return [] }
    guard old.count * new.count <= mostCells else { return [(0..<old.count, 0..<new.count)] }
    let width = new.count + 1
    var longest = Array(repeating: 0, count: (old.count + 1) * width)
    for left in old.indices.reversed() {
      for right in new.indices.reversed() {
        longest[left * width + right] =
          old[left] == new[right]
          ? longest[(left + 1) * width + right + 1] + 1
          : max(longest[(left + 1) * width + right], longest[left * width + right + 1])
      }
    }
    var found: [(old: Range<Int>, new: Range<Int>)] = []
    var (left, right, leftStart, rightStart) = (0, 0, 0, 0)
    func close() {
      if leftStart < left || rightStart < right {
        found.append((leftStart..<left, rightStart..<right))
      }
    }
    while left < old.count, right < new.count {
      if old[left] == new[right] {
        close()
        left += 1
        right += 1
        (leftStart, rightStart) = (left, right)
      } else if longest[(left + 1) * width + right] >= longest[left * width + right + 1] {
        left += 1
      } else {
        right += 1
      }
    }
    (left, right) = (old.count, new.count)
    close()
    return found
  }
}
