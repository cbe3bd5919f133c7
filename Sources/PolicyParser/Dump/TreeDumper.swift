public import PolicyText

/// Shows a document as a tree for people and for golden files.
public enum TreeDumper {
  /// The tree: facts, clauses with label, heading and byte range, then the findings.
  public static func dump(_ parsed: Parsed<PolicyDocument>) -> String {
    let document = parsed.value
    var lines: [String] = []
    let head = document.head
    func fact(_ name: String, _ value: String?) {
      if let value { lines.append("\(name)  \(value)") }
    }
    fact("标题", head.title?.value)
    for title in head.payloadTitles { fact("正文", title.value) }
    fact("文号", head.documentNumber?.value.description)
    fact("机关", head.issuers.isEmpty ? nil : head.issuers.map(\.value).joined(separator: "、"))
    fact("主送", head.addressees.map { document.source.text[$0] })
    fact("成文", head.signedOn?.value.description)
    fact("印发", head.printedOn?.value.description)
    fact("发布", head.publishedOn?.value.description)
    fact("施行", head.effectiveFrom?.value.description)
    fact("有效", head.effectiveUntil.map { "至 \($0.value)" })
    fact("级别", head.level?.value.name)
    fact("地区", head.region?.value)
    fact("公开", head.publicity?.value.rawValue)
    fact("联系", head.contact.map { document.source.text[$0] })
    fact("类别", document.triage.name)
    for (index, clause) in document.outline.enumerated() {
      append(
        clause, in: document, prefix: "", isLast: index == document.outline.count - 1, to: &lines)
    }
    for definition in document.definitions {
      lines.append("简称  \(definition.term) = \(definition.meaning)")
    }
    for reference in document.references {
      lines.append("引用  \(document.source.text[reference.range].filter { $0 != "\n" })")
    }
    for finding in parsed.diagnostics {
      lines.append(
        "\(finding.severity == .warning ? "疑点" : "说明")  \(finding.code.message(finding.detail)) \(finding.range)"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func append(
    _ clause: Clause, in document: PolicyDocument, prefix: String, isLast: Bool,
    to lines: inout [String]
  ) {
    let text = document.source.text
    var words = clause.label
    if let heading = clause.heading { words += " " + text[heading].filter { $0 != "\n" } }
    var units: [String] = []
    if !clause.units.lead.isEmpty {
      units.append("牵头 " + clause.units.lead.map(\.name).joined(separator: "、"))
    }
    if !clause.units.responsible.isEmpty {
      units.append("责任 " + clause.units.responsible.map(\.name).joined(separator: "、"))
    }
    if !clause.units.cooperating.isEmpty {
      units.append("配合 " + clause.units.cooperating.map(\.name).joined(separator: "、"))
    }
    let suffix = units.isEmpty ? "" : "  〔\(units.joined(separator: "；"))〕"
    lines.append("\(prefix)\(isLast ? "└─" : "├─") \(clause.id) \(words) \(clause.range)\(suffix)")
    for (index, child) in clause.children.enumerated() {
      append(
        child, in: document, prefix: prefix + (isLast ? "   " : "│  "),
        isLast: index == clause.children.count - 1, to: &lines)
    }
  }
}
