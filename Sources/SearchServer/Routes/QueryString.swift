internal import Foundation
internal import Hummingbird
internal import Indexer
internal import PolicyParser

/// A search as it stands in an address: words, filters, order, page; reads and writes it.
struct QueryString: Hashable {
  /// The most characters of a question.
  static let longest = 2_000
  /// The most values of one filter, and the most hints that are set aside.
  static let mostValues = 24
  /// The most characters of a filter's value.
  static let longestValue = 120
  /// Hits on a page.
  static let pageSize = 10

  var words = ""
  /// Chosen values by the name of their facet, in the order of ``names``.
  var values: [String: [String]] = [:]
  var order = SearchQuery.Order.relevance
  var page = 1
  var limit = Self.pageSize
  /// What is understood of the words and must not move hits (`anywhere=济南`, `anywhere=2024年`).
  var anywhere: [String] = []
  /// Whether hits say what their score is made of (`explain=1`).
  var explains = false
  /// Whether a program wants the counts of the facets (`facets=1`).
  var countsFacets = false

  static let names = SearchQuery.Filters.facets + ["items"]

  init() {}

  /// Reads the parameters of a request.
  init(_ request: Request) throws {
    let parameters = QueryFields(request)
    words = (parameters.get("q") ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    if words.unicodeScalars.count > Self.longest { throw RequestError.tooLong(limit: Self.longest) }
    for name in Self.names {
      let chosen = try Self.chosen(name, in: parameters)
      if !chosen.isEmpty { values[name] = chosen }
    }
    if let value = parameters.get("order"), !value.isEmpty {
      guard let order = SearchQuery.Order(rawValue: value) else {
        throw RequestError.badValue(name: "order", value: value)
      }
      self.order = order
    }
    page = try Self.number(parameters.get("page"), name: "page", in: 1...100) ?? 1
    limit = try Self.number(parameters.get("limit"), name: "limit", in: 1...100) ?? Self.pageSize
    explains = parameters.get("explain") == "1"
    countsFacets = parameters.get("facets") == "1"
    anywhere = try Self.chosen("anywhere", in: parameters)
    _ = try query()
  }

  /// The values of a filter, each once.
  ///
  /// - Throws: ``RequestError/tooManyValues(name:limit:)``, ``RequestError/badValue(name:value:)`` for one that is too
  ///   long to be a name.
  private static func chosen(_ name: String, in parameters: QueryFields) throws -> [String] {
    var seen: Set<String> = []
    let chosen = parameters.getAll(name).filter { !$0.isEmpty && seen.insert($0).inserted }
    let label = name == "anywhere" ? name : label(of: name)
    guard chosen.count <= mostValues else {
      throw RequestError.tooManyValues(name: label, limit: mostValues)
    }
    if let long = chosen.first(where: { $0.unicodeScalars.count > longestValue }) {
      throw RequestError.badValue(name: label, value: long)
    }
    return chosen
  }

  static func number(
    _ text: String?, name: String, in range: ClosedRange<Int>
  ) throws -> Int? {
    guard let text, !text.isEmpty else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw RequestError.badValue(name: name, value: text)
    }
    return value
  }

  /// Whether nothing is asked for.
  var isEmpty: Bool { words.isEmpty && values.isEmpty }

  /// The query of the engine.
  func query() throws -> SearchQuery {
    var query = SearchQuery(words)
    query.order = order
    query.offset = (page - 1) * limit
    query.limit = limit
    query.explains = explains
    query.ignoredHints = anywhere
    query.filters.levels = try (values["level"] ?? []).map { value in
      guard let level = GovernmentLevel(rawValue: value) else {
        throw RequestError.badValue(name: "级别", value: value)
      }
      return level
    }
    query.filters.statuses = try (values["status"] ?? []).map { value in
      guard let status = ValidityStatus(rawValue: value) else {
        throw RequestError.badValue(name: "时效", value: value)
      }
      return status
    }
    query.filters.years = try (values["year"] ?? []).map { value in
      guard let year = Int(value) else { throw RequestError.badValue(name: "年份", value: value) }
      return year
    }
    query.filters.regions = values["region"] ?? []
    query.filters.issuers = values["issuer"] ?? []
    query.filters.kinds = values["kind"] ?? []
    for (facet, axis) in SearchQuery.Filters.itemFacets {
      if let chosen = values[facet], !chosen.isEmpty { query.filters.tags[axis] = chosen }
    }
    query.filters.itemsOnly = values["items"] != nil
    return query
  }

  /// The address of this search.
  var url: String {
    var parts: [String] = []
    if !words.isEmpty { parts.append("q=" + Self.encoded(words)) }
    for name in Self.names {
      for value in values[name] ?? [] { parts.append("\(name)=" + Self.encoded(value)) }
    }
    for place in anywhere { parts.append("anywhere=" + Self.encoded(place)) }
    if order != .relevance { parts.append("order=\(order.rawValue)") }
    if page > 1 { parts.append("page=\(page)") }
    return parts.isEmpty ? "/" : "/?" + parts.joined(separator: "&")
  }

  /// The search with a facet's value chosen, or no longer chosen.
  func toggling(_ value: String, of name: String) -> QueryString {
    var other = self
    other.page = 1
    var chosen = values[name] ?? []
    if let index = chosen.firstIndex(of: value) {
      chosen.remove(at: index)
    } else {
      chosen.append(value)
    }
    other.values[name] = chosen.isEmpty ? nil : chosen
    return other
  }

  /// A value as it may stand in an address.
  static func encoded(_ text: String) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    return text.addingPercentEncoding(
      withAllowedCharacters: allowed.intersection(.init(charactersIn: Unicode.Scalar(0)..."\u{7F}"))
    ) ?? ""
  }

  /// The Chinese name of a facet.
  static func label(of name: String) -> String {
    switch name {
    case "level": "级别"
    case "region": "地区"
    case "issuer": "发文机关"
    case "year": "年份"
    case "kind": "文种"
    case "form": "扶持方式"
    case "claim": "兑现方式"
    case "theme": "政策主题"
    case "industry": "支持行业"
    case "size": "企业规模"
    case "items": "内容"
    default: "时效"
    }
  }

  /// A facet's value as people read it.
  static func text(of value: String, in name: String) -> String {
    switch name {
    case "level": GovernmentLevel(rawValue: value)?.name ?? value
    case "status": ValidityStatus(rawValue: value)?.name ?? value
    case "year": "\(value)年"
    case "items": "只看事项"
    default: value
    }
  }
}

/// The fields of a form as browsers send them: `+` is a space.
struct QueryFields {
  private var fields: [(name: String, value: String)] = []

  init(_ request: Request) {
    for part in (request.uri.query ?? "").split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func decoded(_ side: Substring?) -> String {
        let words = String((side ?? "").replacing("+", with: " "))
        return words.removingPercentEncoding ?? words
      }
      fields.append((decoded(sides.first), decoded(sides.dropFirst().first)))
    }
  }

  /// The first value of a field.
  func get(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// All values of a field, in order.
  func getAll(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}
