internal import Consultation
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyParser
internal import PolicyText

/// The page of a document, `GET /api/v1/documents/ID` and `GET /api/v1/documents/ID/references`.
struct DocumentRoutes: Sendable {
  let store: IndexStore
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay

  func add(to router: Router<BasicRequestContext>) {
    router.get("/documents/:key") { request, context in try page(request, context) }
    router.get("/api/v1/documents/:key") { request, context in
      let stored = try find(request, context)
      var body = ByteBuffer()
      try DocumentRecord(stored.parsed, sha256: stored.sha256).forEachPiece { body.writeBytes($0) }
      return Response(
        status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
        body: .init(byteBuffer: body))
    }
    router.get("/api/v1/documents/:key/references") { request, context in
      let stored = try find(request, context)
      let references = try ResolvedReference.all(of: stored, in: store)
      return Response.json(ReferenceListRecord(references, of: stored))
    }
  }

  private func find(_ request: Request, _ context: BasicRequestContext) throws -> StoredDocument {
    let key = try context.parameters.require("key")
    let version = try QueryString.number(
      QueryFields(request).get("version"), name: "version", in: 1...1_000_000)
    guard key.utf8.count <= 64, let stored = try store.document(key, version: version) else {
      throw RequestError.noDocument
    }
    return stored
  }

  private func page(_ request: Request, _ context: BasicRequestContext) throws -> Response {
    let stored = try find(request, context)
    let words = QueryFields(request).get("q") ?? ""
    let marker = words.isEmpty ? nil : try QueryMarker(String(words.prefix(QueryString.longest)))
    let mentions = try DocumentMention.all(of: stored, in: store)
    let named = try ResolvedReference.all(of: stored, in: store)
    var chains: [String: [DocumentSummary]] = [:]
    for reference in named where reference.relation == .basis && reference.state == .resolved {
      let target = reference.targets[0]
      chains[target.key] = try ResolvedReference.basisChain(
        of: target, below: stored.summary.key, in: store)
    }
    let model = DocumentModel(
      stored: stored, today: today(), marker: marker,
      named: named, chains: chains, mentions: mentions,
      explanations: try ClauseExplanation.all(of: stored, by: mentions, in: store))
    var values = model.context
    values["query"] = words
    values["title"] = stored.summary.title
    return pages.response("document", values, totals: try store.totals())
  }
}
