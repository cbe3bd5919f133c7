import PolicyText
import PolicyVocabulary

/// Lists of figures (并列数字): 1亿元、3亿元、10亿元.
enum FigureRuns {
  /// Figures with the unit that they share with the next one of their list: 5、10、20万元.
  static func shared(_ figures: [Figure], _ text: ClauseText) -> [Figure] {
    var figures = figures
    guard figures.count > 1 else { return figures }
    for place in stride(from: figures.count - 2, through: 0, by: -1) {
      let next = figures[place + 1]
      guard figures[place].unit == nil, !figures[place].isOrdinal, let unit = next.unit,
        isJoined(figures[place], next, text)
      else { continue }
      if figures[place].scale == 1, let scale = ExactNumber(next.scale),
        let value = figures[place].value.times(scale)
      {
        figures[place].value = value
        figures[place].scale = next.scale
      }
      figures[place].unit = unit
    }
    return figures
  }

  /// Whether two figures stand in one list: nothing but 、 和 或 及 between them.
  static func isJoined(_ first: Figure, _ second: Figure, _ text: ClauseText) -> Bool {
    guard second.range.lowerBound - first.end == 1 else { return false }
    switch text[first.end] {
    case "、", "和", "及", "或", "/": return true
    default: return false
    }
  }
}
