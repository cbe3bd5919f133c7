internal import PolicyText

// The title of the document, and of what it passes on (标题、正文标题).
extension HeadReader {
  mutating func readTitle() {
    let titles = TitleReader(text: text)
    let limit = min(firstClauseLine, lines.count)
    if let run = titles.title(in: lines, from: 0, limit: limit) {
      for index in run where !lines[index].isBlank { lines[index].role = .title }
      let range =
        lines[run.lowerBound].content.lowerBound..<lines[run.upperBound].content.upperBound
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
  mutating func cutNumber(fromTitle range: Range<Int>) {
    guard let found = DocumentNumberReader(text).numbers(in: range.prefix(30)).first,
      found.range.lowerBound - range.lowerBound <= 1
    else { return }
    var start = found.range.upperBound
    while start < range.upperBound, text[start].isBlank || text[start] == "-" { start += 1 }
    guard range.upperBound - start >= 6 else { return }
    head.title = Sourced(
      TitleReader(text: text).words(of: start..<range.upperBound),
      text.bytes(start..<range.upperBound))
    head.documentNumber = Sourced(found.number, text.bytes(found.range))
  }

  mutating func readLabelledTitle() -> Bool {
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
  mutating func readRunInTitle(_ titles: TitleReader) -> Bool {
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

  mutating func readPageTitle(_ titles: TitleReader) -> Bool {
    for block in source.blocks {
      let isTitle = block.kind == .pageTitle
      guard isTitle || block.kind == .heading(1) else { continue }
      let range =
        text.index(ofByte: block.range.lowerBound)..<text.index(ofByte: block.range.upperBound)
      var end = range.upperBound
      for index in range
      where text[index] == "_" || text[index] == "|" || text.has(" - ", at: index) {
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
  mutating func readPayloadTitles() {
    let references = ReferenceReader(text: text)
    var keys: Set<String> = []
    var found: [Sourced<String>] = []
    let titles = TitleReader(text: text)
    func add(_ words: Range<Int>) {
      var range = words
      if !range.isEmpty, text[range.lowerBound] == "《", text[range.upperBound - 1] == "》" {
        range = (range.lowerBound + 1)..<(range.upperBound - 1)
      }
      let words = titles.words(of: range)
      guard keys.insert(text.key(range)).inserted else { return }
      found.append(Sourced(words, text.bytes(range)))
    }
    let until =
      firstClauseLine < lines.count ? lines[firstClauseLine].content.upperBound : text.count
    let headRange = 0..<min(until, text.count)
    var lastEnd = -1
    for title in references.titles(in: headRange.prefix(3_000)) where title.isClosed {
      let before = title.outer.lowerBound
      let after = title.outer.upperBound
      let isPassedOn =
        ["印发", "转发", "发布", "印发了"].contains { (word: StaticString) in text.has(word, before: before)
        }
        || before == lastEnd
      let isApproved = ["已经", "已", "业经", "印发给", "经"].contains { (word: StaticString) in
        text.has(word, at: after)
      }
      let isSent = text.has("现将", before: before)
      guard isPassedOn || isApproved || isSent, text[before - 1] != "据" else { continue }
      // 根据《A关于印发〈B〉的通知》 is a basis, not what is passed on.
      if text[text.skippingSpaces(after, limit: text.count)] == "(", isPassedOn, !isApproved {
        continue
      }
      add(title.inner)
      lastEnd = after
    }
    if let title = head.title, let range = title.range,
      let place = text.first(
        "印发", in: text.index(ofByte: range.lowerBound)..<text.index(ofByte: range.upperBound))
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
    for index in lines.indices where lines[index].role == .body && lines[index].content.count <= 100
    {
      if keys.contains(text.key(lines[index].content)) { lines[index].role = .title }
    }
  }

  func isSurroundedByBlanks(_ index: Int) -> Bool {
    let before = index == 0 || lines[index - 1].isBlank || lines[index - 1].role != .body
    let after = index + 1 >= lines.count || lines[index + 1].isBlank
    return before && after
  }
}
