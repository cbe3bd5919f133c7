import PolicyInterpreter
import PolicyParser
import PolicyText
import TestSupport
import Testing

/// The supports of one sentence in a document that grants, in short form.
private func supports(_ sentence: String) -> [String] {
  let text = "澜川市支持企业发展若干措施\n\n一、支持企业发展。\n\(sentence)\n二、支持人才。对引进的人才，给予一次性奖励1元。给予一次性奖励2元。\n"
  let interpretation = PolicyInterpreter.interpret(PolicyParser.parse(source(text)).value)
  return interpretation.items.filter { $0.clause == "1" }.flatMap(\.supports).map { support in
    switch support.kind {
    case .fixed(let money): "fixed \(money.yuan)"
    case .perUnit(let money, let unit): "each \(money.yuan) \(unit)"
    case .cap(let money, nil): "cap \(money.yuan)"
    case .cap(let money, let unit?): "cap \(money.yuan) \(unit)"
    case .rate(let rate, nil): "rate \(rate.percent)"
    case .rate(let rate, let least?): "rate \(least.percent)-\(rate.percent)"
    case .range(let low, let high): "range \(low.yuan)-\(high.yuan)"
    case .relief(nil): "relief"
    case .relief(let rate?): "relief \(rate.percent)"
    case .inKind: "in kind"
    case .negotiated: "negotiated"
    }
  }
}

@Suite struct SupportTests {
  @Test(
    arguments: [
      ("对首次通过认定的高新技术企业，给予一次性奖励20万元；对重新认定的，给予一次性奖励10万元。", ["fixed 200000.0", "fixed 100000.0"]),
      ("按照上年度研发投入的8%给予补助，单个企业每年最高不超过300万元。", ["rate 8.0", "cap 3000000.0"]),
      (
        "对新认定的国家级、省级、市级专精特新企业，分别给予50万元、30万元、10万元奖励。",
        ["fixed 500000.0", "fixed 300000.0", "fixed 100000.0"]
      ),
      (
        "年销售收入首次突破1000万元、5000万元、1亿元的，分别奖励5万元、15万元、40万元。",
        ["fixed 50000.0", "fixed 150000.0", "fixed 400000.0"]
      ),
      ("给予最高200万元支持。", ["cap 2000000.0"]),
      ("每招用1名高校毕业生补贴1000元，每户累计不超过3万元。", ["each 1000.0 名", "cap 30000.0"]),
      ("按每人每月500元给予社保补贴，期限不超过12个月。", ["each 500.0 人·月"]),
      ("对超出目标值部分，按20%给予支持，每年最高300万元。", ["rate 20.0", "cap 3000000.0"]),
      ("按实际贷款利息的50%给予贴息，每家最高30万元，期限不超过2年。", ["rate 50.0", "cap 300000.0"]),
      ("给予3万元至5万元资金支持。", ["range 30000.0-50000.0"]),
      ("取前10名，每家奖励10万元。", ["each 100000.0 家"]),
      ("减半征收城镇土地使用税。", ["relief 50.0"]),
      ("具体支持标准实行一事一议。", ["negotiated"]),
      ("年营业收入达到2000万元以上且增速不低于15%的企业，给予10万元奖励。", ["fixed 100000.0"]),
      ("设立规模10亿元的产业基金。", []),
      ("同一企业同一年度享受多项奖励的，按就高不重复原则执行。", []),
      ("奖励资金由市、区两级按5:5分担。", []),
      ("已列入严重失信名单的，不予支持。", []),
      ("对新获授权的发明专利，每件奖励5000元；实用新型每件奖励1000元。", ["each 5000.0 件", "each 1000.0 件"]),
      ("按0.1万元/户/年给予奖励。", ["each 1000.0 户·年"]),
      ("按1000元/人、5000元/人标准给予一次性奖励。", ["each 1000.0 人", "each 5000.0 人"]),
      ("给予一次性补助五十万元。", ["fixed 500000.0"]),
      ("给予最高10 0万元奖励。", ["cap 1000000.0"]),
      ("按固定资产投资额给予企业5%-20%奖励。", ["rate 5.0-20.0"]),
      ("对获得国家级、省级认定的，分别给予一次性奖励100万元和50万元。", ["fixed 1000000.0", "fixed 500000.0"]),
      ("给予租金50%的减免。", ["relief 50.0"]),
      ("免收2月份房租。", ["relief"]),
      ("对营业收入每新上一个十亿元台阶的企业，给予20万元奖励。", ["fixed 200000.0"]),
      ("已累计兑现惠企资金8.2亿元。", []),
      ("违反规定的，处1万元以上3万元以下罚款。", []),
      ("每年安排最高100万元经费支持平台建设。", []),
    ] as [(String, [String])])
  func `reads what a sentence gives`(sentence: String, expected: [String]) {
    #expect(supports(sentence) == expected, "\(sentence)")
  }

  @Test(arguments: seeds(80))
  func `any text gives items inside the text`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parsed = PolicyParser.parse(source(NoticeGenerator.text(pieces: 90, using: &generator)))
    let whole = parsed.value.source.text.range
    for item in PolicyInterpreter.interpret(parsed.value).items {
      #expect(whole.contains(item.range))
      for support in item.supports { #expect(item.range.contains(support.range)) }
      for words in item.audience { #expect(item.range.contains(words)) }
      for criterion in item.condition?.criteria ?? [] { #expect(whole.contains(criterion.range)) }
      for element in item.elements {
        for words in element.ranges { #expect(whole.contains(words)) }
      }
      #expect(!item.name.isEmpty)
    }
  }

  @Test func `money is exact`() {
    #expect(supports("给予一次性奖励0.3万元。") == ["fixed 3000.0"])
    #expect(supports("给予一次性奖励1,234,567元。") == ["fixed 1234567.0"])
    #expect(supports("给予一次性奖励12.5万元。") == ["fixed 125000.0"])
  }
}
