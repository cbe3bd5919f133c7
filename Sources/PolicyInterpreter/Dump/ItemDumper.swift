public import PolicyParser
internal import PolicyText

/// Shows the items of a document for people and for golden files.
public enum ItemDumper {
  /// One block an item: name, what it gives, on which conditions, its elements; then the rules on exclusivity.
  ///
  /// A `?` stands before what needs review. Elements that the text does not state are listed by name only.
  public static func dump(_ interpretation: Interpretation, of document: PolicyDocument) -> String {
    let text = document.source.text
    var lines: [String] = []
    let title = document.head.payloadTitles.first?.value ?? document.head.title?.value
    if let title { lines.append(title) }
    lines.append(
      interpretation.items.isEmpty ? "没有可以兑现的事项。" : "共 \(interpretation.items.count) 个事项")
    for item in interpretation.items {
      lines.append("")
      lines.append(
        "\(item.number)  \(item.name)" + (item.clause.isEmpty ? "" : "  [\(item.clause)]"))
      if let award = item.award {
        var words = award.formula.notation
        for (limit, _) in award.limits { words += "  \(limit.inChinese)" }
        lines.append("   \(award.isDoubtful ? "?" : " ")支持  \(words)")
      }
      for support in item.supports {
        lines.append("          \(oneLine(text[support.range]))")
      }
      if let condition = item.condition { append(condition, text, depth: 0, to: &lines) }
      for element in item.elements where !element.isAbsent {
        switch element.key {
        case .name, .content, .audience, .conditions, .basis: continue
        default: break
        }
        let mark = element.confidence == .review ? "?" : " "
        lines.append("   \(mark)\(element.key.inChinese)  \(oneLine(element.value))")
      }
      let tags = item.tags.map { "\($0.axis.name)：\($0.value)" }
      if !tags.isEmpty { lines.append("    标签  \(tags.joined(separator: " · "))") }
      let absent = ElementList.fulfilment.columns.filter { item[$0.key].isAbsent }.map(\.name)
      if !absent.isEmpty { lines.append("    文中未载明  \(absent.joined(separator: "、"))") }
    }
    if !interpretation.exclusivity.isEmpty { lines.append("") }
    for rule in interpretation.exclusivity {
      let scope = rule.clause.isEmpty ? "全文" : rule.clause
      lines.append("互斥  \(rule.effect.inChinese)  [\(scope)]  \(oneLine(text[rule.range]))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func append(
    _ condition: Condition, _ text: SourceText, depth: Int, to lines: inout [String]
  ) {
    let indent = String(repeating: "  ", count: depth)
    func add(_ words: String) {
      lines.append("    \(depth == 0 ? "条件" : "    ")  \(indent)\(words)")
    }
    switch condition {
    case .all(let parts):
      if depth > 0 { add("同时符合") } else { lines.append("    条件") }
      for part in parts { append(part, text, depth: depth + 1, to: &lines) }
    case .any(let parts):
      add("符合之一")
      for part in parts { append(part, text, depth: depth + 1, to: &lines) }
    case .not(let part):
      add("不得")
      append(part, text, depth: depth + 1, to: &lines)
    case .criterion(let criterion):
      let origin = criterion.inheritedFrom.map { "  ←\($0.isEmpty ? "全文" : $0)" } ?? ""
      add("\(condition.notation(text).replacing("\n", with: ""))\(origin)")
    }
  }

  private static func oneLine(_ words: String) -> String {
    words.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
      .joined(separator: "⏎")
  }
}

extension Award.Limit {
  /// In Chinese, as pages show it.
  public var inChinese: String {
    switch self {
    case .once: "一次性"
    case .months(let months): months % 12 == 0 ? "不超过\(months / 12)年" : "不超过\(months)个月"
    case .top(let count): "前\(count)名"
    case .competitive: "择优或总额控制"
    case .discretionary: "可视情调整"
    }
  }
}

extension ExclusivityRule.Effect {
  /// In Chinese, as pages show it.
  public var inChinese: String {
    switch self {
    case .highest: "就高不重复"
    case .once: "不重复享受"
    case .difference: "补足差额"
    case .stackable: "可叠加享受"
    }
  }
}

extension Element.Key {
  /// The name in 惠企政策兑现事项清单, or in the list that has it.
  public var inChinese: String {
    switch self {
    case .industries: "支持行业"
    case .process: "兑现流程"
    case .window: "申报时间"
    default: ElementList.fulfilment.columns.first { $0.key == self }?.name ?? rawValue
    }
  }
}
