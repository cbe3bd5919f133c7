import PolicyText
import PolicyVocabulary

/// A stretch between two commas (短语), outside brackets.
package struct Phrase: Sendable, Hashable {
  /// Its scalars, without the stop behind it.
  package let range: Range<Int>
  /// Number of its sentence, from 0.
  package let sentence: Int
  /// Number of its part, from 0, counted through the clause: a part ends with ；.
  package let part: Int
  /// The number of the label of a list that stands before it, 2 for （二）; nil where none does.
  package let label: Int?
  /// The stop behind it; a line break at the end of the clause.
  package let stop: Unicode.Scalar
}

/// Cuts a clause into sentences, parts and phrases (分句).
///
/// There is no other cutter.
///
/// Law: phrases, the stops between them and the labels before them tile the clause.
package enum SentenceCutter {
  /// The phrases of a clause in order; none is empty.
  ///
  /// - Complexity: O(*n*).
  package static func phrases(of clause: MarkedClause) -> [Phrase] {
    var phrases: [Phrase] = []
    var sentence = 0
    var part = 0
    var start = 0
    var label: Int?
    func close(_ end: Int, _ stop: Unicode.Scalar) {
      if end > start {
        phrases.append(
          Phrase(
            range: start..<end, sentence: sentence, part: part, label: label, stop: stop))
        label = nil
      }
    }
    var index = 0
    while index < clause.count {
      if index == start || clause.text.isSpaced(index),
        let found = ListLabel.label(clause.text, at: index, isStart: index == start),
        clause.depth[index] <= found.depth,
        clause.figure(covering: index).map({ clause.figures[$0].unit == nil }) ?? true
      {
        close(index, ",")
        part += phrases.isEmpty ? 0 : 1
        label = found.number
        start = found.end
        index = found.end
        continue
      }
      if let stop = stop(clause, index) {
        close(index, clause.text[index])
        start = index + 1
        switch stop {
        case .sentence:
          sentence += 1
          part += 1
        case .part: part += 1
        case .phrase: break
        }
      }
      index += 1
    }
    close(clause.count, "\n")
    return phrases
  }

  private enum Stop {
    case sentence
    case part
    case phrase
  }

  private static func stop(_ clause: MarkedClause, _ index: Int) -> Stop? {
    guard clause.depth[index] == 0, clause.figure(covering: index) == nil else { return nil }
    switch clause.text[index] {
    case "。", "!", "?", "\n": return .sentence
    case ";": return .part
    case ",", ":", "|": return .phrase
    case ".":
      let isDecimal = clause.text[index - 1].isASCIIDigit && clause.text[index + 1].isASCIIDigit
      return isDecimal || clause.text[index - 1].isLetter ? nil : .sentence
    default: return nil
    }
  }
}

/// The label of a point of a list (序号): （二）, ③, 1 with a full stop, or a bare digit between spaces.
enum ListLabel {
  /// The label at `index`, where it begins a phrase or stands behind white space.
  static func label(
    _ text: ClauseText, at index: Int, isStart: Bool
  ) -> (number: Int, end: Int, depth: UInt8)? {
    let scalar = text[index]
    if 0x2460...0x2473 ~= scalar.value { return (Int(scalar.value - 0x245F), index + 1, 0) }
    let start = scalar == "(" ? index + 1 : index
    guard let numeral = Numeral(text, at: start, limit: text.count),
      let number = numeral.value.whole,
      number < 100, numeral.end - start < 4
    else { return nil }
    let next = text[numeral.end]
    if scalar == "(" { return next == ")" ? (number, numeral.end + 1, 1) : nil }
    switch next {
    case ".": return text[numeral.end + 1].isASCIIDigit ? nil : (number, numeral.end + 1, 0)
    case "、": return startsPoint(text, numeral.end + 1) ? (number, numeral.end + 1, 0) : nil
    case ")": return (number, numeral.end + 1, 0)
    default:
      let isBare =
        numeral.isArabic && (isStart || text.isSpaced(index)) && text.isSpaced(numeral.end)
      return isBare && next.isHan && numeral.end < text.count ? (number, numeral.end, 0) : nil
    }
  }

  /// Whether words and not a further figure of a list (1、3、5万元) stand at `index`.
  private static func startsPoint(_ text: ClauseText, _ index: Int) -> Bool {
    guard let numeral = Numeral(text, at: index, limit: text.count) else { return true }
    return !numeral.isArabic
  }
}
