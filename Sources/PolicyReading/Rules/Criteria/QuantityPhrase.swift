import PolicyText
import PolicyVocabulary

/// A quantity before its figure (指标): 上年度 · 主营业务收入 · 2000万元以上.
///
/// Shared by all rules that compare a figure: it finds comparator, quantity and period to the left of a list of
/// figures.
struct QuantityPhrase {
  /// The scalars from the period to the comparator behind the last figure.
  let range: Range<Int>
  /// The scalars of the quantity alone; empty where it was elided (其中达到5亿元).
  let quantity: Range<Int>
  /// The period; nil where none stands.
  let period: Range<Int>?
  /// The figures, one or a list.
  let figures: [Figure]
  /// The comparator before the first figure, or behind the last; nil where neither stands.
  let comparator: Comparator?
  /// The growth between quantity and comparator; nil where it is no growth.
  let growth: WordFeature?

  /// Reads the phrase around a list of figures.
  init?(_ figures: [Figure], in phrase: Range<Int>, of clause: MarkedClause) {
    guard let first = figures.first, let last = figures.last else { return nil }
    self.figures = figures
    var end = first.range.lowerBound
    let low = clause.pieceStart(before: end, in: phrase)
    end = clause.skippingBack([.moneyTail], before: end, limit: low)
    let before = clause.word(.comparator, endingAt: end).flatMap { word -> Int? in
      word.start >= low ? word.start : nil
    }
    comparator =
      last.behind ?? before.flatMap { Comparator(clause.word(.comparator, at: $0)?.feature) }
    var position = before ?? end
    position = Self.withoutWeight(clause, before: position, limit: low)
    position = Self.withoutBracket(clause, before: position, limit: low)
    let growth = Self.growth(clause, before: position, limit: low)
    self.growth = growth?.feature
    position = growth?.start ?? position
    let (quantityStart, period, start) = Self.start(clause, low: low, end: position)
    quantity = min(quantityStart, position)..<position
    self.period = period
    range = start..<last.end
  }

  /// 首次, 均, 须 and comparators such as 达到 before a second comparator say nothing of the quantity.
  private static func withoutWeight(
    _ clause: MarkedClause, before end: Int, limit: Int
  ) -> Int {
    clause.skippingBack(
      [.thresholdStage, .duty, .comparator, .pronoun], before: end, limit: limit)
  }

  private static func withoutBracket(
    _ clause: MarkedClause, before end: Int, limit: Int
  ) -> Int {
    guard end > limit, clause.text[end - 1] == ")", let open = clause.opening(of: end - 1),
      open >= limit
    else { return end }
    return open
  }

  /// 同比增长 before `end`, with all that belongs to it.
  private static func growth(
    _ clause: MarkedClause, before end: Int, limit: Int
  ) -> (start: Int, feature: WordFeature?)? {
    guard let word = clause.word(.growth, endingAt: end), word.start >= limit else { return nil }
    let start = clause.skippingBack(
      [.growth, .comparisonBase, .thresholdStage], before: word.start, limit: limit)
    return (start, word.feature)
  }

  /// Where the quantity begins behind lead words, the applicant and the period.
  private static func start(
    _ clause: MarkedClause, low: Int, end: Int
  ) -> (quantity: Int, period: Range<Int>?, start: Int) {
    var start = leads(clause, from: low, limit: end)
    if let duty = clause.last(.duty, in: start..<end) {
      start = leads(clause, from: duty.range.upperBound, limit: end)
    }
    if let head = applicant(clause, low: start, end: end) { start = head }
    if let middle = (start..<end).first(where: { isPeriod(at: $0, before: end, clause) }) {
      start = middle
    }
    var period: Range<Int>?
    var position = start
    if let date = clause.dates.first(where: { $0.range.lowerBound == position }) {
      period = date.range
      position = date.range.upperBound
    }
    while let word = clause.word(.period, at: position), word.end <= end {
      period = (period?.lowerBound ?? position)..<word.end
      position = word.end
    }
    position = clause.skipping([.thresholdStage], from: position, limit: end)
    if clause.text[position] == "的" { position += 1 }
    return (position, period, start)
  }

  /// Whether a period begins at `index`; 年 alone only before a quantity.
  private static func isPeriod(at index: Int, before end: Int, _ clause: MarkedClause) -> Bool {
    guard let word = clause.word(.period, at: index), word.end < end,
      !clause.isInsideWord(index..<word.end)
    else { return false }
    return word.end - index > 1 || clause.word(.quantityNoun, at: word.end) != nil
  }

  /// The index behind words that lead a quantity and are none of it: 对其, 须.
  ///
  /// A period is one of its words.
  private static func leads(_ clause: MarkedClause, from low: Int, limit: Int) -> Int {
    var index = low
    while index < limit, clause.word(.period, at: index) == nil {
      let next = [WordCategory.functionWord, .pronoun, .duty].lazy.compactMap {
        clause.word($0, at: index)?.end
      }.max()
      guard let next, next <= limit else { return index }
      index = next
    }
    return index
  }

  /// The end of an applicant before the quantity: 规模以上工业企业 · 年产值.
  private static func applicant(_ clause: MarkedClause, low: Int, end: Int) -> Int? {
    for index in (low..<end).reversed() {
      guard let word = clause.word(.subject, at: index), word.end < end,
        word.feature == .firm || word.feature == .household
      else { continue }
      let isWhole =
        clause.skippingBack(
          [.size, .industry, .ownership, .placeSelf, .industryTail, .honourName], before: index,
          limit: low) == low
      return isWhole || clause.word(.period, at: word.end) != nil ? word.end : nil
    }
    return nil
  }

  /// The comparator of one figure of the list.
  func comparator(of figure: Figure) -> Comparator? {
    (figure.behind ?? comparator)?.including(figure.lowIncluded)
  }

  /// The lists of figures of a phrase: figures with one kind of unit, joined by 、 or 和.
  ///
  /// - Parameters:
  ///   - phrase: Where the figures stand.
  ///   - clause: The clause.
  ///   - isOpen: Whether figures in brackets, which only explain, are left out.
  /// - Returns: The lists in order of the text; a figure alone is a list of one.
  static func lists(
    in phrase: Range<Int>, of clause: MarkedClause, isOpen: Bool = false
  ) -> [[Figure]] {
    var lists: [[Figure]] = []
    for place in clause.figures(in: phrase) {
      let figure = clause.figures[place]
      if isOpen, clause.depth[figure.range.lowerBound] > clause.depth[phrase.lowerBound] {
        continue
      }
      if let last = lists.last?.last, last.unit?.family == figure.unit?.family,
        last.isOrdinal == figure.isOrdinal, FigureRuns.isJoined(last, figure, clause.text)
      {
        lists[lists.count - 1].append(figure)
      } else {
        lists.append([figure])
      }
    }
    return lists
  }
}
