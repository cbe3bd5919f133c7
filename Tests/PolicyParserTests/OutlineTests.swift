import PolicyParser
import PolicyText
import TestSupport
import Testing

/// The outline as indented labels, two spaces a level.
private func outline(_ text: String) -> [String] {
  var lines: [String] = []
  func walk(_ clauses: [Clause], depth: Int) {
    for clause in clauses {
      let label =
        clause.kind == .part
        ? "【\(clause.heading.map { SourceText(text)[$0] } ?? "")】" : clause.label
      lines.append(String(repeating: "  ", count: depth) + label)
      walk(clause.children, depth: depth + 1)
    }
  }
  walk(PolicyParser.parse(source(text)).value.outline, depth: 0)
  return lines
}

@Suite struct OutlineTests {
  @Test func `nests the four levels of ordinary documents`() {
    let text = "一、目标\n（一）任务。内容。\n1.甲\n（1）乙\n（2）丙\n2.丁\n（二）任务。内容。\n二、保障"
    #expect(
      outline(text) == ["一、", "  （一）", "    1.", "      （1）", "      （2）", "    2.", "  （二）", "二、"])
  }

  @Test func `numbers that run on stay on their level under a new parent`() {
    let text = "一、甲\n1.子。\n2.丑。\n二、乙\n3.寅。\n4.卯。"
    #expect(outline(text) == ["一、", "  1.", "  2.", "二、", "  3.", "  4."])
  }

  @Test func `the level of a style comes from the document, not from a table`() {
    let text = "一、总则\n第一条 甲。\n第二条 乙。\n二、附则\n第三条 丙。"
    #expect(outline(text) == ["一、", "  第一条", "  第二条", "二、", "  第三条"])
  }

  @Test func `half and full width are one level`() {
    #expect(outline("（一）甲。\n(二)乙。\n（三）丙。") == ["（一）", "(二)", "（三）"])
  }

  @Test func `reads text that lost its line breaks`() {
    let filler = "对符合条件的企业给予支持，具体办法由主管部门另行制定并向社会公布，接受各方监督，确保公平公正公开。"
    let text =
      "为促进发展，制定本措施。一、支持创新（一）鼓励研发。\(filler)（二）鼓励转化。\(filler)二、支持融资（三）贷款贴息。\(filler)"
      + "（四）担保降费。\(filler)三、附则（五）本措施自发布之日起施行。"
    #expect(
      outline(text) == ["一、", "  （一）", "  （二）", "二、", "  （三）", "  （四）", "三、", "  （五）"])
  }

  @Test func `lists inside a sentence are enumerations`() {
    let text = "澜川市推进改革。一是全面归集政策。二是精准推送。三是按时兑现。\n松陵市优化服务。一是建平台。二是强服务。"
    #expect(outline(text) == ["一是", "二是", "三是", "一是", "二是"])
    let kinds = PolicyParser.parse(source(text)).value.outline.map(\.kind)
    #expect(kinds.allSatisfy { $0 == .enumeration })
  }

  @Test func `references to articles are no labels`() {
    let text = "第一条 甲。\n第二条 依照本办法第一条规定，按第三条第二款办理。\n第三条 丙。"
    #expect(outline(text) == ["第一条", "第二条", "第三条"])
  }

  @Test(arguments: [
    "投资1.5亿元以上，分一、二、三类。", "2024.3.1前报送；比例为3.5%。", "符合第（一）项、第（二）项的。", "详见附件1、2。",
  ])
  func `figures and quotations are no labels`(text: String) {
    #expect(outline(text).isEmpty)
  }

  @Test func `a second document in the file is a part`() {
    let text = """
      关于印发《甲实施意见》《乙十条措施》的通知

      各有关单位：
      现印发给你们。

      甲实施意见

      一、任务
      内容。
      二、保障
      内容。

      乙十条措施

      一、支持
      内容。
      二、服务
      内容。
      """
    #expect(outline(text) == ["一、", "二、", "【乙十条措施】", "  一、", "  二、"])
  }

  @Test func `a list of enclosures is no clause`() {
    #expect(outline("一、甲。\n二、乙。\n附件：1.申请表\n2.汇总表\n3.承诺书") == ["一、", "二、"])
  }

  @Test func `a table of contents is no clause`() {
    let text = "目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    #expect(outline(text) == ["第一章", "  第一条", "第二章", "  第二条"])
  }

  @Test func `articles inserted later keep their branch`() {
    #expect(outline("第三条 甲。\n第三条之一 乙。\n第四条 丙。") == ["第三条", "第三条之一", "第四条"])
  }

  @Test func `a sentence that a page break cuts stays in its clause`() {
    let text = "一、甲\n要建立健全政策的发布和解读机制，切实提高政策的知晓度和透\n\n— 2 —\n\n明度，方便企业。\n二、乙\n内容。"
    let clauses = PolicyParser.parse(source(text)).value.outline
    #expect(clauses.count == 2)
    #expect(SourceText(text)[clauses[0].range].hasSuffix("方便企业。"))
  }

  @Test func `gaps and repeats are reported`() {
    let codes = PolicyParser.parse(source("一、甲。\n三、乙。\n三、丙。")).diagnostics.map(\.code)
    #expect(codes.contains(.numberingGap) && codes.contains(.numberingRepeat))
  }

  @Test func `the same body printed twice is parsed once`() {
    let body = "一、支持企业创新发展，给予资金支持和政策保障。\n二、支持企业融资发展，给予贴息支持和担保服务。\n三、支持企业人才引进，给予补贴支持和生活保障。\n"
    let parsed = PolicyParser.parse(source(body + body))
    #expect(parsed.value.outline.count == 3)
    #expect(parsed.diagnostics.contains { $0.code == .repeatedBody })
  }
}

@Suite struct ResponsibleUnitsTests {
  private func units(_ words: String) -> ResponsibleUnits {
    PolicyParser.parse(source("一、任务\n\(words)")).value.outline.first?.units ?? ResponsibleUnits()
  }

  @Test func `reads labels by role`() {
    let units = units("做好服务。（牵头单位：市发改委；责任单位：市财政局、市科技局，各区县）")
    #expect(units.lead.map(\.name) == ["市发改委"])
    #expect(units.responsible.map(\.name) == ["市财政局", "市科技局", "各区县"])
  }

  @Test func `leaves out what stands for others`() {
    #expect(units("（责任单位:市水务局等行业管理部门)").responsible.map(\.name) == ["市水务局"])
  }

  @Test func `keeps brackets and quotes inside a name`() {
    #expect(
      units("（责任单位：市直各部门（单位）、市“一次办成”改革领导小组办公室）").responsible.map(\.name)
        == ["市直各部门（单位）", "市“一次办成”改革领导小组办公室"])
  }

  @Test func `reads verbs in brackets`() {
    let units = units("推进改革。（市商务局牵头，市财政局、市税务局配合）")
    #expect(units.lead.map(\.name) == ["市商务局"])
    #expect(units.cooperating.map(\.name) == ["市财政局", "市税务局"])
  }

  @Test func `reads sentences where there is no label`() {
    #expect(units("由市科技局负责解释。").responsible.map(\.name) == ["市科技局"])
    #expect(units("市企业服务中心牵头负责平台运行。").lead.map(\.name) == ["市企业服务中心"])
    #expect(
      units("发展改革、财政、科技等部门要做好对接。").responsible.map(\.name) == ["发展改革", "财政", "科技"])
    #expect(units("企业负责人应当到场。").isEmpty)
  }
}
