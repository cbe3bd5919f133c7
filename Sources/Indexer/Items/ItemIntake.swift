internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// An item as the index keeps it: what lists show and filters ask for.
struct ItemRow: Sendable {
  var number: Int
  var clause: String
  var name: String
  var range: ByteRange
  var amount: String?
  var most: Int64?
  var audience: String?
  var window: String?
  var until: String?
  var department: String?
  var claim: String?
  var reading: [ReadingField]
  var tags: [(axis: String, value: String)]
}

extension ItemRow {
  /// The longest audience that a list shows, in characters.
  private static let longest = 60

  /// The items of a document as rows.
  static func rows(of document: PolicyDocument) -> [ItemRow] {
    PolicyInterpreter.interpret(document).items.map { item in
      var seen: Set<String> = []
      return ItemRow(
        number: item.number, clause: item.clause, name: item.name, range: item.range,
        amount: item.award?.formula.headline, most: item.award?.most?.fen,
        audience: cut(item[.audience]), window: item.window?.value.inChinese,
        until: item.window?.value.last?.description, department: cut(item[.department]),
        claim: item.claimMode?.value.name,
        reading: ElementList.reading.columns.map { column in
          let element = item[column.key]
          return ReadingField(
            key: column.key.rawValue, words: cut(element),
            clause: element.ranges.first.flatMap { document.clause(at: $0.lowerBound)?.id },
            isDoubtful: element.confidence == .review)
        },
        tags: item.tags.map { (axis: $0.axis.rawValue, value: $0.value) }.filter {
          seen.insert("\($0.axis)\t\($0.value)").inserted
        })
    }
  }

  private static func cut(_ element: Element) -> String? {
    guard !element.isAbsent else { return nil }
    var words = ""
    for line in element.value.split(whereSeparator: \.isNewline) {
      if let last = words.last, !"；;。：:".contains(last) { words += "；" }
      words += line.filter { $0 != "*" }
    }
    return words.count > longest ? words.prefix(longest) + "……" : words
  }
}

extension ApplicationWindow {
  /// The last day, where the window names one.
  fileprivate var last: CalendarDay? {
    if case .between(_, let until) = self { until } else { nil }
  }
}
