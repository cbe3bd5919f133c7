import DocumentReader
import PolicyText
import Testing

@Suite struct OfficeTests {
  private func read(_ bytes: [UInt8], _ name: String = "a.bin") throws -> SourceDocument {
    try DocumentReader.read(bytes, name: name)
  }

  private func text(_ document: SourceDocument) -> String { document.text[document.text.range] }

  private func words(_ document: SourceDocument, _ kind: TextBlock.Kind) -> [String] {
    document.blocks.filter { $0.kind == kind }.map { document.text[$0.range] }
  }

  @Test func `automatic numbers become the labels that a reader sees`() throws {
    let body = [
      ("总体要求", 0), ("支持对象", 1), ("工业企业", 2), ("服务业企业", 2), ("支持标准", 1), ("个体户", 2),
      ("组织实施", 0), ("申报", 1),
    ].map { OfficeFile.paragraph($0.0, OfficeFile.number($0.1)) }.joined()
    let document = try read(OfficeFile.docx(body, numbering: OfficeFile.threeLevels))
    #expect(
      text(document)
        == "一、总体要求\n（一）支持对象\n1. 工业企业\n2. 服务业企业\n（二）支持标准\n1. 个体户\n二、组织实施\n（一）申报\n")
    #expect(document.mediaType.hasSuffix("wordprocessingml.document"))
  }

  @Test func `a list that is restarted counts from one`() throws {
    let body = [(1, "甲"), (1, "乙"), (2, "丙"), (2, "丁")].map {
      OfficeFile.paragraph($0.1, OfficeFile.number(0, $0.0))
    }.joined()
    let document = try read(OfficeFile.docx(body, numbering: OfficeFile.threeLevels))
    #expect(text(document) == "一、甲\n二、乙\n一、丙\n二、丁\n")
  }

  @Test(arguments: [
    ("ideographDigital", 12, "一二"), ("chineseCounting", 10, "十"), ("chineseCounting", 21, "二十一"),
    ("chineseCountingThousand", 105, "一百零五"), ("decimalEnclosedCircleChinese", 3, "③"),
    ("ideographTraditional", 2, "乙"), ("chineseLegalSimplified", 3, "叁"), ("lowerRoman", 4, "iv"),
    ("upperLetter", 27, "AA"), ("decimalFullWidth", 12, "１２"), ("decimalZero", 7, "07"),
  ])
  func `numbers in every usual format`(format: String, start: Int, shown: String) throws {
    let numbering = """
      <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="\(start)"/>
      <w:numFmt w:val="\(format)"/><w:suff w:val="nothing"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
      """
    let body = OfficeFile.paragraph("适用", OfficeFile.number(0))
    #expect(text(try read(OfficeFile.docx(body, numbering: numbering))) == "第\(shown)条适用\n")
  }

  @Test func `tables are read row by row with their cells`() throws {
    func cell(_ text: String, _ more: String = "") -> String {
      "<w:tc><w:tcPr>\(more)</w:tcPr>\(OfficeFile.paragraph(text))</w:tc>"
    }
    let body =
      "<w:tbl><w:tr>\(cell("序号"))\(cell("项目"))\(cell("电话"))</w:tr>"
      + "<w:tr>\(cell("1", "<w:vMerge w:val=\"restart\"/>"))\(cell("奖励"))\(cell("5550"))</w:tr>"
      + "<w:tr>\(cell("重复", "<w:vMerge/>"))\(cell("补贴", "<w:gridSpan w:val=\"2\"/>"))</w:tr></w:tbl>"
    let document = try read(OfficeFile.docx(body))
    #expect(text(document) == "序号\t项目\t电话\n1\t奖励\t5550\n\t补贴\t\n")
    #expect(
      words(document, .tableCell) == ["序号", "项目", "电话", "1", "奖励", "5550", "", "补贴", ""])
    #expect(words(document, .tableRow).count == 3 && words(document, .table).count == 1)
  }

  @Test func `tracked changes are taken as accepted, and said`() throws {
    let body =
      "<w:p><w:r><w:t>最高</w:t></w:r><w:del><w:r><w:delText>300</w:delText><w:t>300</w:t></w:r></w:del>"
      + "<w:ins><w:r><w:t>500</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>"
      + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
      + OfficeFile.paragraph("乙")
    let document = try read(OfficeFile.docx(body))
    #expect(text(document) == "最高500万元\n甲乙\n")
    #expect(document.findings.map(\.code) == [.trackedChanges])
  }

  @Test func `text boxes, notes, hidden words, fields`() throws {
    let box =
      "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
      + OfficeFile.paragraph("框内") + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
      + "<mc:Fallback><w:pict><w:txbxContent>\(OfficeFile.paragraph("框内"))</w:txbxContent></w:pict></mc:Fallback>"
      + "</mc:AlternateContent></w:r>"
    let body =
      "<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\(box)"
      + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
      + "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:t>代码</w:t>"
      + "<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r>"
      + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    let notes =
      "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\">\(OfficeFile.paragraph("脚注"))</w:footnote></w:footnotes>"
    let document = try read(
      OfficeFile.docx(body, more: [("word/footnotes.xml", Array(notes.utf8))]))
    #expect(text(document) == "正文[1]7\n框内\n[1]脚注\n")
    #expect(words(document, .footnote) == ["[1]脚注"])
  }

  @Test func `a body that stands in a web archive`() throws {
    let page = "<html><body><h1>若干措施</h1><p>第一条 =E6=94=AF=E6=8C=81。</p></body></html>"
    let message =
      "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--x\"\r\n\r\n----x\r\n"
      + "Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      + page + "\r\n----x--\r\n"
    let document = try read(
      OfficeFile.docx(
        "<w:altChunk r:id=\"c\"/>", more: [("word/a.mht", Array(message.utf8))],
        relations: "<Relationship Id=\"c\" Type=\"x/aFChunk\" Target=\"/word/a.mht\"/>"))
    #expect(text(document) == "若干措施\n第一条 支持。\n")
    #expect(words(document, .heading(1)) == ["若干措施"])
    #expect(text(try read(Array(message.utf8), "a.mht")) == "若干措施\n第一条 支持。\n")
  }

  @Test func `OFD lines become paragraphs, also over pages; what is attached is said`() throws {
    let full = String(repeating: "支持企业创新发展", count: 4)
    let document = try read(
      OfficeFile.ofd([
        OfficeFile.line("若干措施", x: 95, y: 20) + OfficeFile.line(full, x: 35, y: 40)
          + OfficeFile.line(full + "发展", x: 25, y: 50) + OfficeFile.line("—1—", x: 100, y: 280),
        OfficeFile.line("结束。", x: 25, y: 20) + OfficeFile.line("—2—", x: 100, y: 280),
      ]))
    #expect(text(document) == "若干措施\n—1 —\n\(full)\(full)发展结束。\n—2 —\n")
    #expect(words(document, .furniture) == ["—1 —", "—2 —"])
    #expect(document.findings.map(\.code) == [.signaturePresent, .attachments])
    #expect(document.mediaType == "application/ofd")
  }

  @Test func `a spreadsheet is a table of its visible cells`() throws {
    let bytes = ZipMaker.archive([
      "[Content_Types].xml": "<Types/>",
      "xl/workbook.xml":
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"清单\" r:id=\"a\"/><sheet name=\"藏\" state=\"hidden\" r:id=\"a\"/></sheets></workbook>",
      "xl/_rels/workbook.xml.rels":
        "<Relationships><Relationship Id=\"a\" Target=\"worksheets/s.xml\"/></Relationships>",
      "xl/sharedStrings.xml":
        "<sst><si><t>事项名称</t></si><si><r><t>奖</t></r><r><t>励</t></r></si></sst>",
      "xl/styles.xml":
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
      "xl/worksheets/s.xml":
        "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\"><v>12</v></c></row><row><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>45717</v></c></row></sheetData></worksheet>",
    ])
    #expect(text(try read(bytes)) == "事项名称\t\t12\n奖励\t2025-03-01\n")
  }

  @Test func `a list of comma-separated values`() throws {
    let document = try read(Array("名称,电话\r\n\"奖,\"\"励\"\"\",5550\r\n".utf8), "a.csv")
    #expect(text(document) == "名称\t电话\n奖,\"励\"\t5550\n")
    #expect(document.mediaType == "text/csv")
  }

  @Test func `an archive gives each of its documents`() throws {
    let bytes = ZipMaker.archive([
      "通知.txt": "一、支持", "内/方案.txt": "二、奖励", "__MACOSX/x.txt": "", "../外.txt": "三",
    ])
    let all = try DocumentReader.readAll(bytes, name: "a.zip")
    #expect(all.map(\.name) == ["a.zip/通知.txt", "a.zip/内/方案.txt", "a.zip/../外.txt"])
    #expect(try all[0].result.get().text.count > 0)
    #expect(throws: ReadError.self) { try all[2].result.get() }
    #expect(throws: ReadError.several(count: 3)) { try read(bytes) }
  }
}
