internal import PolicyParser
internal import PolicyText

/// The rows of the tables of a document, as its file has them.
///
/// Of tables that stand in a cell the inner one counts: web pages put all of their text into a table.
struct TableRows {
  /// A row, or the part of a row that stands in a range.
  struct Row {
    /// Which table, counted from 0.
    let table: Int
    /// The cells in order, empty ones too; at least one.
    let cells: [ByteRange]
    /// How many cells the whole row has.
    let width: Int

    /// From the first cell to the last.
    var range: ByteRange {
      ByteRange(cells[0].lowerBound, cells[cells.count - 1].upperBound)
    }
  }

  private let rows: [Row]
  /// Of each table, whether a row has several cells.
  private let isWide: [Bool]

  init(_ source: SourceDocument) {
    func ranges(_ kind: TextBlock.Kind) -> [ByteRange] {
      source.blocks.filter { $0.kind == kind }.map(\.range)
    }
    func widestFirst(_ ranges: [ByteRange]) -> [ByteRange] {
      ranges.sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    }
    let tables = widestFirst(ranges(.table))
    let all = widestFirst(ranges(.tableRow))
    let innermost = all.indices.filter { index in
      index + 1 == all.count || all[index + 1].lowerBound >= all[index].upperBound
    }.map { all[$0] }
    // In order of the text; empty cells before one that begins at their place, as they stood.
    let cells = ranges(.tableCell)
    var rows: [Row] = []
    var isWide = [Bool](repeating: false, count: tables.count)
    var cell = 0
    var table = 0
    var open: [Int] = []
    for row in innermost {
      while table < tables.count, tables[table].lowerBound <= row.lowerBound {
        open.append(table)
        table += 1
      }
      while let last = open.last, tables[last].upperBound < row.upperBound { open.removeLast() }
      while cell < cells.count, cells[cell].lowerBound < row.lowerBound { cell += 1 }
      var own: [ByteRange] = []
      while cell < cells.count, cells[cell].lowerBound <= row.upperBound {
        if cells[cell].upperBound <= row.upperBound { Self.add(cells[cell], to: &own) }
        cell += 1
      }
      guard let inner = open.last, !own.isEmpty else { continue }
      rows.append(Row(table: inner, cells: own, width: own.count))
      if own.count > 1 { isWide[inner] = true }
    }
    self.rows = rows
    self.isWide = isWide
  }

  /// Adds a cell to a row; of two that overlap the smaller one stays.
  private static func add(_ cell: ByteRange, to row: inout [ByteRange]) {
    if let last = row.last, !cell.isEmpty, cell.lowerBound < last.upperBound {
      if cell.count < last.count { row[row.count - 1] = cell }
    } else if (row.last?.upperBound ?? 0) <= cell.lowerBound {
      row.append(cell)
    }
  }

  /// The rows in a range that are rows to a reader: of a part of a row at least two cells, all of them whole.
  ///
  /// A table of one column is no table; it only sets its text apart.
  func rows(in range: ByteRange) -> [Row] {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].range.upperBound > range.lowerBound {
        high = middle
      } else {
        low = middle + 1
      }
    }
    var found: [Row] = []
    while low < rows.count, rows[low].range.lowerBound < range.upperBound {
      let row = rows[low]
      low += 1
      let cells = row.cells.filter {
        range.lowerBound <= $0.lowerBound && $0.upperBound <= range.upperBound
      }
      let isCut = row.cells.contains {
        $0.lowerBound < range.lowerBound && range.lowerBound < $0.upperBound
          || $0.lowerBound < range.upperBound && range.upperBound < $0.upperBound
      }
      guard !isCut, cells.count > 1 || cells.count == row.width, !cells.isEmpty, isWide[row.table]
      else { continue }
      found.append(Row(table: row.table, cells: cells, width: row.width))
    }
    return found
  }
}
