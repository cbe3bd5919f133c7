internal import PolicyText

/// Reads from the text since when and until when a document is in force (施行日期、有效期).
struct ValidityReader {
  /// The text without the breaks that cut a date (``CutDates``).
  let text: MatchText

  /// What was read; ranges in scalars.
  struct Validity {
    var from: (day: CalendarDay, range: Range<Int>)?
    var until: (day: CalendarDay, range: Range<Int>)?
  }

  /// Reads the sentences of `body` that speak of the document's own force.
  ///
  /// The argument `issued`: the day that 自印发之日起 counts from.
  func validity(in body: Range<Int>, issued: CalendarDay?) -> Validity {
    var validity = Validity()
    for sentence in sentences(in: body) {
      if validity.until == nil, let whole = termFromIssue(in: sentence, issued: issued) {
        validity.from = validity.from ?? (whole.from, whole.range)
        validity.until = (whole.until, whole.range)
      }
      if validity.from == nil { validity.from = start(in: sentence, issued: issued) }
      if validity.until == nil {
        validity.until = end(in: sentence, from: validity.from?.day ?? nil)
      }
    }
    return validity
  }

  /// 执行期暂定为自政策发布之日起三个月: start and end at once.
  private func termFromIssue(
    in sentence: Range<Int>, issued: CalendarDay?
  ) -> (from: CalendarDay, until: CalendarDay, range: Range<Int>)? {
    guard let issued,
      let word = ["有效期", "执行期", "试行期", "实施期", "期限"].lazy
        .compactMap({ (word: StaticString) in text.first(word, in: sentence) }).first,
      let day = text.first(
        "之日起", in: word.upperBound..<min(word.upperBound + 24, sentence.upperBound)),
      text.contains(["发布", "印发", "公布"], in: word.upperBound..<day.lowerBound),
      let read = ChineseNumeral.readDigits(text, at: day.upperBound, limit: sentence.upperBound)
        ?? ChineseNumeral.read(text, at: day.upperBound, limit: sentence.upperBound),
      1...60 ~= read.value
    else { return nil }
    let months =
      text[read.end] == "年" ? read.value * 12 : text.has("个月", at: read.end) ? read.value : 0
    guard months > 0 else { return nil }
    return (issued, issued.end(ofMonths: months), word.lowerBound..<read.end)
  }

  private func sentences(in body: Range<Int>) -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start = body.lowerBound
    var isOfInterest = false
    for index in body {
      switch text[index] {
      case "效", "施", "执", "起": isOfInterest = true
      case "。", "\n":
        if isOfInterest { sentences.append(start..<index) }
        start = index + 1
        isOfInterest = false
      default: break
      }
    }
    if isOfInterest { sentences.append(start..<body.upperBound) }
    return sentences
  }

  private static let inForce: [StaticString] = ["施行", "实施", "执行", "生效", "实行"]

  /// 自2022年12月18日起施行; 自印发之日起30日后施行.
  private func start(
    in sentence: Range<Int>, issued: CalendarDay?
  ) -> (day: CalendarDay, range: Range<Int>)? {
    var index = sentence.lowerBound
    while let from = text.first("自", in: index..<sentence.upperBound)
      ?? text.first("从", in: index..<sentence.upperBound)
    {
      index = from.upperBound
      let limit = sentence.upperBound
      let at = text.skippingSpaces(from.upperBound, limit: limit)
      if let date = DateReader(text: text).date(at: at, limit: limit),
        let end = forceVerb(after: date.end, limit: limit)
      {
        return (date.day, from.lowerBound..<end)
      }
      guard let issued, speaksOfItself(sentence) else { continue }
      for word in ["印发", "发布", "公布", "发文", "下发", "颁布", "公开发布"] as [StaticString] {
        guard let length = text.length(of: word, at: at) ?? afterOwnName(word, at: at),
          let day = text.length(of: "之日", at: at + length)
            ?? text.length(of: "日", at: at + length),
          let end = forceVerb(after: at + length + day, limit: limit)
        else { continue }
        if let delay = delay(in: (at + length + day)..<end) {
          return (issued.adding(days: delay), from.lowerBound..<end)
        }
        return (issued, from.lowerBound..<end)
      }
    }
    return nil
  }

  /// 自本办法发布之日: the length up to the end of `word`.
  private func afterOwnName(_ word: StaticString, at index: Int) -> Int? {
    guard text[index] == "本" || text[index] == "文" else { return nil }
    for offset in 1...8 {
      if let length = text.length(of: word, at: index + offset) { return offset + length }
    }
    return nil
  }

  /// 30日后 between 之日起 and 施行.
  private func delay(in range: Range<Int>) -> Int? {
    guard let after = text.first("后", in: range) else { return nil }
    for index in range.lowerBound..<after.lowerBound where text[index].isDigit {
      if let read = ChineseNumeral.readDigits(text, at: index, limit: after.lowerBound),
        text[read.end] == "日" || text[read.end] == "天"
      {
        return read.value
      }
    }
    return nil
  }

  /// 起(正式)施行 at most a dozen scalars on.
  private func forceVerb(after index: Int, limit: Int) -> Int? {
    for at in index..<min(index + 14, limit) {
      if let length = text.longest(of: Self.inForce, at: at) { return at + length }
      if text[at] == "," || text[at] == "、" { return nil }
    }
    return nil
  }

  private func speaksOfItself(_ sentence: Range<Int>) -> Bool {
    let subjects: [StaticString] = [
      "本办法", "本意见", "本措施", "本政策", "本通知", "本方案", "本细则", "本规定", "本实施", "本条例", "本若干",
      "以上政策", "上述政策", "本文件", "本计划", "本决定", "本指南", "本公告", "本规则", "以上措施", "以上", "本工作",
    ]
    return text.contains(subjects, in: sentence)
      || text.has("自", at: text.skippingBlanks(sentence.lowerBound, limit: sentence.upperBound))
      || text.has("本", at: text.skippingBlanks(sentence.lowerBound, limit: sentence.upperBound))
  }

  /// 有效期2年; 有效期至2030年7月31日; 执行至2020年底; 试行期一年.
  private func end(
    in sentence: Range<Int>, from start: CalendarDay?
  ) -> (day: CalendarDay, range: Range<Int>)? {
    for word in ["有效期", "试行期", "执行期", "施行期", "实施期", "暂定", "试行", "政策期限"] as [StaticString] {
      var index = sentence.lowerBound
      while let place = text.first(word, in: index..<sentence.upperBound) {
        index = place.upperBound
        if let found = term(after: place, limit: sentence.upperBound, from: start) { return found }
      }
    }
    for word in ["施行至", "执行至", "实施至", "有效至", "截止至", "执行到", "截至"] as [StaticString] {
      if let place = text.first(word, in: sentence),
        word.description != "截至" || text.contains(["有效", "施行", "执行期"], in: sentence),
        speaksOfItself(sentence),
        let date = DateReader(text: text).date(
          at: text.skippingSpaces(place.upperBound, limit: sentence.upperBound),
          limit: sentence.upperBound, toEnd: true)
      {
        return (date.day, place.lowerBound..<date.end)
      }
    }
    return nil
  }

  private func term(
    after place: Range<Int>, limit: Int, from start: CalendarDay?
  ) -> (day: CalendarDay, range: Range<Int>)? {
    let dates = DateReader(text: text)
    var at = place.upperBound
    var sawUntil = false
    for _ in 0..<24 where at < limit {
      switch text[at] {
      case ",", ";", "(": return nil
      case "至", "到", "止": sawUntil = true
      default: break
      }
      if text[at].isDigit || ChineseNumeral.digit(text[at]) != nil || text[at] == "十" {
        if let date = dates.date(at: at, limit: limit, toEnd: true) {
          // 有效期自A至B: the first date is the start.
          if !sawUntil, let to = text.first("至", in: date.end..<min(date.end + 4, limit)),
            let last = dates.date(
              at: text.skippingSpaces(to.upperBound, limit: limit), limit: limit, toEnd: true)
          {
            return (last.day, place.lowerBound..<last.end)
          }
          return sawUntil ? (date.day, place.lowerBound..<date.end) : nil
        }
        let read =
          ChineseNumeral.readDigits(text, at: at, limit: limit)
          ?? ChineseNumeral.read(text, at: at, limit: limit)
        guard let read, let start, 1...60 ~= read.value else { return nil }
        let unit = text.skippingSpaces(read.end, limit: limit)
        if text[unit] == "年" {
          return (start.end(ofMonths: read.value * 12), place.lowerBound..<(unit + 1))
        }
        if text.has("个月", at: unit) {
          return (start.end(ofMonths: read.value), place.lowerBound..<(unit + 2))
        }
        return nil
      }
      at += 1
    }
    return nil
  }
}
