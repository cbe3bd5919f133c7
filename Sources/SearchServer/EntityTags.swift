internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import PolicyParser
internal import PolicyText

/// Marks answers for programs with what they depend on, and answers 304 where the asker has them already.
///
/// An answer depends on the state of the index, the program, the day and the address, so it need not be computed to
/// know that it has not changed.
struct EntityTags: RouterMiddleware {
  typealias Context = BasicRequestContext
  let store: IndexStore
  let version: String
  let today: @Sendable () -> CalendarDay

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard request.uri.path.hasPrefix("/api/"), request.method == .get || request.method == .head,
      let generation = try? store.generation()
    else { return try await next(request, context) }
    let state = "\(version) \(generation) \(today()) \(request.uri.path)?\(request.uri.query ?? "")"
    let tag = "W/\"\(sha256(Array(state.utf8)).prefix(20))\""
    if let known = request.headers[.ifNoneMatch],
      known.split(separator: ",").contains(where: { $0.filter { $0 != " " } == tag })
    {
      return Response(status: .notModified, headers: [.eTag: tag, .cacheControl: "no-cache"])
    }
    var response = try await next(request, context)
    if response.status == .ok {
      response.headers[.eTag] = tag
      response.headers[.cacheControl] = "no-cache"
    }
    return response
  }
}
