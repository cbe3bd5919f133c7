/// A Word document (.docx, ECMA-376) in the form of Chinese official documents, written without an office program.
///
/// Paper, margins and type follow GB/T 9704—2012 (5.2, 7.3): A4, 37 mm at the top, 28 mm at the binding edge, the body in
/// 仿宋 of size 3 (16 pt), headings in 黑体, the title in 小标宋 where the machine has it.
struct WordDocument {
  private let title: String
  private var body = ""

  init(title: String) { self.title = title }

  /// A line of the title, centred.
  mutating func title(_ words: String) { paragraph(words, style: "Title") }

  /// A line under the title: number and issuer.
  mutating func subtitle(_ words: String) { paragraph(words, style: "Subtitle") }

  /// A heading that the table of contents of an office program finds.
  mutating func heading(_ words: String) { paragraph(words, style: "Heading1") }

  /// Running text.
  mutating func paragraph(_ words: String) { paragraph(words, style: "BodyText") }

  /// Small print.
  mutating func note(_ words: String) { paragraph(words, style: "Note") }

  /// A table of names and values; the lines of a value are paragraphs.
  mutating func table(_ rows: [(name: String, value: String)]) {
    body += "<w:tbl><w:tblPr><w:tblStyle w:val=\"Pairs\"/><w:tblW w:w=\"8844\" w:type=\"dxa\"/>"
    body += "<w:tblLayout w:type=\"fixed\"/></w:tblPr>"
    body += "<w:tblGrid><w:gridCol w:w=\"1984\"/><w:gridCol w:w=\"6860\"/></w:tblGrid>"
    for row in rows {
      body += "<w:tr><w:trPr><w:cantSplit w:val=\"0\"/></w:trPr>"
      cell([row.name], width: 1_984, style: "CellName")
      let lines = row.value.split(separator: "\n").map(String.init)
      cell(lines.isEmpty ? [""] : lines, width: 6_860, style: "CellText")
      body += "</w:tr>"
    }
    body += "</w:tbl>"
    // Two tables without a paragraph between them would be one.
    body += "<w:p><w:pPr><w:pStyle w:val=\"CellText\"/></w:pPr></w:p>"
  }

  private mutating func cell(_ lines: [String], width: Int, style: String) {
    body += "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/></w:tcPr>"
    for line in lines { paragraph(line, style: style) }
    body += "</w:tc>"
  }

  private mutating func paragraph(_ words: String, style: String) {
    body += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr><w:r>"
    body += "<w:t xml:space=\"preserve\">\(MarkupText.escaped(words))</w:t></w:r></w:p>"
  }

  /// The file.
  func bytes() throws(ZipWriter.Failure) -> [UInt8] {
    let parts = [
      ("[Content_Types].xml", Self.types), ("_rels/.rels", Self.relations),
      ("docProps/core.xml", properties), ("word/document.xml", document),
      ("word/styles.xml", Self.styles), ("word/footer1.xml", Self.footer),
      ("word/_rels/document.xml.rels", Self.documentRelations),
    ]
    return try ZipWriter.archive(
      parts.map { (name: $0.0, bytes: Array((Self.declaration + $0.1).utf8)) })
  }

  // MARK: Parts

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let word =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  private var document: String {
    "<w:document \(Self.word)><w:body>\(body)<w:sectPr>"
      + "<w:footerReference w:type=\"default\" r:id=\"rId2\"/>"
      + "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
      + "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/>"
      + "</w:sectPr></w:body></w:document>"
  }

  private var properties: String {
    "<cp:coreProperties xmlns:cp=\"\(Self.package)/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>\(MarkupText.escaped(title))</dc:title></cp:coreProperties>"
  }

  private static var types: String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return "<Types xmlns=\"\(package)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Override PartName=\"/word/document.xml\" ContentType=\"\(main).document.main+xml\"/>"
      + "<Override PartName=\"/word/styles.xml\" ContentType=\"\(main).styles+xml\"/>"
      + "<Override PartName=\"/word/footer1.xml\" ContentType=\"\(main).footer+xml\"/>"
      + "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
      + "</Types>"
  }

  private static var relations: String {
    "<Relationships xmlns=\"\(package)/relationships\">"
      + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"word/document.xml\"/>"
      + "<Relationship Id=\"rId2\" Type=\"\(package)/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
      + "</Relationships>"
  }

  private static var documentRelations: String {
    "<Relationships xmlns=\"\(package)/relationships\">"
      + "<Relationship Id=\"rId1\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
      + "<Relationship Id=\"rId2\" Type=\"\(office)/footer\" Target=\"footer1.xml\"/>"
      + "</Relationships>"
  }

  /// — 1 —, as GB/T 9704 has it (7.5), but in the middle of every page.
  private static var footer: String {
    "<w:ftr \(word)><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>"
      + "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
      + "<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
  }

  private static var styles: String {
    var styles = "<w:styles \(word)><w:docDefaults><w:rPrDefault><w:rPr>"
    styles += fonts("仿宋_GB2312") + "<w:sz w:val=\"32\"/><w:lang w:eastAsia=\"zh-CN\"/>"
    styles += "</w:rPr></w:rPrDefault></w:docDefaults>"
    styles +=
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    styles += style(
      "Title", "Title", "<w:spacing w:line=\"600\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
      fonts("方正小标宋简体") + "<w:sz w:val=\"44\"/>")
    styles += style(
      "Subtitle", "Subtitle",
      "<w:spacing w:before=\"120\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
      fonts("楷体_GB2312") + "<w:sz w:val=\"28\"/>")
    styles += style(
      "Heading1", "heading 1",
      "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
      fonts("黑体") + "<w:sz w:val=\"32\"/>")
    styles += style(
      "BodyText", "Body Text",
      "<w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>",
      "")
    styles += style(
      "CellName", "Cell Name", "<w:spacing w:before=\"40\" w:after=\"40\"/>",
      fonts("黑体") + "<w:sz w:val=\"24\"/>")
    styles += style(
      "CellText", "Cell Text", "<w:spacing w:before=\"40\" w:after=\"40\"/>", "<w:sz w:val=\"24\"/>"
    )
    styles += style("Note", "Note", "<w:spacing w:before=\"240\"/>", "<w:sz w:val=\"21\"/>")
    styles += style("Footer", "footer", "<w:jc w:val=\"center\"/>", "<w:sz w:val=\"28\"/>")
    styles +=
      "<w:style w:type=\"table\" w:styleId=\"Pairs\"><w:name w:val=\"Pairs\"/><w:tblPr><w:tblBorders>"
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
      styles += "<w:\(side) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/>"
    }
    styles += "</w:tblBorders><w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/>"
    return styles
      + "<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
  }

  private static func fonts(_ name: String) -> String {
    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"\(name)\"/>"
  }

  private static func style(
    _ id: String, _ name: String, _ paragraph: String, _ run: String
  ) -> String {
    "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/><w:basedOn w:val=\"Normal\"/><w:pPr>\(paragraph)</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
  }
}
