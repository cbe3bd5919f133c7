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

  /// Describes a server.
  public init(
    host: String, port: Int, version: String, today: @escaping @Sendable () -> CalendarDay
  ) {
    self.host = host
    self.port = port
    self.version = version
    self.today = today
  }
}
