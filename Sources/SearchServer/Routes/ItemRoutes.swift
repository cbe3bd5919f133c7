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
  let store: IndexStore
  let pages: PageRenderer
  let today: @Sendable () -> CalendarDay

  func add(to router: Router<BasicRequestContext>) {
    router.get("/items/:key") { _, context -> Response in
      let found = try find(context)
      let model = ItemModel(
        stored: found.stored, interpretation: found.interpretation, item: found.item,
        today: today(), contacts: try contacts(of: found.item, found.stored))
      return pages.response("item", model.context, totals: try store.totals())
    }
    router.get("/items/:key/card") { request, context -> Response in
      let found = try find(context)
      let model = CardModel(
        stored: found.stored, item: found.item, today: today(),
        contacts: try contacts(of: found.item, found.stored), host: request.head.authority)
      return pages.response("card", model.context, totals: try store.totals())
    }
    router.get("/api/v1/items/:key") { _, context -> Response in
      let found = try find(context)
      var interpretation = found.interpretation
      interpretation.items = [found.item]
      return Response.text(
        String(
          decoding: try ItemListRecord(interpretation, of: found.stored.parsed.value).json(),
          as: UTF8.self), status: .ok, mediaType: "application/json; charset=utf-8")
    }
    router.get("/api/v1/documents/:key/items.csv") { _, context -> Response in
      let key = try context.parameters.require("key")
      guard key.utf8.count <= 64, let stored = try store.document(key) else {
        throw RequestError.noDocument
      }
      var sheet = ItemSheet(.fulfilment)
      sheet.append(PolicyInterpreter.interpret(stored.parsed.value))
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
    _ context: BasicRequestContext
  ) throws -> (stored: StoredDocument, interpretation: Interpretation, item: BenefitItem) {
    let key = try context.parameters.require("key")
    let parts = key.split(separator: "-")
    guard key.utf8.count <= 64, parts.count == 2, let number = Int(parts[1]),
      let stored = try store.document(String(parts[0]))
    else { throw RequestError.noDocument }
    let interpretation = PolicyInterpreter.interpret(stored.parsed.value)
    guard let item = interpretation.items.first(where: { $0.number == number }) else {
      throw RequestError.noDocument
    }
    return (stored, interpretation, item)
  }
}
