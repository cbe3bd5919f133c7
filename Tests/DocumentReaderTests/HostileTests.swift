import DocumentReader
import PolicyText
import Testing

/// Files that no honest program writes: each is refused with a line, or read, and never brings the reader down.
@Suite struct HostileTests {
  private static let good = OfficeFile.docx(
    OfficeFile.paragraph("支持", OfficeFile.number(0)), numbering: OfficeFile.threeLevels)

  private static func document(_ xml: String) -> [UInt8] {
    ZipMaker.archive([
      ("[Content_Types].xml", Array("<Types/>".utf8)), ("word/document.xml", Array(xml.utf8)),
    ])
  }

  private static func nested(_ tag: String, _ depth: Int) -> String {
    String(repeating: "<\(tag)>", count: depth) + String(repeating: "</\(tag)>", count: depth)
  }

  /// Each with the refusal that is expected.
  private static let refused: [(name: String, bytes: [UInt8])] = [
    (
      "entities",
      document(
        "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><document><body>&d;</body></document>"
      )
    ),
    (
      "external entity",
      document(
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><document><body>&b;</body></document>"
      )
    ),
    (
      "external document type",
      document("<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><document><body/></document>")
    ),
    ("unknown entity", document("<document><body><p>&x;</p></body></document>")),
    ("deep", document("<document><body>\(nested("p", 5_000))</body></document>")),
    (
      "deep tables",
      document(
        "<document><body>\(nested("tbl><tr><tc", 60).replacing("</tbl><tr><tc>", with: "</tc></tr></tbl>"))</body></document>"
      )
    ),
    ("cut XML", document("<document><body><p><r><t>支持")),
    ("no body", document("<document/>")),
    ("another root", document("<a/>")),
    ("empty part", document("")),
    ("binary part", document("\u{1}\u{2}\u{3}")),
    (
      "a size that is too small",
      ZipMaker.archive(
        [("[Content_Types].xml", [65]), ("word/document.xml", Array("<a>".utf8))], lie: 1)
    ),
    (
      "a size that is too large",
      ZipMaker.archive(
        [("[Content_Types].xml", [65]), ("word/document.xml", [66])], lie: 0x7FFF_FFFF)
    ),
    ("no directory", Array(good.prefix(good.count - 30))),
    ("half", Array(good.prefix(good.count / 2))),
    ("only a head", Array(good.prefix(10))),
    ("empty archive", ZipMaker.archive([(name: String, bytes: [UInt8])]())),
    ("path out", ZipMaker.archive(["../../etc/cron.d/x": "一、支持"])),
    ("absolute path", ZipMaker.archive(["/etc/x.txt": "一、支持"])),
    ("drive", ZipMaker.archive(["C:\\x.txt": "一、支持"])),
    ("backslashes out", ZipMaker.archive(["..\\..\\x.txt": "一、支持"])),
    (
      "archive in archive in archive",
      (0..<6).reduce(good) { bytes, _ in ZipMaker.archive([("a.zip", bytes)]) }
    ),
    (
      "OFD without a document",
      ZipMaker.archive(["OFD.xml": "<OFD><DocBody><DocRoot>x.xml</DocRoot></DocBody></OFD>"])
    ),
    ("OFD without pages", OfficeFile.ofd([])),
    ("OFD without words", OfficeFile.ofd([""])),
    ("OFD with entities", ZipMaker.archive(["OFD.xml": "<!DOCTYPE a [<!ENTITY b \"c\">]><OFD/>"])),
    ("OFD under a password", ZipMaker.archive(["OFD.xml": "<OFD/>", "Encryptions.xml": "<a/>"])),
    ("OFD of deep layers", OfficeFile.ofd([nested("PageBlock", 60)])),
    (
      "spreadsheet without a book",
      ZipMaker.archive(["[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a"])
    ),
    (
      "presentation",
      ZipMaker.archive(["[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"])
    ),
    ("PDF head only", Array("%PDF-1.7\n".utf8)),
    (
      "PDF of noise",
      Array("%PDF-1.7\n".utf8) + (0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* 167) }
    ),
    (
      "PDF whose pages are themselves",
      Array(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>"
          .utf8)
    ),
    (
      "PDF of a billion pages",
      Array(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 1000000000>>endobj\ntrailer<</Root 1 0 R>>"
          .utf8)
    ),
    (
      "protected Word",
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 500)
        + "EncryptedPackage".utf8.flatMap { [$0, 0] }
    ),
    ("picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]), ("RAR", Array("Rar!\u{1A}\u{7}".utf8)),
    ("program", [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
    (
      "web archive without a page",
      Array(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n--x--\n"
          .utf8)
    ),
    (
      "web archive in itself",
      Array(
        ("MIME-Version: 1.0\n"
          + String(repeating: "Content-Type: multipart/mixed; boundary=x\n\n--x\n", count: 50)).utf8
      )
    ),
  ]

  @Test(arguments: refused.map(\.name))
  func `is refused with one line that says what to do`(name: String) throws {
    let file = try #require(Self.refused.first { $0.name == name })
    let error = #expect(throws: ReadError.self) {
      try DocumentReader.read(file.bytes, name: "a.bin")
    }
    let message = error?.message ?? ""
    #expect(!message.contains("\n") && message.hasSuffix("。") && message.contains("请"))
  }

  @Test func `there are forty of them`() { #expect(Self.refused.count >= 40) }

  @Test func `good files with any byte changed are read or refused`() {
    let files = [
      Self.good, OfficeFile.ofd([OfficeFile.line("支持企业", x: 20, y: 20)]),
      ZipMaker.archive(["通知.txt": "一、支持"]),
    ]
    var state: UInt64 = 20_261_125
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for file in files {
      for _ in 0..<400 {
        var bytes = file
        for _ in 0..<(1 + random(4)) { bytes[random(bytes.count)] = UInt8(random(256)) }
        if random(4) == 0 { bytes.removeLast(random(bytes.count)) }
        if let document = try? DocumentReader.read(bytes, name: "a.bin") {
          #expect(
            document.blocks.allSatisfy { $0.range.upperBound <= document.text.count })
        }
      }
    }
  }

  @Test func `attributes and numbers beyond reason do no harm`() throws {
    let body =
      "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2000000000\"/></w:tcPr>\(OfficeFile.paragraph("支持"))</w:tc></w:tr></w:tbl>"
      + OfficeFile.paragraph("奖励", OfficeFile.number(99))
    let document = try DocumentReader.read(
      OfficeFile.docx(body, numbering: OfficeFile.threeLevels), name: "a.docx")
    #expect(document.text.count < 1_000)
    let page =
      "<ofd:TextObject Boundary=\"0 0 1e30 nan\" Size=\"inf\"><ofd:TextCode X=\"1e38\" DeltaX=\"g 999999999 1\">支</ofd:TextCode></ofd:TextObject>"
    _ = try DocumentReader.read(
      OfficeFile.ofd([page + OfficeFile.line("支持企业", x: 20, y: 20)]), name: "a.ofd")
  }
}
