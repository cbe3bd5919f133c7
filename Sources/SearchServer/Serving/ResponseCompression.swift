internal import CZlib
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// Compresses what text is sent (gzip), where the asker takes it and it is worth the time.
struct ResponseCompression: Sendable {
  /// Shorter answers fit into one packet anyhow.
  private static let least = 1_024
  /// 1 is quickest, 9 smallest: at 4 a page of 60 KB takes about a millisecond.
  private static let level: Int32 = 4
  /// What is longer is compressed on a pool: it takes more than a few milliseconds.
  private static let mostInPlace = 262_144

  let pool: WorkPool

  /// What is said of a body that may be compressed.
  static func isText(_ type: String) -> Bool {
    type.hasPrefix("text/") || type.contains("json") || type.contains("javascript")
      || type.contains("yaml") || type.contains("xml")
  }

  /// Whether a request takes gzip: named, and not with `q=0`.
  static func isWanted(_ accepted: String?) -> Bool {
    (accepted ?? "").lowercased().split(separator: ",").contains { part in
      let fields = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let name = fields.first, name == "gzip" || name == "*" else { return false }
      return !fields.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
    }
  }

  /// The bytes as gzip; nil where that fails, or saves nothing.
  static func gzip(_ bytes: ByteBuffer) -> ByteBuffer? {
    guard bytes.readableBytes >= least else { return nil }
    let room = czlib_bound(bytes.readableBytes)
    var result = ByteBuffer()
    result.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
      bytes.withUnsafeReadableBytes { source in
        guard let from = source.bindMemory(to: UInt8.self).baseAddress,
          let to = target.bindMemory(to: UInt8.self).baseAddress
        else { return 0 }
        return czlib_gzip(from, source.count, to, room, level)
      }
    }
    return result.readableBytes > 0 && result.readableBytes < bytes.readableBytes ? result : nil
  }
}

extension ResponseCompression: RouterMiddleware {
  typealias Context = ServerContext

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    guard let type = response.headers[.contentType], Self.isText(type) else { return response }
    response.headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
    guard request.method != .head, response.headers[.contentEncoding] == nil,
      Self.isWanted(request.headers[.acceptEncoding]),
      (response.body.contentLength ?? 0) >= Self.least
    else { return response }
    let bytes = try await BodyCollector.bytes(of: response.body)
    let smaller =
      bytes.readableBytes > Self.mostInPlace
      ? try await pool.run { Self.gzip(bytes) } : Self.gzip(bytes)
    if smaller != nil { response.headers[.contentEncoding] = "gzip" }
    response.body = ResponseBody(byteBuffer: smaller ?? bytes)
    return response
  }
}

/// Takes the bytes of an answer's body.
private struct BodyCollector: ResponseBodyWriter {
  private final class Sink: Sendable {
    let buffer = Mutex(ByteBuffer())
  }

  private let sink = Sink()

  static func bytes(of body: ResponseBody) async throws -> ByteBuffer {
    let collector = Self()
    try await body.write(collector)
    return collector.sink.buffer.withLock { $0 }
  }

  mutating func write(_ buffer: ByteBuffer) async throws {
    sink.buffer.withLock { _ = $0.writeImmutableBuffer(buffer) }
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
