import PolicyText
import PolicyVocabulary

/// Reads limits that are no sums (限制): 一次性, 不超过12个月, 取前6名, 择优, 视情况, 每年.
struct LimitReader {
  let clause: MarkedClause

  /// The limits of a stretch that gives or limits, in order of the text.
  ///
  /// - Parameters:
  ///   - stretches: where limits may stand: no condition lies in them.
  ///   - giving: where awards stand: only there 每年 limits.
  /// - Returns: The limits; none where nothing limits.
  func limits(in stretches: [Range<Int>], giving: [Range<Int>]) -> [AwardLimit] {
    var limits = giving.flatMap { yearly(in: $0) }
    for stretch in stretches {
      limits +=
        words(.onceWord, .once, in: stretch) + words(.competitiveWord, .competitive, in: stretch)
      limits += words(.discretionaryWord, .discretionary, in: stretch)
      limits += months(in: stretch) + top(in: stretch)
    }
    var seen: Set<AwardLimit.Kind> = []
    return limits.sorted { $0.range.lowerBound < $1.range.lowerBound }.filter {
      seen.insert($0.kind).inserted
    }
  }

  private func words(
    _ category: WordCategory, _ kind: AwardLimit.Kind, in stretch: Range<Int>
  ) -> [AwardLimit] {
    clause.first(category, in: stretch).map { [AwardLimit(kind: kind, range: $0.range)] } ?? []
  }

  /// 每年, unless it is part of the unit: 每年2元/平方米.
  private func yearly(in stretch: Range<Int>) -> [AwardLimit] {
    if let slash = stretch.first(where: { clause.text[$0] == "/" && clause.text[$0 + 1] == "年" }) {
      return [AwardLimit(kind: .yearly, range: slash + 1..<slash + 2)]
    }
    guard let word = clause.first(.yearlyWord, in: stretch), !clause.isInsideWord(word.range) else {
      return []
    }
    let figure = clause.figures(in: word.range.upperBound..<stretch.upperBound).first
    if let figure, clause.text[clause.figures[figure].end] == "/" { return [] }
    if AwardUnit.each(in: stretch, of: clause).contains(where: { $0 != "年" && $0 != "度" }),
      clause.text[word.range.lowerBound] == "每"
    {
      return []
    }
    return [AwardLimit(kind: .yearly, range: word.range)]
  }

  /// 最长不超过12个月, 收取3个月: a span that is no age and no threshold.
  private func months(in stretch: Range<Int>) -> [AwardLimit] {
    clause.figures(in: stretch).compactMap { place in
      let figure = clause.figures[place]
      guard let unit = figure.unit, unit.family == .duration, unit.name == "月",
        let months = figure.value.whole,
        clause.word(.eachWord, endingAt: figure.range.lowerBound) == nil
      else { return nil }
      let before = max(stretch.lowerBound, figure.range.lowerBound - 8)..<figure.range.lowerBound
      let isLed = clause.has(.monthsWord, in: before) || clause.has(.reliefVerb, in: before)
      let isSpan =
        figure.behind == .atMost || figure.end == stretch.upperBound
        || clause.word(.reliefVerb, at: figure.end) != nil
      guard isLed || isSpan else { return nil }
      return AwardLimit(kind: .months(months), range: figure.range)
    }
  }

  /// 取前6名, 遴选不超过5家.
  private func top(in stretch: Range<Int>) -> [AwardLimit] {
    clause.figures(in: stretch).compactMap { place in
      let figure = clause.figures[place]
      guard let count = figure.value.whole, count > 1,
        [.person, .firm, .household, .piece].contains(figure.unit?.family), figure.behind == nil
      else { return nil }
      let low = max(stretch.lowerBound, figure.range.lowerBound - 12)
      guard let word = clause.last(.topWord, in: low..<figure.range.lowerBound),
        clause.skipping(
          [.rankWord, .capWord, .comparator, .functionWord, .topWord], from: word.range.upperBound,
          limit: figure.range.lowerBound) == figure.range.lowerBound
      else { return nil }
      return AwardLimit(kind: .top(count), range: word.range.lowerBound..<figure.end)
    }
  }
}
