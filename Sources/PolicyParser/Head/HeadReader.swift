internal import PolicyText

/// Reads what stands around the clauses: title, number, issuers, dates, place.
struct HeadReader {
  let text: MatchText
  let source: SourceDocument
  /// Index of the line of the first clause; the number of lines where there is none.
  let firstClauseLine: Int
  private(set) var lines: [LineDraft]
  private(set) var head = DocumentHead()
  private(set) var diagnostics: [Diagnostic] = []
  private var signatures: [Signature] = []
  /// Who gave an order, by its number.
  private var orderIssuer: Range<Int>?

  /// Names followed by a date: where a document is signed.
  struct Signature {
    var names: [Range<Int>]
    var day: CalendarDay
    var dateRange: Range<Int>
  }

  init(text: MatchText, source: SourceDocument, lines: [LineDraft], firstClauseLine: Int) {
    self.text = text
    self.source = source
    self.lines = lines
    self.firstClauseLine = firstClauseLine
  }

  /// Reads everything; ``head`` and ``lines`` hold it afterwards.
  mutating func read() {
    readSignatures()
    readPageInfo()
    readRunInDate()
    readTitle()
    readNumber()
    readPayloadTitles()
    readIssuers()
    readAddressees()
    readPrinting()
    readPublicity()
    readPlace()
    readValidity()
    noteWhatIsMissing()
  }

  // MARK: Signatures and dates

  private mutating func readSignatures() {
    let organisations = OrganisationReader(text: text)
    let dates = DateReader(text: text)
    for index in lines.indices where lines[index].role == .body && lines[index].content.count <= 90 {
      guard let date = dates.firstDate(in: lines[index].content), isDateLine(index, date.range) else {
        continue
      }
      // Names in the same line before the date, or in up to five lines above.
      var names: [Range<Int>] = []
      let before = text.trimmed(lines[index].content.lowerBound..<date.range.lowerBound)
      if !before.isEmpty { names = organisations.names(in: before) }
      var above = index - 1
      var blanks = 0
      while above >= 0, names.count < 8, blanks < 3 {
        if lines[above].isBlank {
          blanks += 1
        } else if lines[above].role == .body, lines[above].content.count <= 60 {
          let found = organisations.names(in: lines[above].content)
          if found.isEmpty { break }
          names = found + names
          lines[above].role = .signature
        } else {
          break
        }
        above -= 1
      }
      lines[index].role = before.isEmpty ? .date : .signature
      if !names.isEmpty {
        signatures.append(Signature(names: names, day: date.day, dateRange: date.range))
      } else if head.signedOn == nil, index > 0 {
        head.signedOn = Sourced(date.day, text.bytes(date.range))
      }
    }
    if signatures.isEmpty { readRunInSignature() }
    if let first = signatures.first {
      head.signedOn = Sourced(first.day, text.bytes(first.dateRange))
    }
  }

  /// Whether the line is a date, with at most a signature before it and a note in brackets after it.
  private func isDateLine(_ index: Int, _ date: Range<Int>) -> Bool {
    let content = lines[index].content
    let after = text.trimmed(date.upperBound..<content.upperBound)
    let before = text.trimmed(content.lowerBound..<date.lowerBound)
    guard after.isEmpty || text[after.lowerBound] == "(" && after.count < 20 else { return false }
    if before.isEmpty { return true }
    return !OrganisationReader(text: text).names(in: before).isEmpty
  }

  /// In text without line breaks: 。广安市人民政府办公室2022年11月16日.
  private mutating func readRunInSignature() {
    let organisations = OrganisationReader(text: text)
    let dates = DateReader(text: text)
    for line in lines where line.role == .body && line.content.count > 90 {
      var index = line.content.lowerBound
      while index < line.content.upperBound {
        guard text[index] == "2" || text[index] == "二" || text[index] == "1",
          !text[index - 1].isDigit,
          let date = dates.date(at: index, limit: line.content.upperBound), date.isWhole
        else {
          index += 1
          continue
        }
        let end = text.trimmed(line.content.lowerBound..<index).upperBound
        var start = end
        while start > line.content.lowerBound, end - start < 40 {
          let before = text[start - 1]
          if before.endsSentence || before == " " || before == ":" || before == "," || before == ")" {
            break
          }
          start -= 1
        }
        start = nameStart(in: start..<end)
        if start < end, organisations.isName(start..<end) {
          signatures.append(
            Signature(names: [start..<end], day: date.day, dateRange: index..<date.end))
          return
        }
        index = date.end
      }
    }
  }

  /// Where the name begins that ends `range`, where other words run into it: at the last place named.
  private func nameStart(in range: Range<Int>) -> Int {
    var index = range.upperBound - 4
    var best: Int?
    while index >= range.lowerBound {
      if let found = Gazetteer.standard.fullName(in: text, at: index, limit: range.upperBound) {
        // 四川省广安市…: one name, as long as the places join.
        if let later = best, index + found.length != later { break }
        best = index
      }
      index -= 1
    }
    return best ?? range.lowerBound
  }

  private mutating func readPageInfo() {
    for line in lines where line.role == .pageInfo || line.isCell {
      for (label, field) in [
        ("发布日期", \DocumentHead.publishedOn), ("发布时间", \.publishedOn), ("发表时间", \.publishedOn),
        ("公开日期", \.publishedOn), ("成文日期", \.signedOn), ("发文日期", \.signedOn), ("印发日期", \.printedOn),
        ("生成日期", \.publishedOn),
      ] as [(String, WritableKeyPath<DocumentHead, Sourced<CalendarDay>?>)] {
        guard head[keyPath: field] == nil || field == \.signedOn && signatures.isEmpty,
          let value = value(of: label, in: line.content),
          let date = DateReader(text: text).date(at: value, limit: line.content.upperBound)
        else { continue }
        head[keyPath: field] = Sourced(date.day, text.bytes(value..<date.end))
      }
    }
  }

  /// 日期：2024-05-06 in the run-in head of a page without line breaks.
  private mutating func readRunInDate() {
    guard head.publishedOn == nil, let first = lines.first(where: { $0.role == .body && !$0.isBlank }),
      first.content.count > 300
    else { return }
    for label in ["发布时间", "发布日期", "发表时间", "日期", "时间"] {
      guard let value = value(of: label, in: first.content.prefix(600)),
        let date = DateReader(text: text).date(at: value, limit: first.content.upperBound)
      else { continue }
      head.publishedOn = Sourced(date.day, text.bytes(value..<date.end))
      return
    }
  }

  /// Where the value of `label` begins in a line; spaces may stand inside the label.
  private func value(of label: String, in range: Range<Int>) -> Int? {
    let letters = Array(label.unicodeScalars)
    for start in range where text[start] == letters[0] {
      var at = start
      var matched = 0
      while at < range.upperBound, matched < letters.count {
        if text[at] == " " {
          at += 1
        } else if text[at] == letters[matched] {
          at += 1
          matched += 1
        } else {
          break
        }
      }
      guard matched == letters.count else { continue }
      at = text.skippingSpaces(at, limit: range.upperBound)
      guard text[at] == ":" || text[at] == "]" else { continue }
      at = text.skippingSpaces(at + 1, limit: range.upperBound)
      if at < range.upperBound { return at }
    }
    return nil
  }

  // MARK: Title

  private mutating func readTitle() {
    let titles = TitleReader(text: text)
    let limit = min(firstClauseLine, lines.count)
    if let run = titles.title(in: lines, from: 0, limit: limit) {
      for index in run where !lines[index].isBlank { lines[index].role = .title }
      let range = lines[run.lowerBound].content.lowerBound..<lines[run.upperBound].content.upperBound
      head.title = Sourced(titles.words(of: range), text.bytes(range))
      cutNumber(fromTitle: range)
      return
    }
    if readLabelledTitle() || readRunInTitle(titles) { return }
    if readPageTitle(titles) { return }
    // A short first line that is no sentence.
    guard let first = lines.indices.first(where: { lines[$0].role == .body && !lines[$0].isBlank }),
      first < firstClauseLine, 6...70 ~= lines[first].content.count
    else { return }
    let content = lines[first].content
    let ending = text[content.upperBound - 1]
    guard !ending.endsSentence, ending != ":", ending != ",",
      lines.indices.contains(where: { $0 > first && lines[$0].role == .body })
    else { return }
    lines[first].role = .title
    head.title = Sourced(text.string(content), text.bytes(content))
  }

  /// 石政发〔2020〕3号-某区人民政府关于…: the number is none of the title's words.
  private mutating func cutNumber(fromTitle range: Range<Int>) {
    guard let found = DocumentNumberReader(text).numbers(in: range.prefix(30)).first,
      found.range.lowerBound - range.lowerBound <= 1
    else { return }
    var start = found.range.upperBound
    while start < range.upperBound, text[start].isBlank || text[start] == "-" { start += 1 }
    guard range.upperBound - start >= 6 else { return }
    head.title = Sourced(
      TitleReader(text: text).words(of: start..<range.upperBound), text.bytes(start..<range.upperBound))
    head.documentNumber = Sourced(found.number, text.bytes(found.range))
  }

  private mutating func readLabelledTitle() -> Bool {
    for line in lines where line.role == .pageInfo {
      for label in ["标题", "名称", "文件名称"] {
        guard let start = value(of: label, in: line.content) else { continue }
        let range = text.trimmed(start..<line.content.upperBound)
        guard range.count >= 4 else { continue }
        head.title = Sourced(text.string(range), text.bytes(range))
        return true
      }
    }
    return false
  }

  /// In text without line breaks the title is what stands before the first space, number or addressee.
  private mutating func readRunInTitle(_ titles: TitleReader) -> Bool {
    guard let first = lines.first(where: { $0.role == .body && !$0.isBlank }),
      first.content.count > 90
    else { return false }
    let beginning = first.content.prefix(240)
    var start = beginning.lowerBound
    for index in beginning where text[index] == " " || text[index].endsSentence {
      let part = text.trimmed(start..<index)
      if titles.isTitle(part), part.count >= 8 {
        head.title = Sourced(text.string(part), text.bytes(part))
        cutNumber(fromTitle: part)
        return true
      }
      if text[index].endsSentence { return false }
      // Several spaces end a title that names no genre.
      if text[index + 1] == " ", 8...60 ~= index - beginning.lowerBound {
        let words = text.trimmed(beginning.lowerBound..<index)
        head.title = Sourced(text.string(words), text.bytes(words))
        return true
      }
      start = index + 1
    }
    return false
  }

  private mutating func readPageTitle(_ titles: TitleReader) -> Bool {
    for block in source.blocks {
      let isTitle = block.kind == .pageTitle
      guard isTitle || block.kind == .heading(1) else { continue }
      let range = text.index(ofByte: block.range.lowerBound)..<text.index(ofByte: block.range.upperBound)
      var end = range.upperBound
      for index in range where text[index] == "_" || text[index] == "|" || text.has(" - ", at: index) {
        end = index
        break
      }
      let title = text.trimmed(range.lowerBound..<end)
      guard title.count >= 6, isTitle ? titles.endsAsTitle(title) || title.count >= 10 : true else {
        continue
      }
      head.title = Sourced(titles.words(of: title), text.bytes(title))
      return true
    }
    return false
  }

  /// Titles of what a notice passes on: 印发《X》的通知, 《X》已经…同意, and the line over the body itself.
  private mutating func readPayloadTitles() {
    let references = ReferenceReader(text: text)
    var keys: Set<String> = []
    var found: [Sourced<String>] = []
    let titles = TitleReader(text: text)
    func add(_ range: Range<Int>) {
      let words = titles.words(of: range)
      guard keys.insert(text.key(range)).inserted else { return }
      found.append(Sourced(words, text.bytes(range)))
    }
    let until = firstClauseLine < lines.count ? lines[firstClauseLine].content.upperBound : text.count
    let headRange = 0..<min(until, text.count)
    var lastEnd = -1
    for title in references.titles(in: headRange.prefix(3_000)) where title.isClosed {
      let before = title.outer.lowerBound
      let after = title.outer.upperBound
      let isPassedOn =
        ["印发", "转发", "发布", "印发了"].contains { (word: StaticString) in text.has(word, before: before) }
        || before == lastEnd
      let isApproved = ["已经", "已", "业经", "印发给", "经"].contains { (word: StaticString) in
        text.has(word, at: after)
      }
      let isSent = text.has("现将", before: before)
      guard isPassedOn || isApproved || isSent, text[before - 1] != "据" else { continue }
      // 根据《A关于印发〈B〉的通知》 is a basis, not what is passed on.
      if text[text.skippingSpaces(after, limit: text.count)] == "(", isPassedOn, !isApproved { continue }
      add(title.inner)
      lastEnd = after
    }
    if let title = head.title, let range = title.range,
      let place = text.first("印发", in: text.index(ofByte: range.lowerBound)..<text.index(ofByte: range.upperBound))
    {
      let end = text.index(ofByte: range.upperBound)
      let bare = place.upperBound..<max(place.upperBound, end - 3)
      if text.has("的通知", at: bare.upperBound), text[place.upperBound] != "《", bare.count >= 6 {
        add(text.trimmed(bare))
      }
    }
    // The line over the body: the same words again, as a title of its own.
    for index in lines.indices where lines[index].role == .body && index < firstClauseLine {
      let content = lines[index].content
      guard content.count <= 100, titles.isTitle(content),
        !keys.contains(text.key(content)), index > (lines.firstIndex { $0.role == .title } ?? -1)
      else { continue }
      if lines[index].isCentred || lines[index].heading != nil || isSurroundedByBlanks(index) {
        lines[index].role = .title
        if head.title != nil { add(content) }
      }
    }
    head.payloadTitles = found
    for index in lines.indices where lines[index].role == .body && lines[index].content.count <= 100 {
      if keys.contains(text.key(lines[index].content)) { lines[index].role = .title }
    }
  }

  private func isSurroundedByBlanks(_ index: Int) -> Bool {
    let before = index == 0 || lines[index - 1].isBlank || lines[index - 1].role != .body
    let after = index + 1 >= lines.count || lines[index + 1].isBlank
    return before && after
  }

  // MARK: Number

  private mutating func readNumber() {
    let reader = DocumentNumberReader(text)
    if head.documentNumber != nil || readOrder() { return }
    // A line of its own, or a labelled value.
    for index in lines.indices {
      let line = lines[index]
      guard !line.isBlank, line.content.count <= 200,
        line.role != .furniture || line.content.count <= 40
      else { continue }
      for label in ["发文字号", "文号", "文件编号", "发文文号"] {
        if let start = value(of: label, in: line.content),
          let found = reader.numbers(in: start..<line.content.upperBound).first,
          found.range.lowerBound <= start + 1
        {
          head.documentNumber = Sourced(found.number, text.bytes(found.range))
          return
        }
      }
      guard line.content.count <= 60, index <= firstClauseLine else { continue }
      for found in reader.numbers(in: line.content) {
        let before = text.trimmed(line.content.lowerBound..<found.range.lowerBound)
        let after = text.trimmed(found.range.upperBound..<line.content.upperBound)
        let isAlone = before.count <= 1 && after.count <= 1
        let isBesideSignatory = before.isEmpty && text.has("签发人", at: after.lowerBound)
        if isAlone || isBesideSignatory {
          lines[index].role = .documentNumber
          head.documentNumber = Sourced(found.number, text.bytes(found.range))
          return
        }
      }
    }
    readRunInNumber(reader)
  }

  /// 中华人民共和国农业部令 / 2010年第4号, in one line or two.
  private mutating func readOrder() -> Bool {
    for index in lines.indices.prefix(30) where lines[index].role == .body && !lines[index].isBlank {
      let content = lines[index].content
      guard content.count <= 60, let order = text.first("令", in: content), order.lowerBound - content.lowerBound >= 3
      else { continue }
      var rest = text.trimmed(order.upperBound..<content.upperBound)
      var last = index
      if rest.isEmpty {
        guard let next = lines.indices.first(where: { $0 > index && !lines[$0].isBlank }), next <= index + 3
        else { continue }
        rest = lines[next].content
        last = next
      }
      guard rest.count <= 24, let number = orderNumber(in: rest) else { continue }
      let code = text.key(content.lowerBound..<order.upperBound)
      for line in index...last where !lines[line].isBlank { lines[line].role = .documentNumber }
      head.documentNumber = Sourced(
        DocumentNumber(authorityCode: code, year: number.year, serial: number.serial, isOrder: true),
        text.bytes(content.lowerBound..<rest.upperBound))
      let name = content.lowerBound..<order.lowerBound
      if signatures.isEmpty { orderIssuer = name }
      return true
    }
    return false
  }

  /// 2010 年 第 4 号 or 第722号
  private func orderNumber(in range: Range<Int>) -> (year: Int, serial: Int)? {
    let key = text.key(range).filter { $0 != "(" && $0 != ")" }
    guard key.hasSuffix("号"), let place = key.firstIndex(of: "第") else { return nil }
    let serial = Int(key[key.index(after: place)...].dropLast())
    let before = key[..<place]
    if before.isEmpty { return serial.map { (0, $0) } }
    guard before.hasSuffix("年"), let year = Int(before.dropLast()) else { return nil }
    return serial.map { (year, $0) }
  }

  /// A number that stands after the title in running text, or before the title in the name of a file.
  private mutating func readRunInNumber(_ reader: DocumentNumberReader) {
    let titleKey = head.title.map { comparable($0.value) } ?? []
    let payloads = ReferenceReader(text: text).titles(in: 0..<min(text.count, 3_000))
      .filter(\.isClosed).map { comparable(text.string($0.inner)) }
    for line in lines where !line.isBlank {
      for found in reader.numbers(in: line.content) {
        let before = found.range.lowerBound - 1
        let isCited = text[before] == "(" || text[before] == "》" || text[before] == "["
        if line.content.lowerBound == lines.first(where: { !$0.isBlank && $0.role == .body })?.content.lowerBound,
          found.range.lowerBound - line.content.lowerBound < 260, !isCited,
          text[before] == " " || head.title != nil
            && text.index(ofByte: head.title?.range?.upperBound ?? 0) == found.range.lowerBound
        {
          head.documentNumber = Sourced(found.number, text.bytes(found.range))
          return
        }
        // 广安府办规〔2022〕10号关于印发…的通知.pdf
        let after = found.range.upperBound
        guard text.has("关于", at: after) || text.has("《关于", at: after), !isCited else { continue }
        var end = after
        while end < line.content.upperBound, end - after < 100, text[end] != ".", text[end] != "。" {
          end += 1
        }
        let name = comparable(text.string(after..<end))
        if ([titleKey] + payloads).contains(where: { $0.count >= 8 && isAlike($0, name) }) {
          head.documentNumber = Sourced(found.number, text.bytes(found.range))
          return
        }
      }
    }
  }

  /// The letters of a title, without the words that a notice puts around it.
  private func comparable(_ words: String) -> [Character] {
    let letters = words.filter { $0.isLetter || $0.isNumber }
    return Array(
      letters.replacing("关于印发", with: "").replacing("的通知", with: "").replacing("的", with: ""))
  }

  /// Whether the shorter name stands in the longer one, character by character in order.
  private func isAlike(_ left: [Character], _ right: [Character]) -> Bool {
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    guard short.count * 2 > long.count else { return false }
    var matched = 0
    for character in long where matched < short.count && character == short[matched] { matched += 1 }
    return matched * 10 >= short.count * 9
  }

  // MARK: Issuers

  private mutating func readIssuers() {
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
    head.issuers = full.map { Sourced(text.key($0), text.bytes($0)) }
    if head.issuers.isEmpty, let explainer = explainingBody() {
      head.issuers = [Sourced(text.key(explainer), text.bytes(explainer))]
    }
  }

  private mutating func readLetterhead(_ organisations: OrganisationReader) -> [Range<Int>] {
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

  private func issuersInTitle(
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

  /// 2017年4月20日 某市第十四届人民代表大会常务委员会第三十七次会议通过
  private func adoptingBody() -> [Range<Int>] {
    for line in lines where line.content.count <= 160 && !line.isBlank {
      guard let meeting = text.first("次会议", in: line.content) ?? text.first("常务会议", in: line.content),
        let date = DateReader(text: text).firstDate(in: line.content.lowerBound..<meeting.lowerBound),
        let ordinal = text.last("第", in: date.range.upperBound..<meeting.lowerBound)
      else { continue }
      let name = text.trimmed(date.range.upperBound..<ordinal.lowerBound)
      if name.count >= 4 { return [name] }
    }
    return []
  }

  private func labelledIssuer(_ organisations: OrganisationReader) -> [Range<Int>] {
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

  /// 由某某委员会负责解释
  private func explainingBody() -> Range<Int>? {
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

  // MARK: The rest

  private mutating func readAddressees() {
    for index in lines.indices.prefix(while: { $0 < max(firstClauseLine, 40) })
    where lines[index].role == .body && !lines[index].isBlank {
      let content = lines[index].content
      let first = text[content.lowerBound]
      guard first == "各" || text.has("市", at: content.lowerBound) || text.has("区", at: content.lowerBound)
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

  private mutating func readPrinting() {
    for line in lines where line.role == .imprint {
      guard head.printedOn == nil, let date = DateReader(text: text).firstDate(in: line.content) else {
        continue
      }
      head.printedOn = Sourced(date.day, text.bytes(date.range))
    }
  }

  private mutating func readPublicity() {
    for line in lines where line.role == .annotation || line.role == .pageInfo || line.role == .imprint {
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
      if text.contains(["联系人", "联系电话", "咨询电话"], in: line.content), line.content.contains(where: { text[$0].isDigit }) {
        head.contact = text.bytes(line.content)
      }
    }
  }

  private mutating func readPlace() {
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
  private func placeOfNumber(_ number: DocumentNumber) -> Int? {
    guard let first = number.authorityCode.first else { return nil }
    return Gazetteer.standard.place(abbreviated: first)
  }

  private mutating func readValidity() {
    let reader = ValidityReader(text: text)
    let validity = reader.validity(
      in: 0..<text.count, issued: head.signedOn?.value ?? head.printedOn?.value)
    head.effectiveFrom = validity.from.map { Sourced($0.day, text.bytes($0.range)) }
    head.effectiveUntil = validity.until.map { Sourced($0.day, text.bytes($0.range)) }
  }

  private mutating func noteWhatIsMissing() {
    let start = ByteRange(0, 0)
    if head.title == nil { diagnostics.append(Diagnostic(.missingTitle, .warning, at: start)) }
    if head.issuers.isEmpty { diagnostics.append(Diagnostic(.missingIssuer, .note, at: start)) }
    if head.documentNumber == nil { diagnostics.append(Diagnostic(.missingNumber, .note, at: start)) }
    if head.signedOn == nil { diagnostics.append(Diagnostic(.missingDate, .note, at: start)) }
  }
}
