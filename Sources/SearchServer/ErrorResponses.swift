internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import Logging

/// What a request can fail with; the one place where errors become answers.
enum RequestError: Error, Hashable, Sendable {
  case tooLong(limit: Int)
  case badValue(name: String, value: String)
  case noDocument
  case noPage
  /// There is no older version to compare with.
  case noVersion
  /// The page of a file cannot be shown.
  case noPicture(PictureRefusal)
  /// Nothing was chosen to be taken apart.
  case noFile
  case badForm
  case uploadTooLarge(limit: Int)
  case tooManyFiles(limit: Int)
  /// A value that a person set in a form.
  case correctionTooLong(limit: Int)
  /// A filter is repeated too often.
  case tooManyValues(name: String, limit: Int)
  /// As much is being done as may be.
  case busy
  /// The answer was not there in time.
  case tookTooLong
  /// What is handed in came too slowly.
  case tooSlow
  /// This address asks too often; so many seconds until it may again.
  case tooOften(seconds: Int)
  /// The page is there, but not for this method; what it may be asked with.
  case notAllowed(methods: String)

  var status: HTTPResponse.Status {
    switch self {
    case .tooLong, .uploadTooLarge, .correctionTooLong: .contentTooLarge
    case .badValue, .noFile, .badForm, .tooManyFiles, .tooManyValues: .badRequest
    case .busy, .tookTooLong: .serviceUnavailable
    case .tooSlow: .requestTimeout
    case .tooOften: .tooManyRequests
    case .notAllowed: .methodNotAllowed
    case .noDocument, .noPage, .noVersion, .noPicture: .notFound
    }
  }

  var heading: String {
    switch self {
    case .tooLong: "问题太长"
    case .badValue: "网址里的条件有误"
    case .noDocument: "没有这份文件"
    case .noPage: "没有这个页面"
    case .noVersion: "没有可对照的旧版本"
    case .noPicture: "没有这张页面图片"
    case .noFile: "没有选择文件"
    case .badForm: "表单读不出来"
    case .uploadTooLarge: "文件太大"
    case .tooManyFiles: "文件太多"
    case .correctionTooLong: "更正的内容太长"
    case .tooManyValues: "条件太多"
    case .busy: "正忙"
    case .tookTooLong: "没来得及算完"
    case .tooSlow: "上传太慢"
    case .tooOften: "请求太频繁"
    case .notAllowed: "不能这样请求"
    }
  }

  var message: String {
    switch self {
    case .tooLong(let limit): "一次最多查 \(limit) 个字。请缩短后再试。"
    case .badValue(let name, let value): "条件“\(name)”不能是“\(value.prefix(40))”。请回到搜索页重新选择。"
    case .noDocument: "它可能已被移走，或网址不完整。请用标题或文号搜索。"
    case .noPage: "网址可能不完整。请回到搜索页。"
    case .noVersion: "这份文件没有这个版本。要对照两个文件，请到 /diff 选择。"
    case .noPicture(let refusal): refusal.message
    case .noFile: "请回到拆解页，选择文件后再点“拆解”。"
    case .badForm: "上传可能中断了。请回到拆解页，重新选择文件。"
    case .uploadTooLarge(let limit):
      "一次合计不超过 \(limit / 1_048_576) MB。请分几次提交，或用命令 huice split、huice diff。"
    case .tooManyFiles(let limit): "一次最多 \(limit) 个文件。请分几次提交，或装进一个压缩包。"
    case .correctionTooLong(let limit): "一处最多改成 \(limit) 个字。请回到拆解页缩短。"
    case .tooManyValues(let name, let limit): "条件“\(name)”一次最多选 \(limit) 个。请去掉一些再试。"
    case .busy: "正在处理的请求较多，请过一会儿再试。"
    case .tookTooLong: "这个请求花的时间太长，已停止等待。请把内容缩短，或过一会儿再试。"
    case .tooSlow: "上传的内容很久没有到，已停止等待。请检查网络后重新提交。"
    case .tooOften(let seconds): "这个地址的请求太多。请 \(seconds) 秒后再试。"
    case .notAllowed(let methods): "这个网址只接受：\(methods)。"
    }
  }

  /// After how many seconds it is worth asking again; nil where that changes nothing.
  var retryAfter: Int? {
    switch self {
    case .busy: 5
    case .tookTooLong: 30
    case .tooOften(let seconds): seconds
    default: nil
    }
  }
}

/// Turns every error into a page for people, or into problem details (RFC 9457) for programs.
///
/// Nothing of SQL, paths or the program's inside reaches a response; an internal error carries a number
/// that the log has too.
struct ErrorResponses: RouterMiddleware {
  typealias Context = ServerContext
  let pages: PageRenderer
  let routes: RouteTable
  let logger: Logger

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as RequestError {
      return answer(request, error)
    } catch is CancellationError {
      // The server ends, or nobody waits.
      return answer(request, RequestError.busy)
    } catch let error as HTTPError {
      if error.status == .notFound, let methods = routes.methods(of: request.uri.path) {
        if request.method == .options {
          return Response(status: .noContent, headers: [.allow: methods])
        }
        return answer(request, RequestError.notAllowed(methods: methods))
      }
      let missing = error.status == .notFound
      return answer(
        request, error.status, missing ? RequestError.noPage.heading : "请求有误",
        missing ? RequestError.noPage.message : "服务器不明白这个请求。请回到搜索页。", reference: nil)
    } catch let error as IndexError {
      let reference = Self.reference()
      logger.error(
        "\(error)", metadata: ["reference": "\(reference)", "path": "\(request.uri.path)"])
      var response = answer(
        request, .serviceUnavailable, "暂时查不了", "索引暂时不能用，请稍后再试。", reference: reference)
      response.headers[.retryAfter] = "10"
      return response
    } catch {
      let reference = Self.reference()
      logger.error(
        "\(error)", metadata: ["reference": "\(reference)", "path": "\(request.uri.path)"])
      return answer(
        request, .internalServerError, "出错了", "这是程序的问题，已记录下来。请稍后再试。", reference: reference)
    }
  }

  private static func reference() -> String {
    String(UInt32.random(in: 0x1000_0000...0xFFFF_FFFF), radix: 16)
  }

  private struct Problem: Encodable {
    var type = "about:blank"
    var title: String
    var status: Int
    var detail: String
    var reference: String?
  }

  private func answer(_ request: Request, _ error: RequestError) -> Response {
    var response = answer(request, error.status, error.heading, error.message, reference: nil)
    response.headers[.retryAfter] = error.retryAfter.map(String.init)
    if case .notAllowed(let methods) = error { response.headers[.allow] = methods }
    if error == .tooSlow { response.headers[.connection] = "close" }
    return response
  }

  private func answer(
    _ request: Request, _ status: HTTPResponse.Status, _ heading: String, _ message: String,
    reference: String?
  ) -> Response {
    if request.uri.path.hasPrefix("/api/") {
      let problem = Problem(
        title: heading, status: status.code, detail: message, reference: reference)
      return .json(problem, status: status, mediaType: "application/problem+json")
    }
    var context: [String: Any] = [
      "title": heading, "code": "\(status.code)", "heading": heading, "message": message,
    ]
    if let reference { context["reference"] = reference }
    return pages.response("error", context, status: status)
  }
}

/// Headers that every answer has.
struct ResponseHeaders: RouterMiddleware {
  typealias Context = ServerContext

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers[.contentSecurityPolicy] =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    response.headers[.xContentTypeOptions] = "nosniff"
    if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "same-origin" }
    return response
  }
}

extension Response {
  /// A JSON answer with sorted keys.
  static func json(
    _ body: some Encodable, status: HTTPResponse.Status = .ok,
    mediaType: String = "application/json; charset=utf-8"
  ) -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(body) else {
      return Response(status: .internalServerError)
    }
    return Response(
      status: status, headers: [.contentType: mediaType],
      body: .init(byteBuffer: ByteBuffer(bytes: data)))
  }

  /// A text answer.
  static func text(
    _ text: String, status: HTTPResponse.Status = .ok, mediaType: String
  ) -> Response {
    Response(
      status: status, headers: [.contentType: mediaType],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
