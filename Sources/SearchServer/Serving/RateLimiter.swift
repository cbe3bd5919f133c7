internal import HTTPTypes
internal import Hummingbird
internal import Synchronization

/// How many requests one address may send.
public struct RequestRate: Hashable, Sendable {
  /// Requests a second, over a long time.
  public var perSecond: Double
  /// Requests at once, after a rest.
  public var burst: Double

  /// A rate.
  public init(perSecond: Double, burst: Double) {
    self.perSecond = perSecond
    self.burst = burst
  }
}

/// Turns away whoever asks too often (429), address by address (a token bucket each).
///
/// Requests from this machine itself are not counted where a proxy is not named: they are those of the operator.
struct RateLimiter: RouterMiddleware {
  typealias Context = ServerContext

  /// What an address may still send.
  fileprivate struct Bucket {
    var tokens: Double
    var filled: ContinuousClock.Instant
  }

  private final class Buckets: Sendable {
    fileprivate let state = Mutex<[String: Bucket]>([:])
  }

  /// The most addresses that are remembered; full buckets are forgotten first.
  private static let mostAddresses = 20_000

  let rate: RequestRate
  let peers: PeerReader
  let countsLoopback: Bool
  private let kept = Buckets()

  init(rate: RequestRate, peers: PeerReader, countsLoopback: Bool) {
    self.rate = rate
    self.peers = peers
    self.countsLoopback = countsLoopback
  }

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    if let address = peers.address(of: request, context),
      countsLoopback || !PeerReader.isLoopback(address),
      let wait = take(address, at: ContinuousClock().now)
    {
      throw RequestError.tooOften(seconds: wait)
    }
    return try await next(request, context)
  }

  /// Takes one token of an address: nil where there was one, else the seconds until there is.
  private func take(_ address: String, at now: ContinuousClock.Instant) -> Int? {
    kept.state.withLock { buckets in
      if buckets.count > Self.mostAddresses {
        buckets = buckets.filter { tokens(of: $0.value, at: now) < rate.burst }
        // All of them are busy: begin anew rather than grow.
        if buckets.count > Self.mostAddresses { buckets = [:] }
      }
      let left = buckets[address].map { tokens(of: $0, at: now) } ?? rate.burst
      guard left >= 1 else {
        return max(1, Int(((1 - left) / rate.perSecond).rounded(.up)))
      }
      buckets[address] = Bucket(tokens: left - 1, filled: now)
      return nil
    }
  }

  private func tokens(of bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
    min(rate.burst, bucket.tokens + rate.perSecond * ((now - bucket.filled) / .seconds(1)))
  }
}

/// Who asks: the other end of the connection, or, behind a proxy, whom the proxy names.
struct PeerReader: Sendable {
  /// Whether a proxy stands before the server, whose X-Forwarded-For is believed.
  let isBehindProxy: Bool

  /// The address; nil where it is not known.
  func address(of request: Request, _ context: ServerContext) -> String? {
    if isBehindProxy, let name = HTTPField.Name("X-Forwarded-For"),
      let list = request.headers[name], let last = list.split(separator: ",").last
    {
      // The last one is what the proxy itself saw; those before it anybody may have written.
      return String(last.filter { !$0.isWhitespace }.prefix(45))
    }
    return context.peer
  }

  static func isLoopback(_ address: String) -> Bool {
    address.hasPrefix("127.") || address == "::1"
  }
}
