internal import PolicyText

/// Reads sentences on exclusivity: 就高不重复, 不重复享受, 补足差额, 可叠加.
struct ExclusivityReader {
  let text: MatchText

  private static let effects = WordSet<ExclusivityRule.Effect>([
    .highest: """
    就高不重复 就高不就低 从高不重复 就高原则 从高原则 就高执行 就高享受 就高 从高 \
    从优不重复 择优不重复 按最高标准执行 取最高 按最高 最高一项 最高的一项 最高一级 最高额 孰高 择高
    """,
    .once: """
    不重复 不得重复 不能重复 不可重复 不予重复 只能申请一次 只能享受一次 只能选择 不叠加 \
    不可同时享受 只能申报 不可叠加 不得叠加 不能叠加 只享受一次 仅限享受一次 不再重复 不同时享受 不得同时享受 \
    不能同时享受 仅能享受 只能享受 择一 不得兼得 不得多头 不累计 不交叉
    """,
    .difference: "差额补足 补足差额 差额部分 按差额 补差 差额奖励 给予差额 差额补助 补齐差额 差额予以",
    .stackable: "可叠加 可以累加 叠加享受 可以叠加 可同时享受 可累加 可重复享受 可以同时享受 可累计享受",
  ])
  private static let scopes = WordSet<ExclusivityRule.Scope>([
    .firm: """
    同一企业 同一家企业 同一单位 同一申报主体 同一主体 同一法人 企业同时 同一申请人 \
    同一申报单位 同一市场主体 同一经营主体 单个企业 每家企业 同一人 同一个企业 同一机构
    """,
    .project: "同一项目 同一产品 同一建设项目 同一个项目 单个项目 同类项目 项目",
    .matter: """
    同一事项 同类政策 同类事项 同类 同一内容 同一类型 同一奖项 同一事由 同一产品 同一性质 \
    相同事项 同类型 同一条款 同一荣誉 同一奖励 同一政策
    """,
    .year: "同一年度 同一年 当年度 每年度 年度内 同年",
  ])
  private static let talk = WordSet(
    """
    奖 补 政策 享受 资金 扶持 支持 资助 待遇 申报 申请 优惠 项目 叠加 差额 条款 执行 补贴
    贴息
    """)
  private static let others = WordSet(
    """
    重复建设 重复提交 重复检查 重复报送 重复填报 重复录入 重复投资 重复采集 重复培训
    不重复录入 不重复提交 不得重复抽查 重复计算 从高质量 从高到低 从高标准
    """)

  /// The rule that a sentence states, or nil where it states none.
  func rule(in sentence: Range<Int>, clause: String) -> ExclusivityRule? {
    guard !Self.others.isIn(text, sentence), Self.talk.isIn(text, sentence) else { return nil }
    let matches = Self.effects.all(in: text, sentence).map(\.value)
    guard let effect = Self.strongest.first(where: matches.contains) else { return nil }
    if effect == .highest, !matches.contains(.once), !isMarkedHighest(sentence) { return nil }
    let found = Set(Self.scopes.all(in: text, sentence).map(\.value))
    return ExclusivityRule(
      effect: effect, scopes: ExclusivityRule.Scope.allCases.filter(found.contains), clause: clause,
      range: text.bytes(sentence))
  }

  private static let strongest: [ExclusivityRule.Effect] = [
    .difference, .highest, .stackable, .once,
  ]

  /// 就高 alone also stands in 就高质量: the words of the rule have to be whole.
  private func isMarkedHighest(_ sentence: Range<Int>) -> Bool {
    text.contains(
      [
        "就高不", "从高不", "从优不", "择优不重", "就高原则", "从高原则", "按最高", "取最高", "就高享受", "就高执行", "最高一项", "就高予",
        "就高给", "就高奖", "就高补", "择高", "孰高", "最高额", "从高",
      ],
      in: sentence)
  }
}
