internal import Consultation
internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import PolicyExchange
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// The page of an item `/items/KEY-N`, its data, and the list of a document's items as CSV.
struct ItemRoutes: Sendable {
  let index: ServedIndex
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay

  private var store: IndexStore { get throws { try index.store } }

  func add(to runner: RouteRunner, _ work: WorkPools) {
    runner.get("/items/:key", on: work.documents) { _, context -> Response in
      let found = try find(context)
      let model = ItemModel(
        stored: found.stored, interpretation: found.interpretation, item: found.item,
        today: today(), contacts: try contacts(of: found.item, found.stored))
      return pages.response("item", model.context, totals: try store.totals())
    }
    runner.get("/items/:key/card", on: work.documents) { request, context -> Response in
      let found = try find(context)
      let model = CardModel(
        stored: found.stored, item: found.item, today: today(),
        contacts: try contacts(of: found.item, found.stored), host: request.head.authority)
      return pages.response("card", model.context, totals: try store.totals())
    }
    runner.get("/api/v1/items/:key", on: work.documents) { _, context -> Response in
      let found = try find(context)
      var interpretation = found.interpretation
      interpretation.items = [found.item]
      return Response.text(
        String(
          decoding: try ItemListRecord(interpretation, of: found.stored.parsed.value).json(),
          as: UTF8.self), status: .ok, mediaType: "application/json; charset=utf-8")
    }
    runner.get("/api/v1/documents/:key/items.csv", on: work.documents) { _, context -> Response in
      let key = try context.parameters.require("key")
      guard key.utf8.count <= 64, let stored = try store.document(key) else {
        throw RequestError.noDocument
      }
      var sheet = ItemSheet(.fulfilment)
      sheet.append(stored.interpretation)
      return Response.text(sheet.csv, status: .ok, mediaType: "text/csv; charset=utf-8")
    }
  }

  private func contacts(of item: BenefitItem, _ stored: StoredDocument) throws -> [Contact] {
    let department = item[.department]
    guard !department.isAbsent else { return [] }
    let finder = ContactFinder(try store.contacts())
    return department.value.split(whereSeparator: { "、；，".contains($0) }).flatMap {
      finder.contacts(of: String($0), region: stored.summary.region)
    }
  }

  private func find(
    _ context: ServerContext
  ) throws -> (stored: StoredDocument, interpretation: Interpretation, item: BenefitItem) {
    let key = try context.parameters.require("key")
    let parts = key.split(separator: "-")
    guard key.utf8.count <= 64, parts.count == 2, let number = Int(parts[1]),
      let stored = try store.document(String(parts[0]))
    else { throw RequestError.noDocument }
    let interpretation = stored.interpretation
    guard let item = interpretation.items.first(where: { $0.number == number }) else {
      throw RequestError.noDocument
    }
    return (stored, interpretation, item)
  }
}
