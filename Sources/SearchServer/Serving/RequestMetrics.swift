internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Synchronization

/// Counts requests by route and status, and how long they took: for `/metrics`, in the text format of Prometheus.
///
/// A route is its pattern (`/documents/{key}`): no question, no key and no address of a person stands in it.
final class RequestMetrics: Sendable {
  /// The upper ends of the histogram, in seconds.
  private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

  private struct Key: Hashable, Comparable {
    var route: String
    var method: String
    var status: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
  }

  private struct Durations {
    var counts = [Int](repeating: 0, count: bounds.count + 1)
    var sum = 0.0
  }

  private struct State {
    var requests: [Key: Int] = [:]
    var durations: [String: Durations] = [:]
    var running = 0
  }

  private let state = Mutex(State())

  /// A request begins.
  func begin() { state.withLock { $0.running += 1 } }

  /// A request has its answer.
  func end(route: String, method: String, status: Int, seconds: Double) {
    state.withLock { state in
      state.running -= 1
      state.requests[Key(route: route, method: method, status: status), default: 0] += 1
      let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
      state.durations[route, default: Durations()].counts[place] += 1
      state.durations[route, default: Durations()].sum += seconds
    }
  }

  /// All figures as text.
  func text(pools: [WorkPool], heldBytes: Int, documents: Int?) -> String {
    let state = state.withLock { $0 }
    var text = MetricsText()
    text.begin("huice_requests_total", "counter", "Requests by route, method and status.")
    for (key, count) in state.requests.sorted(by: { $0.key < $1.key }) {
      text.add(
        "huice_requests_total",
        [("route", key.route), ("method", key.method), ("status", "\(key.status)")], "\(count)")
    }
    text.begin("huice_request_seconds", "histogram", "Time to the answer by route.")
    for (route, durations) in state.durations.sorted(by: { $0.key < $1.key }) {
      var sum = 0
      for (index, count) in durations.counts.enumerated() {
        sum += count
        let bound = index < Self.bounds.count ? "\(Self.bounds[index])" : "+Inf"
        text.add("huice_request_seconds_bucket", [("route", route), ("le", bound)], "\(sum)")
      }
      text.add("huice_request_seconds_sum", [("route", route)], "\(durations.sum)")
      text.add("huice_request_seconds_count", [("route", route)], "\(sum)")
    }
    text.begin("huice_requests_running", "gauge", "Requests without their answer.")
    text.add("huice_requests_running", [], "\(state.running)")
    let loads = pools.map { ($0.configuration.name, $0.load) }
    for (name, kind, help, value) in Self.poolFigures {
      text.begin("huice_pool_\(name)", kind, help)
      for (pool, load) in loads {
        text.add("huice_pool_\(name)", [("pool", pool)], "\(load[keyPath: value])")
      }
    }
    text.begin("huice_upload_bytes", "gauge", "Bytes of uploads in memory.")
    text.add("huice_upload_bytes", [], "\(heldBytes)")
    if let documents {
      text.begin("huice_documents", "gauge", "Documents in the index.")
      text.add("huice_documents", [], "\(documents)")
    }
    if let resident = Self.residentBytes {
      text.begin("process_resident_memory_bytes", "gauge", "Resident memory.")
      text.add("process_resident_memory_bytes", [], "\(resident)")
    }
    return text.text
  }

  private static var poolFigures:
    [(name: String, kind: String, help: String, value: any KeyPath<WorkPool.Load, Int> & Sendable)]
  {
    [
      ("running", "gauge", "Jobs that run.", \.running),
      ("waiting", "gauge", "Jobs that wait.", \.waiting),
      ("refused_total", "counter", "Jobs turned away.", \.refused),
      ("late_total", "counter", "Jobs that took too long.", \.late),
    ]
  }

  /// The memory of this process, in bytes; nil where the system does not tell.
  private static var residentBytes: Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let fields = String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

/// The text format of Prometheus, version 0.0.4.
struct MetricsText {
  private(set) var text = ""

  /// What a metric is.
  mutating func begin(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  /// One figure.
  mutating func add(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
    let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}

/// Counts each request, and writes a line of log for it: route, status, time; never the question or the address.
struct RequestRecorder: RouterMiddleware {
  typealias Context = ServerContext
  let metrics: RequestMetrics
  let logger: Logger

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    metrics.begin()
    var status = 500
    defer {
      let seconds = (clock.now - start) / .seconds(1)
      // Unknown paths are one route, so that nobody can fill the memory with names.
      let route = context.coreContext.endpointPath.value ?? "NotFound"
      let known: Set<HTTPRequest.Method> = [.get, .head, .post, .options, .put, .delete, .patch]
      let method = known.contains(request.method) ? request.method.rawValue : "other"
      metrics.end(route: route, method: method, status: status, seconds: seconds)
      logger.info(
        "request",
        metadata: [
          "route": "\(route)", "method": "\(method)", "status": "\(status)",
          "milliseconds": "\((seconds * 10_000).rounded() / 10)",
        ])
    }
    let response = try await next(request, context)
    status = response.status.code
    return response
  }
}
