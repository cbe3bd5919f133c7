internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import PolicyParser
internal import PolicyText

/// Adds routes whose answers are computed on a pool, and spares what the asker has already.
///
/// An answer for programs depends on the state of the index, the program, the day and the address. So it carries a tag
/// made of these, and need not be computed to know that it has not changed (304).
struct RouteRunner {
  let router: Router<ServerContext>
  let index: ServedIndex
  let version: String
  let today: @Sendable () -> CalendarDay

  /// Adds a route for GET (and HEAD).
  func get(
    _ path: RouterPath, on pool: WorkPool,
    _ answer: @escaping @Sendable (Request, ServerContext) throws -> Response
  ) {
    let tags = path.description.hasPrefix("/api/") ? AnswerTags(index, version, today) : nil
    router.get(path) { request, context in
      try await pool.run {
        guard let tags else { return try answer(request, context) }
        return try tags.tagged(request) { try answer(request, context) }
      }
    }
  }
}

/// Marks answers with what they depend on, and answers 304 where the asker has them.
private struct AnswerTags: Sendable {
  let index: ServedIndex
  let version: String
  let today: @Sendable () -> CalendarDay

  init(_ index: ServedIndex, _ version: String, _ today: @escaping @Sendable () -> CalendarDay) {
    self.index = index
    self.version = version
    self.today = today
  }

  func tagged(_ request: Request, _ answer: () throws -> Response) throws -> Response {
    let state = try index.store.state()
    let parts = [
      version, state.identity, "\(state.generation)", "\(today())", request.uri.path,
      request.uri.query ?? "",
    ]
    let tag = "W/\"\(sha256(Array(parts.joined(separator: " ").utf8)).prefix(20))\""
    if let known = request.headers[.ifNoneMatch],
      known.split(separator: ",").contains(where: { $0.filter { $0 != " " } == tag })
    {
      return Response(status: .notModified, headers: [.eTag: tag, .cacheControl: "no-cache"])
    }
    var response = try answer()
    if response.status == .ok {
      response.headers[.eTag] = tag
      response.headers[.cacheControl] = "no-cache"
    }
    return response
  }
}
