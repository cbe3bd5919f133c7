internal import Consultation
internal import Indexer
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// What the page of a document shows.
struct DocumentModel {
  let stored: StoredDocument
  let today: CalendarDay
  let marker: QueryMarker?
  /// How it stands among the others.
  let relations: DocumentRelations
  /// The picture beside the text, where one is asked for.
  let picture: PictureModel?

  /// What a reader of the page should know of the file, though it leaves no doubt about the text.
  private static let ofFile: Set<DiagnosticCode> = [
    .trackedChanges, .scannedPages, .signaturePresent, .attachments,
  ]
  /// The most items whose seven fields are shown beside the text.
  private static let mostReadings = 16

  private var document: PolicyDocument { stored.parsed.value }
  private var text: SourceText { document.source.text }

  var context: [String: Any] {
    let status = stored.summary.status(on: today)
    var about: [String: Any] = [
      "title": stored.summary.title, "status": status.name,
      "statusClass": status == .pending ? "unknown" : status.rawValue,
      "jsonURL": "/api/v1/documents/\(stored.summary.key)",
    ]
    if stored.version > 1 {
      about["diffURL"] =
        "/documents/\(stored.summary.key)/diff?from=\(stored.version - 1)&to=\(stored.version)"
    }
    about["number"] = stored.summary.number
    about["issuers"] = stored.summary.issuers.isEmpty ? nil : stored.summary.issuers
    about["statusNote"] = statusNote(status)
    if let address = document.source.address,
      address.hasPrefix("http://") || address.hasPrefix("https://")
    {
      about["sourceURL"] = address
    }
    var context: [String: Any] = ["document": about, "facts": facts]
    if status == .lapsed, let until = stored.summary.effectiveUntil {
      context["banner"] = "本文件有效期至\(until.inChinese)，现已失效，仅供查阅。"
    } else if !stored.isCurrent {
      context["banner"] = "这是旧版本，本站已有更新的版本。"
    }
    var outline: [[String: Any]] = []
    append(document.outline, depth: 1, to: &outline)
    context["outline"] = outline
    let items = stored.interpretation.items
    context["items"] = items.map {
      ItemModel.row($0, key: stored.summary.key).merging(
        // On a page of many items the panel stands on each item's own page.
        ["reading": items.count <= Self.mostReadings ? ItemModel.reading($0) : []]
      ) { first, _ in first }
    }
    if !items.isEmpty {
      context["itemsURL"] = "#items"
      context["itemsText"] = "本文件给予的支持（\(items.count)个事项）"
    }
    let blocks = BlockBuilder(
      document: document, marker: marker, title: stored.summary.title,
      explanations: Dictionary(grouping: relations.explanations, by: \.clause),
      terms: terms.map(\.link),
      items: Dictionary(grouping: items, by: \.clause).mapValues { items in
        items.map { ItemModel.row($0, key: stored.summary.key) }
      },
      picture: picture
    ).blocks()
    context["blocks"] = blocks
    let furniture = blocks.count { $0["isFurniture"] != nil }
    if furniture > 0 { context["furnitureCount"] = "\(furniture)" }
    context["references"] = references
    context["terms"] = terms.map {
      ["term": $0.entry.term, "meaning": $0.entry.explanation, "url": $0.link.url]
    }
    context["mentions"] = mentionRows
    context["readings"] = readingRows
    context["definitions"] = document.definitions.map {
      ["term": $0.term, "meaning": $0.meaning]
    }
    context["diagnostics"] = stored.parsed.diagnostics.filter {
      $0.severity == .warning || Self.ofFile.contains($0.code)
    }.map {
      ["text": $0.code.message($0.detail)]
    }
    return context
  }

  private func statusNote(_ status: ValidityStatus) -> String? {
    let from = document.head.effectiveFrom.map { "自\($0.value.inChinese)起施行" }
    let until = document.head.effectiveUntil.map { "有效期至\($0.value.inChinese)" }
    let words = [from, until].compactMap { $0 }.joined(separator: "，")
    return words.isEmpty ? nil : words
  }

  private var facts: [[String: Any]] {
    let head = document.head
    func fact(_ label: String, _ value: String?) -> [String: Any] {
      guard let value, !value.isEmpty else { return ["label": label, "missing": true] }
      return ["label": label, "value": value]
    }
    return [
      fact("发文字号", head.documentNumber?.value.description),
      fact("发文机关", head.issuers.map(\.value).joined(separator: "、")),
      fact("成文日期", head.signedOn?.value.inChinese),
      fact("印发日期", head.printedOn?.value.inChinese),
      fact("发布日期", head.publishedOn?.value.inChinese),
      fact("施行日期", head.effectiveFrom?.value.inChinese),
      fact("有效期至", head.effectiveUntil?.value.inChinese),
      fact("级别", head.level?.value.name), fact("地区", head.region?.value),
      fact("类别", document.triage.name),
      fact(
        "公开属性",
        head.publicity.map { publicity in
          switch publicity.value {
          case .public: "公开发布"
          case .onRequest: "依申请公开"
          case .private: "不公开"
          }
        }),
      fact("联系方式", head.contact.map { text[$0] }),
      fact("来源文件", document.source.name),
    ]
  }

  private func append(_ clauses: [Clause], depth: Int, to outline: inout [[String: Any]]) {
    for clause in clauses where clause.kind != .enumeration {
      var heading = clause.heading.map { text[$0].filter { $0 != "\n" && $0 != "*" } } ?? ""
      if heading.isEmpty, clause.children.isEmpty || depth <= 2 {
        let own = ByteRange(clause.labelRange.upperBound, clause.ownRange.upperBound)
        heading = String(
          text[own].filter { !$0.isWhitespace && $0 != "*" }.prefix { $0 != "。" && $0 != "，" }
            .prefix(18))
      }
      var entry: [String: Any] = ["url": "#c-\(clause.id)", "depth": "\(min(depth, 6))"]
      if !clause.label.isEmpty { entry["label"] = clause.label }
      if !heading.isEmpty { entry["heading"] = heading }
      outline.append(entry)
      if depth < 3 { append(clause.children, depth: depth + 1, to: &outline) }
    }
  }

  /// The terms of the glossary that stand in the text, those left out that the document defines itself.
  private var terms: [(entry: Glossary.Entry, link: TermLink)] {
    let own = Set(document.definitions.map(\.term))
    let match = stored.matchText
    return Glossary.standard.terms(in: match).filter { !own.contains($0.entry.term) }.map {
      (
        $0.entry,
        TermLink(
          range: $0.range, url: GlossaryModel.url(of: $0.entry), meaning: $0.entry.explanation)
      )
    }
  }

  /// What the text refers to, each with whether it is here.
  private var references: [[String: Any]] {
    relations.named.map { reference in
      var values: [String: Any] = ["title": "《\(reference.title)》"]
      values["number"] = reference.number
      values["others"] = [[String: Any]]()
      switch reference.state {
      case .missing: values["state"] = "本站未收录"
      case .resolved:
        values["state"] = "本站已收录"
        values["url"] = "/documents/\(reference.targets[0].key)"
      case .ambiguous:
        values["state"] = "本站有\(reference.targets.count)份同名文件，请按文号核对"
        values["others"] = reference.targets.prefix(6).map {
          ["text": $0.number ?? $0.title, "url": "/documents/\($0.key)"] as [String: Any]
        }
      }
      if reference.relation != .mention { values["relation"] = reference.relation.name }
      if let chain = reference.targets.first.flatMap({ relations.chains[$0.key] }), !chain.isEmpty {
        let titles = chain.map { ($0.level?.name ?? "") + "《\($0.title)》" }
        values["chain"] = "它又依据" + titles.joined(separator: "，再依据")
      }
      return values
    }
  }

  private var mentionRows: [[String: Any]] {
    relations.mentions.filter { $0.relation != .interpretation }.map(row)
  }

  private var readingRows: [[String: Any]] {
    relations.mentions.filter { $0.relation == .interpretation }.map(row)
  }

  private func row(_ mention: DocumentMention) -> [String: Any] {
    var values: [String: Any] = [
      "title": mention.summary.title, "relation": mention.relation.name,
      "url": "/documents/\(mention.summary.key)#c-\(mention.clause)",
    ]
    values["number"] = mention.summary.number
    values["date"] = mention.summary.date?.inChinese
    return values
  }
}

/// Lays a document out in blocks: a line each, cut where a clause begins in its middle.
private struct BlockBuilder {
  let document: PolicyDocument
  let marker: QueryMarker?
  let title: String
  /// What interpretations say of each clause.
  let explanations: [String: [ClauseExplanation]]
  /// Terms of the glossary where they first stand.
  let terms: [TermLink]
  /// The items that each clause grants, as lists show them.
  let items: [String: [[String: Any]]]
  /// The picture beside the text, where one is asked for.
  let picture: PictureModel?

  private struct Start {
    var clause: Clause
    var depth: Int
  }

  func blocks() -> [[String: Any]] {
    var starts: [Int: Start] = [:]
    collect(document.outline, depth: 1, into: &starts)
    let text = document.source.text
    let markup = document.source.markup
    let places = starts.keys.sorted()
    var next = 0
    var depth = 0
    var blocks: [[String: Any]] = []
    var passages = passageStarts(starts)
    var shownPage = 0
    for line in document.lines {
      guard line.role != .blank, let range = trimmed(line.range, markup) else { continue }
      var cuts = [range.lowerBound]
      var anchors: [(place: Int, id: String)] = []
      var nextAnchor = 0
      while next < places.count, places[next] < range.upperBound {
        let place = places[next]
        if place > range.lowerBound, let start = starts[place] {
          if start.clause.kind == .enumeration {
            anchors.append((place, "c-\(start.clause.id)"))
          } else {
            cuts.append(place)
          }
        }
        next += 1
      }
      cuts.append(range.upperBound)
      for (low, high) in zip(cuts, cuts.dropFirst()) {
        let piece = ByteRange(low, high)
        let start =
          starts[low]
          ?? ((low + 1)..<max(low + 1, min(low + 6, high))).lazy.compactMap { starts[$0] }.first {
            let place = $0.clause.range.lowerBound
            return $0.clause.kind != .enumeration && isMarkupOnly(low, place, markup)
          }
        // Anchors and pieces are both in order of the text.
        var anchored: [Int: String] = [:]
        while nextAnchor < anchors.count, anchors[nextAnchor].place < high {
          anchored[anchors[nextAnchor].place] = anchors[nextAnchor].id
          nextAnchor += 1
        }
        let marks =
          marker.map {
            $0.marks(in: text[piece]).map { ByteRange($0.lowerBound + low, $0.upperBound + low) }
          } ?? []
        var block: [String: Any] = [
          "html": HTMLText.marked(
            text.bytes, piece, marks: marks, leavingOut: markup,
            anchors: anchored,
            terms: line.role == .body ? terms : []),
          "role": role(of: line.role), "depth": "0",
        ]
        if let start {
          depth = start.depth
          block["id"] = "c-\(start.clause.id)"
          block["isClause"] = true
          block["label"] = start.clause.id
          block["labelURL"] = "#c-\(start.clause.id)"
          block["units"] = units(of: start.clause)
          if let items = items[start.clause.id] { block["grants"] = items }
          if let found = explanations[start.clause.id] {
            block["explains"] = found.prefix(2).map {
              ["text": $0.heading, "url": "/documents/\($0.document)#c-\($0.passage)"]
            }
          }
          if isHeadingOnly(start.clause, piece) { block["headingLevel"] = "\(min(depth + 1, 6))" }
        } else if let id = passages[low] {
          block["id"] = id
          passages[low] = nil
        }
        if line.role == .body { block["depth"] = "\(min(depth, 6))" }
        if line.role == .furniture || line.role == .pageInfo || line.role == .repeated
          || line.role == .contents
        {
          block["isFurniture"] = true
        } else if let picture, let page = picture.page(at: low), page > shownPage {
          block["begins"] = [picture.mark(of: page)]
          shownPage = page
        }
        if line.role == .title, comparable(text[piece]) == comparable(title) {
          block["repeatsTitle"] = true
        }
        blocks.append(block)
      }
    }
    return blocks
  }

  /// Anchors of passages outside the clauses, as the index names them.
  private func passageStarts(_ starts: [Int: Start]) -> [Int: String] {
    var places: [Int: String] = [:]
    for passage in Passages.of(document) { places[passage.range.lowerBound] = "c-\(passage.path)" }
    return places
  }

  private func collect(_ clauses: [Clause], depth: Int, into starts: inout [Int: Start]) {
    for clause in clauses {
      starts[clause.range.lowerBound] = Start(clause: clause, depth: depth)
      collect(clause.children, depth: depth + 1, into: &starts)
    }
  }

  private func isMarkupOnly(_ low: Int, _ high: Int, _ markup: [ByteRange]) -> Bool {
    HTMLText.overlapping(markup, ByteRange(low, high)).contains {
      $0.lowerBound <= low && $0.upperBound >= high
    }
  }

  private func units(of clause: Clause) -> [[String: String]] {
    [
      ("牵头单位", clause.units.lead), ("责任单位", clause.units.responsible),
      ("配合单位", clause.units.cooperating),
    ].filter { !$0.1.isEmpty }.map {
      ["role": $0.0, "names": $0.1.map(\.name).joined(separator: "、")]
    }
  }

  private func isHeadingOnly(_ clause: Clause, _ piece: ByteRange) -> Bool {
    guard let heading = clause.heading else { return false }
    return heading.upperBound + 4 >= piece.upperBound && piece.contains(heading)
      && clause.kind != .enumeration
      && (clause.kind == .chapter || clause.kind == .section || clause.kind == .part
        || !clause.children.isEmpty || heading.count < 90)
      && document.source.text.bytes[max(piece.lowerBound, piece.upperBound - 3)..<piece.upperBound]
        .last != 0x82
  }

  private func role(of role: LineRole) -> String {
    switch role {
    case .title, .letterhead, .documentNumber: "title"
    case .furniture, .pageInfo, .repeated, .contents: "furniture"
    case .signature, .date: "signature"
    case .imprint: "imprint"
    case .addressees: "addressees"
    case .enclosureNote, .enclosureMark: "enclosures"
    case .annotation: "note"
    default: "body"
    }
  }

  private func comparable(_ words: String) -> String {
    words.filter { !$0.isWhitespace && $0 != "*" && $0 != "#" }
  }

  private func trimmed(_ range: ByteRange, _ markup: [ByteRange]) -> ByteRange? {
    let bytes = document.source.text.bytes
    var low = range.lowerBound
    var high = range.upperBound
    func isSpace(_ index: Int) -> Int {
      if bytes[index] <= 0x20 { return 1 }
      if index + 2 < high, bytes[index] == 0xE3, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80
      {
        return 3
      }
      if index + 1 < high, bytes[index] == 0xC2, bytes[index + 1] == 0xA0 { return 2 }
      return 0
    }
    while low < high {
      let width = isSpace(low)
      if width > 0 {
        low += width
      } else if let sign = HTMLText.overlapping(markup, ByteRange(low, high)).first,
        sign.lowerBound == low, sign.upperBound <= high
      {
        low = sign.upperBound
      } else {
        break
      }
    }
    while high > low, bytes[high - 1] <= 0x20 { high -= 1 }
    return low < high ? ByteRange(low, high) : nil
  }
}
