internal import GRDB
internal import PolicyParser
internal import Segmenter

extension SearchEngine {
  /// How many of the best clauses facets are counted over.
  static let mostFacetClauses = 1_000

  /// The facets of what is found, `best`: within a facet any chosen value will do, so its counts leave out what is chosen in it.
  func facets(
    of best: [Candidate], _ analysis: QueryAnalysis, _ filters: SearchQuery.Filters,
    _ within: [Int64]?,
    _ query: SearchQuery, _ today: CalendarDay, _ segmenter: Segmenter, _ db: Database
  ) throws -> (facets: [Facet], isBounded: Bool) {
    var fetching = query
    fetching.ranking = .fetch
    fetching.order = .relevance
    var isBounded = false
    func counts(of found: [Candidate]) throws -> [String: [String: Int]] {
      isBounded = isBounded || found.count >= Self.mostFacetClauses
      return try Self.counts(of: found, on: filters.day ?? today, db)
    }
    var all = try counts(of: best)
    for name in SearchQuery.Filters.facets {
      guard let others = filters.leavingOut(name) else { continue }
      all[name] = try counts(
        of: self.candidates(
          analysis, others, within, fetching, today, .init(clauses: Self.mostFacetClauses),
          segmenter, db
        ).all)[name]
    }
    let facets = SearchQuery.Filters.facets.map { name in
      let values = (all[name] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return Facet(name: name, values: values.map { ($0.key, $0.value) })
    }
    return (facets, isBounded)
  }

  /// Documents by each of their properties, items by each of their labels.
  private static func counts(
    of found: [Candidate], on today: CalendarDay, _ db: Database
  ) throws -> [String: [String: Int]] {
    func list(_ numbers: some Sequence<Int64>) -> String {
      numbers.map { "\($0)" }.joined(separator: ",")
    }
    var counts: [String: [String: Int]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT level, region, issuers, year, kind, effective_from, effective_until FROM document
        WHERE id IN (\(list(Set(found.map(\.document)))))
        """)
    while let row = try rows.next() {
      func count(_ facet: String, _ value: String?) {
        if let value, !value.isEmpty { counts[facet, default: [:]][value, default: 0] += 1 }
      }
      func day(_ column: Int) -> CalendarDay? {
        (row[column] as String?).flatMap { CalendarDay($0) }
      }
      count("level", row[0])
      count("region", row[1])
      for issuer in (row[2] as String).split(separator: "、") { count("issuer", String(issuer)) }
      count("year", (row[3] as Int?).map(String.init))
      count("kind", row[4])
      count("status", ValidityStatus(from: day(5), until: day(6), on: today).rawValue)
    }
    let labels = try Row.fetchCursor(
      db,
      sql: """
        SELECT item_tag.axis, item_tag.value, count(*)
        FROM item JOIN item_tag ON item_tag.item = item.id
        WHERE item.clause IN (\(list(found.map(\.id)))) GROUP BY 1, 2
        """)
    while let row = try labels.next() {
      counts[SearchQuery.Filters.facet(of: row[0]), default: [:]][row[1]] = row[2]
    }
    return counts
  }
}

extension SearchQuery.Filters {
  /// The filters without what is chosen in a facet; nil where nothing is.
  fileprivate func leavingOut(_ facet: String) -> Self? {
    var others = self
    switch facet {
    case "level": others.levels = []
    case "region": others.regions = []
    case "issuer": others.issuers = []
    case "year": others.years = []
    case "kind": others.kinds = []
    case "status": others.statuses = []
    default: others.tags[Self.itemFacets[facet] ?? ""] = nil
    }
    return others == self ? nil : others
  }
}
