import PolicyText
import PolicyVocabulary

/// The name of a rule; every value that is read names the rule that read it.
package enum RuleName: String, Hashable, Sendable, CaseIterable {
  // Conditions
  /// 营业收入2000万元以上
  case threshold
  /// 营业收入增长10%以上
  case growth
  /// 成立满三年
  case age
  /// 在澜川市注册
  case place
  /// 规模以上工业企业
  case subject
  /// 省级企业技术中心
  case honour
  /// 排名前10
  case rank
  /// 未被列入失信名单
  case record
  /// 已享受同类补助
  case received
  /// 经省科技厅认定
  case recognised
  /// 自2024年7月1日起
  case time
  /// Words that no other rule explains
  case statement
  // Awards
  /// 给予20万元
  case amount
  /// 按投资额的8%
  case rate
  /// 最高300万元
  case cap
  /// 每增加100万元
  case increment
  /// 免征
  case relief
  /// 优先推荐
  case service
  /// 一事一议
  case negotiated
  // Fillers
  /// 为鼓励创新
  case purpose
  /// 所需资金由…承担
  case payer
  /// 就高不重复
  case exclusivity
  /// 由市财政局拨付
  case procedure
  /// 申报条件：
  case heading
}

/// What a rule makes of a stretch of words.
package struct Reading: Sendable {
  /// What was read.
  package enum Value: Sendable {
    /// Conditions that all hold. Those of a list (国家级、省级; 1亿元、5亿元) are one `alternatives`.
    case condition([Leaf])
    /// A part of an award.
    case award(AwardPart)
    /// Words without weight of their own.
    case filler
  }

  /// The rule.
  package let rule: RuleName
  /// The words it rests on.
  package let range: Range<Int>
  /// What it says.
  package let value: Value
  /// How well it explains them: the words covered, and how specific the rule is.
  package let score: Int
}

/// A condition as a rule reads it, before it is known whether its list pairs with a list of sums.
package struct Leaf: Hashable, Sendable {
  /// The condition, its list taken as one.
  package var criteria: [Criterion]
  /// The members of the list, where there is one of two or more: 1亿元、5亿元 are two steps.
  package var members: [[Criterion]] = []
  /// How a criterion list is joined: an alternative of nouns, else all.
  package var isAlternative = false
  /// Whether the words deny it: 未享受.
  package var isDenied = false
}

/// A part of an award as a rule reads it.
package struct AwardPart: Sendable {
  /// What is given or limited.
  package enum Kind: Sendable {
    /// Sums, rates, sums for a unit: a list where 分别 pairs them
    case amounts([Formula])
    /// Upper limits: a list where 分别 pairs them
    case caps([Formula.Cap])
  }

  /// What is given or limited.
  package var kind: Kind
  /// Its words.
  package var range: Range<Int>
  /// Whether 分别 pairs its list.
  package var isDistributed = false
  /// Whether it adds to the part before: 再, 另, 并.
  package var isAdditive = false
  /// Whether its unit or its words say 每年.
  package var rule: RuleName
}

/// A rule of the grammar.
protocol ReadingRule: Sendable {
  /// Its name.
  var name: RuleName { get }
  /// What it reads in one phrase.
  ///
  /// - Complexity: O(length of the phrase).
  func readings(in phrase: Phrase, of clause: MarkedClause) -> [Reading]
}
