internal import Consultation
internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import NIOPosix
internal import PolicyExchange
internal import PolicyParser
internal import PolicyText

/// The page of a document with the pictures of its PDF file, `GET /api/v1/documents/ID` and
/// `GET /api/v1/documents/ID/references`.
struct DocumentRoutes: Sendable {
  /// How many pages may be drawn at once.
  private static let mostAtOnce = 4

  let store: IndexStore
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay
  private let pictures: PagePictures
  private let drawing = Gate()

  init(store: IndexStore, pages: PageRenderer, today: @escaping @Sendable () -> CalendarDay) {
    self.store = store
    self.pages = pages
    self.today = today
    pictures = PagePictures(store)
  }

  func add(to router: Router<BasicRequestContext>) {
    router.get("/documents/:key") { request, context in try await page(request, context) }
    router.get("/documents/:key/pages/:page") { request, context in
      try await picture(request, context)
    }
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

  // MARK: Pictures of pages

  /// `3.png`: a page of the PDF file that the document was read from.
  private func picture(
    _ request: Request, _ context: BasicRequestContext
  ) async throws -> Response {
    let stored = try find(request, context)
    let name = try context.parameters.require("page")
    guard name.hasSuffix(".png"), let number = Int(name.dropLast(4)), number > 0,
      number <= PictureModel.mostPages
    else { throw RequestError.noPage }
    let tag = "\"\(stored.sha256.prefix(20))-\(number)\""
    var headers: HTTPFields = [.eTag: tag, .cacheControl: "no-cache"]
    if let known = request.headers[.ifNoneMatch], known.contains(tag) {
      return Response(status: .notModified, headers: headers)
    }
    switch try await draw(number, of: stored) {
    case nil: throw RequestError.busy
    case .failure(let refusal)?: throw RequestError.noPicture(refusal)
    case .success(let picture)?:
      headers[.contentType] = "image/png"
      return Response(
        status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: picture.png)))
    }
  }

  /// Draws a page, not on the threads that answer requests; nil where as many as may be are being drawn.
  private func draw(
    _ number: Int, of stored: StoredDocument
  ) async throws -> Result<PagePicture, PictureRefusal>? {
    guard drawing.enter(limit: Self.mostAtOnce) else { return nil }
    defer { drawing.leave() }
    return try await NIOThreadPool.singleton.runIfActive {
      try pictures.picture(ofPage: number, of: stored.summary.key, version: stored.version)
    }
  }

  // MARK: The page

  private func page(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let stored = try find(request, context)
    let words = QueryFields(request).get("q") ?? ""
    let number = try QueryString.number(
      QueryFields(request).get("page"), name: "page", in: 1...PictureModel.mostPages)
    var picture: PictureModel?
    if let number {
      picture = PictureModel(
        stored: stored, words: words, number: number, drawn: try await draw(number, of: stored))
    }
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
      explanations: try ClauseExplanation.all(of: stored, by: mentions, in: store),
      picture: picture)
    var values = model.context
    if let picture {
      values["picture"] = picture.context
      values["hasPicture"] = true
    } else if stored.parsed.value.source.mediaType == "application/pdf" {
      values["pictureURL"] = PictureModel.url(of: stored, words: words, page: 1)
    }
    values["query"] = words
    values["title"] = stored.summary.title
    return pages.response("document", values, totals: try store.totals())
  }
}
