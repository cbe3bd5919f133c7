internal import PolicyText

/// Automatic numbering of a Word document (自动编号): the label that a reader sees before each paragraph.
///
/// Source: ECMA-376 part 1, 17.9 (numbering), 17.18.59 (formats of numbers).
struct DocxNumbering {
  /// One level of a list.
  private struct Level {
    var start = 1
    var format = "decimal"
    var text = ""
    var suffix = "tab"
    /// After which level it starts again; nil: after any higher one.
    var restartsAfter: Int?
    var isLegal = false
    var style: String?
  }

  private var lists: [String: [Int: Level]] = [:]
  /// The list of each number, and what it overrides.
  private var numbers: [String: (list: String, levels: [Int: Level], starts: [Int: Int])] = [:]
  private var styleLinks: [String: String] = [:]
  private var counters: [String: [Int: Int]] = [:]
  private var used: Set<String> = []

  /// Reads `numbering.xml`.
  init(_ root: XMLElement?) {
    guard let root else { return }
    for list in root.children("abstractNum") {
      guard let id = list["abstractNumId"] else { continue }
      var levels: [Int: Level] = [:]
      for level in list.children("lvl") {
        if let index = level["ilvl"].flatMap({ Int($0) }) { levels[index] = Self.level(level) }
      }
      lists[id] = levels
      if let style = list.child("styleLink")?["val"] { styleLinks[style] = id }
    }
    // A list that only points to the list of a style.
    for list in root.children("abstractNum") {
      if let id = list["abstractNumId"], let style = list.child("numStyleLink")?["val"],
        let target = styleLinks[style], let levels = lists[target]
      {
        lists[id] = levels
      }
    }
    for number in root.children("num") {
      guard let id = number["numId"], let list = number.child("abstractNumId")?["val"] else {
        continue
      }
      var levels: [Int: Level] = [:]
      var starts: [Int: Int] = [:]
      for override in number.children("lvlOverride") {
        guard let index = override["ilvl"].flatMap({ Int($0) }) else { continue }
        if let level = override.child("lvl") { levels[index] = Self.level(level) }
        if let start = override.child("startOverride")?["val"].flatMap({ Int($0) }) {
          starts[index] = start
        }
      }
      numbers[id] = (list, levels, starts)
    }
  }

  private static func level(_ element: XMLElement) -> Level {
    var level = Level()
    level.start = element.child("start")?["val"].flatMap { Int($0) } ?? 0
    if let format = element.descendant("numFmt")?["val"] { level.format = format }
    // Word takes no more than 255 characters.
    level.text = String((element.child("lvlText")?["val"] ?? "").prefix(255))
    // Rich text made by LibreOffice has a question mark for 、 after a number.
    if level.format != "decimal", level.text.hasPrefix("%"), level.text.hasSuffix("?"),
      level.text.count == 3
    {
      level.text = level.text.dropLast() + "、"
    }
    level.suffix = element.child("suff")?["val"] ?? "tab"
    level.restartsAfter = element.child("lvlRestart")?["val"].flatMap { Int($0) }
    if let legal = element.child("isLgl") { level.isLegal = (legal["val"] ?? "1") != "0" }
    level.style = element.child("pStyle")?["val"]
    return level
  }

  /// The level that a paragraph style stands for in a list.
  func level(ofStyle style: String, number: String) -> Int? {
    guard let entry = numbers[number] else { return nil }
    return lists[entry.list]?.first { $0.value.style == style }?.key
  }

  /// Counts one more paragraph and returns its label with what parts it from the words; empty for none.
  mutating func label(number: String, level index: Int) -> String {
    guard let entry = numbers[number], (0...8).contains(index),
      let level = entry.levels[index] ?? lists[entry.list]?[index]
    else { return "" }
    func at(_ index: Int) -> Level? { entry.levels[index] ?? lists[entry.list]?[index] }
    var counts = counters[entry.list] ?? [:]
    if used.insert(number).inserted {
      for (index, start) in entry.starts { counts[index] = start - 1 }
    }
    counts[index] = (counts[index] ?? (level.start - 1)) + 1
    for lower in (index + 1)..<max(index + 1, 9) {
      guard let below = at(lower) else { continue }
      if let after = below.restartsAfter, after == 0 || index >= after { continue }
      counts[lower] = nil
    }
    counters[entry.list] = counts
    if level.format == "bullet" || level.format == "none" && !level.text.contains("%") {
      return level.format == "bullet" ? "● " : ""
    }
    var label = ""
    var isReference = false
    for character in level.text {
      if isReference, let digit = character.wholeNumberValue, digit >= 1, digit <= 9 {
        let place = digit - 1
        let format = level.isLegal ? "decimal" : at(place)?.format ?? "decimal"
        label += Self.number(counts[place] ?? at(place)?.start ?? 1, format)
        isReference = false
      } else if character == "%" {
        isReference = true
      } else {
        label.append(character)
      }
    }
    guard let last = label.last else { return "" }
    if level.suffix == "nothing" || "、．。）】：]”".contains(last) { return label }
    return label + " "
  }

  // MARK: Numbers

  private static let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
  private static let capitals = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

  /// A number as a format shows it (`ST_NumberFormat`).
  static func number(_ value: Int, _ format: String) -> String {
    switch format {
    case "decimal", "": return "\(value)"
    case "none": return ""
    case "decimalZero": return value < 10 ? "0\(value)" : "\(value)"
    case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting",
      "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting":
      return counting(value, digits, ["", "十", "百", "千"])
    case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal":
      return counting(value, capitals, ["", "拾", "佰", "仟"])
    case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
      return "\(value)".map { $0.wholeNumberValue.map { digits[$0] } ?? String($0) }.joined()
    case "ideographTraditional": return pick("甲乙丙丁戊己庚辛壬癸", value)
    case "ideographZodiac": return pick("子丑寅卯辰巳午未申酉戌亥", value)
    case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
      return scalar(0x2460, value, 20) ?? scalar(0x3251 - 20, value, 35) ?? "\(value)"
    case "decimalEnclosedParen": return scalar(0x2474, value, 20) ?? "(\(value))"
    case "decimalEnclosedFullstop": return scalar(0x2488, value, 20) ?? "\(value)."
    case "ideographEnclosedCircle": return scalar(0x3280, value, 10) ?? "\(value)"
    case "decimalFullWidth", "decimalFullWidth2":
      return "\(value)".map { character in
        scalar(0xFF10, (character.wholeNumberValue ?? 0) + 1, 10) ?? String(character)
      }.joined()
    case "upperLetter": return letters(value, "A")
    case "lowerLetter": return letters(value, "a")
    case "upperRoman": return roman(value)
    case "lowerRoman": return roman(value).lowercased()
    default: return "\(value)"
    }
  }

  private static func scalar(_ before: UInt32, _ value: Int, _ limit: Int) -> String? {
    guard value >= 1, value <= limit else { return nil }
    return Unicode.Scalar(before + UInt32(value) - 1).map { String(Character($0)) }
  }

  private static func pick(_ signs: String, _ value: Int) -> String {
    guard value >= 1 else { return "\(value)" }
    return String(Array(signs)[(value - 1) % signs.count])
  }

  /// 一, 十, 十二, 二十, 一百零三: as Word counts up to 9999.
  private static func counting(_ value: Int, _ digits: [String], _ units: [String]) -> String {
    guard value > 0, value < 10_000 else { return value == 0 ? "〇" : "\(value)" }
    let places = "\(value)".compactMap(\.wholeNumberValue)
    var text = ""
    var hasGap = false
    for (index, digit) in places.enumerated() {
      if digit == 0 {
        hasGap = true
        continue
      }
      if hasGap, !text.isEmpty { text += "零" }
      hasGap = false
      let unit = units[places.count - 1 - index]
      // 十二, not 一十二.
      text += digit == 1 && unit == "十" && text.isEmpty ? unit : digits[digit] + unit
    }
    return text
  }

  private static func letters(_ value: Int, _ first: Unicode.Scalar) -> String {
    guard value >= 1, value <= 780,
      let letter = Unicode.Scalar(first.value + UInt32((value - 1) % 26))
    else { return "\(value)" }
    return String(repeating: Character(letter), count: (value - 1) / 26 + 1)
  }

  private static func roman(_ value: Int) -> String {
    guard value >= 1, value < 4_000 else { return "\(value)" }
    let signs: [(Int, String)] = [
      (1_000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
      (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    var left = value
    var text = ""
    for (size, sign) in signs {
      while left >= size {
        text += sign
        left -= size
      }
    }
    return text
  }
}
