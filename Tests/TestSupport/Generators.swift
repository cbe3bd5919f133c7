internal import Foundation

/// A random number generator with a seed, so that a failure can be run again.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts from `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next number (SplitMix64).
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The seeds of a run: `PROPERTY_SEED` alone, or as many as asked for.
public func seeds(_ count: Int) -> [UInt64] {
  if let text = ProcessInfo.processInfo.environment["PROPERTY_SEED"], let seed = UInt64(text) {
    return [seed]
  }
  return (0..<UInt64(count)).map { $0 &* 7_919 &+ 11 }
}

/// Texts made of the signs that notices are made of, in any order.
public struct NoticeGenerator {
  private static let pieces = [
    "第一条", "第二条　", "第十二条 ", "第一章　总则", "第三节", "一、", "二、", "三、", "十一、", "（一）", "(二)", "（三）", "( 四 )",
    "1.", "2.", "3、", "10．", "（1）", "(2)", "1)", "①", "②", "一是", "二是", "三是", "一要", "附件：", "附件1",
    "附件",
    "〔2024〕12号", "澜政办发[2023] 5 号", "《关于印发〈办法〉的通知》", "《", "》", "“", "”", "（", "）", "。", "；", "：",
    "，", "、", "\n",
    "\n\n", "　　", " ", "\t", "\u{A0}", "\u{200B}", "\r\n", "**", "# ", "- ", "责任单位：市财政局、市科技局",
    "（牵头单位：市发展改革委；配合单位：各区县）",
    "由市工业和信息化局负责", "2024年3月1日", "二〇二三年十二月三十一日", "自印发之日起施行", "有效期2年", "澜川市人民政府办公室", "关于支持企业发展的若干措施",
    "各县（市、区）人民政府：", "给予一次性奖励20万元", "目录", "— 2 —", "当前位置：首页 > 政策", "发布时间：2024-01-02", "以下简称“措施”",
    "是指",
    "本办法所称企业", "企业", "资金", "支持", "ꎬ", "ꎮ", "𠀀", "😀", "e\u{301}", "専", "專精特新", "0", "9", "2.5亿元",
    "第三条规定", "前款",
  ]

  /// A text of about so many pieces.
  public static func text(pieces count: Int, using generator: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<count { text += pieces.randomElement(using: &generator) ?? "" }
    return text
  }

  /// `text` damaged: cut short, a line left out, a line doubled.
  public static func damaged(_ text: String, using generator: inout SeededGenerator) -> String {
    var lines = text.components(separatedBy: "\n")
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !lines.isEmpty {
      let index = Int.random(in: 0..<lines.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: lines.remove(at: index)
      case 1: lines.insert(lines[index], at: index)
      case 2: lines[index] = String(lines[index].prefix(lines[index].count / 2))
      default: lines = Array(lines.prefix(index))
      }
    }
    return lines.joined(separator: "\n")
  }
}
