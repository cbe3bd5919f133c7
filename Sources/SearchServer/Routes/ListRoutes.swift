internal import Consultation
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyText

/// Lists for programs, page by page, and the description of the interface.
struct ListRoutes: Sendable {
  /// The most elements of a page.
  private static let most = 200

  let index: ServedIndex

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner, _ work: WorkPools) {
    runner.get("/api/v1/openapi.yaml", on: work.search) { _, _ in
      Response.text(
        embeddedText("pages/openapi.yaml"), mediaType: "application/yaml; charset=utf-8")
    }
    runner.get("/api/v1/documents", on: work.search) { request, _ in
      let (after, limit, _) = try place(request)
      return Response.json(ListRecord(documents: try store.documents(after: after, limit: limit)))
    }
    runner.get("/api/v1/items", on: work.search) { request, _ in
      let (after, limit, document) = try place(request)
      return Response.json(
        ListRecord(items: try store.items(of: document, after: after, limit: limit)))
    }
    runner.get("/api/v1/clauses", on: work.search) { request, _ in
      let (after, limit, document) = try place(request)
      return Response.json(
        ListRecord(clauses: try store.clauses(of: document, after: after, limit: limit)))
    }
    runner.get("/api/v1/glossary", on: work.search) { request, _ in
      let words = try AskRoutes.words(request)
      let entries = Glossary.standard.entries.filter { entry in
        words.isEmpty || entry.term.contains(words)
          || entry.aliases.contains { $0.contains(words) }
      }
      return Response.json(ListRecord(glossary: entries))
    }
    runner.get("/api/v1/contacts", on: work.search) { request, _ in
      let words = try AskRoutes.words(request)
      let contacts = try store.contacts().filter { contact in
        words.isEmpty
          || ([contact.region, contact.department, contact.matter] + contact.aliases).contains {
            $0.contains(words)
          }
      }
      return Response.json(ListRecord(contacts: contacts))
    }
  }

  private func place(_ request: Request) throws -> (after: Int64, limit: Int, document: String?) {
    let fields = QueryFields(request)
    let limit = try QueryString.number(fields.get("limit"), name: "limit", in: 1...Self.most) ?? 50
    var after: Int64 = 0
    if let cursor = fields.get("cursor"), !cursor.isEmpty {
      guard let place = Int64(cursor), place >= 0 else {
        throw RequestError.badValue(name: "cursor", value: cursor)
      }
      after = place
    }
    let document = fields.get("document").flatMap { $0.isEmpty ? nil : $0 }
    if let document, document.utf8.count > 64 { throw RequestError.noDocument }
    return (after, limit, document)
  }
}
