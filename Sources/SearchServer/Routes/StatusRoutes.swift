internal import Hummingbird
internal import Indexer
internal import PolicyParser

/// `/about`, `/healthz` and the files that pages name.
struct StatusRoutes: Sendable {
  let store: IndexStore
  let pages: PageRenderer
  let version: String

  func add(to router: Router<BasicRequestContext>) {
    router.get("/healthz") { _, _ in
      let totals = try store.totals()
      return Response.json(["documents": totals.documents, "clauses": totals.clauses])
    }
    router.get("/about") { _, _ in try about() }
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
