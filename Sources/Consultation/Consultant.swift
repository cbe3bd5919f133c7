public import Indexer
public import PolicyParser
internal import PolicyText
internal import Segmenter
internal import Synchronization

/// Answers questions in the words of the indexed policies, or says why it cannot (政策咨询).
///
/// One for the life of a process: it knows the places of the index, which are read once for each state of it.
public final class Consultant: Sendable {
  private let engine: SearchEngine
  private let store: IndexStore
  private let regions = Mutex<(state: IndexState, names: RegionNames)?>(nil)

  /// Answers from an index.
  public init(_ store: IndexStore) {
    engine = SearchEngine(store)
    self.store = store
  }

  /// The thresholds of the decision; how they were measured stands in `Benchmarks/ANSWERS.md`.
  struct Thresholds {
    /// The least share of the question's words that the document must have.
    var document: Float = 0.46
    /// The weight of words that is enough, whatever else is told: long questions tell more than they ask.
    var mass: Float = 1
    /// The least place value.
    var place: Float = 0.3
    /// How near to the best clause's coverage one must come that shows what is asked.
    var nearness: Float = 0.88
    /// The same for the sentence that shows it, with what stands above it.
    var shown: Float = 0.43
  }

  private func regionNames() throws(IndexError) -> RegionNames {
    let state = try store.state()
    if let known = regions.withLock({ $0 }), known.state == state { return known.names }
    let names = RegionNames(try engine.regions())
    regions.withLock { $0 = (state, names) }
    return names
  }

  /// Answers a question.
  ///
  /// - Parameters:
  ///   - words: The question as people ask it; only its first 400 characters are read.
  ///   - context: The question before, where this one goes on from it; nil or empty for none.
  ///   - today: The day that 现行有效 means.
  /// - Returns: An answer whose every part rests on words of a document, or a refusal that says what was missing.
  /// - Throws: ``IndexError``.
  /// - Complexity: One search and a pass over the texts of some ten documents; nothing is stored.
  public func reply(
    to words: String, after context: String? = nil, today: CalendarDay
  ) throws(IndexError) -> Reply {
    let segmenter: Segmenter
    do {
      segmenter = try Segmenter(.standard)
    } catch {
      throw .segmenter(status: error.status)
    }
    let reader = QuestionReader(
      segmenter: segmenter, engine: engine, regions: try regionNames())
    var question = try reader.question(words)
    if let context, !context.isEmpty, question.goesOn {
      // 那材料呢: the object and the place of the question before, what is asked of this one.
      let before = try reader.question(context)
      let object = before.topic
      let whole = try reader.question(object + " " + words)
      question = whole
      question.context = object
    }
    let strict = AspectVocabulary.standard.strict
    guard !question.terms.isEmpty || !question.places.isEmpty else {
      return Reply(
        question: question,
        outcome: .refusal(
          Refusal(
            reason: .empty, message: "请写清想问的事，例如“首次认定高新技术企业奖励多少”。", ask: nil, region: nil,
            related: [])),
        signals: [])
    }
    let finder = CandidateFinder(
      engine: engine, segmenter: segmenter, question: question, strict: strict)
    let findings = try finder.findings(today: today)
    return Decision(
      question: question, findings: findings, strict: strict, today: today,
      thresholds: Thresholds(), lead: LeadWriter(store: store)
    ).reply()
  }
}
