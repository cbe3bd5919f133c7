internal import Foundation
internal import GRDB
public import PolicyParser
internal import PolicyText
internal import Segmenter

/// Finds the clauses that answer a query.
public struct SearchEngine: Sendable {
  let store: IndexStore

  /// Searches `store`.
  public init(_ store: IndexStore) { self.store = store }

  /// The clauses of one reading, before their words are fetched.
  private struct Candidate {
    var id: Int64
    var score: Double
  }

  /// How many of the best clauses are looked at for facets and checks of phrases.
  private static let depth = 400
  /// How many of the best passages are scored anew.
  private static let rescored = 300

  /// Searches.
  ///
  /// A query without a hit is relaxed step by step, and the result says so.
  ///
  /// - Parameters:
  ///   - query: What is asked for.
  ///   - today: The day that 现行有效 means, where the query names none.
  ///   - withFacets: Whether facets are counted.
  ///   - withText: Whether hits carry their words; without, only their places.
  /// - Returns: The hits of one page, and what had to be given up.
  /// - Throws: ``IndexError``.
  public func search(
    _ query: SearchQuery, today: CalendarDay, withFacets: Bool = false, withText: Bool = true
  ) throws(IndexError) -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    return try IndexStore.wrapping {
      let segmenter = try Segmenter(.standard)
      var analysis = QueryAnalysis(query.words, segmenter: segmenter)
      return try self.store.pool.read { db in
        var relaxations: [SearchResult.Relaxation] = []
        if analysis.isCut { relaxations.append(.cut(QueryAnalysis.mostTerms)) }
        let documents = try Self.numbered(analysis, in: db)
        if documents?.isEmpty ?? false {
          let number =
            analysis.numbers.first?.description
            ?? analysis.serials.first.map { "〔\($0.year)〕\($0.serial)号" }
          relaxations.append(.number(number ?? ""))
          if analysis.terms.isEmpty {
            // The code alone may still be a word of other documents.
            analysis.terms = analysis.numbers.map(\.authorityCode).map(segmenter.folded)
            analysis.rest = analysis.terms.joined(separator: " ")
          }
        }
        let within = documents.flatMap { $0.isEmpty ? nil : $0 }
        var attempt = (analysis: analysis, filters: query.filters, steps: relaxations)
        var found = try self.candidates(
          attempt.analysis, attempt.filters, within, query, today, segmenter, db)
        for step in Self.steps(analysis, query.filters) where found.isEmpty {
          step.apply(&attempt.analysis, &attempt.filters)
          attempt.steps.append(step.relaxation)
          found = try self.candidates(
            attempt.analysis, attempt.filters, within, query, today, segmenter, db)
          if !found.isEmpty, case .filter = step.relaxation {
            // Only the filters that stood in the way are named.
            break
          }
        }
        if found.isEmpty { attempt.steps = relaxations }
        let page = found.dropFirst(query.offset).prefix(query.limit)
        let items = withText ? try ItemTable.items(in: page.map(\.id), db) : [:]
        let rankingTime = clock.now - start
        return SearchResult(
          hits: try page.compactMap {
            try withText
              ? self.hit(
                $0.id, score: $0.score, attempt.analysis, items[$0.id] ?? [], segmenter, db)
              : self.bareHit($0.id, score: $0.score, db)
          },
          total: found.count, relaxations: attempt.steps,
          itemCount: withFacets ? try self.itemCount(of: found, db) : 0,
          facets: withFacets
            ? try self.facets(of: found, today: query.filters.day ?? today, db) : [],
          rankingTime: rankingTime)
      }
    }
  }

  // MARK: Relaxing

  private struct Step {
    var relaxation: SearchResult.Relaxation
    var apply: (inout QueryAnalysis, inout SearchQuery.Filters) -> Void
  }

  private static func steps(
    _ analysis: QueryAnalysis, _ filters: SearchQuery.Filters
  ) -> [Step] {
    var steps: [Step] = []
    if !analysis.phrases.isEmpty {
      steps.append(Step(relaxation: .phrases) { analysis, _ in analysis.phrases = [] })
    }
    if !analysis.exclusions.isEmpty {
      steps.append(Step(relaxation: .exclusions) { analysis, _ in analysis.exclusions = [] })
    }
    if filters.itemsOnly || !filters.tags.isEmpty {
      let names = filters.tags.sorted { $0.key < $1.key }.flatMap(\.value)
      steps.append(
        Step(relaxation: .filter(names.isEmpty ? "只看事项" : names.joined(separator: "、"))) {
          ($1.tags, $1.itemsOnly) = ([:], false)
        })
    }
    if !filters.statuses.isEmpty {
      steps.append(
        Step(relaxation: .filter(filters.statuses.map(\.name).joined(separator: "、"))) {
          $1.statuses = []
        })
    }
    if !filters.kinds.isEmpty {
      steps.append(
        Step(relaxation: .filter(filters.kinds.joined(separator: "、"))) { $1.kinds = [] })
    }
    if !filters.years.isEmpty {
      steps.append(
        Step(relaxation: .filter(filters.years.map { "\($0)年" }.joined(separator: "、"))) {
          $1.years = []
        })
    }
    if !filters.issuers.isEmpty {
      steps.append(
        Step(relaxation: .filter(filters.issuers.joined(separator: "、"))) { $1.issuers = [] })
    }
    if !filters.regions.isEmpty {
      steps.append(
        Step(relaxation: .filter(filters.regions.joined(separator: "、"))) { $1.regions = [] })
    }
    if !filters.levels.isEmpty {
      steps.append(
        Step(relaxation: .filter(filters.levels.map(\.name).joined(separator: "、"))) {
          $1.levels = []
        })
    }
    return steps
  }

  // MARK: Finding

  /// The documents with the numbers that the query names; nil where it names none.
  private static func numbered(_ analysis: QueryAnalysis, in db: Database) throws -> [Int64]? {
    guard !analysis.numbers.isEmpty || !analysis.serials.isEmpty else { return nil }
    var found: [Int64] = []
    for number in analysis.numbers {
      found += try Int64.fetchAll(
        db, sql: "SELECT id FROM document WHERE is_current AND number_key = ?",
        arguments: [NumberKey.of(number.description)])
    }
    for serial in analysis.serials {
      found += try Int64.fetchAll(
        db, sql: "SELECT id FROM document WHERE is_current AND number_key LIKE ?",
        arguments: ["%|\(serial.year)|\(serial.serial)"])
    }
    return found
  }

  /// The best clauses, those without a fitting item left out where items are asked for.
  private func candidates(
    _ analysis: QueryAnalysis, _ filters: SearchQuery.Filters, _ within: [Int64]?,
    _ query: SearchQuery, _ today: CalendarDay, _ segmenter: Segmenter, _ db: Database
  ) throws -> [Candidate] {
    let found = try allCandidates(analysis, filters, within, query, today, segmenter, db)
    guard let condition = ItemCondition(filters), !found.isEmpty else { return found }
    let fitting = try Int64.fetchSet(
      db,
      sql: "SELECT DISTINCT clause FROM item WHERE clause IS NOT NULL \(condition.sql)",
      arguments: condition.arguments)
    return found.filter { fitting.contains($0.id) }
  }

  private func allCandidates(
    _ analysis: QueryAnalysis, _ filters: SearchQuery.Filters, _ within: [Int64]?,
    _ query: SearchQuery, _ today: CalendarDay, _ segmenter: Segmenter, _ db: Database
  ) throws -> [Candidate] {
    let condition = FilterCondition(filters, today: today, within: within)
    guard let pattern = MatchPattern.pattern(for: analysis) else {
      // Only a number, or only filters: the documents from their beginning.
      guard within != nil || !filters.isEmpty else { return [] }
      return try self.beginnings(condition, db)
    }
    let needed = max(Self.depth, query.offset + query.limit)
    if analysis.phrases.isEmpty, analysis.exclusions.isEmpty, query.order == .relevance {
      let ranked = try self.ranked(analysis, condition, limit: needed, segmenter, db)
      if ranked.isEmpty, within != nil { return try self.beginnings(condition, db) }
      return ranked
    }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT clause_words.rowid AS id, bm25(clause_words, 3.0, 2.0, 1.0) AS score
        FROM clause_words \(condition.sql.isEmpty && query.order == .relevance ? "" : condition.join)
        WHERE clause_words MATCH ? \(condition.sql)
        ORDER BY \(query.order == .newest ? "coalesce(d.signed_on, d.published_on, '') DESC, score" : "score")
        LIMIT ?
        """,
      arguments: [pattern] + condition.arguments
        + [analysis.phrases.isEmpty && analysis.exclusions.isEmpty ? needed : needed * 25])
    var found: [Candidate] = []
    let checks = !analysis.phrases.isEmpty || !analysis.exclusions.isEmpty
    while let row = try rows.next(), found.count < needed {
      let candidate = Candidate(id: row["id"], score: -(row["score"] as Double))
      if checks, try !passes(candidate.id, analysis, segmenter, db) { continue }
      found.append(candidate)
    }
    if found.isEmpty, within != nil { return try beginnings(condition, db) }
    return found
  }

  /// The clauses of the best passages: fetched by pairs of characters, then scored by words and places.
  private func ranked(
    _ analysis: QueryAnalysis, _ condition: FilterCondition, limit: Int, _ segmenter: Segmenter,
    _ db: Database
  ) throws -> [Candidate] {
    let snapshot = try store.rankingSnapshot(db)
    var allowed: Set<Int64>?
    if !condition.sql.isEmpty {
      allowed = try Int64.fetchSet(
        db, sql: "SELECT id FROM document d WHERE is_current \(condition.sql)",
        arguments: condition.arguments)
    }
    func fold(_ text: String) -> [UInt32] {
      RankingTerm.fold(Array(text.utf8)) { segmenter.simplified($0) }
    }
    let scalars = fold(analysis.rest)
    var terms: [RankingTerm.Key: Int] = [:]
    RankingTerm.forEach(in: scalars) { terms[$0, default: 0] += 1 }
    var ranker = PassageRanker(snapshot)
    let best = try ranker.best(terms, limit: max(Self.rescored, limit), allowed: allowed, in: db)
    var characters: [UInt32: Int] = [:]
    for scalar in scalars where RankingTerm.isHan(scalar) { characters[scalar, default: 0] += 1 }
    let rescorer = Rescorer(
      ranker: ranker, words: analysis.words.map(fold),
      characters: characters, places: PlaceNames.names(in: analysis.rest).map(fold),
      fold: { bytes, range in RankingTerm.fold(bytes, in: range) { segmenter.simplified($0) } })
    let head = try rescorer.rescored(Array(best.prefix(Self.rescored)), in: db)
    let floor = head.last?.score ?? 1
    let highest = best.first?.score ?? 1
    let tail = best.dropFirst(Self.rescored).map {
      PassageRanker.Scored(passage: $0.passage, score: min(floor, $0.score / highest) * 0.999)
    }
    var seen: Set<Int64> = []
    return (head + tail).compactMap { scored in
      let clause = snapshot.clauses[scored.passage]
      return seen.insert(clause).inserted ? Candidate(id: clause, score: Double(scored.score)) : nil
    }
  }

  private func beginnings(_ condition: FilterCondition, _ db: Database) throws -> [Candidate] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT min(c.id) FROM clause c JOIN document d ON d.id = c.document
        WHERE d.is_current \(condition.sql)
        GROUP BY d.id ORDER BY coalesce(d.signed_on, d.published_on, '') DESC LIMIT \(Self.depth)
        """, arguments: condition.arguments
    ).map { Candidate(id: $0, score: 1) }
  }

  /// Whether a clause has the query's phrases, letter by letter, and none of its exclusions.
  private func passes(
    _ id: Int64, _ analysis: QueryAnalysis, _ segmenter: Segmenter, _ db: Database
  ) throws -> Bool {
    let row = try Row.fetchOne(
      db, sql: "SELECT title, heading, text FROM clause_content WHERE id = ?", arguments: [id])
    guard let row else { return false }
    let all = [row["title"] as String, row["heading"], row["text"]].map(segmenter.folded)
    return analysis.phrases.allSatisfy { phrase in all.contains { $0.contains(phrase) } }
      && !analysis.exclusions.contains { word in all.contains { $0.contains(word) } }
  }

  // MARK: Showing

  private func hit(
    _ id: Int64, score: Double, _ analysis: QueryAnalysis, _ items: [ItemSummary],
    _ segmenter: Segmenter, _ db: Database
  ) throws -> Hit? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT c.path, c.labels, c.heading, c.start, c.length, c.units, \(DocumentSummary.columns),
          length(CAST(substr(CAST(d.text AS BLOB), 1, c.start) AS TEXT)) AS before,
          CAST(substr(CAST(d.text AS BLOB), c.start + 1, c.length) AS TEXT) AS words
        FROM clause c JOIN document d ON d.id = c.document WHERE c.id = ?
        """, arguments: [id])
    guard let row else { return nil }
    let words: String = row["words"]
    let before: Int = row["before"] ?? 0
    return Hit(
      document: DocumentSummary(row), clause: row["path"],
      labels: (row["labels"] as String).split(separator: "/").map(String.init),
      heading: row["heading"], text: words, span: [before, before + words.unicodeScalars.count],
      score: score, matches: MatchMarks.marks(of: analysis, in: words, segmenter: segmenter),
      units: row["units"], items: items)
  }

  /// A hit without its words, where only the places are asked for.
  private func bareHit(_ id: Int64, score: Double, _ db: Database) throws -> Hit? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT c.path, \(DocumentSummary.columns)
        FROM clause c JOIN document d ON d.id = c.document WHERE c.id = ?
        """, arguments: [id])
    return row.map {
      Hit(
        document: DocumentSummary($0), clause: $0["path"], labels: [], heading: "", text: "",
        span: [0, 0], score: score, matches: [], units: "", items: [])
    }
  }

  private func itemCount(of found: [Candidate], _ db: Database) throws -> Int {
    let ids = found.prefix(Self.depth).map { "\($0.id)" }.joined(separator: ",")
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM item WHERE clause IN (\(ids))") ?? 0
  }

  private func facets(
    of found: [Candidate], today: CalendarDay, _ db: Database
  ) throws -> [Facet] {
    let ids = found.prefix(Self.depth).map { "\($0.id)" }.joined(separator: ",")
    guard !ids.isEmpty else { return [] }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT \(DocumentSummary.columns), d.year AS year FROM document d
        WHERE d.id IN (SELECT document FROM clause WHERE id IN (\(ids)))
        """)
    var counts: [String: [String: Int]] = [:]
    for row in rows {
      let summary = DocumentSummary(row)
      func count(_ facet: String, _ value: String?) {
        if let value, !value.isEmpty { counts[facet, default: [:]][value, default: 0] += 1 }
      }
      count("level", summary.level?.rawValue)
      count("region", summary.region)
      for issuer in summary.issuers.split(separator: "、") { count("issuer", String(issuer)) }
      count("year", (row["year"] as Int?).map(String.init))
      count("kind", summary.kind)
      count("status", summary.status(on: today).rawValue)
    }
    let labels = try Row.fetchCursor(
      db,
      sql: """
        SELECT item_tag.axis AS axis, item_tag.value AS value, count(*) AS n
        FROM item JOIN item_tag ON item_tag.item = item.id
        WHERE item.clause IN (\(ids)) GROUP BY 1, 2
        """)
    while let row = try labels.next() {
      counts[SearchQuery.Filters.facet(of: row["axis"]), default: [:]][row["value"]] = row["n"]
    }
    return SearchQuery.Filters.facets.map { name in
      let values = (counts[name] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return Facet(name: name, values: values.map { ($0.key, $0.value) })
    }
  }
}

/// The filters on items as SQL over `item`; nil where none is chosen.
private struct ItemCondition {
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
private struct FilterCondition {
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
    add(filters.issuers.map { ("d.issuers LIKE ? ESCAPE '\\'", [like($0)]) })
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

extension DocumentSummary {
  /// The columns that a summary is read from, of `document d`.
  static let columns = """
    d.key, d.name, d.title, d.number, d.issuers, d.level, d.region,
    coalesce(d.signed_on, d.published_on) AS date, d.kind, d.effective_from, d.effective_until
    """

  init(_ row: Row) {
    func day(_ column: String) -> CalendarDay? {
      (row[column] as String?).flatMap { CalendarDay($0) }
    }
    key = row["key"]
    name = row["name"]
    title = row["title"]
    number = row["number"]
    issuers = row["issuers"]
    level = (row["level"] as String?).flatMap(GovernmentLevel.init(rawValue:))
    region = row["region"]
    date = day("date")
    kind = row["kind"]
    effectiveFrom = day("effective_from")
    effectiveUntil = day("effective_until")
  }
}
