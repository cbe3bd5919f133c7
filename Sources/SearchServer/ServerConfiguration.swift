public import PolicyParser

/// How the server runs.
public struct ServerConfiguration: Sendable {
  /// The address to listen on.
  public var host: String
  /// The port to listen on.
  public var port: Int
  /// The version that pages show.
  public var version: String
  /// The day that 现行有效 means.
  public var today: @Sendable () -> CalendarDay
  /// How often one address may ask; nil for as often as it likes.
  public var rate: RequestRate?
  /// Whether ``rate`` holds for requests from this machine itself as well.
  public var limitsLoopback = false
  /// Whether a proxy stands before the server, whose `X-Forwarded-For` is believed.
  public var isBehindProxy = false
  /// How long requests may go on once the server is told to stop.
  public var grace = Duration.seconds(10)
  /// How many processors there are to work with.
  public var cores: Int
  /// The most bytes that uploads hold in memory together.
  public var uploadBytes = 256 * 1_048_576

  /// Describes a server.
  public init(
    host: String, port: Int, version: String, cores: Int,
    today: @escaping @Sendable () -> CalendarDay
  ) {
    self.host = host
    self.port = port
    self.version = version
    self.cores = cores
    self.today = today
  }
}
