internal import Consultation
internal import Indexer
internal import PolicyParser
internal import PolicyText

/// What the page of the window (窗口) shows: question, answer with footnotes, sources.
struct AskModel {
  let words: String
  let reply: Reply?
  /// The documents of the citations, by their public name.
  let documents: [String: DocumentPassages]
  let contacts: ContactFinder
  let totals: IndexTotals
  let today: CalendarDay

  var context: [String: Any] {
    var context: [String: Any] = [
      "title": words.isEmpty ? "窗口" : words, "nav": ["ask": true], "query": words,
    ]
    guard let reply else {
      context["fresh"] = true
      context["examples"] = Self.examples.map {
        ["text": $0, "url": "/ask?q=" + QueryString.encoded($0)]
      }
      return context
    }
    context["asked"] = true
    if let topic = reply.question.context {
      context["context"] = [
        "text": topic, "removeURL": "/ask?q=" + QueryString.encoded(words),
      ]
    }
    context["understood"] = understood(reply.question)
    switch reply.outcome {
    case .answer(let answer): context["answer"] = self.answer(answer)
    case .refusal(let refusal): context["refusal"] = self.refusal(refusal)
    }
    let topic = reply.question.topic
    if !topic.isEmpty {
      context["next"] = Self.follow.filter { !reply.question.aspects.contains($0.aspect) }.map {
        [
          "text": $0.words,
          "url": "/ask?q=" + QueryString.encoded($0.words) + "&context="
            + QueryString.encoded(topic),
        ]
      }
    }
    context["searchURL"] = "/?q=" + QueryString.encoded(words)
    return context
  }

  private static let examples = [
    "首次认定高新技术企业奖励多少", "贷款贴息要交什么材料", "稳岗返还的比例是多少", "新政策几个工作日内要拆分",
  ]
  private static let follow: [(aspect: Aspect, words: String)] = [
    (.amount, "那给多少"), (.condition, "那条件呢"), (.material, "那材料呢"), (.window, "那什么时候申报"),
    (.department, "那归谁管"), (.phone, "那电话呢"),
  ]

  private func understood(_ question: Question) -> [[String: Any]] {
    var rows: [[String: Any]] = []
    if !question.places.isEmpty {
      rows.append(["label": "地区", "value": question.places.joined(separator: "、")])
    }
    if !question.years.isEmpty {
      rows.append(
        ["label": "年份", "value": question.years.map { "\($0)年" }.joined(separator: "、")])
    }
    if !question.aspects.isEmpty {
      rows.append(["label": "所问", "value": question.aspects.map(\.name).joined(separator: "、")])
    }
    if !question.object.isEmpty { rows.append(["label": "事情", "value": question.object]) }
    return rows
  }

  private func answer(_ answer: Answer) -> [String: Any] {
    var values: [String: Any] = [
      "statements": answer.statements.map { statement in
        var row: [String: Any] = [
          "text": statement.text, "number": "\(statement.citation + 1)",
          "url": "#s-\(statement.citation + 1)",
        ]
        if statement.label.isEmpty { row["theirs"] = true } else { row["label"] = statement.label }
        return row
      },
      "sources": answer.citations.enumerated().map { source($0.element, number: $0.offset + 1) },
      "notes": answer.notes.map { ["text": $0] },
      "copyText": copyText(answer),
    ]
    if let first = answer.citations.first, first.document.status(on: today) == .lapsed {
      values["lapsed"] = true
    }
    if let first = answer.citations.first,
      let item = documents[first.document.key]?.units.first(where: { $0.path == first.clause })?
        .items.first
    {
      values["cardURL"] = "/items/\(item.key)/card"
      values["itemURL"] = "/items/\(item.key)"
    }
    return values
  }

  private func refusal(_ refusal: Refusal) -> [String: Any] {
    var values: [String: Any] = [
      "message": refusal.message,
      "searched": "查了\(totals.documents)份文件、\(totals.clauses)条条款。",
      "sources": refusal.related.enumerated().map { source($0.element, number: $0.offset + 1) },
    ]
    if refusal.related.isEmpty == false { values["hasRelated"] = true }
    if let ask = refusal.ask {
      values["ask"] = ask
      values["contacts"] = ask.split(separator: "、").flatMap {
        contacts.contacts(of: String($0), region: refusal.region)
      }.prefix(4).map { ContactModel.row($0, today: today) }
    }
    return values
  }

  /// A citation with the clause around its words, the words marked.
  private func source(_ citation: Citation, number: Int) -> [String: Any] {
    let status = citation.document.status(on: today)
    var values: [String: Any] = [
      "id": "s-\(number)", "number": "\(number)", "title": citation.document.title,
      "url": "/documents/\(citation.document.key)#c-\(citation.clause)",
      "status": status.name, "statusClass": status == .pending ? "unknown" : status.rawValue,
    ]
    values["documentNumber"] = citation.document.number
    values["issuers"] = citation.document.issuers.isEmpty ? nil : citation.document.issuers
    let path = (citation.labels + (citation.heading.isEmpty ? [] : [citation.heading]))
    if !path.isEmpty { values["path"] = path.joined(separator: " ") }
    if let document = documents[citation.document.key],
      let unit = document.units.first(where: { $0.path == citation.clause })
    {
      values["html"] = HTMLText.marked(
        document.source.text.bytes, Self.window(unit.range, around: citation.range, in: document),
        marks: [citation.focus], leavingOut: document.source.markup)
    } else {
      values["html"] = "<mark>" + HTMLText.escaped(citation.text) + "</mark>"
    }
    return values
  }

  /// A clause, or of a very long one the part around the words.
  private static func window(
    _ unit: ByteRange, around words: ByteRange, in document: DocumentPassages
  ) -> ByteRange {
    let most = 3_600
    guard unit.count > most else { return unit }
    let bytes = document.source.text.bytes
    var low = max(unit.lowerBound, words.lowerBound - most / 3)
    var high = min(unit.upperBound, max(words.upperBound, low + most))
    while low > 0, bytes[low] & 0xC0 == 0x80 { low -= 1 }
    while high < bytes.count, bytes[high] & 0xC0 == 0x80 { high += 1 }
    return ByteRange(low, high)
  }

  /// Answer and basis as plain text, for a message or a letter.
  private func copyText(_ answer: Answer) -> String {
    var lines = [words, "", answer.text, "", "依据："]
    for (index, citation) in answer.citations.enumerated() {
      let number = citation.document.number.map { "（\($0)）" } ?? ""
      let words = citation.text.filter { !$0.isNewline && $0 != "*" }
      lines.append(
        "〔\(index + 1)〕\(citation.document.title)\(number)\(citation.labels.joined())：\(words)")
    }
    return (lines + answer.notes).joined(separator: "\n")
  }
}
