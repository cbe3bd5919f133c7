internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Reads what is handed in, with a bound on what all requests together hold in memory.
///
/// Places for work are taken once the body is there, so that whoever does not finish an upload holds up nobody; what
/// such requests hold until they are given up is bounded here.
final class UploadReader: Sendable {
  private let most: Int
  private let held = Mutex(0)

  /// - Parameter most: The most bytes of all bodies together.
  init(most: Int) { self.most = most }

  /// How many bytes are held now.
  var bytes: Int { held.withLock { $0 } }

  /// Reads a body, and works on it; its bytes count as held until the work is done.
  ///
  /// What is longer than `limit` is read to its end within reason, so that the browser listens.
  ///
  /// - Throws: ``RequestError/uploadTooLarge(limit:)``, ``RequestError/busy`` where all requests together hold too
  ///   much, ``RequestError/badForm`` for a body that breaks off, ``RequestError/tooSlow``, and what `work` throws.
  func reading<Value: Sendable>(
    _ request: Request, limit: Int, _ work: ([UInt8]) async throws -> Value
  ) async throws -> Value {
    var bytes: [UInt8] = []
    var count = 0
    // What counts as held for this request.
    var kept = 0
    defer { release(kept) }
    do {
      for try await buffer in request.body {
        let size = buffer.readableBytes
        count += size
        if count <= limit {
          guard hold(size) else { throw RequestError.busy }
          kept += size
          bytes.append(contentsOf: buffer.readableBytesView)
        } else {
          bytes = []
          release(kept)
          kept = 0
          if count > 8 * limit { break }
        }
      }
    } catch let error as RequestError {
      throw error
    } catch is ConnectionError {
      throw RequestError.tooSlow
    } catch {
      throw RequestError.badForm
    }
    guard count <= limit else { throw RequestError.uploadTooLarge(limit: limit) }
    return try await work(bytes)
  }

  private func hold(_ size: Int) -> Bool {
    held.withLock { held in
      guard held + size <= most else { return false }
      held += size
      return true
    }
  }

  private func release(_ size: Int) { held.withLock { $0 -= size } }
}
