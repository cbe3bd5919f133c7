internal import GRDB
internal import PolicyParser

/// The filters on items as SQL over `item`; nil where none is chosen.
struct ItemCondition {
  var sql = ""
  var arguments: StatementArguments = []

  init?(_ filters: SearchQuery.Filters) {
    let chosen = filters.tags.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    guard filters.itemsOnly || !chosen.isEmpty else { return nil }
    for (axis, values) in chosen {
      sql += """
         AND EXISTS (SELECT 1 FROM item_tag t WHERE t.item = item.id AND t.axis = ?
          AND t.value IN (\(values.map { _ in "?" }.joined(separator: ","))))
        """
      arguments += StatementArguments([axis] + values)
    }
  }
}

/// The filters as SQL over `document d`.
struct FilterCondition {
  var sql = ""
  var arguments: StatementArguments = []
  var join = ""

  init(_ filters: SearchQuery.Filters, today: CalendarDay, within: [Int64]?) {
    func add(_ alternatives: [(sql: String, arguments: [(any DatabaseValueConvertible)?])]) {
      guard !alternatives.isEmpty else { return }
      sql += " AND (" + alternatives.map(\.sql).joined(separator: " OR ") + ")"
      for alternative in alternatives { arguments += StatementArguments(alternative.arguments) }
    }
    func like(_ value: String) -> String {
      "%"
        + value.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing(
          "_", with: "\\_") + "%"
    }
    add(filters.levels.map { ("d.level = ?", [$0.rawValue]) })
    add(filters.regions.map { ("d.region LIKE ? ESCAPE '\\'", [like($0)]) })
    // A short name of a department finds its full name: 工信局, 工业和信息化局.
    let issuers = filters.issuers.flatMap { issuer in
      [issuer] + Synonyms.standard.others(of: issuer)
    }
    add(issuers.map { ("d.issuers LIKE ? ESCAPE '\\'", [like($0)]) })
    add(filters.years.map { ("d.year = ?", [$0]) })
    add(filters.kinds.map { ("d.kind = ?", [$0]) })
    let day = (filters.day ?? today).description
    add(
      filters.statuses.map { status in
        switch status {
        case .lapsed: ("d.effective_until < ?", [day])
        case .pending:
          (
            "(d.effective_from > ? AND (d.effective_until IS NULL OR d.effective_until >= ?))",
            [day, day]
          )
        case .inForce:
          (
            "(d.effective_until >= ? AND (d.effective_from IS NULL OR d.effective_from <= ?))",
            [day, day]
          )
        case .unknown:
          (
            "(d.effective_until IS NULL AND (d.effective_from IS NULL OR d.effective_from <= ?))",
            [day]
          )
        }
      })
    if let within {
      sql += " AND d.id IN (\(within.map(String.init).joined(separator: ",")))"
    }
    join = "JOIN clause c ON c.id = clause_words.rowid JOIN document d ON d.id = c.document"
  }
}
