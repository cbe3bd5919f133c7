import PolicyText
import TestSupport
import Testing

@Suite struct MatchTextTests {
  @Test(arguments: [
    ("（责任单位：市局）", "(责任单位:市局)"), ("［2024］１２号", "[2024]12号"), ("政策ꎬ措施ꎮ", "政策,措施."),
    ("a\u{200B}b\u{FEFF}", "ab"), ("«办法»", "《办法》"), ("第　一\u{A0}条", "第 一 条"), ("甲︰乙", "甲:乙"),
  ])
  func `folds widths, brackets, mojibake and invisible signs`(text: String, folded: String) {
    let match = MatchText(SourceText(text))
    #expect(String(String.UnicodeScalarView(match.scalars)) == folded)
  }

  @Test func `leaves Yi text alone`() {
    let match = MatchText(SourceText("ꀀꎬꀁ"))
    #expect(String(String.UnicodeScalarView(match.scalars)) == "ꀀꎬꀁ")
  }

  @Test(arguments: seeds(40))
  func `every scalar keeps the place of its source`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = SourceText(NoticeGenerator.text(pieces: 80, using: &generator))
    let match = MatchText(text)
    for index in 0..<match.count {
      let words = text[match.bytes(index..<(index + 1))]
      #expect(words.unicodeScalars.count == 1)
    }
    for index in 0..<match.count { #expect(match.index(ofByte: match.byteOffset(index)) == index) }
  }

  @Test func `markup is left out and its neighbours keep their places`() {
    let text = SourceText("**重点**任务")
    let match = MatchText(text, markup: [ByteRange(0, 2), ByteRange(8, 10)])
    #expect(match.string(0..<4) == "重点**任务")
    #expect(match.key(0..<4) == "重点任务")
  }
}

@Suite struct ScalarOffsetsTests {
  @Test(arguments: seeds(20))
  func `counts scalars as the standard library does`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let string = NoticeGenerator.text(pieces: 120, using: &generator)
    let offsets = ScalarOffsets(SourceText(string))
    var scalars = 0
    var byte = 0
    for scalar in string.unicodeScalars {
      #expect(offsets.scalarOffset(ofByte: byte) == scalars)
      scalars += 1
      byte += UTF8.width(scalar)
    }
    #expect(offsets.scalarOffset(ofByte: byte) == scalars)
  }
}
