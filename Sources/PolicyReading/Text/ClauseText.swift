package import PolicyText
import PolicyVocabulary

/// The words of one clause as the rules see them: folded, lines joined, without white space.
///
/// An index counts the scalars of ``scalars``; ``bytes(_:)`` leads back to the source.
package struct ClauseText: Sendable {
  /// The folded text of the document.
  package let source: MatchText
  /// The folded scalars of the clause.
  ///
  /// A line break stands only where the writer broke the line.
  package let scalars: [Unicode.Scalar]
  /// The index of each scalar in ``source``.
  private let places: [Int32]
  /// Whether white space stood before each scalar.
  private let spaced: [Bool]

  /// Takes the scalars `range` of a folded text.
  ///
  /// - Complexity: O(*n*).
  package init(_ source: MatchText, _ range: Range<Int>) {
    let joiner = LineJoiner(source, range)
    var scalars: [Unicode.Scalar] = []
    var places: [Int32] = []
    var spaced: [Bool] = []
    scalars.reserveCapacity(range.count)
    places.reserveCapacity(range.count)
    spaced.reserveCapacity(range.count)
    var isSpaced = true
    for index in range {
      let scalar = source.scalars[index]
      if scalar == " " || (scalar == "\n" && joiner.isWrap(at: index)) {
        isSpaced = isSpaced || scalar == " "
        continue
      }
      scalars.append(scalar)
      places.append(Int32(index))
      spaced.append(isSpaced)
      isSpaced = scalar == "\n"
    }
    self.source = source
    self.scalars = scalars
    self.places = places
    self.spaced = spaced
  }

  /// Number of scalars.
  package var count: Int { scalars.count }

  /// The scalar at `index`, or a line break beyond the ends.
  package subscript(index: Int) -> Unicode.Scalar {
    index >= 0 && index < scalars.count ? scalars[index] : "\n"
  }

  /// Whether white space, or the start of the clause, stands before the scalar at `index`.
  package func isSpaced(_ index: Int) -> Bool { index >= spaced.count || spaced[index] }

  /// The bytes of the source at `range`.
  package func bytes(_ range: Range<Int>) -> ByteRange {
    guard range.lowerBound < range.upperBound else {
      let place = range.lowerBound < places.count ? Int(places[range.lowerBound]) : source.count
      return source.bytes(place..<place)
    }
    return source.bytes(Int(places[range.lowerBound])..<(Int(places[range.upperBound - 1]) + 1))
  }

  /// The folded words at `range`.
  package func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// Whether the folded scalars of `words` stand at `index`.
  package func has(_ words: StaticString, at index: Int) -> Bool {
    guard index >= 0, index < places.count else { return false }
    var position = index
    for scalar in "\(words)".unicodeScalars {
      guard position < scalars.count, scalars[position] == scalar else { return false }
      position += 1
    }
    return true
  }
}
