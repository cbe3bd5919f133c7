internal import Foundation
internal import PolicyExchange
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// What the page `/split` shows of one file: each of its documents, and what downloads need.
struct SplitModel {
  let file: SplitUpload
  let number: Int
  /// Whether the page carries the file for downloads.
  let carries: Bool
  /// Whether the script hands the file in again for downloads.
  let isHandedIn: Bool

  /// The most documents of an archive that are shown.
  private static let mostDocuments = 12

  /// What the page's addresses call the file; the same file has the same name.
  private var key: String { "\(sha256(file.upload.bytes).prefix(8))-\(number)" }

  var context: [String: Any] {
    let key = key
    var context: [String: Any] = [
      "key": key, "formID": "f-\(key)", "name": file.upload.name,
      "canDownload": carries || isHandedIn,
    ]
    if carries { context["data"] = Data(file.upload.bytes).base64EncodedString() }
    let read = file.outcomes.enumerated().compactMap { place, outcome -> (Int, PolicySplit)? in
      guard case .success(let split) = outcome.result else { return nil }
      return (place, split)
    }
    context["documents"] = read.prefix(Self.mostDocuments).map { place, split in
      SplitDocumentModel(
        split: split, key: "\(key)-\(place)", place: place, formID: "f-\(key)",
        canDownload: carries || isHandedIn
      )
      .context
      .merging(["canDownload": carries || isHandedIn]) { first, _ in first }
    }
    if read.count > Self.mostDocuments {
      context["more"] = "另有\(read.count - Self.mostDocuments)份文件没有显示，都在“下载全部”里。"
    }
    context["failures"] = file.outcomes.compactMap { outcome -> [String: Any]? in
      guard case .failure(let refusal) = outcome.result else { return nil }
      return ["name": outcome.name, "message": refusal.message]
    }
    context["done"] =
      read.isEmpty
      ? "没有读出来" : "拆好了：\(read.reduce(0) { $0 + $1.1.interpretation.items.count })个事项"
    if !read.isEmpty { context["any"] = true }
    return context
  }
}

/// One document on the page: source and items with spans tied, what to look at first, its downloads.
struct SplitDocumentModel {
  let split: PolicySplit
  let key: String
  let place: Int
  let formID: String
  /// Whether the page has downloads, so that values can be corrected for them.
  let canDownload: Bool

  /// The most items that are shown.
  private static let mostItems = 60

  private var document: PolicyDocument { split.document }

  var context: [String: Any] {
    let items = split.interpretation.items
    let shown = items.prefix(Self.mostItems)
    let source = SplitSource(
      document, key: key, ranges: shown.flatMap(\.elements).flatMap(\.ranges))
    var context: [String: Any] = [
      "key": key, "title": split.title, "facts": facts.map { ["text": $0] },
      "blocks": source.blocks, "items": shown.map { item($0, source) },
      "findings": findings(source), "columns": columns, "outline": outline(source),
      "downloads": downloads,
    ]
    if items.isEmpty { context["none"] = true } else { context["hasItems"] = true }
    if items.count > shown.count {
      context["moreItems"] = "另有\(items.count - shown.count)个事项没有显示，都在清单里。"
    }
    if let cut = source.cut { context["cut"] = cut }
    let silent = split.coverage.filter { $0.absent == items.count }.map(\.column.name)
    if !items.isEmpty, !silent.isEmpty { context["silent"] = silent.joined(separator: "、") }
    return context
  }

  private var facts: [String] {
    let head = document.head
    return [
      head.documentNumber?.value.description,
      head.issuers.isEmpty ? nil : head.issuers.map(\.value).joined(separator: "、"),
      head.signedOn.map { "\($0.value.inChinese)成文" },
      head.effectiveUntil.map { "有效期至\($0.value.inChinese)" }, document.triage.name,
      "\(split.interpretation.items.count)个事项", document.source.name,
    ].compactMap(\.self)
  }

  private var downloads: [[String: Any]] {
    let kinds: [(String, [SplitFile])] = [
      ("兑现事项清单", [.itemsXlsx, .itemsCsv, .itemsJson]), ("服务指南", [.guideDocx, .guideXlsx]),
      ("政策解读", [.readingDocx, .readingXlsx]), ("一表读懂", [.overview]), ("明白卡", [.cards]),
      ("政策文件", [.akomaNtoso, .record]),
    ]
    return kinds.map { name, files in
      [
        "list": name,
        "files": files.map { file in
          [
            "as": "\(place)/\(file.rawValue)", "formID": formID, "list": name,
            "form": Self.form(of: file),
          ]
        },
      ]
    }
  }

  private static func form(of file: SplitFile) -> String {
    switch file {
    case .itemsXlsx, .guideXlsx, .readingXlsx: "表格"
    case .guideDocx, .readingDocx: "Word"
    case .itemsCsv: "CSV"
    case .itemsJson, .record: "JSON"
    case .overview, .cards: "打印页"
    case .akomaNtoso: "XML"
    }
  }

  /// Findings of the numbering first, then what else is doubtful, then what is worth knowing.
  private func findings(_ source: SplitSource) -> [[String: Any]] {
    func rank(_ finding: Diagnostic) -> Int {
      if finding.code.rawValue.hasPrefix("numbering") { return 0 }
      return finding.severity == .warning ? 1 : 2
    }
    return split.parsed.diagnostics.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.prefix(60).map { _, finding in
      var row: [String: Any] = [
        "text": finding.code.message(finding.detail),
        "severity": finding.severity == .warning ? "疑点" : "说明",
      ]
      if finding.severity == .warning { row["isWarning"] = true }
      row["url"] = source.address(of: finding.range)
      return row
    }
  }

  /// The fourteen columns, those with most to look at first.
  private var columns: [[String: Any]] {
    split.coverage.enumerated().sorted {
      ($1.element.review, $1.element.absent, $0.offset)
        < ($0.element.review, $0.element.absent, $1.offset)
    }.map { _, column in
      var row: [String: Any] = [
        "name": column.column.name, "certain": "\(column.certain)", "review": "\(column.review)",
        "absent": "\(column.absent)",
      ]
      if column.review > 0 { row["hasReview"] = true }
      return row
    }
  }

  private func outline(_ source: SplitSource) -> [[String: Any]] {
    var rows: [[String: Any]] = []
    func append(_ clauses: [Clause], depth: Int) {
      for clause in clauses where rows.count < 400 {
        let text = document.source.text
        let heading =
          clause.heading ?? ByteRange(clause.labelRange.upperBound, clause.ownRange.upperBound)
        let words = text[heading].filter { !$0.isWhitespace && $0 != "*" }
        var row: [String: Any] = ["depth": "\(min(depth, 3))"]
        row["label"] = clause.label.isEmpty ? nil : clause.label
        row["heading"] = words.count > 30 ? words.prefix(30) + "……" : words
        row["url"] = source.address(of: clause.labelRange)
        rows.append(row)
        append(clause.children, depth: depth + 1)
      }
    }
    append(document.outline, depth: 0)
    return rows
  }

  private func item(_ item: BenefitItem, _ source: SplitSource) -> [String: Any] {
    let keys = ElementList.fulfilment.columns.map(\.key)
    let more = [Element.Key.industries, .process, .window].filter { !item[$0].isAbsent }
    let all = (keys + more).map { item[$0] }
    // What has to be looked at comes first.
    let ordered = all.filter { $0.confidence == .review } + all.filter { $0.confidence == .certain }
    var values: [String: Any] = [
      "number": "\(item.number)", "name": item.name,
      "fields": ordered.map { field($0, source) },
    ]
    values["amount"] = item.award?.formula.headline
    let silent = all.filter(\.isAbsent).map(\.key.inChinese)
    if !silent.isEmpty { values["unsaid"] = silent.joined(separator: "、") }
    values["mend"] =
      canDownload ? [["inputs": ElementList.fulfilment.columns.map { input($0.key, item) }]] : []
    let doubts = ordered.count { $0.confidence == .review }
    values["counts"] = "\(doubts)处需复核，\(silent.count)项文中未载明"
    return values
  }

  /// The field in which a person sets another value; empty it changes nothing, and shows what was read.
  private func input(_ key: Element.Key, _ item: BenefitItem) -> [String: Any] {
    let read =
      item[key].isAbsent ? "文中未载明" : item[key].value.filter { $0 != "*" }.replacing("\n", with: "　")
    return [
      "fieldLabel": key.inChinese, "field": "fix-\(place)-\(item.number)-\(key.rawValue)",
      "inputID": "x-\(self.key)-\(item.number)-\(key.rawValue)",
      "read": read.count > 60 ? read.prefix(60) + "……" : read,
    ]
  }

  private func field(_ element: Element, _ source: SplitSource) -> [String: Any] {
    let words = element.value.filter { $0 != "*" }
    let shown = words.count > 400 ? words.prefix(400) + "……" : words
    var values: [String: Any] = [
      "label": element.key.inChinese,
      "valueHTML": HTMLText.escaped(shown).replacing("\n", with: "<br>"),
    ]
    if element.confidence == .review {
      values["review"] = element.rule.explanation
    }
    if let first = element.ranges.first {
      values["url"] = source.address(of: first)
      values["words"] = source.names(of: element.ranges)
    }
    return values
  }
}
