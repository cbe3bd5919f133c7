internal import PolicyText

/// Labels an item by its words and by the form of its support (政策标签).
struct Classifier {
  let text: MatchText

  private static let themes: [Tag.Axis: WordSet<String>] = {
    var words: [Tag.Axis: [(word: String, value: String)]] = [:]
    for fields in rows(of: "vocabulary/themes.tsv") where fields.count >= 3 {
      guard let axis = Tag.Axis(rawValue: fields[0]) else { continue }
      for word in fields[2].split(separator: "、") {
        words[axis, default: []].append((String(word), fields[1]))
      }
    }
    for fields in rows(of: "vocabulary/industries.tsv") where fields.count >= 3 {
      for word in [fields[1]] + fields[2].split(separator: "、").map(String.init) {
        words[.industry, default: []].append((word, fields[1]))
      }
    }
    return words.mapValues { WordSet($0) }
  }()

  private static let sizes = WordSet<String>([
    "规模以上": "规模以上 规上",
    "限额以上": "限额以上 限上",
    "规模以下": "规模以下",
    "中小微": "中小微",
    "小微": "小微企业 小型微型",
    "中小": "中小企业",
    "大型": "大型企业",
    "中型": "中型企业",
    "小型": "小型企业",
    "微型": "微型企业",
    "个体工商户": "个体工商户",
  ])

  private static func rows(of path: String) -> [[String]] {
    embeddedText(path).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t").map(String.init)
    }
  }

  /// The labels of an item.
  ///
  /// `range` is the passage that grants it, `heading` the heading of its clause; `claim` is how it is claimed,
  /// where the text says so.
  ///
  /// - Complexity: O(*n*) in the length of the passage.
  func tags(
    of range: Range<Int>, heading: Range<Int>?, supports: [Support], claim: ClaimMode?,
    claimRange: ByteRange?
  ) -> [Tag] {
    var tags: [Tag] = []
    let places = [range] + (heading.map { [$0] } ?? [])
    func add(_ axis: Tag.Axis, _ words: WordSet<String>, most: Int = 3) {
      var found: [(value: String, range: Range<Int>)] = []
      for place in places {
        for match in words.all(in: text, place)
        where !found.contains(where: { $0.value == match.value }) {
          found.append((match.value, match.range))
        }
      }
      let confidence: Confidence = found.count == 1 ? .certain : .review
      for match in found.prefix(most) {
        tags.append(
          Tag(
            axis: axis, value: match.value, range: text.bytes(match.range), rule: .tagWords,
            confidence: confidence))
      }
    }
    for axis in [Tag.Axis.kind, .field, .subject, .industry] {
      if let words = Self.themes[axis] { add(axis, words) }
    }
    add(.size, Self.sizes)
    for (value, range) in forms(of: range, supports) {
      tags.append(
        Tag(axis: .form, value: value, range: range, rule: .supportForms, confidence: .certain))
    }
    tags.append(category(of: supports))
    tags.append(
      Tag(
        axis: .claim, value: (claim ?? .application).name, range: claimRange,
        rule: claimRange == nil ? .silent : .claimWords,
        confidence: claimRange == nil ? .absent : .certain))
    return tags.filter { $0.confidence != .absent }
  }

  private static let nouns = WordSet<String>([
    "贴息": "贴息",
    "风险补偿": "风险补偿",
    "担保费补贴": "担保费",
    "奖励": "奖励 奖金",
    "补贴": "补贴",
    "补助": "补助",
    "资助": "资助",
    "配套": "配套",
    "奖补": "奖补",
    "返还": "返还",
    "股权投资": "股权投资",
    "要素保障": "无偿划拨",
    "租金优惠": "租金",
  ])

  private func forms(of range: Range<Int>, _ supports: [Support]) -> [(String, ByteRange?)] {
    var forms: [(String, ByteRange?)] = []
    func add(_ value: String, _ range: ByteRange?) {
      if !forms.contains(where: { $0.0 == value }) { forms.append((value, range)) }
    }
    var givesMoney = false
    for support in supports {
      switch support.kind {
      case .relief: add("减免缓", support.range)
      case .inKind: add("服务与权益", support.range)
      case .negotiated: add("一事一议", support.range)
      default: givesMoney = true
      }
    }
    if givesMoney || supports.isEmpty {
      for match in Self.nouns.all(in: text, range).prefix(6) where match.value != "租金优惠" {
        add(match.value, text.bytes(match.range))
      }
    }
    return Array(forms.prefix(3))
  }

  /// 减免类、奖补类、权益类、资质类 by what is given.
  private func category(of supports: [Support]) -> Tag {
    let isRelief = supports.contains { if case .relief = $0.kind { true } else { false } }
    let isMoney = supports.contains {
      switch $0.kind {
      case .relief, .inKind, .negotiated: false
      default: true
      }
    }
    let isRight = supports.contains { $0.kind == .inKind }
    let value = isMoney ? "奖补类" : isRelief ? "减免类" : isRight ? "权益类" : "奖补类"
    return Tag(
      axis: .category, value: value, range: nil, rule: .supportForms,
      confidence: [isMoney, isRelief, isRight].count { $0 } == 1 ? .certain : .review)
  }
}
