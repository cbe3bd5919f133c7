internal import Hummingbird
internal import NIOCore

/// What is known of a request beside its own words: who asks, and what the route found in the path.
struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address of the other end; nil in tests without a socket.
  let peer: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }
}
