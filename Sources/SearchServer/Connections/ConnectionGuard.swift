internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Why a request was given up before it was whole.
enum ConnectionError: Error, Hashable, Sendable {
  /// The body came too slowly.
  case bodyTooSlow
}

/// Keeps one connection within the protocol and within ``ConnectionLimits``.
///
/// HTTP/1.1 wants exactly one Host; HTTP/1.0 closes unless it is told to stay (RFC 9112, 3.2 and 9.3). Whoever sends
/// a head, a body or takes an answer too slowly is let go, so that connections that wait for nothing do not pile up.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let limits: ConnectionLimits
  private var alarm: Scheduled<Void>?
  private var bodyAlarm: Scheduled<Void>?
  private var writeAlarm: Scheduled<Void>?
  /// Whether the connection ends with the answer in hand, as of HTTP/1.0.
  private var closes = false
  /// Whether a request was refused: what follows of it is not read.
  private var isRefused = false
  /// Whether the body in hand is whole.
  private var isWhole = true
  /// Whether the answer in hand is out.
  private var isAnswered = true

  init(_ limits: ConnectionLimits) { self.limits = limits }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { awaitHead(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    awaitHead(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  // MARK: What comes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isRefused { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      alarm?.cancel()
      alarm = nil
      guard Self.hasOneHost(head) else { return refuse(context) }
      closes = Self.isOld(head) && !head.isKeepAlive
      (isWhole, isAnswered) = (false, false)
      bodyAlarm = after(limits.body, context) { $0.giveUp($1) }
      awaitBody(context)
    case .body: awaitBody(context)
    case .end:
      isWhole = true
      alarm?.cancel()
      alarm = nil
      bodyAlarm?.cancel()
      bodyAlarm = nil
      if isAnswered { awaitHead(context) }
    }
    context.fireChannelRead(data)
  }

  /// Whether a head names its host as HTTP wants it.
  private static func hasOneHost(_ head: HTTPRequestHead) -> Bool {
    let hosts = head.headers["host"].count
    return isOld(head) ? hosts <= 1 : hosts == 1
  }

  /// Whether a request speaks HTTP/1.0 or less.
  private static func isOld(_ head: HTTPRequestHead) -> Bool {
    head.version.major < 1 || head.version.major == 1 && head.version.minor == 0
  }

  private func refuse(_ context: ChannelHandlerContext) {
    isRefused = true
    let head = HTTPResponseHead(
      version: .http1_1, status: .badRequest,
      headers: ["connection": "close", "content-length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let promise = context.value.eventLoop.makePromise(of: Void.self)
    promise.futureResult.whenComplete { _ in context.value.close(promise: nil) }
    context.value.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
  }

  // MARK: What goes out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head) where closes:
      head.headers.replaceOrAdd(name: "connection", value: "close")
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end:
      isAnswered = true
      guard closes else {
        context.write(data, promise: promise)
        if isWhole { awaitHead(context) }
        return
      }
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
      promise.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
      context.writeAndFlush(data, promise: promise)
    case .head, .body: context.write(data, promise: promise)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    writeAlarm?.cancel()
    writeAlarm = nil
    if !context.channel.isWritable {
      writeAlarm = after(limits.answer, context) { $1.close(promise: nil) }
    }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Waiting

  private func awaitHead(_ context: ChannelHandlerContext) {
    alarm?.cancel()
    alarm = after(limits.head, context) { $1.close(promise: nil) }
  }

  private func awaitBody(_ context: ChannelHandlerContext) {
    alarm?.cancel()
    alarm = after(limits.bodyPause, context) { $0.giveUp($1) }
  }

  /// The reader of the body is told, may answer, and the connection ends.
  private func giveUp(_ context: ChannelHandlerContext) {
    stop()
    isRefused = true
    closes = true
    alarm = after(limits.farewell, context) { $1.close(promise: nil) }
    context.fireErrorCaught(ConnectionError.bodyTooSlow)
  }

  private func stop() {
    for one in [alarm, bodyAlarm, writeAlarm] { one?.cancel() }
    (alarm, bodyAlarm, writeAlarm) = (nil, nil, nil)
  }

  private func after(
    _ time: TimeAmount, _ context: ChannelHandlerContext,
    _ act: @escaping @Sendable (ConnectionGuard, ChannelHandlerContext) -> Void
  ) -> Scheduled<Void> {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    return context.eventLoop.scheduleTask(in: time) { act(bound.value.0, bound.value.1) }
  }
}

/// Puts a ``ConnectionGuard`` where it sees the protocol itself.
///
/// Hummingbird adds further handlers behind the codec that turns the protocol's parts into its own types; the guard
/// has to stand before it, where the version and all Host fields are still known.
final class ConnectionGuardInstaller: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let limits: ConnectionLimits

  init(_ limits: ConnectionLimits) { self.limits = limits }

  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.channel.pipeline.syncOperations
    do {
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(ConnectionGuard(limits), position: .before(codec))
    } catch {
      // Without a guard there is no connection.
      context.close(promise: nil)
    }
  }
}
