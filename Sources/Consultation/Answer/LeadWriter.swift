internal import Indexer
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// Writes the short statements of an answer from the fields of the item that was found, each with its words.
struct LeadWriter {
  let store: IndexStore

  /// Adds statements about the item that stands in a clause, where it grants one, and the citations they rest on.
  ///
  /// What cannot be read again is left out: an answer holds without it.
  func write(
    _ answer: inout Answer, about question: Question, unit: DocumentPassages.Unit, words: ByteRange
  ) {
    guard !unit.items.isEmpty, let first = answer.citations.first,
      let stored = try? store.document(first.document.key)
    else { return }
    let document = stored.parsed.value
    let items = stored.interpretation.items
    let inside = items.filter { $0.range.overlaps(words) }
    guard let item = best(inside, in: document, question: question) else { return }
    let source = document.source.text
    let offsets = ScalarOffsets(source)
    func add(_ label: String, _ text: String, _ range: ByteRange) {
      guard !text.isEmpty else { return }
      var citation = first
      citation.text = source[range]
      citation.span = offsets.span(of: range)
      (citation.range, citation.focus) = (range, range)
      if let known = answer.citations.firstIndex(where: {
        $0.document.key == citation.document.key && $0.range.contains(range)
      }), known == 0, range.count * 3 > answer.citations[0].range.count {
        answer.statements.append(Statement(label: label, text: text, citation: 0))
        return
      }
      answer.citations.append(citation)
      answer.statements.append(
        Statement(label: label, text: text, citation: answer.citations.count - 1))
    }
    add("事项", item.name, item.range)
    if let award = item.award, let headline = Optional(award.formula.headline),
      let range = item.supports.first?.range
    {
      add("支持", headline, range)
    }
    if let audience = item.audience.first {
      add("对象", Self.short(source[audience]), audience)
    }
    let department = item[.department]
    if !department.isAbsent, let range = department.ranges.first {
      add("部门", department.value, range)
    }
    if let window = item.window, let range = window.range {
      add("申报时间", window.value.inChinese, range)
    }
  }

  /// The item whose words have most of the question's.
  private func best(
    _ items: [BenefitItem], in document: PolicyDocument, question: Question
  ) -> BenefitItem? {
    guard items.count > 1 else { return items.first }
    let text = document.source.text
    func count(_ item: BenefitItem) -> Float {
      let words = text[item.range]
      return question.terms.reduce(0) { sum, term in
        let found = ([term.word] + term.variants.map(\.word)).contains { words.holds($0) }
        return sum + (found ? term.weight : 0)
      }
    }
    return items.max { count($0) < count($1) }
  }

  private static func short(_ words: String) -> String {
    let plain = Decision.plain(words)
    return plain.count > 60 ? plain.prefix(60) + "……" : plain
  }
}
