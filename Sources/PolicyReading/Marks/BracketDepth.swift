import PolicyText
import PolicyVocabulary

/// How deep in brackets each scalar stands (括号层次).
enum BracketDepth {
  /// The depth at each scalar, the brackets themselves included.
  ///
  /// A bracket without its other half does not count.
  static func depths(_ text: ClauseText) -> [UInt8] {
    var depths = [UInt8](repeating: 0, count: text.count)
    var open: [(closing: Unicode.Scalar, index: Int)] = []
    for index in 0..<text.count {
      let scalar = text.scalars[index]
      if let closing = closing(of: scalar) {
        open.append((closing, index))
      } else if scalar == "\n" || scalar == "。" {
        if open.first.map({ $0.closing != ")" && $0.closing != "\u{201D}" }) ?? true { open = [] }
      } else if let place = open.lastIndex(where: { $0.closing == scalar }) {
        for inner in open[place].index...index where depths[inner] < 200 { depths[inner] += 1 }
        open.removeSubrange(place...)
      }
      if open.count > 8 { open.removeFirst() }
    }
    return depths
  }

  private static func closing(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "(": ")"
    case "[": "]"
    case "\u{201C}": "\u{201D}"
    case "《": "》"
    default: nil
    }
  }
}
