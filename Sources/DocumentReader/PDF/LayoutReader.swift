internal import PolicyText

/// Makes a text of drawn pages: lines become paragraphs, also over pages; ruled tables become rows of cells.
///
/// For PDF and OFD, which both say only where each character stands.
struct LayoutReader {
  private var pages: [PageReader]
  private let edges: [(left: Float, right: Float)]
  private var builder = TextBuilder()
  /// The page whose margins come next.
  private var nextMargins = 0
  private var pageStarts: [(page: Int, offset: Int)] = []

  /// Prepares pages, in order.
  init(_ drawings: [PageDrawing]) {
    pages = drawings.enumerated().map { PageReader($0.element, number: $0.offset + 1) }
    PageReader.setMarginsApart(&pages)
    edges = pages.map(\.edges)
  }

  /// The text, with hints for tables, margins, pages and centred lines.
  mutating func read() -> TextBuilder {
    var open: [TextLine] = []
    var table: RuledTable?
    for page in pages {
      for piece in page.pieces {
        switch piece {
        case .line(let line):
          if let done = table {
            write(done)
            table = nil
          }
          if let last = open.last, Self.goesOn(last, line, in: page, pages) {
            open.append(line)
          } else {
            write(open)
            open = [line]
          }
        case .table(let next):
          write(open)
          open = []
          if let before = table, before.page < next.page, before.isLike(next) {
            table = Self.joined(before, next)
          } else {
            if let done = table { write(done) }
            table = next
          }
        }
      }
    }
    write(open)
    if let table { write(table) }
    writeMargins(before: pages.count + 1)
    for (index, start) in pageStarts.enumerated() {
      let end = index + 1 < pageStarts.count ? pageStarts[index + 1].offset : builder.count
      builder.mark(.page(start.page), from: start.offset, to: end)
    }
    return builder
  }

  // MARK: Paragraphs

  /// Whether `next` goes on with the paragraph of `last`.
  private static func goesOn(
    _ last: TextLine, _ next: TextLine, in page: PageReader, _ pages: [PageReader]
  ) -> Bool {
    guard max(last.size, next.size) < 1.25 * min(last.size, next.size) else { return false }
    if last.page == next.page {
      let step = next.box.middleY - last.box.middleY
      if last.column == next.column {
        guard step > 0, step < 2.6 * max(last.size, next.size) else { return false }
      } else {
        // From the end of a column to the head of the next.
        guard last.column > 0, next.column == last.column + 1, step < last.size else {
          return false
        }
      }
    } else if next.page != last.page + 1 {
      return false
    }
    let before = neighbours(of: last, in: pages[last.page - 1])
    let after = neighbours(of: next, in: pages[next.page - 1])
    return goesOn(last, next, right: before.right, left: after.left)
  }

  /// The text's edges around a line: of the lines near it.
  private static func neighbours(
    of line: TextLine, in page: PageReader
  ) -> (left: Float, right: Float) {
    var (left, right) = (line.box.left, line.box.right)
    // Assumption: a page of more lines than this is no page of text.
    guard page.pieces.count <= 1_000 else { return (left, right) }
    for case .line(let other) in page.pieces
    where other.column == line.column && abs(other.box.middleY - line.box.middleY) < 14 * line.size
      && other.box.left < line.box.right && line.box.left < other.box.right
    {
      left = min(left, other.box.left)
      right = max(right, other.box.right)
    }
    return (left, right)
  }

  /// A full line goes on in the next, unless that is indented or begins with a label after a full stop.
  private static func goesOn(
    _ last: TextLine, _ next: TextLine, right: Float, left: Float, padding: Float = 0
  ) -> Bool {
    let isFull = last.box.right > right - 1.7 * last.size - padding
    guard isFull, !["目录", "目次"].contains(next.text.filter { !$0.isWhitespace }) else {
      return false
    }
    let ends =
      last.text.unicodeScalars.last.map { "。；：！？”）!?;:".unicodeScalars.contains($0) } ?? false
    let isIndented = next.box.left > left + 0.8 * next.size
    if isIndented { return !ends && startsWithLabel(last.text) && !startsWithLabel(next.text) }
    return !(ends && startsWithLabel(next.text))
  }

  /// 第三条, 一、, （一）, 1., 1、, (1), ①, 附件.
  static func startsWithLabel(_ text: String) -> Bool {
    let head = Array(text.unicodeScalars.prefix(12))
    guard let first = head.first else { return false }
    func isNumber(_ scalar: Unicode.Scalar) -> Bool {
      "0123456789０１２３４５６７８９一二三四五六七八九十百零〇".unicodeScalars.contains(scalar)
    }
    func end(from start: Int) -> Int {
      var at = start
      while at < head.count, isNumber(head[at]) || head[at] == " " { at += 1 }
      return at
    }
    if first == "第" {
      let at = end(from: 1)
      return at > 1 && at < head.count && "章节条编".unicodeScalars.contains(head[at])
    }
    if first == "（" || first == "(" {
      let at = end(from: 1)
      return at > 1 && at < head.count && (head[at] == "）" || head[at] == ")")
    }
    if (0x2460...0x2473).contains(first.value) { return true }
    let at = end(from: 0)
    if at > 0, at < head.count { return "、.．)）".unicodeScalars.contains(head[at]) }
    return text.hasPrefix("附件") && head.count <= 6
  }

  private mutating func write(_ lines: [TextLine]) {
    guard let first = lines.first else { return }
    writeMargins(before: lines.last?.page ?? first.page)
    builder.endLine()
    let start = builder.count
    append(lines)
    if lines.count == 1 || lines.allSatisfy({ isCentred($0) }), isCentred(first) {
      builder.mark(.centred, from: start)
    }
    builder.endLine()
  }

  private func isCentred(_ line: TextLine) -> Bool {
    guard line.column == 0 else { return false }
    let (left, right) = edges[line.page - 1]
    let space = min(line.box.left - left, right - line.box.right)
    return space > 2.5 * line.size
      && abs((line.box.left - left) - (right - line.box.right)) < 3 * line.size
  }

  /// Adds the words of a paragraph to the open line.
  private mutating func append(_ lines: [TextLine]) {
    var before: String?
    for line in lines {
      notePage(line.page)
      if let last = before?.unicodeScalars.last, let first = line.text.unicodeScalars.first,
        last.properties.isAlphabetic && last.value < 0x250,
        first.properties.isAlphabetic && first.value < 0x250
      {
        builder.append(" ")
      }
      builder.append(line.text)
      before = line.text
    }
  }

  private mutating func notePage(_ page: Int) {
    if pageStarts.last.map({ $0.page < page }) ?? true { pageStarts.append((page, builder.count)) }
  }

  /// Adds the margins of the pages before `page`: they stand before the paragraph in which their page ends.
  private mutating func writeMargins(before page: Int) {
    while nextMargins < pages.count, nextMargins + 1 < page {
      for line in pages[nextMargins].margins { builder.appendLine(line.text, .furniture) }
      nextMargins += 1
    }
  }

  // MARK: Tables

  /// One table of two parts on following pages.
  private static func joined(_ first: RuledTable, _ second: RuledTable) -> RuledTable {
    var table = first
    var columns = first.columns
    for place in second.columns where !columns.contains(where: { abs($0 - place) <= 4 }) {
      columns.append(place)
    }
    columns.sort()
    func column(_ place: Float) -> Int {
      let index = columns.indices.min { abs(columns[$0] - place) < abs(columns[$1] - place) } ?? 0
      return min(index, columns.count - 2)
    }
    for index in table.cells.indices {
      table.cells[index].column = column(table.cells[index].box.left)
    }
    table.columns = columns
    var rest = second.cells.map { cell in
      var cell = cell
      cell.column = column(cell.box.left)
      return cell
    }
    // The last row goes on at the top of the page, where one of its cells is empty in either part.
    let last = table.cells.indices.filter { table.cells[$0].row == table.rowCount - 1 }
    let top = rest.indices.filter { rest[$0].row == 0 }
    var shift = table.rowCount
    let fits =
      !last.isEmpty && last.count == top.count
      && zip(last, top).allSatisfy { table.cells[$0].column == rest[$1].column }
      && zip(last, top).contains {
        table.cells[$0].lines.isEmpty != rest[$1].lines.isEmpty
      }
    if fits {
      for (index, other) in zip(last, top) {
        table.cells[index].lines += rest[other].lines
        table.cells[index].box.right = max(table.cells[index].box.right, rest[other].box.right)
      }
      rest.removeAll { $0.row == 0 }
      shift -= 1
    }
    for cell in rest {
      var cell = cell
      cell.row += shift
      table.cells.append(cell)
    }
    table.rowCount = shift + second.rowCount
    table.page = second.page
    return table
  }

  private mutating func write(_ table: RuledTable) {
    builder.endLine()
    writeMargins(before: table.cells.first { !$0.lines.isEmpty }?.lines.first?.page ?? 0)
    let start = builder.count
    for index in 0..<table.rowCount {
      let row = table.row(index)
      guard row.contains(where: { !($0?.lines.isEmpty ?? true) }) else { continue }
      writeMargins(before: row.compactMap { $0?.lines.first?.page }.min() ?? 0)
      let rowStart = builder.count
      for (place, cell) in row.enumerated() {
        if place > 0 { builder.append("\t") }
        let cellStart = builder.count
        if let cell { write(cell) }
        builder.reopenLine(from: cellStart)
        builder.markCell(from: cellStart)
      }
      builder.markRow(from: rowStart)
      builder.endLine()
    }
    builder.mark(.table, from: start)
    builder.endLine()
  }

  private mutating func write(_ cell: RuledTable.Cell) {
    var open: [TextLine] = []
    var isFirst = true
    let left = cell.lines.map(\.box.left).min() ?? 0
    for line in cell.lines {
      // Between the words and the cell's edge is some space.
      if let last = open.last,
        Self.goesOn(
          last, line, right: cell.box.right, left: left, padding: min(0.8 * last.size, 12))
      {
        open.append(line)
      } else {
        close(&open, &isFirst)
        open = [line]
      }
    }
    close(&open, &isFirst)
  }

  /// Writes one paragraph of a cell.
  private mutating func close(_ lines: inout [TextLine], _ isFirst: inout Bool) {
    guard let last = lines.last else { return }
    if !isFirst {
      builder.endLine()
      writeMargins(before: last.page)
    }
    append(lines)
    isFirst = false
    lines = []
  }
}

extension PageReader {
  /// The left and right edge of the text of the page.
  var edges: (left: Float, right: Float) {
    var (left, right): (Float, Float) = (.greatestFiniteMagnitude, 0)
    for piece in pieces {
      let box =
        switch piece {
        case .line(let line): line.box
        case .table(let table): table.box
        }
      left = min(left, box.left)
      right = max(right, box.right)
    }
    return (left, right)
  }
}
