package import PolicyText

/// Reads the sums of money in a short text, as a question is (金额).
package enum MoneyReader {
  /// The sums in order, in fen, with where they stand: 三十万元, 250万, 1.2亿元.
  ///
  /// - Complexity: O(*n*).
  package static func sums(in text: MatchText) -> [(fen: Int64, range: Range<Int>)] {
    AmountScanner(text: text).figures(in: 0..<text.count).compactMap { figure in
      guard case .money(let fen) = figure.value, fen > 0 else { return nil }
      return (fen, figure.range)
    }
  }
}
