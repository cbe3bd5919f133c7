internal import GRDB
internal import PolicyParser

extension DocumentSummary {
  /// The columns that a summary is read from, of `document d`.
  static let columns = """
    d.key, d.name, d.title, d.number, d.issuers, d.level, d.region,
    coalesce(d.signed_on, d.published_on) AS date, d.kind, d.effective_from, d.effective_until
    """

  /// A document of which only its names are known.
  init(key: String, name: String) {
    self.init(
      key: key, name: name, title: "", number: nil, issuers: "", level: nil, region: nil, date: nil,
      kind: "", effectiveFrom: nil, effectiveUntil: nil)
  }

  init(_ row: Row) {
    func day(_ column: String) -> CalendarDay? {
      (row[column] as String?).flatMap { CalendarDay($0) }
    }
    key = row["key"]
    name = row["name"]
    title = row["title"]
    number = row["number"]
    issuers = row["issuers"]
    level = (row["level"] as String?).flatMap(GovernmentLevel.init(rawValue:))
    region = row["region"]
    date = day("date")
    kind = row["kind"]
    effectiveFrom = day("effective_from")
    effectiveUntil = day("effective_until")
  }
}
