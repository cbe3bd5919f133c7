import PolicyReading
import PolicyText
import PolicyVocabulary
import Testing

/// The marks of a sentence.
func marked(_ text: String) -> MarkedClause {
  let match = MatchText(SourceText(text))
  return MarkedClause(ClauseText(match, 0..<match.count))
}

struct NumeralTests {
  @Test(arguments: [
    ("1,200", "1200"), ("1200", "1200"), ("1.5万", "15000"), ("1亿5000万", "150000000"),
    ("1亿2000万", "120000000"), ("三万五", "35000"), ("三万零五百", "30500"), ("一百零五", "105"),
    ("十五", "15"), ("二十", "20"), ("两", "2"), ("五百", "500"), ("五千万", "50000000"), ("一亿", "100000000"),
    ("二〇二五", "2025"), ("１０", "10"), ("2 000", "2000"), ("三百万", "3000000"), ("十万", "100000"),
    ("一千二百", "1200"), ("0.5", "0.5"),
  ])
  func `a numeral is read whole`(_ text: String, _ value: String) throws {
    let match = MatchText(SourceText(text))
    let clause = ClauseText(match, 0..<match.count)
    let numeral = try #require(Numeral(clause, at: 0, limit: clause.count))
    #expect(numeral.value.description == value)
    #expect(numeral.end == clause.count)
  }

  @Test(arguments: ["千瓦", "百强", "万户", "亿", "企业", ""])
  func `what is no numeral is none`(_ text: String) {
    let match = MatchText(SourceText(text))
    let clause = ClauseText(match, 0..<match.count)
    #expect(Numeral(clause, at: 0, limit: clause.count) == nil)
  }
}

struct FigureTests {
  /// A figure in a short form: value, upper end, unit, comparator behind.
  private func shown(_ figure: Figure) -> String {
    figure.value.description + (figure.high.map { "..\($0)" } ?? "") + (figure.unit?.name ?? "")
      + (figure.behind?.rawValue ?? "")
  }

  @Test(arguments: [
    ("奖励20万元", ["200000元"]), ("给予３０ 万元", ["300000元"]), ("不超过１００ 万 元", ["1000000元"]),
    ("按5%—8%", ["5..8%"]), ("百分之五", ["5%"]), ("千分之五", ["0.5%"]), ("万分之五", ["0.05%"]),
    ("贷款利息的两成至四成", ["20..40%"]), ("按1:0.5配套", ["50%"]), ("10—20万元", ["100000..200000元"]),
    ("3万—8万元", ["30000..80000元"]), ("1亿元、3亿元", ["100000000元", "300000000元"]),
    ("5、10、20万元", ["50000元", "100000元", "200000元"]), ("3000万美元", ["30000000美元"]),
    ("2000万元以上", ["20000000元>="]), ("2000万元(含)以上", ["20000000元>="]),
    ("1万平方米（含）至3万平方米（不含）", ["10000..30000平方米"]), ("三年", ["36月"]), ("6个月以内", ["6月<="]),
    ("18至45周岁", ["18..45岁"]), ("500吨标准煤", ["500吨标准煤"]), ("30%以上", ["30%>="]),
    ("三分之二", ["66.6666%"]), ("2千瓦时", ["2千瓦时"]),
  ])
  func `a figure is read with its unit`(_ text: String, _ expected: [String]) {
    #expect(marked(text).figures.map(shown) == expected)
  }

  @Test(arguments: ["一次性奖励", "采取一事一议", "统一标准", "成立", "世界500强", "5G", "第一", "三农", "一般"])
  func `a numeral inside a word is no figure`(_ text: String) {
    #expect(marked(text).figures.filter { $0.unit != nil && !$0.isOrdinal }.isEmpty)
  }

  private static let spans: [(text: String, from: String?, to: String?)] = [
    ("2025年6月30日前竣工", nil, "2025-06-30"), ("自2024年7月1日起新签约", "2024-07-01", nil),
    ("2024年3月1日（含）以后成立", "2024-03-01", nil),
    ("2023年10月1日至2024年3月31日期间", "2023-10-01", "2024-03-31"),
    ("2024年度举办", "2024-01-01", "2024-12-31"), ("２０２５年６月３０日前", nil, "2025-06-30"),
    ("2024年1月至6月", "2024-01-01", "2024-06-30"), ("2024年2月", "2024-02-01", "2024-02-29"),
  ]

  @Test(arguments: spans)
  func `a span of time has two ends`(_ text: String, _ from: String?, _ to: String?) throws {
    let span = try #require(marked(text).dates.first)
    #expect(span.from?.iso == from)
    #expect(span.to?.iso == to)
  }
}

struct SentenceCutterTests {
  /// The phrases of a text as words.
  private func phrases(_ text: String) -> [String] {
    let clause = marked(text)
    return SentenceCutter.phrases(of: clause).map { clause.text.string($0.range) }
  }

  @Test(arguments: [
    ("甲企业，给予1,000元；乙企业（含丙，丁）。", ["甲企业", "给予1,000元", "乙企业(含丙,丁)"]),
    ("1.在本市注册；2.纳税满两年的", ["在本市注册", "纳税满两年的"]),
    ("（一）首次认定的。（二）重新认定的", ["首次认定的", "重新认定的"]), ("按1:0.5配套", ["按1:0.5配套"]),
    ("给予 10 万元奖励.比例达到 6 %.", ["给予10万元奖励", "比例达到6%"]),
    ("奖励5、10、20万元", ["奖励5、10、20万元"]),
  ])
  func `a clause falls into phrases`(_ text: String, _ expected: [String]) {
    #expect(phrases(text) == expected)
  }

  @Test func `bare digits between spaces are labels`() {
    withKnownIssue {
      #expect(phrases("条件：1 认定为中心 2 人员30人以上") == ["条件", "认定为中心", "人员30人以上"])
    }
  }

  @Test(arguments: [
    "对企业给予一次性奖\n励20万元，最高不超过十\n万元。", "（责任单位：市商务局、市财\n政局）",
  ])
  func `a line break of the page joins`(_ text: String) {
    #expect(!marked(text).text.scalars.contains("\n"))
  }

  @Test(arguments: ["支持对象：甲\n支持标准：乙", "一句。\n二句", "| 甲 |\n| 乙 |", "对甲：\n1.乙"])
  func `a line break of the writer parts`(_ text: String) {
    #expect(marked(text).text.scalars.contains("\n"))
  }

  @Test func `phrases, stops and labels tile the clause`() {
    let clause = marked("对甲，（1）乙；2.丙：给予5万元。另有丁(戊，己)")
    var end = 0
    for phrase in SentenceCutter.phrases(of: clause) {
      #expect(phrase.range.lowerBound >= end)
      for index in end..<phrase.range.lowerBound {
        #expect(!clause.text[index].isHan)
      }
      end = phrase.range.upperBound
    }
  }
}
