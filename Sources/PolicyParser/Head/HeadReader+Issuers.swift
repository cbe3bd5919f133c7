internal import PolicyText

// Who issued the document (发文机关).
extension HeadReader {
  mutating func readIssuers() {
    let organisations = OrganisationReader(text: text)
    var names = signatures.first?.names ?? []
    let letterheads = readLetterhead(organisations)
    if names.isEmpty { names = orderIssuer.map { [$0] } ?? letterheads }
    if names.isEmpty, let title = head.title?.range { names = issuersInTitle(title, organisations) }
    if names.isEmpty { names = adoptingBody() }
    if names.isEmpty { names = labelledIssuer(organisations) }
    // A fuller form of a signed name may stand at the top: 昆明市五华区… for 五华区….
    let full = names.map { name -> Range<Int> in
      let key = text.key(name)
      return letterheads.first { text.key($0).hasSuffix(key) && $0.count > name.count } ?? name
    }
    head.issuers = full.map { Sourced(text.name($0), text.bytes($0)) }
    if head.issuers.isEmpty, let explainer = explainingBody() {
      head.issuers = [Sourced(text.name(explainer), text.bytes(explainer))]
    }
  }

  mutating func readLetterhead(_ organisations: OrganisationReader) -> [Range<Int>] {
    var names: [Range<Int>] = []
    for index in lines.indices.prefix(while: { $0 < firstClauseLine }).prefix(60)
    where lines[index].role == .body && lines[index].content.count <= 60 {
      var content = lines[index].content
      if let length = text.length(of: "文件", before: content.upperBound) {
        content = text.trimmed(content.lowerBound..<(content.upperBound - length))
      }
      let found = organisations.names(in: content)
      if !found.isEmpty {
        lines[index].role = .letterhead
        names += found
      } else if !names.isEmpty {
        break
      }
    }
    return names
  }

  func issuersInTitle(
    _ title: ByteRange, _ organisations: OrganisationReader
  ) -> [Range<Int>] {
    let range = text.index(ofByte: title.lowerBound)..<text.index(ofByte: title.upperBound)
    let stops = ["关于", "印发", "转发", "公布", "发布"].compactMap { (word: StaticString) in
      text.first(word, in: range)?.lowerBound
    }
    guard let stop = stops.min(), stop > range.lowerBound else { return [] }
    let prefix = text.trimmed(range.lowerBound..<stop)
    let divided = organisations.names(in: prefix)
    return divided.isEmpty && organisations.isName(prefix) ? [prefix] : divided
  }

  /// 2017年4月20日 某市第十四届人民代表大会常务委员会第三十七次会议通过.
  func adoptingBody() -> [Range<Int>] {
    for line in lines where line.content.count <= 160 && !line.isBlank {
      guard
        let meeting = text.first("次会议", in: line.content) ?? text.first("常务会议", in: line.content),
        let date = DateReader(text: text).firstDate(
          in: line.content.lowerBound..<meeting.lowerBound),
        let ordinal = text.last("第", in: date.range.upperBound..<meeting.lowerBound)
      else { continue }
      let name = text.trimmed(date.range.upperBound..<ordinal.lowerBound)
      if name.count >= 4 { return [name] }
    }
    return []
  }

  func labelledIssuer(_ organisations: OrganisationReader) -> [Range<Int>] {
    for line in lines where line.role == .pageInfo {
      for label in ["发文机关", "发布机构", "发布单位"] {
        guard let start = value(of: label, in: line.content) else { continue }
        var end = start
        while end < line.content.upperBound, text[end] != " " { end += 1 }
        if organisations.isName(start..<end) { return [start..<end] }
      }
    }
    return []
  }

  /// 由某某委员会负责解释.
  func explainingBody() -> Range<Int>? {
    guard let place = text.last("负责解释", in: 0..<text.count) else { return nil }
    var start = place.lowerBound
    while start > 0, place.lowerBound - start < 40, text[start - 1] != "由",
      !text[start - 1].endsSentence, text[start - 1] != ",", text[start - 1] != "\n"
    {
      start -= 1
    }
    let name = start..<place.lowerBound
    return OrganisationReader(text: text).isName(name) ? name : nil
  }
}
