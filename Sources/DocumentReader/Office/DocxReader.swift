internal import PolicyText

/// Reads a Word document (.docx) as the text that a reader of the printed pages sees.
///
/// Tracked changes are taken as accepted; automatic numbers become words; tables are read row by row; notes
/// stand after the text; headers and footers stand apart at the end.
///
/// Source: ECMA-376 part 1, 11 and 17; part 3 (alternate content).
struct DocxReader {
  private let archive: Archive
  private let path: String
  private let name: String
  private let depth: Int
  private let styles: DocxStyles
  private var numbering: DocxNumbering
  private let relations: [String: (target: String, kind: String)]
  private var builder = TextBuilder()
  private var insertions = 0
  private var deletions = 0
  /// Text boxes of the paragraph that is being read.
  private var boxes: [XMLElement] = []
  /// Notes in the order of their marks: the kind's part and the id.
  private var notes: [(part: String, id: String)] = []
  /// For each open field, whether its code is being read.
  private var fieldCodes: [Bool] = []
  private var nesting = 0
  /// Words of a paragraph whose mark was deleted, so that the next one goes on.
  private var isJoined = false
  /// The next paragraph is the first of a cell and stands on the line of its row.
  private var isCellStart = false

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - archive: The file.
  ///   - name: The file's name.
  ///   - depth: How many documents it is embedded in.
  /// - Returns: The text with its hints.
  /// - Throws: ``ReadError`` where a part is missing, damaged, protected or too large.
  static func read(
    _ archive: Archive, name: String, depth: Int = 0
  ) throws(ReadError) -> SourceDocument {
    var reader = try DocxReader(archive, name: name, depth: depth)
    return try reader.document()
  }

  private init(_ archive: Archive, name: String, depth: Int) throws(ReadError) {
    self.archive = archive
    self.name = name
    self.depth = depth
    path = try Self.mainPart(of: archive)
    let found = try Self.relations(of: path, in: archive)
    func part(_ kind: String, _ usual: String) -> String {
      found.values.first { $0.kind == kind }?.target ?? usual
    }
    relations = found
    styles = DocxStyles(try archive.xml(part("styles", "word/styles.xml")))
    numbering = DocxNumbering(try archive.xml(part("numbering", "word/numbering.xml")))
  }

  /// The path of the document itself.
  static func mainPart(of archive: Archive) throws(ReadError) -> String {
    let relations = try relations(of: "", in: archive)
    if let main = relations.values.first(where: { $0.kind == "officeDocument" })?.target,
      archive.has(main)
    {
      return main
    }
    return "word/document.xml"
  }

  private static func relations(
    of path: String, in archive: Archive
  ) throws(ReadError) -> [String: (target: String, kind: String)] {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let file = path[..<slash] + "_rels/" + path[slash...] + ".rels"
    var relations: [String: (target: String, kind: String)] = [:]
    for entry in try archive.xml(String(file))?.children("Relationship") ?? [] {
      guard let id = entry["Id"], let target = entry["Target"], entry["TargetMode"] != "External"
      else { continue }
      let kind = entry["Type"]?.split(separator: "/").last.map(String.init) ?? ""
      relations[id] = (Archive.resolve(target, from: path), kind)
    }
    return relations
  }

  private mutating func document() throws(ReadError) -> SourceDocument {
    guard let root = try archive.xml(path) else { throw .damaged(what: "缺少正文") }
    guard let body = root.child("body") else { throw .damaged(what: "缺少正文") }
    try readBlocks(body)
    try appendNotes()
    try appendMargins()
    noteChanges()
    return builder.document(
      name: name,
      mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
  }

  // MARK: Blocks

  private mutating func readBlocks(_ parent: XMLElement) throws(ReadError) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < 40 else { throw .unsafe(what: "表格或文本框嵌套过深") }
    for element in parent.children { try readBlock(element) }
  }

  private mutating func readBlock(_ element: XMLElement) throws(ReadError) {
    switch element.name {
    case "p": try readParagraph(element)
    case "tbl": try readTable(element)
    case "sdt":
      if let content = element.child("sdtContent") { try readBlocks(content) }
    case "customXml", "smartTag", "moveTo": try readBlocks(element)
    case "ins":
      insertions += 1
      try readBlocks(element)
    case "AlternateContent":
      if let choice = element.child("Choice") ?? element.child("Fallback") {
        try readBlocks(choice)
      }
    case "altChunk": try readChunk(element)
    default: break
    }
  }

  /// A file within the file (altChunk): a web page, a text or another document.
  private mutating func readChunk(_ element: XMLElement) throws(ReadError) {
    guard let target = element["id"].flatMap({ relations[$0]?.target }),
      let bytes = try archive.read(target)
    else { return }
    guard depth < 3 else { throw .unsafe(what: "文件层层嵌套") }
    builder.append(
      try DocumentReader.read(
        bytes, name: target, depth: depth + 1, unpacking: archive.unpacking))
  }

  private mutating func readParagraph(_ element: XMLElement) throws(ReadError) {
    let properties = element.child("pPr")
    let (style, numberedBy) = styles.resolved(properties?.child("pStyle")?["val"])
    if !isJoined, !isCellStart { builder.endLine() }
    isCellStart = false
    let start = builder.count
    let outerBoxes = boxes
    boxes = []
    let label = isJoined ? "" : label(of: properties, style, numberedBy)
    isJoined = false
    builder.append(label)
    let afterLabel = builder.count
    try readInline(element)
    // A numbered paragraph without words shows no number worth reading.
    let isEmpty = builder.count == afterLabel
    let mark = properties?.child("rPr")
    if let mark, mark.child("del") != nil || mark.child("moveFrom") != nil {
      deletions += 1
      isJoined = true
    }
    if !isEmpty || !label.isEmpty {
      let outline = properties?.child("outlineLvl")?["val"].flatMap { Int($0) } ?? style.outline
      if let outline, (0...5).contains(outline) {
        builder.mark(.heading(outline + 1), from: start)
      }
      let centred = properties?.child("jc")?["val"].map { $0 == "center" } ?? style.isCentred
      if centred ?? false { builder.mark(.centred, from: start) }
    }
    if !isJoined { builder.endLine() }
    let inner = boxes
    boxes = outerBoxes
    for box in inner { try readBlocks(box) }
  }

  private mutating func label(
    of properties: XMLElement?, _ style: DocxStyles.Style, _ numberedBy: String?
  ) -> String {
    let own = properties?.child("numPr")
    // A number that was inserted and taken back is none.
    guard let number = own?.child("numId")?["val"] ?? style.number, number != "0" else { return "" }
    let level =
      own?.child("ilvl")?["val"].flatMap { Int($0) }
      ?? numberedBy.flatMap { numbering.level(ofStyle: $0, number: number) } ?? style.level ?? 0
    return numbering.label(number: number, level: level)
  }

  // MARK: Words

  private var isInCode: Bool { fieldCodes.contains(true) }

  private mutating func readInline(_ parent: XMLElement) throws(ReadError) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < 80 else { throw .unsafe(what: "内容嵌套过深") }
    for element in parent.children {
      switch element.name {
      case "r": try readRun(element)
      case "ins", "moveTo":
        insertions += 1
        try readInline(element)
      case "del", "moveFrom": deletions += 1
      case "hyperlink", "smartTag", "fldSimple", "sdtContent", "customXml", "dir", "bdo", "rt",
        "rubyBase", "oMath", "oMathPara":
        try readInline(element)
      case "sdt":
        if let content = element.child("sdtContent") { try readInline(content) }
      case "AlternateContent":
        if let choice = element.child("Choice") ?? element.child("Fallback") {
          try readInline(choice)
        }
      default:
        // Formulas (m:r is a run too), and what is no text.
        if ["f", "num", "den", "e", "sup", "sub", "sSup", "sSub", "d", "nary", "rad"].contains(
          element.name)
        {
          try readInline(element)
        }
      }
    }
  }

  private mutating func readRun(_ run: XMLElement) throws(ReadError) {
    if let vanish = run.child("rPr")?.child("vanish"), (vanish["val"] ?? "1") != "0" { return }
    for element in run.children { try readRunContent(element) }
  }

  private mutating func readRunContent(_ element: XMLElement) throws(ReadError) {
    switch element.name {
    case "fldChar":
      switch element["fldCharType"] {
      case "begin": fieldCodes.append(true)
      case "separate": if !fieldCodes.isEmpty { fieldCodes[fieldCodes.count - 1] = false }
      case "end": _ = fieldCodes.popLast()
      default: break
      }
    case _ where isInCode: break
    case "t": builder.append(element.text)
    case "tab", "ptab": builder.append("\t")
    case "br":
      if element["type"] == nil || element["type"] == "textWrapping" { builder.endLine() }
    case "cr": builder.endLine()
    case "noBreakHyphen": builder.append("-")
    case "sym": builder.append(Self.symbol(element["char"]))
    case "ruby":
      if let base = element.child("rubyBase") { try readInline(base) }
    case "footnoteReference", "endnoteReference":
      if let id = element["id"] {
        notes.append((element.name == "footnoteReference" ? "footnotes" : "endnotes", id))
        let start = builder.count
        builder.append("[\(notes.count)]")
        builder.markup.append(ByteRange(start, builder.count))
      }
    case "AlternateContent":
      let choice = element.child("Choice")
      let fallback = element.child("Fallback")
      let hasBox = choice?.descendant("txbxContent") != nil
      if let chosen = hasBox ? choice : fallback ?? choice { try readRunContents(chosen) }
    case "drawing", "pict", "object":
      boxes += Self.outermostBoxes(in: element)
    default: break
    }
  }

  private mutating func readRunContents(_ parent: XMLElement) throws(ReadError) {
    for element in parent.children { try readRunContent(element) }
  }

  /// The text boxes that stand in no other.
  private static func outermostBoxes(in element: XMLElement) -> [XMLElement] {
    element.children.flatMap {
      $0.name == "txbxContent" ? [$0] : outermostBoxes(in: $0)
    }
  }

  /// Signs of symbol fonts that notices use: boxes to tick.
  private static func symbol(_ code: String?) -> String {
    guard let code, let value = UInt32(code, radix: 16) else { return "" }
    switch value & 0xFF {
    case 0xA8, 0x6F, 0x71, 0x30: return "□"
    case 0xFE, 0x52, 0x53: return "☑"
    case 0xFC: return "√"
    case 0x6C, 0xB7: return "●"
    case 0x6E: return "■"
    default: return value < 0xF000 ? Unicode.Scalar(value).map { String(Character($0)) } ?? "" : ""
    }
  }

  // MARK: Tables

  private mutating func readTable(_ table: XMLElement) throws(ReadError) {
    builder.endLine()
    let start = builder.count
    for row in Self.rows(of: table) {
      if row.child("trPr")?.child("del") != nil {
        deletions += 1
        continue
      }
      if row.child("trPr")?.child("ins") != nil { insertions += 1 }
      try readRow(row)
    }
    builder.mark(.table, from: start)
    builder.endLine()
  }

  private static func rows(of table: XMLElement) -> [XMLElement] {
    unwrapped(table, "tr")
  }

  /// The elements with a name, also those that controls and changes wrap.
  private static func unwrapped(_ parent: XMLElement, _ name: String) -> [XMLElement] {
    parent.children.flatMap { element -> [XMLElement] in
      switch element.name {
      case name: [element]
      case "sdt": element.child("sdtContent").map { unwrapped($0, name) } ?? []
      case "ins", "customXml", "smartTag": unwrapped(element, name)
      default: []
      }
    }
  }

  private mutating func readRow(_ row: XMLElement) throws(ReadError) {
    let start = builder.count
    for (index, cell) in Self.unwrapped(row, "tc").enumerated() {
      // Cells of one row stand on a line with tabs between them.
      if index > 0 { builder.append("\t") }
      let cellStart = builder.count
      let properties = cell.child("tcPr")
      // The lower cells of a merged column hold nothing of their own.
      if let merge = properties?.child("vMerge"), merge["val"] != "restart" {
        builder.markCell(from: cellStart)
      } else {
        isCellStart = true
        try readBlocks(cell)
        isCellStart = false
        builder.reopenLine(from: cellStart)
        builder.markCell(from: cellStart)
      }
      let span = properties?.child("gridSpan")?["val"].flatMap { Int($0) } ?? 1
      for _ in 1..<max(1, min(span, 64)) {
        builder.append("\t")
        builder.markCell(from: builder.count)
      }
    }
    builder.markRow(from: start)
    builder.endLine()
  }

  // MARK: What stands apart

  private mutating func appendNotes() throws(ReadError) {
    guard !notes.isEmpty else { return }
    var texts: [String: XMLElement] = [:]
    for part in Set(notes.map(\.part)) {
      let target = relations.values.first { $0.kind == part }?.target ?? "word/\(part).xml"
      for note in try archive.xml(target)?.children ?? [] {
        if let id = note["id"] { texts[part + id] = note }
      }
    }
    for (index, note) in notes.enumerated() {
      guard let element = texts[note.part + note.id] else { continue }
      builder.endLine()
      let start = builder.count
      builder.append("[\(index + 1)]")
      builder.markup.append(ByteRange(start, builder.count))
      // The note's first paragraph stands on the line of its mark.
      isJoined = true
      try readBlocks(element)
      isJoined = false
      builder.mark(.footnote, from: start)
    }
  }

  /// Headers and footers, each text once.
  private mutating func appendMargins() throws(ReadError) {
    var seen: Set<String> = []
    let parts = relations.values.filter { $0.kind == "header" || $0.kind == "footer" }
    for part in parts.sorted(by: { $0.target < $1.target }) {
      guard let root = try archive.xml(part.target) else { continue }
      let outer = builder
      builder = TextBuilder()
      try readBlocks(root)
      let text = SourceText(repairing: builder.bytes)
      builder = outer
      let words = text[text.range].filter { !$0.isWhitespace }
      guard words.contains(where: \.isLetter), seen.insert(words).inserted else { continue }
      builder.endLine()
      let start = builder.count
      builder.append(text[text.range])
      builder.mark(.furniture, from: start)
      builder.endLine()
    }
  }

  private mutating func noteChanges() {
    guard insertions + deletions > 0 else { return }
    builder.findings.append(
      Diagnostic(
        .trackedChanges, .note, at: ByteRange(0, 0),
        detail: "插入 \(insertions) 处，删除 \(deletions) 处"))
  }
}
