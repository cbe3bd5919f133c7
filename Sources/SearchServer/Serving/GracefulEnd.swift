internal import Foundation
internal import Logging
internal import ServiceLifecycle

/// Ends the process where requests that go on do not let the server end in time.
///
/// Told to stop, the server takes no new connections and finishes what it has begun. After the grace time those
/// requests are cancelled. Work on a thread of a pool cannot be cancelled; so a moment later the process ends whatever
/// still runs. Nothing is lost by that: the server writes nothing but its log.
struct GracefulEnd: Service {
  /// How long requests may go on.
  let grace: Duration
  let logger: Logger

  func run() async throws {
    try? await gracefulShutdown()
    let (grace, logger) = (grace, logger)
    // A thread of its own: it ends the process even where every other thread is busy.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: (grace + .seconds(1)) / .seconds(1))
      logger.warning("requests that went on after the grace time were given up")
      _exit(0)
    }
  }
}
