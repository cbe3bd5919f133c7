internal import PolicyParser
internal import PolicyText

/// Fills the elements of an item: each with its words and its rule, or 文中未载明.
struct ElementReader {
  let document: PolicyDocument
  let text: MatchText
  let sections: SectionIndex
  private let addresses: [Range<Int>]
  private let contactLine: (name: Range<Int>?, phone: Range<Int>?)
  private let interpreter: ByteRange?

  init(document: PolicyDocument, text: MatchText, sections: SectionIndex) {
    self.document = document
    self.text = text
    self.sections = sections
    addresses = Self.addresses(of: document, in: text)
    contactLine = ContactReader(text: text).contact(
      in: document.head.contact.map {
        text.index(ofByte: $0.lowerBound)..<text.index(ofByte: $0.upperBound)
      })
    interpreter = Self.interpreter(of: document, in: text)
  }

  /// What was read of an item before its elements are filled.
  struct Facts {
    var clause: Clause?
    var range: Range<Int>
    var audience: [Range<Int>]
    var hasConditions: Bool
    var claim: Sourced<ClaimMode>?
    var window: Sourced<ApplicationWindow>?
    var limit: Sourced<TimeLimit>?
    var tags: [Tag]
    var name: (value: String, rule: Rule)
    var units: [ResponsibleUnits.Unit]
  }

  /// All elements in order of their keys.
  func elements(of facts: Facts) -> [Element] {
    Element.Key.allCases.map { element($0, facts) }
  }

  private func element(_ key: Element.Key, _ facts: Facts) -> Element {
    let clause = facts.clause?.id ?? ""
    switch key {
    case .name:
      return Element(
        key: key, value: facts.name.value, ranges: [], rule: facts.name.rule, confidence: .review)
    case .basis: return basis()
    case .content:
      return words(key, [facts.range], .grantingSentence, .certain)
    case .audience:
      if !facts.audience.isEmpty {
        return words(key, facts.audience, .wordsBeforeGrant, .certain)
      }
      return section(key, .audience, facts)
    case .validity: return validity()
    case .conditions:
      let inherited = sections.sections(.conditions, for: clause, at: facts.range.lowerBound)
      if !inherited.isEmpty {
        return words(key, facts.audience + inherited.map(\.content), inherited[0].rule, .certain)
      }
      if !facts.audience.isEmpty {
        return words(key, facts.audience, .wordsBeforeGrant, .review)
      }
      return .absent(key)
    case .materials: return section(key, .materials, facts)
    case .channel:
      if let claim = facts.claim {
        return Element(
          key: key, value: claim.value.name, ranges: claim.range.map { [$0] } ?? [],
          rule: .claimWords, confidence: .certain)
      }
      return section(key, .channel, facts)
    case .limit:
      if let limit = facts.limit {
        return Element(
          key: key, value: limit.value.inChinese, ranges: limit.range.map { [$0] } ?? [],
          rule: .limitWords, confidence: .certain)
      }
      return section(key, .limit, facts)
    case .category:
      let kinds = facts.tags.filter { $0.axis == .category || $0.axis == .kind }
      guard !kinds.isEmpty else { return .absent(key) }
      return Element(
        key: key, value: kinds.map(\.value).joined(separator: "、"),
        ranges: kinds.compactMap(\.range), rule: kinds[0].rule,
        confidence: kinds.map(\.confidence).max() ?? .review)
    case .url:
      guard let address = addresses.first else { return .absent(key) }
      return words(key, [address], .addressInText, .review)
    case .department:
      if !facts.units.isEmpty {
        return Element(
          key: key, value: facts.units.map(\.name).joined(separator: "、"),
          ranges: facts.units.map(\.range), rule: .clauseUnits, confidence: .certain)
      }
      let found = section(key, .department, facts)
      if !found.isAbsent { return found }
      guard let interpreter else { return .absent(key) }
      return words(
        key,
        [text.index(ofByte: interpreter.lowerBound)..<text.index(ofByte: interpreter.upperBound)],
        .documentHead, .review)
    case .contact, .phone: return contact(key, facts)
    case .industries:
      let tags = facts.tags.filter { $0.axis == .industry }
      guard !tags.isEmpty else { return .absent(key) }
      return Element(
        key: key, value: tags.map(\.value).joined(separator: "、"), ranges: tags.compactMap(\.range),
        rule: .tagWords, confidence: .review)
    case .process: return section(key, .process, facts)
    case .window:
      if let window = facts.window {
        return Element(
          key: key, value: window.value.inChinese, ranges: window.range.map { [$0] } ?? [],
          rule: .windowWords, confidence: .certain)
      }
      return section(key, .window, facts)
    }
  }

  // MARK: Parts

  private func words(
    _ key: Element.Key, _ ranges: [Range<Int>], _ rule: Rule, _ confidence: Confidence
  ) -> Element {
    let ranges = ranges.map(text.trimmed).filter { !$0.isEmpty }
    guard !ranges.isEmpty else { return .absent(key) }
    return Element(
      key: key, value: ranges.map { clean($0) }.joined(separator: "\n"),
      ranges: ranges.map(text.bytes), rule: rule, confidence: confidence)
  }

  private func section(
    _ key: Element.Key, _ kind: SectionIndex.Kind, _ facts: Facts
  ) -> Element {
    let found = sections.sections(kind, for: facts.clause?.id ?? "", at: facts.range.lowerBound)
    guard let first = found.first else { return .absent(key) }
    // The nearest scope speaks; a wider one only where the nearer is silent.
    let nearest = found.filter { $0.scope == first.scope }
    return words(key, nearest.map(\.content), first.rule, nearest.count == 1 ? .certain : .review)
  }

  /// Words for showing: line breaks inside a paragraph are joined, its paragraphs kept apart.
  private func clean(_ range: Range<Int>) -> String {
    text.string(range).split(separator: "\n").map {
      $0.filter { $0 != "*" && $0 != "\u{3000}" && $0 != "\r" }
    }.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
  }

  private func basis() -> Element {
    let head = document.head
    let title = head.payloadTitles.first ?? head.title
    guard let title else { return .absent(.basis) }
    let number = head.documentNumber
    var value = title.value
    if !value.hasPrefix("《") { value = "《\(value)》" }
    if let number { value += "（\(number.value)）" }
    return Element(
      key: .basis, value: value, ranges: [title.range, number?.range].compactMap(\.self),
      rule: .documentHead, confidence: title.range == nil ? .review : .certain)
  }

  private func validity() -> Element {
    let head = document.head
    let parts = [
      head.effectiveFrom.map { "自\($0.value)起" }, head.effectiveUntil.map { "至\($0.value)止" },
    ].compactMap(\.self)
    guard !parts.isEmpty else { return .absent(.validity) }
    return Element(
      key: .validity, value: parts.joined(separator: "，"),
      ranges: [head.effectiveFrom?.range, head.effectiveUntil?.range].compactMap(\.self),
      rule: .documentHead, confidence: .certain)
  }

  private func contact(_ key: Element.Key, _ facts: Facts) -> Element {
    let found = sections.sections(
      .contact, for: facts.clause?.id ?? "", at: facts.range.lowerBound)
    for section in found {
      let found = ContactReader(text: text).contact(in: section.content)
      if let range = key == .contact ? found.name : found.phone ?? section.content {
        return words(key, [range], section.rule, .certain)
      }
    }
    let range = key == .contact ? contactLine.name : contactLine.phone
    return range.map { words(key, [$0], .documentContact, .certain) } ?? .absent(key)
  }

  // MARK: The document

  /// Web addresses in the body.
  private static func addresses(of document: PolicyDocument, in text: MatchText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for line in document.lines where line.role == .body || line.role == .annotation {
      let range =
        text.index(ofByte: line.range.lowerBound)..<text.index(ofByte: line.range.upperBound)
      for word in ["http://", "https://", "www."] as [StaticString] {
        guard let start = text.first(word, in: range) else { continue }
        var end = start.upperBound
        while end < range.upperBound, text[end].value < 0x7F, !text[end].isBlank, text[end] != ")",
          text[end] != ",", text[end] != ";", text[end] != "\"", text[end] != ">", text[end] != "<"
        { end += 1 }
        if end - start.lowerBound > 8 {
          found.append(start.lowerBound..<end)
          break
        }
      }
    }
    return found
  }

  /// 由市科技局负责解释: who has the last word.
  private static func interpreter(of document: PolicyDocument, in text: MatchText) -> ByteRange? {
    for line in document.lines.reversed() where line.role == .body {
      let range =
        text.index(ofByte: line.range.lowerBound)..<text.index(ofByte: line.range.upperBound)
      guard let place = text.last("负责解释", in: range),
        let from = text.last("由", in: range.lowerBound..<place.lowerBound)
      else { continue }
      var end = place.lowerBound
      for tail in ["会同有关部门", "会同相关部门", "商有关部门", "会同"] as [StaticString] {
        if let cut = text.first(tail, in: from.upperBound..<end) { end = cut.lowerBound }
      }
      let name = text.trimmed(from.upperBound..<end)
      if (2...40).contains(name.count) { return text.bytes(name) }
    }
    return nil
  }
}

/// Finds a name and a telephone number in a line of contacts.
struct ContactReader {
  let text: MatchText

  func contact(in range: Range<Int>?) -> (name: Range<Int>?, phone: Range<Int>?) {
    guard let range else { return (nil, nil) }
    var name: Range<Int>?
    if let label = text.first("联系人", in: range) {
      var start = label.upperBound
      while start < range.upperBound, text[start] == ":" || text[start].isBlank { start += 1 }
      var end = start
      while end < range.upperBound, text[end].isHan || text[end] == "、", end - start < 20 {
        end += 1
      }
      for word in ["联系", "电话", "咨询"] as [StaticString] {
        if let cut = text.first(word, in: start..<end) { end = cut.lowerBound }
      }
      if end - start >= 2, text[label.upperBound] == ":" || text[label.upperBound].isBlank {
        name = start..<end
      }
    }
    return (name, phone(in: range))
  }

  /// 0000-1234567, 12345, 028-12345678转8001.
  private func phone(in range: Range<Int>) -> Range<Int>? {
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index].isDigit, !text[index - 1].isDigit else {
        index += 1
        continue
      }
      var end = index
      var digits = 0
      while end < range.upperBound,
        text[end].isDigit
          || (text[end] == "-" || text[end] == "—" || text[end] == " ") && text[end + 1].isDigit
      {
        if text[end].isDigit { digits += 1 }
        end += 1
      }
      if (7...14).contains(digits), text[end] != "年", text[end] != "月", text[end] != "号" {
        while end + 1 < range.upperBound, text[end] == "、" || text[end] == ",",
          text[end + 1].isDigit
        {
          end += 1
          while end < range.upperBound, text[end].isDigit || text[end] == "-" { end += 1 }
        }
        return index..<end
      }
      if digits == 5, text.has("12345", at: index) { return index..<end }
      index = max(end, index + 1)
    }
    return nil
  }
}
