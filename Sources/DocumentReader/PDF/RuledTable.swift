/// A table drawn with ruled lines: its cells on a grid.
struct RuledTable {
  /// One cell; it may span rows and columns of the grid.
  struct Cell {
    var row: Int
    var column: Int
    var box: Box
    var lines: [TextLine] = []
  }

  var box: Box
  var columns: [Float]
  var rowCount: Int
  var cells: [Cell]
  var page: Int

  /// The cells that begin in a row, each column filled: nil where a cell from above or from the left goes on.
  func row(_ index: Int) -> [Cell?] {
    var row: [Cell?] = Array(repeating: nil, count: max(columns.count - 1, 1))
    for cell in cells where cell.row == index { row[cell.column] = cell }
    return row
  }

  /// The columns' places agree: the same table goes on.
  func isLike(_ other: RuledTable) -> Bool {
    abs(box.left - other.box.left) < 6 && abs(box.right - other.box.right) < 6
  }

  /// Finds the tables of a page: lines that cross, with at least two cells between them.
  static func tables(on drawing: PageDrawing, page: Int) -> [RuledTable] {
    let across = merged(drawing.rules.filter { $0.width > $0.height }, isUpright: false)
    // Strokes of letters are upright too: a short line counts where it joins two others.
    let upright = merged(drawing.rules.filter { $0.height >= $0.width }, isUpright: true).filter {
      line in
      line.height > 34
        || [line.top, line.bottom].allSatisfy { end in
          across.contains {
            abs($0.middleY - end) < 3.5 && $0.left - 3 < line.middleX && line.middleX < $0.right + 3
          }
        }
    }
    guard across.count >= 2, upright.count >= 2 else { return [] }
    return components(across, upright).compactMap { table(across: $0.0, upright: $0.1, page: page) }
      .sorted { $0.box.top < $1.box.top }
  }

  /// Rows of pixels that make one line; what is thick is a filled surface and no line.
  private static func merged(_ runs: [Box], isUpright: Bool) -> [Box] {
    func turned(_ box: Box) -> Box {
      isUpright
        ? Box(left: box.top, top: box.left, right: box.bottom, bottom: box.right) : box
    }
    let ordered = runs.map(turned).sorted { ($0.top, $0.left) < ($1.top, $1.left) }
    var open: [Box] = []
    var lines: [Box] = []
    for run in ordered {
      lines += open.filter { $0.bottom < run.top - 0.5 }
      open.removeAll { $0.bottom < run.top - 0.5 }
      if let index = open.firstIndex(where: { $0.left < run.right && run.left < $0.right }) {
        open[index] = open[index].union(run)
      } else {
        open.append(run)
      }
    }
    // A dotted or interrupted line: pieces on one height with small gaps.
    var joined: [Box] = []
    for line in (lines + open).filter({ $0.height <= 5 }).sorted(by: { $0.left < $1.left }) {
      if let index = joined.firstIndex(where: {
        abs($0.middleY - line.middleY) < 2 && line.left - $0.right < 4
      }) {
        joined[index] = joined[index].union(line)
      } else {
        joined.append(line)
      }
    }
    return joined.map(turned)
  }

  /// Groups of lines that touch.
  private static func components(_ across: [Box], _ upright: [Box]) -> [([Box], [Box])] {
    var group = Array(0..<across.count)
    func root(_ index: Int) -> Int {
      var index = index
      while group[index] != index { index = group[index] }
      return index
    }
    var touching: [[Int]] = []
    for line in upright {
      let hit = across.indices.filter {
        let other = across[$0]
        return line.middleX > other.left - 3 && line.middleX < other.right + 3
          && other.middleY > line.top - 3 && other.middleY < line.bottom + 3
      }
      touching.append(hit)
      if let first = hit.first { for other in hit { group[root(other)] = root(first) } }
    }
    var found: [Int: ([Box], [Box])] = [:]
    for index in across.indices { found[root(index), default: ([], [])].0.append(across[index]) }
    for (line, hit) in zip(upright, touching) {
      if let first = hit.first { found[root(first), default: ([], [])].1.append(line) }
    }
    return Array(found.values)
  }

  private static func places(_ values: [Float]) -> [Float] {
    var places: [Float] = []
    for value in values.sorted() where places.last.map({ value - $0 > 4 }) ?? true {
      places.append(value)
    }
    return places
  }

  private static func table(across: [Box], upright: [Box], page: Int) -> RuledTable? {
    let xs = places(upright.map(\.middleX))
    let ys = places(across.map(\.middleY))
    guard xs.count >= 2, ys.count >= 2, xs.count <= 60, ys.count <= 400 else { return nil }
    let columnCount = xs.count - 1
    let rowCount = ys.count - 1
    var group = Array(0..<(columnCount * rowCount))
    func root(_ index: Int) -> Int {
      var index = index
      while group[index] != index { index = group[index] }
      return index
    }
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let index = row * columnCount + column
        let x = (xs[column] + xs[column + 1]) / 2
        let y = (ys[row] + ys[row + 1]) / 2
        if column + 1 < columnCount,
          !upright.contains(where: {
            abs($0.middleX - xs[column + 1]) <= 4 && $0.top - 2 < y && y < $0.bottom + 2
          })
        {
          group[root(index + 1)] = root(index)
        }
        if row + 1 < rowCount,
          !across.contains(where: {
            abs($0.middleY - ys[row + 1]) <= 4 && $0.left - 2 < x && x < $0.right + 2
          })
        {
          group[root(index + columnCount)] = root(index)
        }
      }
    }
    var cells: [Int: Cell] = [:]
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let box = Box(
          left: xs[column], top: ys[row], right: xs[column + 1], bottom: ys[row + 1])
        let key = root(row * columnCount + column)
        if let cell = cells[key] {
          cells[key]?.box = cell.box.union(box)
        } else {
          cells[key] = Cell(row: row, column: column, box: box)
        }
      }
    }
    guard cells.count >= 2 else { return nil }
    return RuledTable(
      box: Box(left: xs[0], top: ys[0], right: xs[columnCount], bottom: ys[rowCount]), columns: xs,
      rowCount: rowCount,
      cells: cells.values.sorted { ($0.row, $0.column) < ($1.row, $1.column) }, page: page)
  }
}
