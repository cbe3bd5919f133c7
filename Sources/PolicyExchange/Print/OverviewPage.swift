internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// 一表读懂涉企政策: one table that explains one document.
struct OverviewPage {
  private let split: PolicySplit

  init(_ split: PolicySplit) { self.split = split }

  private static let columns: [(name: String, width: Int)] = [
    ("事项", 13), ("给什么", 16), ("谁能享受", 17), ("什么条件", 22), ("怎么申请", 11), ("什么时候", 11), ("找谁", 10),
  ]
  /// The longest cell, in characters.
  private static let longest = 180

  var html: String {
    let head = split.document.head
    let facts = [
      head.documentNumber?.value.description,
      head.issuers.isEmpty ? nil : head.issuers.map(\.value).joined(separator: "、"),
      head.signedOn.map { "\(Self.chinese($0.value))成文" },
      head.effectiveUntil.map { "有效期至\(Self.chinese($0.value))" },
    ].compactMap(\.self)
    var body = "<p class=\"lead\">一表读懂涉企政策</p>\n"
    body += "<h1 class=\"theirs\">\(MarkupText.escaped(split.title))</h1>\n"
    body += "<p class=\"quiet\">\(MarkupText.escaped(facts.joined(separator: " · ")))</p>\n"
    if split.interpretation.items.isEmpty {
      body += "<p class=\"foot\">本文件没有写明可以兑现的支持事项。</p>\n"
    } else {
      body += "<table>\n<colgroup>"
      for column in Self.columns { body += "<col style=\"width:\(column.width)%\">" }
      body += "</colgroup>\n<thead><tr>"
      for column in Self.columns { body += "<th scope=\"col\">\(column.name)</th>" }
      body += "</tr></thead>\n<tbody>\n"
      for item in split.interpretation.items { body += row(item) }
      body += "</tbody>\n</table>\n"
    }
    body += "<p class=\"quiet\">\(PrintPage.note)</p>"
    return PrintPage(title: "一表读懂 · \(split.title)", isWide: true, body: body).html
  }

  private static func chinese(_ day: CalendarDay) -> String {
    "\(day.year)年\(day.month)月\(day.day)日"
  }

  private func row(_ item: BenefitItem) -> String {
    let text = split.document.source.text
    let award = item[.content].isCorrected ? nil : item.award.map { $0.formula.words(text) }
    func words(_ key: Element.Key) -> String? {
      item[key].isAbsent ? nil : item[key].value + item[key].mark
    }
    let cells: [(value: String?, isTheirs: Bool)] = [
      ("\(item.number). \(item.name)\(item[.name].mark)", false),
      (award ?? words(.content), award == nil),
      (words(.audience), true), (words(.conditions), true), (words(.channel), true),
      (words(.window) ?? words(.validity), false),
      ([words(.department), words(.phone)].compactMap(\.self).joined(separator: "\n"), true),
    ]
    let row = zip(Self.columns, cells).map { column, cell in
      guard let value = cell.value, !value.isEmpty else {
        return "<td class=\"quiet\" data-label=\"\(column.name)\">\(ItemSheet.silent)</td>"
      }
      let voice = cell.isTheirs ? " class=\"theirs\"" : ""
      return "<td\(voice) data-label=\"\(column.name)\">"
        + PrintPage.words(value, most: Self.longest) + "</td>"
    }
    return "<tr>" + row.joined() + "</tr>\n"
  }
}
