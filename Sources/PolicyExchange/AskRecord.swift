public import Consultation
internal import Indexer
internal import PolicyParser

/// A reply to a question as other programs read it.
public struct AskRecord: Encodable, Sendable {
  struct QuoteRecord: Encodable, Sendable {
    var document: String
    var key: String
    var title: String
    @OrNull var number: String?
    var clause: String
    var labels: [String]
    var text: String
    var span: [Int]
  }
  struct StatementRecord: Encodable, Sendable {
    var label: String
    var text: String
    /// Which quote it rests on, from 0.
    var quote: Int
  }
  struct AnswerRecord: Encodable, Sendable {
    var text: String
    var statements: [StatementRecord]
    var quotes: [QuoteRecord]
    var notes: [String]
  }
  struct QuestionRecord: Encodable, Sendable {
    var aspects: [String]
    var terms: [String]
    var places: [String]
    var years: [Int]
  }

  @OrNull var id: String?
  @OrNull var milliseconds: Double?
  @OrNull var answer: AnswerRecord?
  @OrNull var refusal: String?
  @OrNull var reason: String?
  @OrNull var ask: String?
  let related: [QuoteRecord]
  let question: QuestionRecord
  let signals: [String: Double]

  /// Makes the record of a reply.
  ///
  /// - Parameters:
  ///   - reply: What came of the question.
  ///   - id: The question's id, or nil.
  ///   - milliseconds: How long it took.
  public init(_ reply: Reply, id: String?, milliseconds: Double?) {
    self.id = id
    self.milliseconds = milliseconds
    question = QuestionRecord(
      aspects: reply.question.aspects.map(\.rawValue), terms: reply.question.terms.map(\.word),
      places: reply.question.places, years: reply.question.years)
    signals = Dictionary(
      reply.signals.map { ($0.name, ($0.value * 1_000).rounded() / 1_000) },
      uniquingKeysWith: { first, _ in first })
    answer = reply.answer.map { answer in
      AnswerRecord(
        text: answer.text,
        statements: answer.statements.map {
          StatementRecord(label: $0.label, text: $0.text, quote: $0.citation)
        }, quotes: answer.citations.map(Self.quote), notes: answer.notes)
    }
    refusal = reply.refusal?.message
    reason = reply.refusal?.reason.rawValue
    ask = reply.refusal?.ask
    related = reply.refusal?.related.map(Self.quote) ?? []
  }

  private static func quote(_ citation: Citation) -> QuoteRecord {
    QuoteRecord(
      document: citation.document.name, key: citation.document.key, title: citation.document.title,
      number: citation.document.number, clause: citation.clause, labels: citation.labels,
      text: citation.text, span: citation.span)
  }
}
