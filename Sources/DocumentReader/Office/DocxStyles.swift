internal import PolicyText

/// The paragraph styles of a Word document, with what they inherit.
struct DocxStyles {
  /// What a style says of its paragraphs.
  struct Style {
    var name = ""
    var base: String?
    var outline: Int?
    var isCentred: Bool?
    var number: String?
    var level: Int?
    var isHidden: Bool?
  }

  private var styles: [String: Style] = [:]
  private var standard: String?

  /// Reads `styles.xml`.
  init(_ root: XMLElement?) {
    for element in root?.children("style") ?? [] {
      guard let id = element["styleId"] else { continue }
      var style = Style()
      style.name = element.child("name")?["val"] ?? ""
      style.base = element.child("basedOn")?["val"]
      let paragraph = element.child("pPr")
      style.outline = paragraph?.child("outlineLvl")?["val"].flatMap { Int($0) }
      style.isCentred = paragraph?.child("jc")?["val"].map { $0 == "center" }
      style.number = paragraph?.child("numPr")?.child("numId")?["val"]
      style.level = paragraph?.child("numPr")?.child("ilvl")?["val"].flatMap { Int($0) }
      style.isHidden = element.child("rPr")?.child("vanish").map { ($0["val"] ?? "1") != "0" }
      styles[id] = style
      if element["type"] == "paragraph", ["1", "true"].contains(element["default"] ?? "") {
        standard = id
      }
    }
  }

  /// The style with an id, or the document's usual one, with all that it inherits.
  func resolved(_ id: String?) -> (style: Style, numberedBy: String?) {
    var result = Style()
    var numberedBy: String?
    var next = id ?? standard
    var depth = 0
    while let id = next, let style = styles[id], depth < 20 {
      if result.name.isEmpty { result.name = style.name }
      result.outline = result.outline ?? style.outline ?? Self.headingLevel(style.name)
      result.isCentred = result.isCentred ?? style.isCentred
      result.isHidden = result.isHidden ?? style.isHidden
      if result.number == nil, style.number != nil {
        result.number = style.number
        numberedBy = id
      }
      result.level = result.level ?? style.level
      next = style.base
      depth += 1
    }
    return (result, numberedBy)
  }

  /// heading 1, 标题 1: counted from 0, as outlines are.
  private static func headingLevel(_ name: String) -> Int? {
    let lower = name.lowercased()
    for prefix in ["heading ", "标题 "] where lower.hasPrefix(prefix) {
      if let level = Int(lower.dropFirst(prefix.count)), (1...9).contains(level) {
        return level - 1
      }
    }
    return lower == "title" ? 0 : nil
  }
}
