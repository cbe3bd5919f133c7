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

  typealias Candidate = ClauseFinder.Candidate

  /// How many of the best clauses are looked at for facets and checks of phrases.
  private static let depth = 400

  /// Searches.
  ///
  /// A query without a hit is relaxed step by step, and the result says so.
  ///
  /// - Parameters:
  ///   - query: What is asked for.
  ///   - today: The day that 现行有效 means, where the query names none.
  ///   - withFacets: Whether facets are counted.
  ///   - withText: Whether hits carry their words; without, only their places.
  ///   - withClauses: Whether hits without words name their clause; without, only their document.
  /// - Returns: The hits of one page, and what had to be given up.
  /// - Throws: ``IndexError``.
  public func search(
    _ query: SearchQuery, today: CalendarDay, withFacets: Bool = false, withText: Bool = true,
    withClauses: Bool = true
  ) throws(IndexError) -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    return try IndexStore.wrapping {
      let segmenter = try Segmenter(.standard)
      var analysis = QueryAnalysis(
        query.words, segmenter: segmenter, withWords: withText || query.ranking == .full,
        ignoring: query.ignoredHints)
      if query.ranking == .full {
        analysis.places = PlaceNames.names(in: analysis.rest).filter {
          !query.ignoredHints.contains($0)
        }
        analysis.hints = HintReader.hints(in: analysis.rest).filter {
          !query.ignoredHints.contains($0.text)
        }
      }
      let hints =
        analysis.places.map { QueryHint(kind: .place, text: $0, value: "", isApplied: true) }
        + analysis.hints
        + analysis.numberTexts.map {
          QueryHint(kind: .number, text: $0, value: "", isApplied: true)
        }
      let wanted = query.offset + query.limit
      // Whoever shows hits counts them as well.
      let need = ClauseFinder.Need(
        clauses: withText || withFacets || query.order != .relevance
          || query.filters.itemsOnly || !query.filters.tags.isEmpty
          ? max(Self.depth, wanted) : wanted,
        counted: withFacets ? Self.mostFacetClauses : 0)
      return try self.store.reading { db in
        var relaxations: [SearchResult.Relaxation] = []
        if analysis.isCut { relaxations.append(.cut(QueryAnalysis.mostTerms)) }
        let documents = try Self.numbered(analysis, in: db)
        if documents?.isEmpty ?? false {
          let number =
            analysis.numbers.first?.description
            ?? analysis.serials.first.map { "〔\($0.year)〕\($0.serial)号" }
          relaxations.append(.number(number ?? ""))
          if !analysis.hasWords {
            // Other documents may speak of it: 按照砚府办发〔2024〕6号文件要求.
            let parts =
              analysis.numbers.flatMap { [$0.authorityCode, "\($0.year)", "\($0.serial)号"] }
              + analysis.serials.flatMap { ["\($0.year)", "\($0.serial)号"] }
            analysis.terms = parts.map(segmenter.folded)
            analysis.rest = parts.joined(separator: " ")
          }
        }
        let within = documents.flatMap { $0.isEmpty ? nil : $0 }
        var attempt = (analysis: analysis, filters: query.filters, steps: relaxations)
        var found = try self.candidates(
          attempt.analysis, attempt.filters, within, query, today, need, segmenter, db)
        for step in Self.steps(analysis, query.filters) where found.shown.isEmpty {
          step.apply(&attempt.analysis, &attempt.filters)
          attempt.steps.append(step.relaxation)
          found = try self.candidates(
            attempt.analysis, attempt.filters, within, query, today, need, segmenter, db)
          if !found.shown.isEmpty, case .filter = step.relaxation {
            // Only the filters that stood in the way are named.
            break
          }
        }
        if found.shown.isEmpty { attempt.steps = relaxations }
        let shown = query.foldsCopies ? try Self.folded(found.shown, in: db) : found.shown
        let page = shown.dropFirst(query.offset).prefix(query.limit)
        let names = withText ? [] : try self.bareHits(page, withClauses: withClauses, db)
        let rankingTime = clock.now - start
        let counted =
          withFacets
          ? try self.facets(
            of: found.all, attempt.analysis, attempt.filters, within, query, today, segmenter, db)
          : (facets: [], isBounded: false)
        let reader =
          withText
          ? HitReader(
            store: self.store,
            marks: query.marksWords ? MatchMarks(attempt.analysis, segmenter: segmenter) : nil,
            explainer: query.explains
              ? ClauseFinder(
                snapshot: try self.store.rankingSnapshot(db), analysis: attempt.analysis,
                ranking: query.ranking, allowed: nil, segmenter: segmenter,
                day: query.filters.day ?? today) : nil,
            db: db) : nil
        return SearchResult(
          hits: try reader.map { reader in try page.map { try reader.hit($0) } } ?? names,
          total: shown.count, hints: hints, relaxations: attempt.steps,
          itemCount: withFacets ? try self.itemCount(of: shown, db) : 0,
          facets: counted.facets, facetsAreBounded: counted.isBounded,
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

  /// The best clauses to show, and all that are counted, these included; those without a fitting item left out where
  /// items are asked for.
  func candidates(
    _ analysis: QueryAnalysis, _ filters: SearchQuery.Filters, _ within: [Int64]?,
    _ query: SearchQuery, _ today: CalendarDay, _ need: ClauseFinder.Need, _ segmenter: Segmenter,
    _ db: Database
  ) throws -> (shown: [Candidate], all: [Candidate]) {
    let found = try allCandidates(analysis, filters, within, query, today, need, segmenter, db)
    let shown = Array(found.prefix(need.clauses))
    guard let condition = ItemCondition(filters), !found.isEmpty else { return (shown, found) }
    let fitting = try Int64.fetchSet(
      db,
      sql: "SELECT DISTINCT clause FROM item WHERE clause IS NOT NULL \(condition.sql)",
      arguments: condition.arguments)
    return (shown.filter { fitting.contains($0.id) }, found.filter { fitting.contains($0.id) })
  }

  private func allCandidates(
    _ analysis: QueryAnalysis, _ filters: SearchQuery.Filters, _ within: [Int64]?,
    _ query: SearchQuery, _ today: CalendarDay, _ need: ClauseFinder.Need, _ segmenter: Segmenter,
    _ db: Database
  ) throws -> [Candidate] {
    let condition = FilterCondition(filters, today: today, within: within)
    guard analysis.hasWords else {
      // Only a number, or only filters: the documents from their beginning.
      guard within != nil || !filters.isEmpty else { return [] }
      return try self.beginnings(condition, need.all, db)
    }
    var allowed: Set<Int64>?
    if !condition.sql.isEmpty {
      allowed = try Int64.fetchSet(
        db, sql: "SELECT id FROM document d WHERE is_current \(condition.sql)",
        arguments: condition.arguments)
    }
    let finder = ClauseFinder(
      snapshot: try store.rankingSnapshot(db), analysis: analysis, ranking: query.ranking,
      allowed: allowed, segmenter: segmenter, day: query.filters.day ?? today)
    let found = try finder.clauses(need, in: db)
    if found.isEmpty, within != nil { return try beginnings(condition, need.all, db) }
    let shown = try ordered(Array(found.prefix(need.clauses)), by: query.order, today, db)
    return shown + found.dropFirst(need.clauses)
  }

  /// The found clauses in another order than that of relevance; of equal ones the better first, those without
  /// what is ordered by last.
  private func ordered(
    _ found: [Candidate], by order: SearchQuery.Order, _ today: CalendarDay, _ db: Database
  ) throws -> [Candidate] {
    if order == .relevance { return found }
    let clauses = found.map { "\($0.id)" }.joined(separator: ",")
    let sql: String
    var arguments: StatementArguments = []
    switch order {
    case .relevance: return found
    case .newest:
      sql = """
        SELECT c.id AS clause,
          CAST(replace(coalesce(d.signed_on, d.published_on), '-', '') AS INTEGER) AS place
        FROM clause c JOIN document d ON d.id = c.document WHERE c.id IN (\(clauses))
        """
    case .deadline:
      sql = """
        SELECT clause, -CAST(replace(min(until), '-', '') AS INTEGER) AS place FROM item
        WHERE clause IN (\(clauses)) AND until >= ? GROUP BY clause
        """
      arguments = [today.description]
    case .amount:
      sql = """
        SELECT clause, max(most) AS place FROM item
        WHERE clause IN (\(clauses)) AND most IS NOT NULL GROUP BY clause
        """
    }
    var places: [Int64: Int64] = [:]
    let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    while let row = try rows.next() {
      places[row["clause"]] = row["place"] as Int64?
    }
    return found.enumerated().sorted { left, right in
      let first = places[left.element.id] ?? .min
      let second = places[right.element.id] ?? .min
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }

  private func beginnings(
    _ condition: FilterCondition, _ limit: Int, _ db: Database
  ) throws -> [Candidate] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT min(c.id) AS clause, d.id AS document FROM clause c JOIN document d ON d.id = c.document
        WHERE d.is_current \(condition.sql)
        GROUP BY d.id ORDER BY coalesce(d.signed_on, d.published_on, '') DESC LIMIT \(max(Self.depth, limit))
        """, arguments: condition.arguments
    ).map { Candidate(id: $0["clause"], document: $0["document"], score: 1) }
  }

  /// Of clauses with the same text only the best, with the number of the others.
  private static func folded(_ found: [Candidate], in db: Database) throws -> [Candidate] {
    let statement = try db.cachedStatement(sql: "SELECT digest FROM clause WHERE id = ?")
    var places: [Int64: Int] = [:]
    var result: [Candidate] = []
    for candidate in found {
      let digest = try Int64.fetchOne(statement, arguments: [candidate.id]) ?? 0
      if let place = places[digest], digest != 0 {
        result[place].copies += 1
      } else {
        places[digest] = result.count
        result.append(candidate)
      }
    }
    return result
  }

  // MARK: Showing

  /// Hits without their words, where only the names of their documents are asked for.
  private func bareHits(
    _ page: ArraySlice<Candidate>, withClauses: Bool, _ db: Database
  ) throws -> [Hit] {
    let names = RowReader(
      try db.cachedStatement(sql: "SELECT key, name FROM document WHERE id = ?"))
    let paths = RowReader(try db.cachedStatement(sql: "SELECT path FROM clause WHERE id = ?"))
    return page.compactMap { candidate in
      let document = names.read(candidate.document) {
        DocumentSummary(key: $0.text(0), name: $0.text(1))
      }
      let path = withClauses ? paths.read(candidate.id) { $0.text(0) } : ""
      guard let document, let path else { return nil }
      return Hit(
        document: document, clause: path, labels: [],
        heading: "", text: "", span: [0, 0], score: candidate.score, matches: [], units: "",
        items: [])
    }
  }

  private func itemCount(of found: [Candidate], _ db: Database) throws -> Int {
    let ids = found.prefix(Self.depth).map { "\($0.id)" }.joined(separator: ",")
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM item WHERE clause IN (\(ids))") ?? 0
  }
}
