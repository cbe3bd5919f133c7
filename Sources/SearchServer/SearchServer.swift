internal import Consultation
public import Hummingbird
public import Indexer
public import Logging
private import NIOCore

/// The web page and the interface for programs over one index.
public struct SearchServer: Sendable {
  private let store: IndexStore
  private let configuration: ServerConfiguration
  private let logger: Logger

  /// Makes a server over an index that is open.
  public init(store: IndexStore, configuration: ServerConfiguration, logger: Logger) {
    self.store = store
    self.configuration = configuration
    self.logger = logger
  }

  /// Serves until the process is told to stop.
  ///
  /// - Parameter onReady: Called with the port once requests are answered.
  /// - Throws: ``ServerError`` where the address cannot be listened on.
  public func run(onReady: @escaping @Sendable (Int) -> Void) async throws {
    let application = Application(
      router: try router(),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), serverName: "huice"),
      onServerRunning: { channel in onReady(channel.localAddress?.port ?? 0) },
      logger: logger)
    do {
      try await application.runService()
    } catch let error as IOError {
      throw ServerError.address(
        host: configuration.host, port: configuration.port, inUse: error.errnoCode == 98)
    } catch {
      logger.debug("\(error)")
      throw ServerError.address(
        host: configuration.host, port: configuration.port, inUse: false)
    }
  }

  /// The routes, for a server or a test.
  public func router() throws -> Router<BasicRequestContext> {
    let router = Router(options: .autoGenerateHeadEndpoints)
    let pages = try PageRenderer(version: configuration.version)
    router.add(middleware: ResponseHeaders())
    router.add(middleware: ErrorResponses(pages: pages, store: store, logger: logger))
    router.add(
      middleware: EntityTags(
        store: store, version: configuration.version, today: configuration.today))
    let suggester = Suggester(store)
    let search = SearchRoutes(
      store: store, pages: pages, today: configuration.today, suggester: suggester)
    let documents = DocumentRoutes(store: store, pages: pages, today: configuration.today)
    search.add(to: router)
    ItemRoutes(store: store, pages: pages, today: configuration.today).add(to: router)
    documents.add(to: router)
    DiffRoutes(store: store, pages: pages).add(to: router)
    ListRoutes(store: store).add(to: router)
    AskRoutes(store: store, pages: pages, today: configuration.today, suggester: suggester)
      .add(to: router)
    SplitRoutes(pages: pages, store: store).add(to: router)
    StatusRoutes(store: store, pages: pages, version: configuration.version).add(to: router)
    return router
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
