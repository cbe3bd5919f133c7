internal import PolicyText

/// Puts the rows of lists and the cards of a document into its tree: each is a clause.
struct TableClauses {
  let text: MatchText
  let tables: [PolicyTable]

  /// The tree with the tables in it, counted anew.
  func inserted(into clauses: [Clause]) -> [Clause] {
    guard !tables.isEmpty else { return clauses }
    var clauses = clauses
    for table in tables { insert(table, into: &clauses) }
    return numbered(clauses, below: "")
  }

  private func insert(_ table: PolicyTable, into siblings: inout [Clause]) {
    // Siblings are in order and do not overlap: the first that ends behind the table's beginning.
    let place = siblings.firstIndex(endingBehind: table.range.lowerBound)
    if place < siblings.count, siblings[place].range.contains(table.range),
      siblings[place].labelRange.upperBound <= table.range.lowerBound
    {
      insert(table, into: &siblings[place].children)
      return
    }
    guard place == siblings.count || !siblings[place].range.overlaps(table.range) else { return }
    let rows = table.records.map { table.isCards ? card($0) : row($0) }
    siblings.insert(contentsOf: rows, at: place)
  }

  private func clause(
    _ range: ByteRange, label: ByteRange?, heading: ByteRange?, children: [Clause] = []
  ) -> Clause {
    let words = label.map { text.name(scalars($0)) } ?? ""
    return Clause(
      id: "", kind: .level, label: words, number: Int(words.prefix { $0.isNumber }) ?? 0,
      labelRange: label ?? ByteRange(range.lowerBound, range.lowerBound), range: range,
      heading: heading, units: ResponsibleUnits(), children: children)
  }

  private func scalars(_ range: ByteRange) -> Range<Int> {
    text.index(ofByte: range.lowerBound)..<text.index(ofByte: range.upperBound)
  }

  private func row(_ record: PolicyTable.Record) -> Clause {
    let number = record[.number].flatMap { $0.count <= 24 ? $0 : nil }
    var row = clause(
      record.range,
      label: number?.lowerBound == record.range.lowerBound ? number : nil,
      heading: record[.name].flatMap { record.range.contains($0) ? $0 : nil })
    row.units = units(in: record[.department], of: record)
    return row
  }

  private func card(_ record: PolicyTable.Record) -> Clause {
    var card = clause(
      record.range, label: nil, heading: record.title,
      children: record.entries.map {
        clause(
          ByteRange($0.label.lowerBound, $0.value.upperBound), label: nil, heading: $0.label)
      })
    card.units = units(in: record[.department], of: record)
    return card
  }

  /// The departments of a cell: names with commas or line breaks between them.
  private func units(in cell: ByteRange?, of record: PolicyTable.Record) -> ResponsibleUnits {
    var units = ResponsibleUnits()
    guard let cell, record.range.contains(cell) else { return units }
    let end = text.index(ofByte: cell.upperBound)
    var start = text.index(ofByte: cell.lowerBound)
    for at in start...end {
      let parts = at == end || ["、", ",", ";", "\n", "/"].contains(text[at])
      guard parts else { continue }
      let name = text.trimmed(start..<at)
      if name.count >= 2, name.count <= 40 {
        units.responsible.append(
          ResponsibleUnits.Unit(name: text.name(name), range: text.bytes(name)))
      }
      start = min(at + 1, end)
    }
    return units
  }

  private func numbered(_ clauses: [Clause], below parent: String) -> [Clause] {
    clauses.enumerated().map { index, clause in
      var clause = clause
      clause.id = parent.isEmpty ? "\(index + 1)" : "\(parent).\(index + 1)"
      clause.children = numbered(clause.children, below: clause.id)
      return clause
    }
  }
}

extension [Clause] {
  /// The first of some siblings, which are in order, that ends behind an offset.
  fileprivate func firstIndex(endingBehind offset: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
