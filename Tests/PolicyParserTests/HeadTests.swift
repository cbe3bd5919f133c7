import PolicyParser
import PolicyText
import TestSupport
import Testing

@Suite struct HeadTests {
  private static let notice = """
    云屏省澜川市人民政府文件

    澜政发〔2025〕7号

    澜川市人民政府
    关于印发《澜川市支持科技创新
    若干措施》的通知

    各县（区）人民政府，市直各部门：

    《澜川市支持科技创新若干措施》已经市政府常务会议审议通过，现印发给你们。

    澜川市人民政府
    2025年3月1日

    （此件公开发布）

    澜川市支持科技创新若干措施

    一、支持研发。给予补助。
    二、附则。本措施自印发之日起施行，有效期3年。

    澜川市人民政府办公室 2025年3月3日印发
    """

  @Test func `reads the parts of a notice`() {
    let head = PolicyParser.parse(source(Self.notice)).value.head
    #expect(head.title?.value == "澜川市人民政府关于印发《澜川市支持科技创新若干措施》的通知")
    #expect(head.payloadTitles.map(\.value) == ["澜川市支持科技创新若干措施"])
    #expect(head.documentNumber?.value.description == "澜政发〔2025〕7号")
    #expect(head.signedOn?.value.description == "2025-03-01")
    #expect(head.printedOn?.value.description == "2025-03-03")
    #expect(head.effectiveFrom?.value.description == "2025-03-01")
    #expect(head.effectiveUntil?.value.description == "2028-02-29")
    #expect(head.publicity?.value == .public)
    #expect(head.level?.value == .city)
    #expect(head.addressees != nil)
  }

  @Test(arguments: [
    ("澜政发〔2025〕7号", "澜政发〔2025〕7号"), ("澜政发[2025]7号", "澜政发〔2025〕7号"),
    ("澜政发【2025】 7 号", "澜政发〔2025〕7号"), ("澜政发（2025）第7号", "澜政发〔2025〕7号"),
    ("澜政发［２０２５］７号", "澜政发〔2025〕7号"),
  ])
  func `reads a number in any brackets`(written: String, value: String) {
    let head = PolicyParser.parse(source("关于支持企业发展的若干措施\n\(written)\n\n一、支持。")).value.head
    #expect(head.documentNumber?.value.description == value)
  }

  @Test func `a number that is cited is not the document's own`() {
    let text = "关于支持企业发展的若干措施\n根据《上级办法》（云政发〔2022〕3号），制定本措施。\n一、支持。"
    #expect(PolicyParser.parse(source(text)).value.head.documentNumber == nil)
  }

  @Test func `joint issue gives all issuers`() {
    let text = "关于支持企业发展的通知\n\n各单位：\n请执行。\n\n澜川市科技局\n澜川市财政局\n澜川市税务局\n2024年5月1日\n\n一、支持。"
    #expect(
      PolicyParser.parse(source(text)).value.head.issuers.map(\.value) == [
        "澜川市科技局", "澜川市财政局", "澜川市税务局",
      ])
  }

  @Test(
    arguments: [
      ("本措施自2022年12月18日起施行，有效期2年。", "2022-12-18", "2024-12-17"),
      ("本措施自2025年8月1日起施行，有效期至2030年7月31日。", "2025-08-01", "2030-07-31"),
      ("本措施自2025年8月\n1日起施行，有效期至2030年7\n月31日。", "2025-08-01", "2030-07-31"),
      ("本政策有效期自2024年1月1日至2026年12月31日。", nil, "2026-12-31"),
      ("本办法自发布之日起30日后施行。", "2024-05-31", nil),
      ("自本措施发布之日起1个月内制定具体方案。", nil, nil),
      ("从2022年起，凡新制定的政策均需明确。", nil, nil),
      ("本政策执行期暂定为自发布之日起三个月。", "2024-05-01", "2024-07-31"),
    ] as [(String, String?, String?)])
  func `reads since when and until when`(sentence: String, from: String?, until: String?) {
    let text = "关于支持企业发展的若干措施\n\n澜川市科技局\n2024年5月1日\n\n一、支持。\n\(sentence)"
    let head = PolicyParser.parse(source(text)).value.head
    #expect(head.effectiveFrom?.value.description == from)
    #expect(head.effectiveUntil?.value.description == until)
  }

  @Test(
    arguments: [
      ("山东省人民政府办公厅", GovernmentLevel.province, "山东省"), ("昆明市五华区政务服务管理局", .county, "云南省昆明市五华区"),
      ("国务院办公厅", .national, nil), ("澜川市临溪区人民政府", .county, "澜川市临溪区"),
      ("义乌市人民政府", .county, "浙江省金华市义乌市"),
      ("工业和信息化部", .national, nil),
    ] as [(String, GovernmentLevel, String?)])
  func `finds level and region of an issuer`(name: String, level: GovernmentLevel, region: String?)
  {
    let head = PolicyParser.parse(
      source("关于支持企业发展的通知\n\n请执行。\n\n\(name)\n2024年5月1日\n\n一、支持。")
    ).value.head
    #expect(head.level?.value == level)
    #expect(head.region?.value == region)
  }
}

@Suite struct CalendarDayTests {
  @Test func `a term ends on the day before`() throws {
    let start = try #require(CalendarDay("2022-12-18"))
    #expect(start.end(ofMonths: 24).description == "2024-12-17")
    let leap = try #require(CalendarDay("2024-02-29"))
    #expect(leap.end(ofMonths: 12).description == "2025-02-27")
  }

  @Test func `the day after the day before is the day`() throws {
    var day = try #require(CalendarDay("1999-12-28"))
    for _ in 0..<2_000 {
      #expect(day.next.previous == day)
      #expect(day < day.next)
      day = day.next
    }
  }

  @Test func `days that do not exist are refused`() {
    #expect(CalendarDay("2023-02-29") == nil && CalendarDay("2024-13-01") == nil)
  }
}

@Suite struct CitationTests {
  @Test func `reads nested titles with their numbers`() {
    let text = "根据《省政府关于印发〈若干措施〉的通知》（云政办发〔2022〕52号）和《优化条例》，制定本方案。"
    let references = PolicyParser.parse(source(text)).value.references
    #expect(references.count == 2)
    guard case .document(let title, let number) = references[0].target else {
      Issue.record("no document")
      return
    }
    #expect(title == "省政府关于印发〈若干措施〉的通知")
    #expect(number?.description == "云政办发〔2022〕52号")
  }

  @Test func `resolves articles of the document itself`() {
    let text = "第一条 甲。\n第二条 依照本办法第一条办理，不适用第九条。"
    let targets = PolicyParser.parse(source(text)).value.references.map(\.target)
    #expect(targets == [.clause(id: "1"), .clause(id: nil)])
  }

  @Test func `reads short names and definitions`() {
    let text = "依托综合服务平台（以下简称“一点通”）办理。\n本办法所称小微企业，是指符合划型标准的企业。"
    let definitions = PolicyParser.parse(source(text)).value.definitions
    #expect(definitions.map(\.term) == ["一点通", "小微企业"])
    #expect(definitions.map(\.meaning) == ["综合服务平台", "符合划型标准的企业"])
  }
}
