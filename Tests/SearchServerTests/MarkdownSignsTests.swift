import Testing

@testable import SearchServer

@Suite struct MarkdownSignsTests {
  private func shown(_ text: String) -> String {
    String(decoding: MarkdownSigns.removed(from: Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    ("### （一）A类**人才**：博士", "（一）A类人才：博士"),
    ("一、补贴对象\n## （二）条件\n> 注：按年", "一、补贴对象\n（二）条件\n注：按年"),
    ("| 类别 | 标准 |\n|:--:|---|\n| A类 | 3000元 |", " 类别  标准 \n A类  3000元 "),
    ("|---|", ""),
    ("|", ""),
  ])
  func `signs are left out`(text: String, words: String) {
    #expect(shown(text) == words)
  }

  @Test(arguments: [
    "", "1#楼和2#楼", "#楼", "资产负债率>50%", "3*4", "2024-2026", "——", "\n\n", "#######  七个",
  ])
  func `what is no sign of Markdown stays`(text: String) {
    #expect(shown(text) == text)
  }
}
