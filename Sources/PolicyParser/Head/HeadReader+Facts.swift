internal import PolicyText

// Addressees, publicity, place and validity (主送机关、公开属性、地区、有效期).
extension HeadReader {
  mutating func readAddressees() {
    for index in lines.indices.prefix(while: { $0 < max(firstClauseLine, 40) })
    where lines[index].role == .body && !lines[index].isBlank {
      let content = lines[index].content
      let first = text[content.lowerBound]
      guard
        first == "各" || text.has("市", at: content.lowerBound)
          || text.has("区", at: content.lowerBound)
          || text.has("县", at: content.lowerBound) || text.has("省", at: content.lowerBound)
          || text.has("有关", at: content.lowerBound)
      else { continue }
      guard let colon = text.first(":", in: content.prefix(300)) else { continue }
      let words = content.lowerBound..<colon.lowerBound
      guard words.count >= 3, !text.contains(["。", ";", "如下"], in: words) else { continue }
      if colon.upperBound == content.upperBound { lines[index].role = .addressees }
      head.addressees = text.bytes(words)
      return
    }
  }

  mutating func readPrinting() {
    for line in lines where line.role == .imprint {
      guard head.printedOn == nil, let date = DateReader(text: text).firstDate(in: line.content)
      else {
        continue
      }
      head.printedOn = Sourced(date.day, text.bytes(date.range))
    }
  }

  mutating func readPublicity() {
    for line in lines
    where line.role == .annotation || line.role == .pageInfo || line.role == .imprint {
      let kinds: [(StaticString, Publicity)] = [
        ("依申请公开", .onRequest), ("不公开", .private), ("不予公开", .private), ("公开发布", .public),
        ("主动公开", .public),
      ]
      for (words, publicity) in kinds where head.publicity == nil {
        if let place = text.first(words, in: line.content) {
          head.publicity = Sourced(publicity, text.bytes(place))
        }
      }
    }
    for line in lines where head.contact == nil && !line.isBlank && line.content.count <= 120 {
      if text.contains(["联系人", "联系电话", "咨询电话"], in: line.content),
        line.content.contains(where: { text[$0].isDigit })
      {
        head.contact = text.bytes(line.content)
      }
    }
  }

  mutating func readPlace() {
    let places = PlaceReader(text: text, gazetteer: .standard)
    let body = 0..<text.count
    var mentions: [Int: Int]?
    func allMentions() -> [Int: Int] {
      if let mentions { return mentions }
      let found = places.mentions(in: body.prefix(20_000))
      mentions = found
      return found
    }
    for issuer in head.issuers {
      guard let range = issuer.range else { continue }
      let name = text.index(ofByte: range.lowerBound)..<text.index(ofByte: range.upperBound)
      let finding = places.place(ofName: name, hints: Set(allMentions().keys))
      guard let level = finding.level else { continue }
      head.level = Sourced(level, range)
      if let path = finding.path { head.region = Sourced(path, nil) }
      return
    }
    if let number = head.documentNumber, let place = placeOfNumber(number.value) {
      head.level = Sourced(Gazetteer.standard.places[place].level, number.range)
      head.region = Sourced(Gazetteer.standard.path(place), nil)
      return
    }
    if let title = head.title?.range ?? head.payloadTitles.first?.range {
      let range = text.index(ofByte: title.lowerBound)..<text.index(ofByte: title.upperBound)
      let finding = places.place(inTitle: range, hints: Set(allMentions().keys))
      if let level = finding.level, finding.path != nil {
        head.level = Sourced(level, title)
        head.region = finding.path.map { Sourced($0, nil) }
        return
      }
    }
    guard let place = places.prevailing(allMentions(), in: body) else { return }
    head.level = Sourced(Gazetteer.standard.places[place].level, nil)
    head.region = Sourced(Gazetteer.standard.path(place), nil)
    diagnostics.append(
      Diagnostic(
        .derivedRegion, .warning, at: ByteRange(0, 0), detail: Gazetteer.standard.path(place)))
  }

  /// 鲁政发〔2022〕1号 is of 山东省.
  func placeOfNumber(_ number: DocumentNumber) -> Int? {
    guard let first = number.authorityCode.first else { return nil }
    return Gazetteer.standard.place(abbreviated: first)
  }

  mutating func readValidity() {
    let breaks = CutDates(text: text).breaks()
    let text =
      breaks.isEmpty
      ? self.text
      : MatchText(
        source.text,
        markup: (source.markup + breaks).sorted { $0.lowerBound < $1.lowerBound })
    let reader = ValidityReader(text: text)
    let validity = reader.validity(
      in: 0..<text.count, issued: head.signedOn?.value ?? head.printedOn?.value)
    head.effectiveFrom = validity.from.map { Sourced($0.day, text.bytes($0.range)) }
    head.effectiveUntil = validity.until.map { Sourced($0.day, text.bytes($0.range)) }
  }

  mutating func noteWhatIsMissing() {
    let start = ByteRange(0, 0)
    if head.title == nil { diagnostics.append(Diagnostic(.missingTitle, .warning, at: start)) }
    if head.issuers.isEmpty { diagnostics.append(Diagnostic(.missingIssuer, .note, at: start)) }
    if head.documentNumber == nil {
      diagnostics.append(Diagnostic(.missingNumber, .note, at: start))
    }
    if head.signedOn == nil { diagnostics.append(Diagnostic(.missingDate, .note, at: start)) }
  }
}
