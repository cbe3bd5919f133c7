import PolicyText
import PolicyVocabulary

/// Reads figures with units, remarks, comparators behind them and ranges.
struct FigureReader {
  let text: ClauseText
  let vocabulary: Vocabulary
  let limit: Int

  /// The figure that begins at `index`; nil where there is none.
  func figure(at index: Int) -> Figure? {
    guard var figure = single(at: index) else { return nil }
    if let end = rangeSign(at: figure.end), figure.behind == nil, let upper = single(at: end),
      !upper.isOrdinal, figure.unit == nil || upper.unit == nil || figure.unit == upper.unit
    {
      if figure.unit == nil, figure.scale == 1, let scale = ExactNumber(upper.scale),
        let scaled = figure.value.times(scale)
      {
        figure.value = scaled
      }
      figure.high = upper.value
      figure.unit = upper.unit ?? figure.unit
      figure.highIncluded = upper.lowIncluded
      figure.behind = upper.behind
      figure.range = index..<upper.range.upperBound
      figure.end = upper.end
    }
    guard figure.unit != nil || figure.isOrdinal || isArabic(index) else { return nil }
    return figure
  }

  private func isArabic(_ index: Int) -> Bool { text[index].isASCIIDigit }

  /// The index after a sign that joins the ends of a range.
  private func rangeSign(at index: Int) -> Int? {
    switch text[index] {
    case "-", "~", "至", "到": index + 1
    default: nil
    }
  }

  private func single(at index: Int) -> Figure? {
    if let fraction = fraction(at: index) { return fraction }
    let isOrdinal = text[index - 1] == "第"
    guard let numeral = numeral(at: index) else { return nil }
    if let ratio = ratio(numeral, from: index) { return ratio }
    var end = numeral.end
    if text[end] == "余" || text[end] == "多" { end += 1 }
    var figure = Figure(
      value: numeral.value, isOrdinal: isOrdinal, scale: numeral.scale, range: index..<end, end: end
    )
    if let tenths = tenths(numeral, from: index) { return withRemarks(tenths) }
    if let (unit, length) = unit(at: end) {
      guard let value = numeral.value.times(unit.factor) else { return nil }
      figure.value = value
      figure.unit = unit
      figure.range = index..<(end + length)
    } else if numeral.scale >= 10_000 {
      figure.unit = .yuan
    }
    figure.end = figure.range.upperBound
    return withRemarks(figure)
  }

  /// The numeral at `index`: 2 in 2千瓦时, where the last sign begins a unit.
  private func numeral(at index: Int) -> Numeral? {
    guard let whole = Numeral(text, at: index, limit: limit) else { return nil }
    let last = whole.end - 1
    guard last > index, text[last] == "千", let (_, length) = unit(at: last), length > 1 else {
      return whole
    }
    return Numeral(text, at: index, limit: last) ?? whole
  }

  /// 百分之五, 三分之二, 万分之五: a rate.
  private func fraction(at index: Int) -> Figure? {
    var below: ExactNumber?
    var start = index
    switch text[index] {
    case "百": below = ExactNumber(100)
    case "千": below = ExactNumber(1_000)
    case "万": below = ExactNumber(10_000)
    default: break
    }
    if below != nil {
      start = index + 1
    } else if let numeral = Numeral(text, at: index, limit: limit), !numeral.isArabic {
      below = numeral.value
      start = numeral.end
    }
    guard let below, below != .zero, text[start] == "分", text[start + 1] == "之",
      let above = Numeral(text, at: start + 2, limit: limit),
      let percent = above.value.times(
        ExactNumber(tenThousandths: 10_000_000_000 / below.tenThousandths))
    else { return nil }
    return withRemarks(
      Figure(value: percent, unit: .percent, range: index..<above.end, end: above.end))
  }

  /// 1:0.5 as a rate of 50 %.
  private func ratio(_ numeral: Numeral, from index: Int) -> Figure? {
    guard numeral.isArabic, numeral.value == .one, text[numeral.end] == ":",
      let second = Numeral(text, at: numeral.end + 1, limit: limit), second.isArabic,
      let percent = second.value.times(ExactNumber(tenThousandths: 1_000_000))
    else { return nil }
    return Figure(value: percent, unit: .percent, range: index..<second.end, end: second.end)
  }

  /// 两成 as a rate of 20 %; 成立, 成果 and their kin are none.
  private func tenths(_ numeral: Numeral, from index: Int) -> Figure? {
    guard !numeral.isArabic, text[numeral.end] == "成", numeral.value < .ten,
      let percent = numeral.value.times(.ten)
    else { return nil }
    let next = numeral.end + 1
    switch next < limit ? text[next] : "。" {
    case "至", "到", "-", "~", "以", "的", "给", "补", "奖", "资", "左", ",", "。", "(": break
    default: return nil
    }
    return Figure(
      value: percent, unit: .percent, range: index..<(numeral.end + 1), end: numeral.end + 1)
  }

  /// The longest unit at `index`.
  func unit(at index: Int) -> (unit: MeasureUnit, length: Int)? {
    guard index < limit else { return nil }
    var best: (MeasureUnit, Int)?
    vocabulary.forEachWord(in: text.scalars, at: index, limit: limit) { length, entry in
      if let unit = vocabulary.entries[entry].unit { best = (unit, length) }
    }
    return best
  }

  /// `figure` with （含）, 以上 and their kin behind it.
  private func withRemarks(_ figure: Figure) -> Figure {
    var figure = figure
    var end = figure.range.upperBound
    for _ in 0..<3 {
      guard let (sense, length) = remark(at: end) else { break }
      if sense.category == .included {
        figure.lowIncluded = sense.feature == .yes
      } else if figure.behind == nil {
        figure.behind = Comparator(sense.feature)
      } else {
        break
      }
      end += length
    }
    figure.behind = figure.behind?.including(figure.lowIncluded)
    figure.end = end
    return figure
  }

  private func remark(at index: Int) -> (sense: WordSense, length: Int)? {
    guard index < limit else { return nil }
    var best: (WordSense, Int)?
    vocabulary.forEachWord(in: text.scalars, at: index, limit: limit) { length, entry in
      for sense in vocabulary.entries[entry].senses
      where sense.category == .included || sense.category == .comparatorBehind {
        best = (sense, length)
      }
    }
    return best
  }
}

extension MeasureUnit {
  /// 元.
  static let yuan = MeasureUnit(family: .money, name: "元", factor: .one)
  /// %.
  static let percent = MeasureUnit(family: .percent, name: "%", factor: .one)
}

extension ExactNumber {
  /// Ten.
  static let ten = ExactNumber(tenThousandths: 100_000)
}
