private import CHTML
internal import PolicyText

/// Reads a web page as the text that a visitor sees: a line for each block, hints for what is furniture.
enum HTMLReader {
  /// Whether the text is a page: by its first tag, or by its name and any closing tag.
  static func recognises(_ text: SourceText, name: String) -> Bool {
    let head = String(
      decoding: text.bytes.prefix(2_048).drop { $0 <= 0x20 }, as: UTF8.self
    ).lowercased()
    let openings = [
      "<!doctype html", "<html", "<head", "<body", "<p>", "<p ", "<div", "<span", "<table", "<h1",
      "<h2", "<section", "<article", "<meta", "<!--", "<font", "<center", "<strong", "<title",
    ]
    if openings.contains(where: head.hasPrefix) { return true }
    let lower = name.lowercased()
    guard lower.hasSuffix(".html") || lower.hasSuffix(".htm") else { return false }
    return head.contains("</") || head.contains("<br")
  }

  /// Reads the page.
  ///
  /// - Throws: ``ReadError/unsafe(what:)`` where it has more tags or attributes than an honest page has.
  static func read(_ decoded: DecodedText, name: String) throws(ReadError) -> SourceDocument {
    let builder = PageBuilder()
    let bytes = decoded.text.bytes
    guard MarkupBounds.hold(bytes, attributes: 2_048) else { throw .unsafe(what: "网页里标记过多") }
    bytes.withUnsafeBytes { raw in
      guard let start = raw.bindMemory(to: CChar.self).baseAddress else { return }
      var handler = chtml_handler(
        context: Unmanaged.passUnretained(builder).toOpaque(),
        start: { context, name, attributes in
          PageBuilder.of(context)?.start(name, attributes)
        },
        end: { context, name in PageBuilder.of(context)?.end(name) },
        text: { context, text, count in PageBuilder.of(context)?.text(text, count) })
      _ = chtml_parse(start, Int64(raw.count), &handler)
    }
    let page = builder.finish()
    return SourceDocument(
      name: name, mediaType: "text/html", encoding: decoded.encoding, text: page.text,
      blocks: page.blocks, address: page.address, isRepaired: decoded.isRepaired)
  }
}

/// Builds the visible text of a page from the parser's events.
private final class PageBuilder {
  private var bytes: [UInt8] = []
  private var blocks: [TextBlock] = []
  private var address: String?
  /// Open elements: name, where its text begins, and the hint that it will give.
  private var open: [(name: String, start: Int, kind: TextBlock.Kind?, hides: Bool)] = []
  private var hidden = 0
  /// Behind the last character that is no white space.
  private var visibleEnd = 0
  private var preformattedCount = 0
  private var lineIsEmpty = true
  private var pendingSpace = false
  private var hanCount = 0

  static func of(_ context: UnsafeMutableRawPointer?) -> PageBuilder? {
    context.map { Unmanaged<PageBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let blockNames: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
    "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot",
    "thead",
    "title", "tr", "ul",
  ]
  private static let hiddenNames: Set<String> = [
    "script", "style", "noscript", "template", "select", "textarea", "iframe", "object", "svg",
    "canvas",
  ]
  private static let emptyNames: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
  ]

  func start(_ name: UnsafePointer<CChar>, _ attributes: UnsafePointer<UnsafePointer<CChar>?>?) {
    let name = String(cString: name)
    var values: [String: String] = [:]
    if let attributes {
      var index = 0
      while let key = attributes[index] {
        values[String(cString: key)] = attributes[index + 1].map { String(cString: $0) } ?? ""
        index += 2
      }
    }
    if name == "meta" || name == "link" { noteAddress(name, values) }
    if name == "br" || name == "hr" { breakLine() }
    guard !Self.emptyNames.contains(name) else { return }
    if Self.blockNames.contains(name) { breakLine() }
    if name == "td" || name == "th", !lineIsEmpty {
      bytes.append(0x09)
      pendingSpace = false
    }
    let style = (values["style"] ?? "").filter { $0 != " " }.lowercased()
    let hides = Self.hiddenNames.contains(name) || style.contains("display:none")
    if hides { hidden += 1 }
    if name == "pre" { preformattedCount += 1 }
    open.append((name, bytes.count, kind(of: name, values, style), hides))
  }

  func end(_ name: UnsafePointer<CChar>) {
    let name = String(cString: name)
    guard let index = open.lastIndex(where: { $0.name == name }) else { return }
    while open.count > index {
      let element = open.removeLast()
      if element.hides { hidden -= 1 }
      if element.name == "pre" { preformattedCount -= 1 }
      let end = trimmedEnd(from: element.start)
      if let kind = element.kind, end > element.start {
        blocks.append(TextBlock(kind, ByteRange(element.start, end)))
      } else if element.kind == .tableCell {
        // An empty cell stands where the words of its row end, not where the next row begins.
        let place = max(open.last { $0.name == "tr" }?.start ?? element.start, visibleEnd)
        blocks.append(TextBlock(.tableCell, ByteRange(place, place)))
      }
      if end > element.start {
        if element.name == "tr" {
          blocks.append(TextBlock(.tableRow, ByteRange(element.start, end)))
        } else if element.name == "table" {
          blocks.append(TextBlock(.table, ByteRange(element.start, end)))
        }
      }
      if Self.blockNames.contains(element.name) { breakLine() }
    }
  }

  func text(_ text: UnsafePointer<CChar>, _ count: Int32) {
    guard hidden == 0, bytes.count <= DocumentReader.textLimit else { return }
    let preformatted = preformattedCount > 0
    text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { text in
      for index in 0..<Int(count) {
        let byte = text[index]
        if byte == 0x0A && preformatted {
          breakLine()
        } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
          pendingSpace = !lineIsEmpty
        } else {
          if pendingSpace, bytes.last != 0x09 { bytes.append(0x20) }
          pendingSpace = false
          lineIsEmpty = false
          bytes.append(byte)
          visibleEnd = bytes.count
          if byte & 0xF0 == 0xE0 { hanCount += 1 }
        }
      }
    }
  }

  func finish() -> (text: SourceText, blocks: [TextBlock], address: String?) {
    breakLine()
    let text = SourceText(repairing: bytes)
    guard text.bytes.count == bytes.count else { return (text, [], address) }
    // A wrapper that holds most of the page is no furniture, whatever its class says.
    let kept = blocks.filter { $0.kind != .furniture || $0.range.count * 5 < bytes.count * 2 }
    return (text, TextBlock.ordered(kept), address)
  }

  private func breakLine() {
    guard !lineIsEmpty else { return }
    bytes.append(0x0A)
    lineIsEmpty = true
    pendingSpace = false
  }

  private func trimmedEnd(from start: Int) -> Int {
    var end = bytes.count
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  private func noteAddress(_ name: String, _ values: [String: String]) {
    if name == "meta",
      (values["name"] ?? values["property"])?.lowercased() == "url"
        || values["property"] == "og:url"
    {
      address = values["content"]
    } else if name == "link", values["rel"] == "canonical" {
      address = address ?? values["href"]
    }
  }

  private func kind(
    of name: String, _ values: [String: String], _ style: String
  ) -> TextBlock.Kind? {
    switch name {
    case "title": return .pageTitle
    case "h1", "h2", "h3", "h4", "h5", "h6": return .heading(Int(name.dropFirst()) ?? 1)
    case "td", "th": return .tableCell
    case "nav", "footer", "button": return .furniture
    default: break
    }
    let marks = ((values["class"] ?? "") + " " + (values["id"] ?? "")).lowercased()
    if marks.split(whereSeparator: { !$0.isLetter }).contains(where: Self.isFurnitureWord) {
      return .furniture
    }
    if style.contains("text-align:center") || values["align"] == "center" { return .centred }
    return nil
  }

  /// Words that portals give to the elements around the text.
  private static func isFurnitureWord(_ word: Substring) -> Bool {
    let words: Set<Substring> = [
      "nav", "navbar", "navigation", "menu", "mainnav", "topnav", "subnav", "breadcrumb",
      "breadcrumbs",
      "crumb", "crumbs", "curb", "footer", "foot", "copyright", "share", "toolbar", "qrcode", "qr",
      "ewm",
      "sidebar", "related", "login", "search", "hotkey", "banner", "beian", "wza", "setfont",
      "pager",
      "pagination", "friendlink", "links", "backtop", "header",
    ]
    return words.contains(word)
  }
}
