public import Indexer
internal import PolicyParser
internal import PolicyText

/// The answer to a query as other programs read it.
public struct SearchRecord: Encodable, Sendable {
  struct HitRecord: Encodable, Sendable {
    var document: String
    var key: String
    var title: String
    @OrNull var number: String?
    var issuers: [String]
    @OrNull var level: String?
    @OrNull var region: String?
    @OrNull var date: String?
    var kind: String
    var clause: String
    var labels: [String]
    var heading: String
    var text: String
    var span: [Int]
    var score: Double
    /// What matched, in scalars of the document's text.
    var matches: [[Int]]
    /// The parts of the score, only where they were asked for; their values add up to it.
    var explanation: [PartRecord]?
  }

  struct PartRecord: Encodable, Sendable {
    /// One of pair, synonym, document, word, character, place, year, amount, newness, lapsed or authority.
    var part: String
    var text: String
    var value: Double
  }

  struct HintRecord: Encodable, Sendable {
    /// One of place, level, year, department, amount or number.
    var kind: String
    var text: String
    var value: String
    /// Whether it moves hits.
    var applied: Bool
  }

  struct FacetRecord: Encodable, Sendable {
    var name: String
    var values: [ValueRecord]
  }

  struct ValueRecord: Encodable, Sendable {
    var value: String
    var count: Int
  }

  @OrNull var id: String?
  @OrNull var milliseconds: Double?
  let hits: [HitRecord]
  let total: Int
  /// Places that the words name; their documents come first.
  let places: [String]
  /// What the words were understood to ask for.
  let hints: [HintRecord]
  /// The counts of the facets, only where they were asked for.
  let facets: [FacetRecord]?
  /// Whether there are more than the facets count.
  let facetsAtLeast: Bool?
  let notices: [String]

  /// Makes the record of a result.
  ///
  /// - Parameters:
  ///   - result: What was found.
  ///   - id: The query's id, or the query itself.
  ///   - milliseconds: How long the engine took.
  public init(_ result: SearchResult, id: String?, milliseconds: Double?) {
    self.id = id
    self.milliseconds = milliseconds
    total = result.total
    places = result.places
    hints = result.hints.map {
      HintRecord(kind: $0.kind.rawValue, text: $0.text, value: $0.value, applied: $0.isApplied)
    }
    facets =
      result.facets.isEmpty
      ? nil
      : result.facets.map { facet in
        FacetRecord(
          name: facet.name,
          values: facet.values.map { ValueRecord(value: $0.value, count: $0.count) })
      }
    facetsAtLeast = result.facets.isEmpty ? nil : result.facetsAreBounded
    notices = result.relaxations.map(\.message)
    hits = result.hits.map { hit in
      let offsets = ScalarOffsets(SourceText(hit.text))
      return HitRecord(
        document: hit.document.name, key: hit.document.key, title: hit.document.title,
        number: hit.document.number,
        issuers: hit.document.issuers.split(separator: "、").map(String.init),
        level: hit.document.level?.rawValue, region: hit.document.region,
        date: hit.document.date?.description, kind: hit.document.kind, clause: hit.clause,
        labels: hit.labels, heading: hit.heading, text: hit.text, span: hit.span, score: hit.score,
        matches: hit.matches.map { range in
          offsets.span(of: range).map { $0 + (hit.span.first ?? 0) }
        },
        explanation: hit.explanation.isEmpty
          ? nil
          : hit.explanation.map {
            PartRecord(part: $0.kind.rawValue, text: $0.text, value: $0.value)
          })
    }
  }
}
