internal import Consultation
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyParser
internal import PolicyText

/// The page of a document, and `GET /api/v1/documents/ID`.
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

  /// The document that one names first as what it rests on, where the index has one of that title.
  private func basis(of key: String) -> DocumentSummary? {
    guard let stored = try? store.document(key) else { return nil }
    let document = stored.parsed.value
    for reference in document.references {
      guard case .document(let title, let number) = reference.target,
        ReferenceRelation(of: reference.range, in: document) == .basis,
        let found = try? store.documents(titled: title, numbered: number?.description),
        let above = found.first(where: { $0.key != key })
      else { continue }
      return above
    }
    return nil
  }

  private func page(_ request: Request, _ context: BasicRequestContext) throws -> Response {
    let stored = try find(request, context)
    let words = QueryFields(request).get("q") ?? ""
    let marker = words.isEmpty ? nil : try QueryMarker(String(words.prefix(QueryString.longest)))
    let mentions = try DocumentMention.all(of: stored, in: store)
    let model = DocumentModel(
      stored: stored, today: today(), marker: marker,
      find: { title, number in
        let found = try? store.documents(titled: title, numbered: number)
        return (found ?? []).filter { $0.key != stored.summary.key }
      },
      basis: { key in basis(of: key) }, mentions: mentions,
      explanations: try ClauseExplanation.all(of: stored, by: mentions, in: store))
    var values = model.context
    values["query"] = words
    values["title"] = stored.summary.title
    return pages.response("document", values, totals: try store.totals())
  }
}
