/// One page as it is read: tables, and the lines between them, from top to bottom.
struct PageReader {
  /// A piece of a page.
  enum Piece {
    case line(TextLine)
    case table(RuledTable)
  }

  var number: Int
  var height: Float
  var pieces: [Piece]
  /// Page marks and running heads, set apart.
  var margins: [TextLine] = []

  /// Reads a page.
  init(_ drawing: PageDrawing, number: Int) {
    self.number = number
    height = drawing.height
    let frame = drawing.frame
    let glyphs = drawing.glyphs.filter { frame.holds($0.box.middleX, $0.box.middleY) }
    var tables = RuledTable.tables(on: drawing, page: number)
    var loose: [Glyph] = []
    var held: [[[Glyph]]] = tables.map { Array(repeating: [], count: $0.cells.count) }
    for glyph in glyphs {
      let (x, y) = (glyph.box.middleX, glyph.box.middleY)
      if let table = tables.firstIndex(where: { $0.box.holds(x, y) }),
        let cell = tables[table].cells.firstIndex(where: { $0.box.holds(x, y) })
      {
        held[table][cell].append(glyph)
      } else {
        loose.append(glyph)
      }
    }
    for table in tables.indices {
      for cell in tables[table].cells.indices {
        tables[table].cells[cell].lines = TextLine.lines(of: held[table][cell], page: number)
      }
    }
    // A frame without words is a drawing.
    tables.removeAll { table in table.cells.allSatisfy(\.lines.isEmpty) }
    pieces = Self.ordered(Self.columns(of: loose, page: number), tables)
  }

  /// Lines and tables from top to bottom.
  private static func ordered(_ lines: [TextLine], _ tables: [RuledTable]) -> [Piece] {
    guard !tables.isEmpty else { return lines.map(Piece.line) }
    var pieces: [Piece] = []
    var next = 0
    for line in lines {
      while next < tables.count, tables[next].box.middleY < line.box.middleY {
        pieces.append(.table(tables[next]))
        next += 1
      }
      pieces.append(.line(line))
    }
    return pieces + tables[next...].map(Piece.table)
  }

  /// The lines of a page; where a clear gutter parts it, those of the left column first.
  private static func columns(of glyphs: [Glyph], page: Int) -> [TextLine] {
    let lines = TextLine.lines(of: glyphs, page: page)
    let gutters = (16...2_000).contains(lines.count) ? gutters(lines, glyphs) : []
    guard !gutters.isEmpty else { return lines }
    // Lines that cross the gutter stand over both columns and part the page.
    var result: [TextLine] = []
    var band: [Glyph] = []
    let crossing = lines.filter { line in
      glyphs.contains { glyph in
        glyph.box.middleY > line.box.top && glyph.box.middleY < line.box.bottom
          && gutters.contains { glyph.box.left < $0 && glyph.box.right > $0 }
      }
    }
    func close() {
      for column in 0...gutters.count {
        let own = band.filter { glyph in gutters.count { $0 <= glyph.box.middleX } == column }
        for var line in TextLine.lines(of: own, page: page) {
          line.column = column + 1
          result.append(line)
        }
      }
      band = []
    }
    var rest = glyphs
    for line in crossing {
      band = rest.filter { $0.box.middleY < line.box.top }
      rest.removeAll { $0.box.middleY <= line.box.bottom }
      close()
      result.append(line)
    }
    band = rest
    close()
    return result
  }

  /// The middle of each gutter: one, or two that part the page in three.
  private static func gutters(_ lines: [TextLine], _ glyphs: [Glyph]) -> [Float] {
    let left = lines.map(\.box.left).min() ?? 0
    let width = (lines.map(\.box.right).max() ?? 0) - left
    func gutter(_ from: Float, _ to: Float) -> Float? {
      self.gutter(between: left + width * from, and: left + width * to, lines, glyphs)
    }
    guard width > 20 * lines[lines.count / 2].size else { return [] }
    if let middle = gutter(0.35, 0.65) { return [middle] }
    // Assumption: columns of a page are equally wide; what else stands in three columns is a table.
    if let first = gutter(0.28, 0.38), let second = gutter(0.62, 0.72) { return [first, second] }
    return []
  }

  /// The middle of a gutter: hardly a line crosses it, and most have words on both sides of it.
  private static func gutter(
    between start: Float, and end: Float, _ lines: [TextLine], _ glyphs: [Glyph]
  ) -> Float? {
    let size = lines[lines.count / 2].size
    // A line that crosses has up to three characters there; a title may have two lines.
    let most = 3 * max(2, lines.count / 20)
    var best: (place: Float, crossing: Int)?
    var place = start
    while place < end {
      let crossing = glyphs.count {
        $0.box.left < place + 0.6 * size && $0.box.right > place - 0.6 * size
      }
      if crossing <= most, crossing < best?.crossing ?? .max,
        lines.count(where: {
          $0.box.left < place - 6 * size && $0.box.right > place + 6 * size
        }) * 10 > lines.count * 6
      {
        best = (place, crossing)
      }
      place += size / 2
    }
    return best?.place
  }

  // MARK: Margins

  /// Sets page marks and running heads apart.
  static func setMarginsApart(_ pages: inout [PageReader]) {
    var counts: [String: Int] = [:]
    for page in pages {
      for key in Set(page.marginCandidates().map { page.key(of: $0) }) {
        counts[key, default: 0] += 1
      }
    }
    for index in pages.indices {
      let page = pages[index]
      let candidates = page.marginCandidates().filter { place in
        guard case .line(let line) = page.pieces[place] else { return false }
        let isOutside =
          line.box.middleY > page.height * 0.87 || line.box.middleY < page.height * 0.1
        if isOutside, isPageMark(line.text) { return true }
        let count = counts[page.key(of: place)] ?? 0
        return count >= 3 && count * 4 >= pages.count
          && (line.box.middleY > page.height * 0.85 || line.box.middleY < page.height * 0.15)
      }
      for place in candidates.sorted().reversed() {
        if case .line(let line) = page.pieces[place] { pages[index].margins.insert(line, at: 0) }
        pages[index].pieces.remove(at: place)
      }
    }
  }

  /// The first and last two pieces that are lines.
  private func marginCandidates() -> [Int] {
    let places = Array(pieces.indices.prefix(2)) + Array(pieces.indices.suffix(2))
    return Set(places).filter { if case .line = pieces[$0] { true } else { false } }
  }

  /// A line without its digits, with its height on the page.
  private func key(of place: Int) -> String {
    guard case .line(let line) = pieces[place] else { return "" }
    let words = line.text.filter { !$0.isNumber && !$0.isWhitespace && $0 != "-" && $0 != "—" }
    return "\(words)|\(Int(line.box.middleY / 12))"
  }

  /// — 2 —, 2, IV, 第 2 页 共 7 页, 2/7.
  static func isPageMark(_ text: String) -> Bool {
    let bare = text.filter { !$0.isWhitespace && !"-—–－·.".contains($0) }
    guard !bare.isEmpty, bare.count <= 12 else { return bare.isEmpty && text.count < 6 }
    if bare.allSatisfy({ $0.isWholeNumber }) { return bare.count <= 4 }
    if bare.allSatisfy({ "IVXLivxl".contains($0) }) { return true }
    if bare.allSatisfy({ $0.isWholeNumber || $0 == "/" }), bare.contains("/") { return true }
    return bare.hasPrefix("第") && bare.hasSuffix("页")
      && bare.allSatisfy { $0.isNumber || "第页共/,，".contains($0) }
  }
}
