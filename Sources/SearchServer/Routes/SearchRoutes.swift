internal import Consultation
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyParser
internal import PolicyText

/// The search page `/` and `GET /api/v1/search`.
struct SearchRoutes: Sendable {
  let index: ServedIndex
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner, _ work: WorkPools) {
    runner.get("/", on: work.search) { request, _ in try page(QueryString(request)) }
    runner.get("/api/v1/search", on: work.search) { request, _ in try answer(QueryString(request)) }
  }

  private func answer(_ string: QueryString) throws -> Response {
    guard !string.isEmpty else { throw RequestError.badValue(name: "q", value: "") }
    let (result, milliseconds) = try search(string, isPage: false)
    return .json(SearchRecord(result, id: string.words, milliseconds: milliseconds))
  }

  private func search(
    _ string: QueryString, isPage: Bool
  ) throws -> (SearchResult, milliseconds: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    var query = try string.query()
    if isPage {
      // A page for people.
      query.explains = true
      query.foldsCopies = true
    }
    let result = try SearchEngine(store).search(
      query, today: today(), withFacets: isPage || string.countsFacets)
    return (result, (clock.now - start) / .milliseconds(1))
  }

  private func page(_ string: QueryString) throws -> Response {
    let totals = try store.totals()
    var context: [String: Any] = ["nav": ["search": true], "query": string.words]
    if string.isEmpty {
      context["title"] = "惠企政策搜索"
      context["home"] = true
      context["examples"] = Self.examples.map { words in
        var example = QueryString()
        example.words = words
        return ["text": words, "url": example.url]
      }
      context["recent"] = try store.recent(6).map { summary in
        var values: [String: Any] = ["title": summary.title, "url": "/documents/\(summary.key)"]
        values["number"] = summary.number
        values["issuer"] = summary.issuers.isEmpty ? nil : summary.issuers
        values["date"] = summary.date?.inChinese
        return values
      }
      return pages.response("search", context, totals: totals)
    }
    let (result, milliseconds) = try search(string, isPage: true)
    context["title"] = string.words.isEmpty ? "筛选" : string.words
    let results =
      ResultModel(string: string, result: result, milliseconds: milliseconds, today: today())
      .context
    context["results"] = results
    // The templates look values up from the inside out; the results' own are on top as well.
    context.merge(results) { first, _ in first }
    if !string.words.isEmpty {
      context["askURL"] = "/ask?q=" + QueryString.encoded(string.words)
      context["corrections"] = try index.current().suggester.corrections(of: string.words).map {
        words in
        var other = string
        other.words = words
        other.page = 1
        return ["text": words, "url": other.url]
      }
    }
    return pages.response("search", context, totals: totals)
  }

  private static let examples = [
    "中小企业 采购 预留 比例", "高新技术企业 首次认定 奖励", "贷款贴息", "稳岗返还", "专精特新 奖励", "设备更新 补助", "免申即享",
    "房租 减免",
  ]
}

/// What the page of results shows.
struct ResultModel {
  let string: QueryString
  let result: SearchResult
  let milliseconds: Double
  let today: CalendarDay

  var context: [String: Any] {
    var context: [String: Any] = [:]
    context["summary"] = summary
    context["milliseconds"] =
      milliseconds < 10 ? "\((milliseconds * 10).rounded() / 10)" : "\(Int(milliseconds))"
    context["notices"] = result.relaxations.map { ["text": $0.message] }
    context["active"] = active
    context["activeCount"] = "\(active.count)"
    if !chosen.isEmpty {
      var bare = QueryString()
      bare.words = string.words
      context["clearURL"] = bare.url
    }
    context["facets"] = facets
    if result.facetsAreBounded { context["facetsNote"] = "结果很多，数目至少如此。" }
    context["understood"] = result.hints.compactMap { hint -> [String: Any]? in
      guard let facet = hint.facet, string.values[facet] == nil else { return nil }
      return [
        "label": "只看", "value": QueryString.text(of: hint.value, in: facet),
        "chooseURL": string.toggling(hint.value, of: facet).url,
      ]
    }
    context["orders"] = [
      ("相关", SearchQuery.Order.relevance), ("最新", .newest), ("临近截止", .deadline), ("金额", .amount),
    ].map { text, order in
      var other = string
      other.order = order
      other.page = 1
      return ["text": text, "url": other.url, "selected": string.order == order] as [String: Any]
    }
    context["hidden"] = hidden
    if string.values["items"] == nil, result.itemCount > 0 {
      context["itemsText"] = "其中\(result.itemCount)个事项写明给予支持"
      context["itemsURL"] = string.toggling("1", of: "items").url
    }
    context["hits"] = result.hits.enumerated().map { index, hit in
      self.hit(hit, rank: (string.page - 1) * string.limit + index + 1)
    }
    if result.hits.isEmpty {
      context["none"] = true
      context["help"] = [
        ["text": "换成更常用的词，或只留下关键的一两个词。"], ["text": "去掉地区、年份等条件。"],
        ["text": "可以直接输入文号或文件名称。"],
      ]
      var relaxed: [[String: String]] = []
      if !chosen.isEmpty {
        var bare = QueryString()
        bare.words = string.words
        relaxed.append(["text": "去掉全部条件，再找“\(string.words)”", "url": bare.url])
      }
      context["relaxed"] = relaxed
    }
    if string.page > 1 {
      var other = string
      other.page -= 1
      context["previousURL"] = other.url
    }
    if result.total > string.page * string.limit {
      var other = string
      other.page += 1
      context["nextURL"] = other.url
    }
    if result.total > string.limit { context["pageText"] = "第\(string.page)页" }
    return context
  }

  private var summary: String {
    if result.hits.isEmpty { return string.page > 1 ? "没有更多了" : "没有找到“\(string.words)”" }
    return result.total >= 400 ? "最相关的条款" : "找到\(result.total)条条款"
  }

  private var active: [[String: Any]] {
    let hints = result.hints.filter(\.isApplied).map { hint in
      var other = string
      other.anywhere.append(hint.text)
      other.page = 1
      let label = hint.kind == .number ? hint.kind.name : "优先"
      return ["label": label, "value": hint.text, "removeURL": other.url] as [String: Any]
    }
    return hints + chosen
  }

  private var chosen: [[String: Any]] {
    QueryString.names.flatMap { name in
      (string.values[name] ?? []).map { value in
        [
          "label": QueryString.label(of: name), "value": QueryString.text(of: value, in: name),
          "removeURL": string.toggling(value, of: name).url,
        ]
      }
    }
  }

  private var hidden: [[String: Any]] {
    var fields = QueryString.names.flatMap { name in
      (string.values[name] ?? []).map { ["name": name, "value": $0] as [String: Any] }
    }
    fields += string.anywhere.map { ["name": "anywhere", "value": $0] }
    if string.order != .relevance {
      fields.append(["name": "order", "value": string.order.rawValue])
    }
    return fields
  }

  private var facets: [[String: Any]] {
    result.facets.compactMap { facet in
      let chosen = string.values[facet.name] ?? []
      var values = facet.values.prefix(12).map { ($0.value, $0.count) }
      for value in chosen where !values.contains(where: { $0.0 == value }) {
        values.append((value, 0))
      }
      guard !values.isEmpty else { return nil }
      return [
        "name": facet.name, "label": QueryString.label(of: facet.name),
        "open": ["level", "region", "status"].contains(facet.name) || !chosen.isEmpty,
        "values": values.map { value, count in
          [
            "text": QueryString.text(of: value, in: facet.name), "count": "\(count)",
            "unit": SearchQuery.Filters.itemFacets[facet.name] == nil ? "份" : "个",
            "url": string.toggling(value, of: facet.name).url, "selected": chosen.contains(value),
          ] as [String: Any]
        },
      ]
    }
  }

  private func hit(_ hit: Hit, rank: Int) -> [String: Any] {
    let bytes = Array(hit.text.utf8)
    let range = SnippetCutter.range(of: bytes, matches: hit.matches)
    let markup = MarkdownSigns.ranges(in: bytes)
    var snippet = HTMLText.marked(bytes, range, marks: hit.matches, leavingOut: markup)
    if range.lowerBound > 0 { snippet = "……" + snippet }
    if range.upperBound < bytes.count { snippet += "……" }
    let page = "/documents/\(hit.document.key)"
    let words = string.words.isEmpty ? "" : "?q=" + QueryString.encoded(string.words)
    let status = hit.document.status(on: today)
    var values: [String: Any] = [
      "rank": "\(rank)", "heading": heading(of: hit, bytes), "snippetHTML": snippet,
      "url": "\(page)\(words)#c-\(hit.clause)", "documentTitle": hit.document.title,
      "documentURL": page,
      "status": status.name, "statusClass": status == .pending ? "unknown" : status.rawValue,
      "score": "\((hit.score * 100).rounded() / 100)",
    ]
    let path =
      hit.labels.map { "<span>\(HTMLText.escaped($0))</span>" }
      + (hit.heading.isEmpty ? [] : ["<span>\(HTMLText.escaped(hit.heading))</span>"])
    if !path.isEmpty { values["pathHTML"] = path.joined(separator: " ") }
    values["number"] = hit.document.number
    values["issuer"] = hit.document.issuers.isEmpty ? nil : hit.document.issuers
    values["region"] = hit.document.region
    values["date"] = hit.document.date?.inChinese
    values["kind"] = hit.document.kind.isEmpty ? nil : hit.document.kind
    values["level"] = hit.document.level?.name
    values["units"] = hit.units.isEmpty ? nil : hit.units
    if hit.copies > 0 { values["copies"] = "\(hit.copies)" }
    if !hit.explanation.isEmpty { values["why"] = why(hit) }
    values["items"] = hit.items.prefix(4).map(ItemModel.row)
    if let first = hit.items.first { values["reading"] = ItemModel.reading(first) }
    if hit.items.count > 4 { values["moreItems"] = "本条共\(hit.items.count)个事项" }
    return values
  }

  /// The parts of a score by kind, in hundredths of it, the largest first.
  private func why(_ hit: Hit) -> [[String: Any]] {
    ScorePart.Kind.allCases.compactMap { kind -> (value: Double, row: [String: Any])? in
      let parts = hit.explanation.filter { $0.kind == kind }
      let sum = parts.reduce(0) { $0 + $1.value }
      guard sum > 0 else { return nil }
      let words = parts.map(\.text).filter { !$0.isEmpty }.prefix(8).joined(separator: "、")
      let share = "\(Int((100 * sum / hit.score).rounded()))%"
      return (sum, ["name": kind.name, "words": words, "share": share])
    }.sorted { $0.value > $1.value }.map(\.row)
  }

  /// What a hit is called: the beginning of its own words, up to the first stop.
  private func heading(of hit: Hit, _ bytes: [UInt8]) -> String {
    var words = ""
    let shown = MarkdownSigns.removed(from: Array(bytes.prefix(240)))
    for character in String(decoding: shown, as: UTF8.self) {
      if "。；;\n".contains(character), words.count >= 4 { break }
      if "：:".contains(character), words.count >= 6 { break }
      if words.count >= 42 {
        words += "……"
        break
      }
      if !(character.isWhitespace && words.isEmpty) { words.append(character) }
    }
    return words
  }
}
