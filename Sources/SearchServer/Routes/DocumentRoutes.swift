internal import Consultation
internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyParser
internal import PolicyText

/// The page of a document with the pictures of its PDF file, `GET /api/v1/documents/ID` and
/// `GET /api/v1/documents/ID/references`.
struct DocumentRoutes: Sendable {
  let index: ServedIndex
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay
  let work: WorkPools

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner) {
    runner.router.get("/documents/:key") { request, context in
      guard let number = try Self.pictureNumber(request) else {
        return try await work.documents.run { try page(request, context, picture: nil) }
      }
      let stored = try await work.documents.run { try find(request, context) }
      let drawn = try await drawIfFree(number, of: stored)
      return try await work.documents.run {
        try page(
          request, context,
          picture: PictureModel(
            stored: stored, words: Self.words(request), number: number, drawn: drawn))
      }
    }
    runner.router.get("/documents/:key/pages/:page") { request, context in
      try await picture(request, context)
    }
    runner.get("/api/v1/documents/:key", on: work.documents) { request, context in
      let stored = try find(request, context)
      var body = ByteBuffer()
      try DocumentRecord(stored.parsed, sha256: stored.sha256).forEachPiece { body.writeBytes($0) }
      return Response(
        status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
        body: .init(byteBuffer: body))
    }
    runner.get("/api/v1/documents/:key/references", on: work.documents) { request, context in
      let stored = try find(request, context)
      let relations = try index.current().relations.relations(of: stored)
      return Response.json(ReferenceListRecord(relations.named, of: stored))
    }
  }

  private func find(_ request: Request, _ context: ServerContext) throws -> StoredDocument {
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
    _ request: Request, _ context: ServerContext
  ) async throws -> Response {
    let stored = try await work.documents.run { try find(request, context) }
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
    case .failure(let refusal): throw RequestError.noPicture(refusal)
    case .success(let picture):
      headers[.contentType] = "image/png"
      return Response(
        status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: picture.png)))
    }
  }

  private func draw(
    _ number: Int, of stored: StoredDocument
  ) async throws -> Result<PagePicture, PictureRefusal> {
    let (key, version) = (stored.summary.key, stored.version)
    return try await work.files.run {
      try index.current().pictures.picture(ofPage: number, of: key, version: version)
    }
  }

  /// The picture beside a page; nil where too many are being drawn: the page does without.
  private func drawIfFree(
    _ number: Int, of stored: StoredDocument
  ) async throws -> Result<PagePicture, PictureRefusal>? {
    do {
      return try await draw(number, of: stored)
    } catch RequestError.busy, RequestError.tookTooLong {
      return nil
    }
  }

  // MARK: The page

  private static func words(_ request: Request) -> String { QueryFields(request).get("q") ?? "" }

  /// The page of the file that is shown beside the text; nil where none is asked for.
  private static func pictureNumber(_ request: Request) throws -> Int? {
    try QueryString.number(
      QueryFields(request).get("page"), name: "page", in: 1...PictureModel.mostPages)
  }

  private func page(
    _ request: Request, _ context: ServerContext, picture: PictureModel?
  ) throws -> Response {
    let store = try store
    let stored = try find(request, context)
    let words = Self.words(request)
    let marker = words.isEmpty ? nil : try QueryMarker(String(words.prefix(QueryString.longest)))
    let model = DocumentModel(
      stored: stored, today: today(), marker: marker,
      relations: try index.current().relations.relations(of: stored), picture: picture)
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
