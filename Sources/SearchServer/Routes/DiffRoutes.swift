internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import NIOCore
internal import PolicyExchange
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// Two versions side by side: of a document in the index (`/documents/KEY/diff`), or two files (`/diff`).
///
/// Files are read and forgotten, as by ``SplitRoutes``.
struct DiffRoutes: Sendable {
  let index: ServedIndex
  let pages: PageRenderer
  let work: WorkPools
  let uploads: UploadReader

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner) {
    runner.get("/documents/:key/diff", on: work.documents) { request, context in
      let (old, new) = try versions(request, context)
      let difference = DocumentDifference.between(old.parsed.value, and: new.parsed.value)
      let model = DiffModel(
        difference: difference, old: old.parsed.value, new: new.parsed.value,
        oldName: "第\(old.version)版", newName: "第\(new.version)版")
      var values = model.context
      values["title"] = "新旧对照：\(new.summary.title)"
      values["subject"] = new.summary.title
      values["documentURL"] = "/documents/\(new.summary.key)"
      values["jsonURL"] =
        "/api/v1/documents/\(new.summary.key)/diff?from=\(old.version)&to=\(new.version)"
      return pages.response("diff", values, totals: try store.totals())
    }
    runner.get("/api/v1/documents/:key/diff", on: work.documents) { request, context in
      let (old, new) = try versions(request, context)
      let record = DifferenceRecord(
        .between(old.parsed.value, and: new.parsed.value), old: (old.parsed.value, old.sha256),
        new: (new.parsed.value, new.sha256))
      return Response(
        status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(bytes: Array(try record.json()))))
    }
    runner.get("/diff", on: work.search) { _, _ in try form() }
    runner.router.post("/diff") { request, _ in try await compare(request) }
  }

  /// The versions that are asked for: the newest and the one before it where nothing is said.
  private func versions(
    _ request: Request, _ context: ServerContext
  ) throws -> (old: StoredDocument, new: StoredDocument) {
    let key = try context.parameters.require("key")
    let fields = QueryFields(request)
    let to = try QueryString.number(fields.get("to"), name: "to", in: 1...1_000_000)
    let from = try QueryString.number(fields.get("from"), name: "from", in: 1...1_000_000)
    guard key.utf8.count <= 64, let new = try store.document(key, version: to) else {
      throw RequestError.noDocument
    }
    guard let version = from ?? (new.version > 1 ? new.version - 1 : nil),
      let old = try store.document(key, version: version)
    else { throw RequestError.noVersion }
    return (old, new)
  }

  // MARK: Two files

  private func form(_ message: String? = nil) throws -> Response {
    var values: [String: Any] = [
      "title": "新旧对照", "hasForm": true, "hasDiff": true,
      "limit": "\(SplitRoutes.sizeLimit / 1_048_576)",
    ]
    values["message"] = message
    var response = pages.response(
      "diff", values, totals: try store.totals(), status: message == nil ? .ok : .badRequest)
    response.headers[.cacheControl] = "no-store"
    return response
  }

  private func compare(_ request: Request) async throws -> Response {
    try await SplitRoutes.reading(request, uploads, on: work.files) { try compare($0.parts) }
  }

  private func compare(_ parts: [MultipartForm.Part]) throws -> Response {
    func file(_ name: String) -> (name: String, bytes: [UInt8])? {
      parts.first { $0.name == name && $0.fileName != nil && !$0.bytes.isEmpty }.map {
        ($0.fileName.flatMap { $0.isEmpty ? nil : $0 } ?? "文件", Array($0.bytes))
      }
    }
    guard let before = file("old"), let after = file("new") else {
      return try form("请选择两个文件：旧版和新版。")
    }
    var budget = SplitRoutes.textLimit
    let old = Self.document(before.bytes, before.name, &budget)
    let new = Self.document(after.bytes, after.name, &budget)
    guard case .success(let old) = old, case .success(let new) = new else {
      let refusals = [old, new].compactMap { side -> String? in
        if case .failure(let refusal) = side { return refusal.message }
        return nil
      }
      return try form(refusals.joined(separator: " "))
    }
    var values = DiffModel(
      difference: .between(old, and: new), old: old, new: new, oldName: before.name,
      newName: after.name
    ).context
    values["title"] = "新旧对照"
    values["hasForm"] = true
    values["limit"] = "\(SplitRoutes.sizeLimit / 1_048_576)"
    var response = pages.response("diff", values, totals: try store.totals())
    response.headers[.cacheControl] = "no-store"
    return response
  }

  /// The one document in a file.
  private static func document(
    _ bytes: [UInt8], _ name: String, _ budget: inout Int
  ) -> Result<PolicyDocument, SplitOutcome.Refusal> {
    let outcomes = SplitOutcome.all(in: bytes, name: name, budget: &budget)
    guard outcomes.count == 1, let only = outcomes.first else {
      return .failure(.init(message: "\(name)：里面有 \(outcomes.count) 份文件。请解压后选择其中一份。"))
    }
    switch only.result {
    case .success(let split): return .success(split.document)
    case .failure(let refusal): return .failure(.init(message: "\(name)：\(refusal.message)"))
    }
  }
}
