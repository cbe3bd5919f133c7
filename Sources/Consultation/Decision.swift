internal import Indexer
internal import PolicyParser
internal import PolicyText

/// Decides between an answer and a refusal by named signals, and puts either together.
struct Decision {
  /// The most policies that an answer quotes.
  private static let quotes = 3
  /// How near to the best a further policy must come to be quoted.
  private static let nearness: Float = 0.57

  let question: Question
  let findings: CandidateFinder.Findings
  let strict: Set<Aspect>
  let today: CalendarDay
  let thresholds: Consultant.Thresholds
  let lead: LeadWriter

  func reply() -> Reply {
    guard !findings.candidates.isEmpty else {
      return refused(.nothing, "没有找到写到“\(question.object)”的条款。", nil, [])
    }
    let candidates = placed(findings.candidates)
    let asked = question.isImplied ? [] : question.aspects.filter(strict.contains)
    let bestCoverage = candidates.map(\.coverage).max() ?? 0
    let near = candidates.first {
      $0.shows && $0.coverage >= thresholds.nearness * bestCoverage
        && $0.shownCoverage >= thresholds.shown * bestCoverage
    }
    let chosen = (asked.isEmpty ? nil : near) ?? candidates[0]
    var reply = decide(
      chosen, among: candidates, asked: asked, isShown: asked.isEmpty || near != nil)
    reply.signals = [
      Signal(name: "search", value: Double(chosen.search)),
      Signal(name: "coverage", value: Double(chosen.coverage)),
      Signal(name: "bestCoverage", value: Double(bestCoverage)),
      Signal(name: "documentCoverage", value: Double(chosen.documentCoverage)),
      Signal(name: "missing", value: Double(chosen.missing)),
      Signal(name: "confidence", value: Double(chosen.confidence(weight: question.weight))),
      Signal(name: "weight", value: Double(question.weight)),
      Signal(name: "place", value: Double(chosen.place)),
      Signal(name: "year", value: chosen.isOfYear ? 1 : 0),
      Signal(name: "lapsed", value: chosen.isLapsed ? 1 : 0),
      Signal(name: "fit", value: Double(chosen.fit)),
      Signal(name: "shows", value: chosen.shows ? 1 : 0),
      Signal(name: "shownCoverage", value: Double(chosen.shownCoverage)),
      Signal(name: "statistic", value: chosen.isStatistic ? 1 : 0),
      Signal(name: "score", value: Double(chosen.score)),
    ]
    return reply
  }

  /// The candidates of the number or the place asked for, where there are any that speak of the object; else all.
  private func placed(_ all: [Candidate]) -> [Candidate] {
    let numbered = all.filter { bears(question.numbers, $0) }
    let candidates = numbered.isEmpty ? all : numbered
    for least in [Float(0.6), thresholds.place] {
      let fitting = candidates.filter { $0.place >= least }
      if fitting.contains(where: { $0.documentCoverage >= thresholds.document }) { return fitting }
    }
    let fitting = candidates.filter { $0.place >= thresholds.place }
    return fitting.isEmpty ? candidates : fitting
  }

  /// Whether a candidate's document bears one of some numbers.
  private func bears(_ numbers: [String], _ candidate: Candidate) -> Bool {
    guard !numbers.isEmpty, let own = summary(candidate).number else { return false }
    return numbers.contains(own)
  }

  private func decide(
    _ chosen: Candidate, among candidates: [Candidate], asked: [Aspect], isShown: Bool
  ) -> Reply {
    let object = question.object
    let places = question.places.joined(separator: "、")
    func refuse(_ reason: Refusal.Reason, _ message: String) -> Reply {
      refused(reason, message, chosen, related(candidates))
    }
    if question.isPersonal {
      return refuse(.outside, "这里只查政策文件，不提供个人信息。办事咨询请联系下列部门。")
    }
    if chosen.place < thresholds.place {
      return refuse(.place, "没有找到\(places)关于“\(object)”的规定。")
    }
    if !chosen.isOfYear {
      let years = question.years.map { "\($0)年" }.joined(separator: "、")
      return refuse(.year, "没有找到\(places)\(years)关于“\(object)”的规定。")
    }
    if !question.years.isEmpty, chosen.isLapsed, let until = summary(chosen).effectiveUntil,
      question.years.allSatisfy({ $0 > until.year })
    {
      return refuse(.lapsed, "写到“\(object)”的文件有效期至\(Self.day(until))，已经失效。")
    }
    if let sum = question.sums.first(where: { quotesStatistic($0, candidates) }) {
      return refuse(.statistic, "\(sum)是文件里的统计数字或基金规模，不是给某一家企业的金额。")
    }
    // A few bare words have to be there; of a long story a part of them is enough.
    let weight = question.weight
    if chosen.confidence(weight: weight) < 0
      || chosen.documentCoverage < min(thresholds.document, thresholds.mass / weight)
    {
      return refuse(.object, "没有找到\(places)写到“\(object)”的条款。")
    }
    if !isShown {
      if chosen.isStatistic {
        return refuse(.statistic, "找到的是基金规模或统计数字，不是给企业的\(asked[0].name)。")
      }
      let names = asked.map(\.name).joined(separator: "、")
      return refuse(.element, "文件写到“\(object)”，但没有写明\(names)。")
    }
    return answered(chosen, among: candidates)
  }

  /// Whether a sum that the question quotes stands in the texts as a statistic or the size of a fund.
  private func quotesStatistic(_ sum: String, _ candidates: [Candidate]) -> Bool {
    guard question.aspects.contains(where: { [.amount, .process, .rate, .condition].contains($0) })
    else { return false }
    return candidates.prefix(12).contains { candidate in
      findings.documents[candidate.document].evidence.quotes(sum, in: unitRange(candidate))
    }
  }

  private func unitRange(_ candidate: Candidate) -> Range<Int> {
    let document = findings.documents[candidate.document]
    let range = document.passages.units[candidate.unit].range
    return document.text.index(
      ofByte: range.lowerBound)..<document.text.index(
        ofByte: range.upperBound)
  }

  private func summary(_ candidate: Candidate) -> DocumentSummary {
    findings.documents[candidate.document].passages.summary
  }

  // MARK: Answering

  private func answered(_ chosen: Candidate, among candidates: [Candidate]) -> Reply {
    var citations = [citation(chosen)]
    for candidate in candidates
    where citations.count < Self.quotes && candidate.score >= Self.nearness * chosen.score {
      let other = citation(candidate)
      let isNew = !citations.contains {
        $0.document.key == other.document.key && $0.range.overlaps(other.range)
      }
      if isNew { citations.append(other) }
    }
    var answer = Answer(statements: [], citations: citations, notes: notes(chosen, citations))
    let document = findings.documents[chosen.document]
    let best = citation(chosen, document.text.bytes(chosen.sentence))
    answer.statements.append(Statement(label: "", text: Self.plain(best.text), citation: 0))
    lead.write(
      &answer, about: question, unit: document.passages.units[chosen.unit],
      words: document.text.bytes(chosen.words))
    return Reply(question: question, outcome: .answer(answer), signals: [])
  }

  private func notes(_ chosen: Candidate, _ citations: [Citation]) -> [String] {
    var notes: [String] = []
    if chosen.isLapsed, let until = summary(chosen).effectiveUntil {
      notes.append("所引文件有效期至\(Self.day(until))，现已失效，只供查阅，不能据以办理。")
    } else if let until = summary(chosen).effectiveUntil {
      notes.append("所引文件有效期至\(Self.day(until))。")
    } else {
      notes.append("文中未载明有效期，办理前请向发文机关核实。")
    }
    if chosen.place < 0.6, !question.places.isEmpty {
      notes.append("没有\(question.places.joined(separator: "、"))自己的规定，所引是上级文件。")
    }
    if Set(citations.map(\.document.key)).count > 1 {
      notes.append("有几份文件都写到这件事，分别列出，没有合并。")
    }
    return notes
  }

  private func refused(
    _ reason: Refusal.Reason, _ message: String, _ nearest: Candidate?, _ related: [Citation]
  ) -> Reply {
    var ask: String?
    var region: String?
    for candidate in [nearest].compactMap(\.self) + findings.candidates.prefix(8)
    where ask == nil && candidate.place >= thresholds.place {
      let document = findings.documents[candidate.document]
      let departments = document.passages.units[candidate.unit].departments
      let named = departments.isEmpty ? document.passages.summary.issuers : departments
      if !named.isEmpty { (ask, region) = (named, document.passages.summary.region) }
    }
    return Reply(
      question: question,
      outcome: .refusal(
        Refusal(
          reason: reason, message: message, ask: ask, region: region, related: related)),
      signals: [])
  }

  private func related(_ candidates: [Candidate]) -> [Citation] {
    var found: [Citation] = []
    for candidate in candidates.prefix(12) where found.count < 2 && candidate.coverage > 0.2 {
      let citation = citation(candidate)
      let isNew = !found.contains {
        $0.document.key == citation.document.key && $0.range.overlaps(citation.range)
      }
      if isNew { found.append(citation) }
    }
    return found
  }

  private func citation(_ candidate: Candidate, _ words: ByteRange? = nil) -> Citation {
    let document = findings.documents[candidate.document]
    let unit = document.passages.units[candidate.unit]
    let range = words ?? document.text.bytes(candidate.words)
    let source = document.passages.source.text
    return Citation(
      document: document.passages.summary, clause: unit.path, labels: unit.labels,
      heading: unit.heading, text: source[range],
      span: ScalarOffsets(source).span(of: range), range: range,
      focus: document.text.bytes(candidate.sentence))
  }

  /// The words on one line, without signs of Markdown.
  static func plain(_ words: String) -> String {
    var result = ""
    for character in words where !character.isNewline && character != "*" && character != "\u{3000}"
    {
      result.append(character)
    }
    return result
  }

  private static func day(_ day: CalendarDay) -> String {
    "\(day.year)年\(day.month)月\(day.day)日"
  }
}
