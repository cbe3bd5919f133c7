internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Threads for one kind of work: so many jobs at once, so many that wait, and a time after which nobody waits any more.
///
/// Requests are computed here and never on Swift's own few threads, so that slow work of one kind delays neither
/// other kinds nor the connections. Jobs are taken in the order in which they came.
///
/// A job that has begun is not interrupted: after its time the asker is told ``RequestError/tookTooLong``, and its
/// thread is free once the job is done. Work is in proportion to its input, and inputs are bounded.
final class WorkPool: Sendable {
  /// How a pool works.
  struct Configuration: Sendable {
    /// The name of its kind of work, as `/metrics` has it: `search`.
    var name: String
    /// How many jobs run at once.
    var threads: Int
    /// How many jobs may wait; one more is refused.
    var queue: Int
    /// How long an asker waits, from joining the queue.
    var patience: Duration
    /// How much its threads give way to others: 0 not at all, 19 wholly (`nice`).
    var niceness: Int32 = 0
  }

  /// How busy a pool is.
  struct Load: Hashable, Sendable {
    /// Jobs that run.
    var running = 0
    /// Jobs that wait.
    var waiting = 0
    /// Jobs that were turned away because too many waited, since the start.
    var refused = 0
    /// Jobs that took longer than askers wait, since the start.
    var late = 0
  }

  let configuration: Configuration
  private let threads: NIOThreadPool
  private let counts = Mutex(Load())

  /// Starts the threads.
  init(_ configuration: Configuration) {
    self.configuration = configuration
    threads = NIOThreadPool(numberOfThreads: configuration.threads)
    threads.start()
  }

  deinit { threads.shutdownGracefully { _ in } }

  /// Whether one more job would be taken.
  var hasRoom: Bool {
    counts.withLock { $0.running + $0.waiting < configuration.threads + configuration.queue }
  }

  /// How busy it is now.
  var load: Load { counts.withLock { $0 } }

  /// Runs `body` on a thread of the pool.
  ///
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws; ``RequestError/busy`` where too many wait, ``RequestError/tookTooLong`` where it
  ///   is not done in time, `CancellationError` where the task is cancelled.
  func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try join()
    let job = Job<Value>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        job.begin(continuation)
        let alarm = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(
          in: .init(configuration.patience)
        ) {
          if job.finish(.failure(RequestError.tookTooLong)) {
            self.counts.withLock { $0.late += 1 }
          }
        }
        threads.submit { state in
          defer { alarm.cancel() }
          self.counts.withLock {
            $0.waiting -= 1
            $0.running += 1
          }
          defer { self.counts.withLock { $0.running -= 1 } }
          // Nobody waits for it any more, or the server ends.
          guard !job.isFinished, state == .active else { return }
          self.giveWay()
          _ = job.finish(Result(catching: body))
        }
      }
    } onCancel: {
      _ = job.finish(.failure(CancellationError()))
    }
  }

  private func join() throws {
    let isRefused = counts.withLock { counts in
      if counts.running + counts.waiting >= configuration.threads + configuration.queue {
        counts.refused += 1
        return true
      }
      counts.waiting += 1
      return false
    }
    if isRefused { throw RequestError.busy }
  }

  /// On Linux each thread has a niceness of its own.
  private func giveWay() {
    guard configuration.niceness > 0 else { return }
    // Zero is the thread that asks.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, configuration.niceness)
  }
}

/// One job's answer: the first that is given counts.
private final class Job<Value: Sendable>: Sendable {
  private enum State {
    case new
    case waiting(CheckedContinuation<Value, any Error>)
    case finished
  }

  private let state = Mutex(State.new)
  /// What came before anybody waited.
  private let early = Mutex<Result<Value, any Error>?>(nil)

  var isFinished: Bool {
    state.withLock { if case .finished = $0 { true } else { false } }
  }

  func begin(_ continuation: CheckedContinuation<Value, any Error>) {
    let isNew = state.withLock { state in
      guard case .new = state else { return false }
      state = .waiting(continuation)
      return true
    }
    if !isNew {
      continuation.resume(with: early.withLock { $0 } ?? .failure(CancellationError()))
    }
  }

  /// Whether this answer is the one that counts.
  func finish(_ result: Result<Value, any Error>) -> Bool {
    let before = state.withLock { state in
      defer { state = .finished }
      return state
    }
    switch before {
    case .new:
      early.withLock { $0 = result }
      return true
    case .waiting(let continuation):
      continuation.resume(with: result)
      return true
    case .finished: return false
    }
  }
}
