internal import PolicyText

/// What a question asks of its object (所问): how much, on which conditions, by when, where.
public enum Aspect: String, Hashable, Sendable, CaseIterable {
  /// 电话
  case phone
  /// 网址
  case url
  /// 地址: a street and a number
  case address
  /// 办公时间
  case hours
  /// 在哪里办: a window, a hall, a platform
  case place
  /// 金额
  case amount
  /// 资金总额: how much there is in all
  case budget
  /// 门槛数额: from which size on
  case threshold
  /// 比例、利率
  case rate
  /// 数量、名额
  case count
  /// 时限、期限
  case limit
  /// 申报时间
  case window
  /// 有效期
  case validity
  /// 材料
  case material
  /// 部门
  case department
  /// 流程
  case process
  /// 条件
  case condition
  /// 对象
  case audience
  /// 定义、范围
  case definition
  /// 是否
  case whether

  /// The Chinese name, as pages show it.
  public var name: String {
    switch self {
    case .phone: "电话"
    case .url: "网址"
    case .address: "地址"
    case .hours: "办公时间"
    case .place: "办理地点"
    case .amount: "金额"
    case .threshold: "数额界限"
    case .rate: "比例"
    case .count: "数量"
    case .limit: "时限"
    case .window: "申报时间"
    case .validity: "有效期"
    case .material: "材料"
    case .department: "部门"
    case .budget: "资金总额"
    case .process: "流程"
    case .condition: "条件"
    case .audience: "对象"
    case .definition: "含义"
    case .whether: "能否"
    }
  }
}

/// The words by which questions ask, with what they ask for.
struct AspectVocabulary: Sendable {
  /// What the words of one cue stand for.
  struct Cue: Sendable {
    var aspect: Aspect
  }

  /// Finds the cues.
  let words: WordSet<Aspect>
  /// The aspects whose answer must show the thing itself.
  let strict: Set<Aspect>

  /// The vocabulary that travels with the program.
  static let standard = AspectVocabulary(parsing: embeddedText("vocabulary/questions.tsv"))

  /// Reads a table: aspect, strict or open, words joined by 、.
  init(parsing file: String) {
    var pairs: [(word: String, value: Aspect)] = []
    var strict: Set<Aspect> = []
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t")
      guard columns.count == 3, let aspect = Aspect(rawValue: String(columns[0])) else { continue }
      if columns[1] == "strict" { strict.insert(aspect) }
      for word in columns[2].split(separator: "、") {
        pairs.append((String(word), aspect))
        // As it is said: 啥 for 什么, 咋 for 怎么.
        let said = word.replacing("什么", with: "啥").replacing("怎么", with: "咋")
        if said != word { pairs.append((String(said), aspect)) }
      }
    }
    words = WordSet(pairs)
    self.strict = strict
  }
}
