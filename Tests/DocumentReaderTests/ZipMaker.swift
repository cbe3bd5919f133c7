/// Makes zip archives without compression, for files of office formats and for broken ones.
enum ZipMaker {
  static func archive(_ entries: [(name: String, bytes: [UInt8])], lie: UInt32? = nil) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in entries {
      let offset = UInt32(out.count)
      let size = UInt32(bytes.count)
      var shared: [UInt8] = two(20)
      for value: UInt16 in [0x0800, 0, 0, 0] { shared += two(value) }
      for value in [crc(bytes), size, lie ?? size] { shared += four(value) }
      shared += two(UInt16(name.utf8.count))
      shared += two(0)
      out += four(0x0403_4B50)
      out += shared
      out += Array(name.utf8)
      out += bytes
      directory += four(0x0201_4B50)
      directory += two(20)
      directory += shared
      for value: UInt16 in [0, 0, 0, 0, 0] { directory += two(value) }
      directory += four(offset)
      directory += Array(name.utf8)
    }
    let start = UInt32(out.count)
    out += directory
    out += four(0x0605_4B50)
    for value in [0, 0, UInt16(entries.count), UInt16(entries.count)] { out += two(value) }
    out += four(UInt32(directory.count))
    out += four(start)
    out += two(0)
    return out
  }

  static func archive(_ entries: KeyValuePairs<String, String>) -> [UInt8] {
    archive(entries.map { ($0.key, Array($0.value.utf8)) })
  }

  private static func two(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  private static func four(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(value >> ($0 * 8) & 0xFF) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

/// Office files made of words.
enum OfficeFile {
  private static let word =
    #"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:mc="mc" xmlns:wps="wps""#
  private static let types =
    #"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#

  static func docx(
    _ body: String, numbering: String = "", more: [(name: String, bytes: [UInt8])] = [],
    relations: String = ""
  ) -> [UInt8] {
    var entries: [(name: String, bytes: [UInt8])] = [
      ("[Content_Types].xml", Array(types.utf8)),
      (
        "word/document.xml",
        Array("<w:document \(word)><w:body>\(body)</w:body></w:document>".utf8)
      ),
      ("word/_rels/document.xml.rels", Array("<Relationships>\(relations)</Relationships>".utf8)),
    ]
    if !numbering.isEmpty {
      entries.append(
        ("word/numbering.xml", Array("<w:numbering \(word)>\(numbering)</w:numbering>".utf8)))
    }
    return ZipMaker.archive(entries + more)
  }

  static func paragraph(_ text: String, _ properties: String = "") -> String {
    "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
  }

  static func number(_ level: Int, _ list: Int = 1) -> String {
    #"<w:numPr><w:ilvl w:val="\#(level)"/><w:numId w:val="\#(list)"/></w:numPr>"#
  }

  /// The numbers 一、 （一） 1 on three levels.
  static let threeLevels = """
    <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%1、"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>
    </w:lvlOverride></w:num>
    """

  static func ofd(_ pages: [String], more: [(name: String, bytes: [UInt8])] = []) -> [UInt8] {
    let list = pages.indices.map {
      "<ofd:Page ID=\"\($0 + 1)\" BaseLoc=\"Pages/P\($0)/Content.xml\"/>"
    }
    return ZipMaker.archive(
      [
        (
          "OFD.xml",
          Array(
            #"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_0/Signs.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>"#
              .utf8)
        ),
        (
          "Doc_0/Document.xml",
          Array(
            #"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>\#(list.joined())</ofd:Pages><ofd:Attachments>Att.xml</ofd:Attachments></ofd:Document>"#
              .utf8)
        ),
        ("Doc_0/Signs.xml", Array("<Signatures><Signature ID=\"1\"/></Signatures>".utf8)),
        ("Doc_0/Att.xml", Array("<Attachments><Attachment Name=\"申请表\"/></Attachments>".utf8)),
      ]
        + pages.enumerated().map { index, content in
          (
            "Doc_0/Pages/P\(index)/Content.xml",
            Array(
              "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Content><ofd:Layer>\(content)</ofd:Layer></ofd:Content></ofd:Page>"
                .utf8)
          )
        } + more)
  }

  /// A line of words on an OFD page, in millimetres.
  static func line(_ text: String, x: Double, y: Double, size: Double = 5) -> String {
    "<ofd:TextObject Boundary=\"\(x) \(y) 180 \(size + 1)\" Size=\"\(size)\"><ofd:TextCode X=\"0\" Y=\"\(size)\" DeltaX=\"g \(text.count - 1) \(size)\">\(text)</ofd:TextCode></ofd:TextObject>"
  }
}
