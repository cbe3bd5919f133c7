internal import PolicyText

/// Finds level and region (政策级别、地区) of a document: from who issued it, else from the places it names.
struct PlaceReader {
  let text: MatchText
  let gazetteer: Gazetteer

  /// What a name says about level and place.
  struct Finding {
    var level: GovernmentLevel?
    /// Index in the gazetteer of the smallest division that it names.
    var place: Int?
    /// The path of names, with parts that no gazetteer has (临港地区, 澜川市).
    var path: String?
    var range: Range<Int>
  }

  private static let zones: [StaticString] = [
    "高新技术产业开发区", "经济技术开发区", "高新技术开发区", "经济开发区", "开发区", "高新区", "经开区", "新区", "地区",
    "片区", "示范区", "起步区", "功能区", "工业园区", "园区", "保税区", "合作区", "旅游度假区",
  ]

  /// Reads a body's name: 广州市天河区科技工业和信息化局 is of 广东省广州市天河区, a county-level body.
  ///
  /// The argument `hints`: places that the document names elsewhere, to tell namesakes apart.
  func place(ofName range: Range<Int>, hints: Set<Int>) -> Finding {
    var finding = Finding(range: range)
    var at = range.lowerBound
    for prefix in ["中共", "国家税务总局", "中国人民银行", "国家金融监督管理总局"] as [StaticString] {
      if let length = text.length(of: prefix, at: at) {
        at += length
        break
      }
    }
    if at == range.lowerBound, isNational(range) {
      finding.level = .national
      return finding
    }
    var path = ""
    var last: Int?
    while at < range.upperBound,
      let found = gazetteer.fullName(in: text, at: at, limit: range.upperBound),
      let place = choose(found.places, below: last, hints: hints)
    {
      last = place
      path = gazetteer.path(place)
      at += found.length
    }
    if last == nil, let found = gazetteer.anyName(in: text, at: at, limit: range.upperBound),
      let place = choose(found.places, below: nil, hints: hints),
      gazetteer.places[place].level <= .city || hints.contains(place)
    {
      last = place
      path = gazetteer.path(place)
      at += found.length
    }
    if let last { finding.level = gazetteer.places[last].level }
    readUnlisted(from: at, in: range, path: &path, level: &finding.level)
    finding.place = last
    finding.path = path.isEmpty ? nil : path
    return finding
  }

  /// Reads a title: the place that stands at its beginning, or soon after a year or 关于.
  func place(inTitle range: Range<Int>, hints: Set<Int>) -> Finding {
    for start in range.prefix(14)
    where gazetteer.fullName(in: text, at: start, limit: range.upperBound) != nil {
      return place(ofName: start..<range.upperBound, hints: hints)
    }
    return place(ofName: range, hints: hints)
  }

  /// Divisions that the gazetteer does not have: invented ones, new ones, development zones.
  private func readUnlisted(
    from start: Int, in range: Range<Int>, path: inout String, level: inout GovernmentLevel?
  ) {
    var at = start
    while at < range.upperBound {
      var found: (end: Int, level: GovernmentLevel)?
      for end in (at + 2)..<max(at + 2, min(at + 8, range.upperBound)) {
        guard (at...end).allSatisfy({ text[$0].isHan }) else { break }
        if let length = text.longest(of: Self.zones, at: end), end + length <= range.upperBound,
          !path.isEmpty
        {
          found = (end + length, .county)
          break
        }
        let next = end + 1
        guard next < range.upperBound else { break }
        if text.has("人民", at: end) || text.has("委员", at: end) || text.has("管理", at: end) { break }
        switch text[end] {
        case "省": found = (next, .province)
        case "市" where text[end + 1] != "场" && text[end + 1] != "容" && text[end + 1] != "政":
          found = (next, .city)
        case "区" where level == nil || (level ?? .county) < .county: found = (next, .county)
        case "县" where level == nil || (level ?? .county) < .county: found = (next, .county)
        default: continue
        }
        break
      }
      // 上半年全省, 今年以来全市: a time, no place.
      if let found, text.contains(["全省", "全市", "全区", "全县", "全国", "半年", "今年"], in: at..<found.end) {
        return
      }
      guard let found, level.map({ $0 < found.level }) ?? true else { return }
      path += text.key(at..<found.end)
      level = found.level
      at = found.end
    }
  }

  /// Whether the name is that of a body of the nation: 国务院, 工业和信息化部, 国家税务总局.
  private func isNational(_ range: Range<Int>) -> Bool {
    for prefix in [
      "国务院", "中共中央", "中央", "全国", "国家", "中华人民共和国", "最高人民", "中国人民银行", "海关总署",
    ] as [StaticString] where text.has(prefix, at: range.lowerBound) { return true }
    // 工业和信息化部等七部门
    let name = text.key(
      range.lowerBound..<(text.first("等", in: range)?.lowerBound ?? range.upperBound))
    let isMinistry =
      name.hasSuffix("部") || name.hasSuffix("部办公厅") || name.hasSuffix("总局")
      || name.hasSuffix("总局办公厅")
    return isMinistry && !name.hasSuffix("宣传部") && !name.hasSuffix("组织部")
      && !name.hasSuffix("统战部") && !name.contains("省") && !name.contains("市")
      && !name.contains("指挥部") && !name.hasSuffix("俱乐部")
  }

  private func choose(_ places: [Int], below parent: Int?, hints: Set<Int>) -> Int? {
    let below = places.filter { place in
      parent.map { gazetteer.chain(place).dropFirst().contains($0) } ?? true
    }
    guard !below.isEmpty else { return nil }
    if below.count == 1 { return below[0] }
    return below.first { gazetteer.chain($0).dropFirst().contains(where: hints.contains) }
      ?? below.first { hints.contains($0) } ?? (parent == nil ? nil : below[0])
  }

  /// The places named anywhere in `range`, by full name or, for provinces and cities, by short name.
  ///
  /// - Complexity: O(*n*).
  func mentions(in range: Range<Int>) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index].isHan,
        let found = gazetteer.anyName(in: text, at: index, limit: range.upperBound)
      else {
        index += 1
        continue
      }
      let isFull = found.places.contains {
        gazetteer.places[$0].name.unicodeScalars.count == found.length
      }
      if found.places.count == 1 || !isFull {
        let places = found.places.filter { isFull || gazetteer.places[$0].level <= .city }
        if places.count == 1 { counts[places[0], default: 0] += isFull ? 2 : 1 }
      } else {
        for place in found.places { counts[place, default: 0] += 1 }
      }
      index += found.length
    }
    return counts
  }

  /// The region of a document without issuer, by the places it names.
  ///
  /// - Returns: The division that the text speaks of, or nil where nothing prevails. Several cities of one
  ///   province in a text that says 全省 give the province.
  func prevailing(_ mentions: [Int: Int], in range: Range<Int>) -> Int? {
    guard !mentions.isEmpty else { return nil }
    let cities = mentions.filter { gazetteer.places[$0.key].level == .city }
    let provinces = Set(cities.keys.compactMap { gazetteer.chain($0).last })
    if cities.count >= 2, provinces.count == 1, let province = provinces.first,
      text.contains(["全省", "全区各", "省政府", "省委"], in: range.prefix(3_000))
    {
      return province
    }
    var sums: [Int: Int] = [:]
    for (place, count) in mentions {
      for above in gazetteer.chain(place) { sums[above, default: 0] += count }
    }
    let total = mentions.values.reduce(0, +)
    // The smallest division that most of the mentions lie in, or above; a good part of them in it.
    let main = sums.filter { place, sum in
      let above = gazetteer.chain(place).dropFirst().reduce(0) { $0 + (mentions[$1] ?? 0) }
      return (sum + above) * 10 >= total * 6 && sum * 100 >= total * 35
    }
    return main.keys.max { left, right in
      let (a, b) = (gazetteer.places[left].level, gazetteer.places[right].level)
      return a == b ? (sums[left] ?? 0) < (sums[right] ?? 0) : a < b
    }
  }
}

extension Range<Int> {
  /// The first `count` indices.
  func prefix(_ count: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + count)
  }
}
