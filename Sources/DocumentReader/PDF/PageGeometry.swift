/// A rectangle on a page, in points from the top left corner.
struct Box: Hashable {
  var left: Float
  var top: Float
  var right: Float
  var bottom: Float

  var width: Float { right - left }
  var height: Float { bottom - top }
  var middleX: Float { (left + right) / 2 }
  var middleY: Float { (top + bottom) / 2 }

  /// The smallest rectangle around both.
  func union(_ other: Box) -> Box {
    Box(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }

  /// Whether a point lies inside, or at most `slack` outside.
  func holds(_ x: Float, _ y: Float, slack: Float = 0) -> Bool {
    x >= left - slack && x <= right + slack && y >= top - slack && y <= bottom + slack
  }
}

/// One character where it stands on its page.
struct Glyph {
  var scalar: Unicode.Scalar
  var box: Box
  /// Its place in the order of drawing.
  var order = 0
}

/// What is drawn on a page, as far as reading needs it.
struct PageDrawing {
  /// The most characters of a page, and of all pages: an A4 page of the smallest print has 15,000.
  static let glyphLimit = 60_000
  static let totalLimit = 2_000_000

  var width: Float
  var height: Float
  var glyphs: [Glyph] = []
  /// Ruled lines, thin rectangles.
  var rules: [Box] = []
  var pictures = 0

  /// Where characters are seen.
  var frame: Box { Box(left: -2, top: -2, right: width + 2, bottom: height + 2) }
}

/// A line of words on a page, or in one cell of a table.
struct TextLine {
  var text: String
  var box: Box
  /// The usual height of its characters.
  var size: Float
  /// The page, from 1.
  var page: Int
  /// The column, from 1; 0 where the page has none, or over all columns.
  var column = 0

  /// Makes lines of characters: those whose middles are on one height, from left to right.
  ///
  /// - Complexity: O(*n* log *n*).
  static func lines(of glyphs: [Glyph], page: Int) -> [TextLine] {
    let ordered = glyphs.sorted {
      ($0.box.middleY, $0.box.left) < ($1.box.middleY, $1.box.left)
    }
    var lines: [TextLine] = []
    var group: [Glyph] = []
    var middle: Float = 0
    var height: Float = 0
    func close() {
      lines += layers(of: group).compactMap { line(of: $0, page: page) }
      group = []
    }
    for glyph in ordered {
      if !group.isEmpty, glyph.box.middleY - middle > 0.42 * max(height, glyph.box.height * 0.6) {
        close()
      }
      let count = Float(group.count)
      middle = (middle * count + glyph.box.middleY) / (count + 1)
      height = group.isEmpty ? glyph.box.height : max(height, glyph.box.height)
      group.append(glyph)
    }
    close()
    return lines
  }

  /// Words that were drawn over each other, apart: each layer has no two characters at one place.
  private static func layers(of group: [Glyph]) -> [[Glyph]] {
    let ordered = group.sorted { $0.box.left < $1.box.left }
    let overlaps = zip(ordered, ordered.dropFirst()).count { before, after in
      before.scalar != after.scalar
        && before.box.right - after.box.left > 0.4 * min(before.box.width, after.box.width)
    }
    // Each stretch is compared with those before it, so an endless line is left as it is.
    guard overlaps >= 3, group.count <= 1_000 else { return [group] }
    var runs: [[Glyph]] = []
    for glyph in group.sorted(by: { $0.order < $1.order }) {
      if let last = runs.last?.last, glyph.order == last.order + 1,
        glyph.box.left > last.box.left
      {
        runs[runs.count - 1].append(glyph)
      } else {
        runs.append([glyph])
      }
    }
    var layers: [[Glyph]] = []
    for run in runs {
      let free = layers.firstIndex { layer in
        !layer.contains { other in
          run.contains {
            min($0.box.right, other.box.right) - max($0.box.left, other.box.left)
              > 0.3 * min($0.box.width, other.box.width)
          }
        }
      }
      if let free { layers[free] += run } else { layers.append(run) }
    }
    return layers
  }

  private static func line(of group: [Glyph], page: Int) -> TextLine? {
    guard let first = group.first else { return nil }
    let glyphs = group.sorted { $0.box.left < $1.box.left }
    let heights = glyphs.map(\.box.height).sorted()
    let size = heights[heights.count / 2]
    var view = String.UnicodeScalarView()
    var box = first.box
    var before: Glyph?
    for glyph in glyphs {
      box = box.union(glyph.box)
      if let before {
        // The same sign drawn twice a little apart: bold letters of some printers.
        if before.scalar == glyph.scalar, glyph.box.left - before.box.left < 0.15 * size {
          continue
        }
        let gap = glyph.box.left - before.box.right
        if gap > 1.8 * size {
          view.append("\t")
        } else if gap > space(before.scalar, glyph.scalar) * size {
          view.append(" ")
        }
      }
      view.append(glyph.scalar)
      before = glyph
    }
    return TextLine(text: String(view), box: box, size: size, page: page)
  }

  /// The narrowest gap that is a space, in heights of the letters: printers set Latin letters a little apart
  /// from Han characters by themselves.
  private static func space(_ before: Unicode.Scalar, _ after: Unicode.Scalar) -> Float {
    switch (isNarrow(before), isNarrow(after)) {
    case (true, true): 0.12
    case (false, false): 0.2
    default: 0.4
    }
  }

  /// A letter or digit of the Latin alphabet: words of it are parted by narrow gaps.
  private static func isNarrow(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x250 }
}
