internal import Hummingbird
public import Indexer
public import Logging
private import NIOCore
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// The web page and the interface for programs over one index.
public struct SearchServer: Sendable {
  private let index: ServedIndex
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let work: WorkPools
  private let metrics = RequestMetrics()

  /// Makes a server over an index that is open.
  ///
  /// - Parameters:
  ///   - store: The index.
  ///   - path: Where it stands: another file that comes there is served instead.
  ///   - configuration: How the server runs.
  ///   - logger: Takes what goes wrong, and at level `info` a line for each request.
  public init(
    store: IndexStore, path: String, configuration: ServerConfiguration, logger: Logger
  ) {
    index = ServedIndex(store, path: path)
    self.configuration = configuration
    self.logger = logger
    work = WorkPools(cores: configuration.cores)
  }

  /// Serves until the process is told to stop.
  ///
  /// What has begun is finished then, for as long as ``ServerConfiguration/grace``.
  ///
  /// - Parameter onReady: Called with the port once requests are answered.
  /// - Throws: ``ServerError/address(host:port:inUse:)`` where the address cannot be listened on,
  ///   ``ServerError/template(_:)``.
  public func run(onReady: @escaping @Sendable (Int) -> Void) async throws {
    let isListening = Mutex(false)
    let limits = ConnectionLimits()
    let application = Application(
      router: try router(),
      server: .http1(
        configuration: .init(additionalChannelHandlers: [ConnectionGuardInstaller(limits)])),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), serverName: "huice"),
      onServerRunning: { channel in
        isListening.withLock { $0 = true }
        onReady(channel.localAddress?.port ?? 0)
      },
      logger: logger)
    // Services end in the opposite order: the watch begins before the server waits for its requests.
    var group = ServiceGroupConfiguration(
      services: [application, GracefulEnd(grace: configuration.grace, logger: logger)],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = configuration.grace
    do {
      try await ServiceGroup(configuration: group).run()
    } catch {
      // Once it listened, an error says only that requests were cancelled at the end of the grace time.
      if isListening.withLock({ $0 }) { return }
      logger.debug("\(error)")
      throw ServerError.address(
        host: configuration.host, port: configuration.port,
        inUse: (error as? IOError)?.errnoCode == 98)
    }
  }

  /// The routes, for a server or a test.
  func router() throws -> Router<ServerContext> {
    let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
    let pages = try PageRenderer(version: configuration.version)
    let table = RouteTable()
    router.add(middleware: RequestRecorder(metrics: metrics, logger: logger))
    router.add(middleware: ResponseHeaders())
    router.add(middleware: ResponseCompression(pool: work.documents))
    router.add(middleware: ErrorResponses(pages: pages, routes: table, logger: logger))
    if let rate = configuration.rate {
      router.add(
        middleware: RateLimiter(
          rate: rate, peers: PeerReader(isBehindProxy: configuration.isBehindProxy),
          countsLoopback: configuration.limitsLoopback))
    }
    let runner = RouteRunner(
      router: router, index: index, version: configuration.version, today: configuration.today)
    addRoutes(to: runner, pages)
    table.learn(router)
    return router
  }

  private func addRoutes(to runner: RouteRunner, _ pages: PageRenderer) {
    let today = configuration.today
    let uploads = UploadReader(most: configuration.uploadBytes)
    SearchRoutes(index: index, pages: pages, today: today).add(to: runner, work)
    ItemRoutes(index: index, pages: pages, today: today).add(to: runner, work)
    DocumentRoutes(index: index, pages: pages, today: today, work: work).add(to: runner)
    DiffRoutes(index: index, pages: pages, work: work, uploads: uploads).add(to: runner)
    ListRoutes(index: index).add(to: runner, work)
    AskRoutes(index: index, pages: pages, today: today).add(to: runner, work)
    SplitRoutes(index: index, pages: pages, work: work, uploads: uploads).add(to: runner)
    StatusRoutes(index: index, pages: pages, work: work, uploads: uploads, metrics: metrics)
      .add(to: runner)
  }
}

/// Why a server could not start.
public enum ServerError: Error, Hashable, Sendable {
  /// The address cannot be listened on.
  case address(host: String, port: Int, inUse: Bool)
  /// A page template is damaged: a fault of the program.
  case template(String)

  /// One Chinese line for people: what is wrong and what to do.
  public var message: String {
    switch self {
    case .address(let host, let port, true): "\(host):\(port) 已被占用。请用 --port 换一个端口。"
    case .address(let host, let port, false): "\(host):\(port) 不能监听。请换一个地址或端口。"
    case .template(let name): "页面模板 \(name) 有误。"
    }
  }
}
