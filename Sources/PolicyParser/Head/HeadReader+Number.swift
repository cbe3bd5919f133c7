internal import PolicyText

// The document number (发文字号).
extension HeadReader {
  mutating func readNumber() {
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
  mutating func readOrder() -> Bool {
    for index in lines.indices.prefix(30) where lines[index].role == .body && !lines[index].isBlank
    {
      let content = lines[index].content
      guard content.count <= 60, let order = text.first("令", in: content),
        order.lowerBound - content.lowerBound >= 3
      else { continue }
      var rest = text.trimmed(order.upperBound..<content.upperBound)
      var last = index
      if rest.isEmpty {
        guard let next = lines.indices.first(where: { $0 > index && !lines[$0].isBlank }),
          next <= index + 3
        else { continue }
        rest = lines[next].content
        last = next
      }
      guard rest.count <= 24, let number = orderNumber(in: rest) else { continue }
      let code = text.key(content.lowerBound..<order.upperBound)
      for line in index...last where !lines[line].isBlank { lines[line].role = .documentNumber }
      head.documentNumber = Sourced(
        DocumentNumber(
          authorityCode: code, year: number.year, serial: number.serial, isOrder: true),
        text.bytes(content.lowerBound..<rest.upperBound))
      let name = content.lowerBound..<order.lowerBound
      if signatures.isEmpty { orderIssuer = name }
      return true
    }
    return false
  }

  /// 2010 年 第 4 号 or 第722号.
  func orderNumber(in range: Range<Int>) -> (year: Int, serial: Int)? {
    let key = text.key(range).filter { $0 != "(" && $0 != ")" }
    guard key.hasSuffix("号"), let place = key.firstIndex(of: "第") else { return nil }
    let serial = Int(key[key.index(after: place)...].dropLast())
    let before = key[..<place]
    if before.isEmpty { return serial.map { (0, $0) } }
    guard before.hasSuffix("年"), let year = Int(before.dropLast()) else { return nil }
    return serial.map { (year, $0) }
  }

  /// A number that stands after the title in running text, or before the title in the name of a file.
  mutating func readRunInNumber(_ reader: DocumentNumberReader) {
    let titleKey = head.title.map { comparable($0.value) } ?? []
    let payloads = ReferenceReader(text: text).titles(in: 0..<min(text.count, 3_000))
      .filter(\.isClosed).map { comparable(text.string($0.inner)) }
    for line in lines where !line.isBlank {
      for found in reader.numbers(in: line.content) {
        let before = found.range.lowerBound - 1
        let isCited = text[before] == "(" || text[before] == "》" || text[before] == "["
        if line.content.lowerBound
          == lines.first(where: { !$0.isBlank && $0.role == .body })?.content.lowerBound,
          found.range.lowerBound - line.content.lowerBound < 260, !isCited,
          text[before] == " "
            || head.title != nil
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
  func comparable(_ words: String) -> [Character] {
    let letters = words.filter { $0.isLetter || $0.isNumber }
    return Array(
      letters.replacing("关于印发", with: "").replacing("的通知", with: "").replacing("的", with: ""))
  }

  /// Whether the shorter name stands in the longer one, character by character in order.
  func isAlike(_ left: [Character], _ right: [Character]) -> Bool {
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    guard short.count * 2 > long.count else { return false }
    var matched = 0
    for character in long where matched < short.count && character == short[matched] {
      matched += 1
    }
    return matched * 10 >= short.count * 9
  }
}
