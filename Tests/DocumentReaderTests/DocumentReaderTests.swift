import DocumentReader
import PolicyText
import Testing

@Suite struct DocumentReaderTests {
  private let words = "关于支持企业发展的若干措施"

  private func text(_ document: SourceDocument) -> String { document.text[document.text.range] }

  @Test func `reads UTF-8 with and without a mark`() throws {
    for bytes in [Array(words.utf8), [0xEF, 0xBB, 0xBF] + Array(words.utf8)] {
      let document = try DocumentReader.read(bytes, name: "a.txt")
      #expect(text(document) == words && document.encoding == "utf-8" && !document.isRepaired)
    }
  }

  @Test func `reads UTF-16 by its mark and by its zeros`() throws {
    let units = Array((words + "\nABC 2024\n").utf16)
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try DocumentReader.read([0xFF, 0xFE] + little, name: "a.txt").encoding == "utf-16le")
    #expect(try DocumentReader.read([0xFE, 0xFF] + big, name: "a.txt").encoding == "utf-16be")
    #expect(text(try DocumentReader.read([0xFF, 0xFE] + little, name: "a.txt")).hasPrefix(words))
    #expect(text(try DocumentReader.read([0xFE, 0xFF] + big, name: "a.txt")).hasPrefix(words))
  }

  @Test func `reads GB18030`() throws {
    // 政策 in GB18030
    let document = try DocumentReader.read([0xD5, 0xFE, 0xB2, 0xDF], name: "a.txt")
    #expect(text(document) == "政策" && document.encoding == "gb18030")
  }

  @Test func `says when bytes were replaced`() throws {
    let damaged = Array(String(repeating: words, count: 20).utf8) + [0xFF] + Array(words.utf8)
    #expect(try DocumentReader.read(damaged, name: "a.txt").isRepaired)
  }

  @Test(arguments: [
    [0x25, 0x50, 0x44, 0x46, 0x2D], [0x50, 0x4B, 0x03, 0x04], [0x89, 0x50, 0x4E, 0x47],
  ])
  func `refuses what is no text`(bytes: [UInt8]) {
    #expect(throws: ReadError.self) { try DocumentReader.read(bytes, name: "a.txt") }
  }

  @Test func `an empty file is an empty text`() throws {
    #expect(try DocumentReader.read([], name: "a.txt").text.count == 0)
  }

  @Test func `control characters become spaces and keep offsets`() throws {
    let rest = String(repeating: words, count: 20)
    let document = try DocumentReader.read(Array("政策\u{1}措施\u{7F}。\(rest)".utf8), name: "a.txt")
    #expect(text(document) == "政策 措施 。\(rest)")
  }

  @Test func `a page gives its visible text`() throws {
    let html = """
      <html><head><title>标题页</title><style>p{}</style><script>var a = "一、";</script></head>
      <body><div class="nav"><a>首页</a></div><h1>若干措施</h1>
      <p>一、支持&nbsp;创新<br>给予<b>奖励</b></p><p style="display:none">隐藏</p>
      <table><tr><td>序号</td><td>部门</td></tr></table></body></html>
      """
    let document = try DocumentReader.read(Array(html.utf8), name: "a.html")
    #expect(document.mediaType == "text/html")
    #expect(
      text(document) == "标题页\n首页\n若干措施\n一、支持\u{A0}创新\n给予奖励\n序号\t部门\n")
    #expect(document.blocks.contains { $0.kind == .furniture && document.text[$0.range] == "首页" })
    #expect(
      document.blocks.contains { $0.kind == .heading(1) && document.text[$0.range] == "若干措施" })
  }

  @Test func `signs of Markdown are marked and stay in the text`() throws {
    let markdown = "# 若干措施\n\n**一、支持**创新\n\n---\n- 附件：[表](/a.pdf)\n"
    let document = try DocumentReader.read(Array(markdown.utf8), name: "a.md")
    #expect(text(document) == markdown)
    #expect(
      document.markup.map { document.text[$0] } == [
        "# ", "**", "**", "---", "- ", "[", "](/a.pdf)",
      ])
  }
}
