internal import PolicyInterpreter
internal import PolicyParser

/// A list as the document that an office publishes (服务指南, 政策解读): a heading and a table for each item.
struct ListDocument {
  private let list: ElementList
  private let split: PolicySplit

  init(_ list: ElementList, of split: PolicySplit) {
    self.list = list
    self.split = split
  }

  func bytes() throws(ZipWriter.Failure) -> [UInt8] {
    let head = split.document.head
    var title = split.title
    if !title.hasPrefix("《") { title = "《\(title)》" }
    var document = WordDocument(title: title + list.name)
    document.title(title)
    document.title(list.name)
    let facts = [
      head.documentNumber?.value.description,
      head.issuers.isEmpty ? nil : head.issuers.map(\.value).joined(separator: "、"),
    ].compactMap(\.self)
    if !facts.isEmpty { document.subtitle(facts.joined(separator: "　")) }
    let items = split.interpretation.items
    if items.isEmpty { document.paragraph("本文件没有写明可以兑现的支持事项。") }
    for item in items {
      document.heading("\(item.number). \(item.name)")
      document.table(
        list.columns.map { column in
          let element = item[column.key]
          return (
            column.name,
            element.isAbsent
              ? ItemSheet.silent : String(element.value.filter { $0 != "*" }) + element.mark
          )
        })
    }
    document.note(PrintPage.note)
    return try document.bytes()
  }
}
