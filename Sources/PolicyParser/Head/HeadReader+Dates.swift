internal import PolicyText

// Where and when the document was signed, printed and published (署名、成文日期、发布日期).
extension HeadReader {
  mutating func readSignatures() {
    let organisations = OrganisationReader(text: text)
    let dates = DateReader(text: text)
    for index in lines.indices where lines[index].role == .body && lines[index].content.count <= 90
    {
      guard let date = dates.firstDate(in: lines[index].content), isDateLine(index, date.range)
      else {
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
  func isDateLine(_ index: Int, _ date: Range<Int>) -> Bool {
    let content = lines[index].content
    let after = text.trimmed(date.upperBound..<content.upperBound)
    let before = text.trimmed(content.lowerBound..<date.lowerBound)
    guard after.isEmpty || text[after.lowerBound] == "(" && after.count < 20 else { return false }
    if before.isEmpty { return true }
    return !OrganisationReader(text: text).names(in: before).isEmpty
  }

  /// In text without line breaks: 。广安市人民政府办公室2022年11月16日.
  mutating func readRunInSignature() {
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
          if before.endsSentence || before == " " || before == ":" || before == "," || before == ")"
          {
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
  func nameStart(in range: Range<Int>) -> Int {
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

  mutating func readPageInfo() {
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
  mutating func readRunInDate() {
    guard head.publishedOn == nil,
      let first = lines.first(where: { $0.role == .body && !$0.isBlank }),
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
  func value(of label: String, in range: Range<Int>) -> Int? {
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
}
