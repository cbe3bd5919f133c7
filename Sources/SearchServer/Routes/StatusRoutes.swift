internal import Hummingbird
internal import Indexer
internal import PolicyParser

/// `/about`, the state of the server for programs that watch it, and the files that pages name.
struct StatusRoutes: Sendable {
  let index: ServedIndex
  let pages: PageRenderer
  let work: WorkPools
  let uploads: UploadReader
  let metrics: RequestMetrics

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner) {
    let router = runner.router
    // Alive: the index answers.
    runner.get("/healthz", on: work.status) { _, _ in
      let totals = try store.totals()
      return Response.json(["documents": totals.documents, "clauses": totals.clauses])
    }
    // Ready: a search would be taken now.
    runner.get("/readyz", on: work.status) { _, _ in
      _ = try store.state()
      guard work.search.hasRoom else { throw RequestError.busy }
      return Response.json(["status": "ready"])
    }
    runner.get("/metrics", on: work.status) { _, _ in
      Response.text(
        metrics.text(
          pools: work.all, heldBytes: uploads.bytes,
          documents: try? store.totals().documents),
        mediaType: "text/plain; version=0.0.4; charset=utf-8")
    }
    runner.get("/about", on: work.search) { _, _ in try about() }
    router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
    for (path, asset) in pages.assets {
      router.get(RouterPath(path)) { _, _ in
        var response = Response.text(asset.text, mediaType: asset.mediaType)
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
      }
    }
  }

  private func about() throws -> Response {
    let store = try store
    let totals = try store.totals()
    let levels =
      GovernmentLevel.allCases.map { ($0.name, totals.levels[$0.rawValue] ?? 0) }
      + [("未识别", totals.levels[""] ?? 0)]
    let context: [String: Any] = [
      "title": "关于", "nav": ["about": true],
      "counts": [
        ["label": "文件", "value": "\(totals.documents)"],
        ["label": "条款", "value": "\(totals.clauses)"],
      ],
      "levels": levels.filter { $0.1 > 0 }.map { name, count in
        [
          "text": name, "count": "\(count)",
          "percent": "\((Double(count) * 1_000 / Double(max(1, totals.documents))).rounded() / 10)",
        ]
      },
      "status": [["label": "索引", "value": "可以使用"]],
      "segmenter": store.segmenterStamp, "database": "SQLite FTS5",
    ]
    return pages.response("about", context, totals: totals)
  }
}
