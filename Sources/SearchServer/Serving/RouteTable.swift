internal import HTTPTypes
internal import Hummingbird
internal import Synchronization

/// The paths and methods of the server: tells a path that is not there (404) from a method that it does not have (405).
final class RouteTable: Sendable {
  private struct Route: Sendable {
    var path: [Substring]
    var method: HTTPRequest.Method
  }

  private let routes = Mutex<[Route]>([])

  /// Learns the routes that a router has now.
  func learn(_ router: Router<ServerContext>) {
    let known = router.routes.map { route in
      Route(path: route.path.description.split(separator: "/"), method: route.method)
    }
    routes.withLock { $0 = known }
  }

  /// The methods of a path, as `Allow` lists them; nil where there is no such path.
  func methods(of path: String) -> String? {
    let parts = path.split(separator: "/")
    var found = Set(
      routes.withLock { $0 }.filter { route in
        route.path.count == parts.count
          && zip(route.path, parts).allSatisfy { $0 == $1 || $0.first == "{" }
      }.map(\.method.rawValue))
    guard !found.isEmpty else { return nil }
    found.insert("OPTIONS")
    if found.contains("GET") { found.insert("HEAD") }
    return found.sorted().joined(separator: ", ")
  }
}
