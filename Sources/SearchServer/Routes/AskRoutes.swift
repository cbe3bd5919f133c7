internal import Consultation
internal import Foundation
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyParser

/// The window `/ask`, and `GET /api/v1/ask`, `/suggest`, `/glossary`, `/contacts`.
struct AskRoutes: Sendable {
  let index: ServedIndex
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner, _ work: WorkPools) {
    runner.get("/ask", on: work.documents) { request, _ in try page(request) }
    runner.get("/api/v1/ask", on: work.documents) { request, _ in try answer(request) }
    runner.get("/api/v1/suggest", on: work.search) { request, _ in try suggest(request) }
    runner.get("/glossary", on: work.search) { request, _ in
      let words = try Self.words(request)
      return pages.response("glossary", GlossaryModel.context(words), totals: try store.totals())
    }
    runner.get("/contacts", on: work.search) { _, _ in
      let rows = try store.contacts().map { ContactModel.row($0, today: today()) }
      var context: [String: Any] = ["title": "联系方式", "rows": rows, "count": "\(rows.count)"]
      if rows.isEmpty { context["none"] = true }
      return pages.response("contacts", context, totals: try store.totals())
    }
  }

  /// What is asked, not longer than is read.
  static func words(_ request: Request, name: String = "q") throws -> String {
    let words = (QueryFields(request).get(name) ?? "").trimmingCharacters(
      in: .whitespacesAndNewlines)
    if words.unicodeScalars.count > QueryString.longest {
      throw RequestError.tooLong(limit: QueryString.longest)
    }
    return words
  }

  private func reply(_ words: String, _ request: Request) throws -> Reply {
    let context = try Self.words(request, name: "context")
    return try index.current().consultant.reply(to: words, after: context, today: today())
  }

  private func answer(_ request: Request) throws -> Response {
    let words = try Self.words(request)
    guard !words.isEmpty else { throw RequestError.badValue(name: "q", value: "") }
    let clock = ContinuousClock()
    let start = clock.now
    let reply = try reply(words, request)
    return .json(
      AskRecord(reply, id: words, milliseconds: (clock.now - start) / .milliseconds(1)))
  }

  private func page(_ request: Request) throws -> Response {
    let words = try Self.words(request)
    let totals = try store.totals()
    let reply = words.isEmpty ? nil : try reply(words, request)
    var keys: [String] = []
    for citation in (reply?.answer?.citations ?? []) + (reply?.refusal?.related ?? [])
    where !keys.contains(citation.document.key) {
      keys.append(citation.document.key)
    }
    let documents = try SearchEngine(store).passages(of: keys)
    let model = AskModel(
      words: words, reply: reply,
      documents: Dictionary(
        documents.map { ($0.summary.key, $0) }, uniquingKeysWith: { first, _ in first }),
      contacts: ContactFinder(try store.contacts()), totals: totals, today: today())
    return pages.response("ask", model.context, totals: totals)
  }

  private func suggest(_ request: Request) throws -> Response {
    let words = try Self.words(request)
    let limit =
      try QueryString.number(
        QueryFields(request).get("limit"), name: "limit", in: 1...20) ?? 8
    let suggester = try index.current().suggester
    return .json(
      SuggestRecord(
        suggestions: words.isEmpty ? [] : try suggester.suggestions(for: words, limit: limit),
        corrections: words.isEmpty ? [] : try suggester.corrections(of: words)))
  }
}
