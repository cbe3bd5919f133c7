/// What a query asks for beside its words, as documents are compared with it.
struct Wishes {
  /// Folded names of places.
  var places: [[UInt32]] = []
  var years: [Int64] = []
  /// Clauses that grant a sum of the query; nil where it names none.
  var clauses: Set<Int64>?
  /// The day that 时效 is asked for, as 2026-01-01.
  var day = ""

  /// How a candidate lies to them, each from 0 to 1.
  struct Fit {
    var place: Float = 0
    var year: Float = 0
    var amount: Float = 0
    /// 1 where the document's term is over.
    var lapsed: Float = 0
    /// 0 for documents of 2010 and without a date, 1 for those of 2030.
    var newness: Float = 0

    private static let (ofPlace, ofYear, ofAmount): (Float, Float, Float) = (0.4, 0.05, 0.05)
    private static let (ofLapsed, ofNewness): (Float, Float) = (-0.03, 0.02)

    /// What each adds to a base of 1.
    var parts: [(kind: ScorePart.Kind, share: Float)] {
      [
        (.place, Self.ofPlace * place), (.year, Self.ofYear * year),
        (.amount, Self.ofAmount * amount), (.lapsed, Self.ofLapsed * lapsed),
        (.newness, Self.ofNewness * newness),
      ]
    }

    /// What a base is multiplied by.
    var factor: Float {
      1 + Self.ofPlace * place + Self.ofYear * year + Self.ofAmount * amount
        + Self.ofLapsed * lapsed + Self.ofNewness * newness
    }
  }

  /// How new a document is, by its day as 2024-05-01.
  static func newness(_ day: UnsafeRawBufferPointer) -> Float {
    guard day.count >= 7 else { return 0 }
    func number(_ range: Range<Int>) -> Float {
      range.reduce(0) { $0 * 10 + Float(day[$1] & 0x0F) }
    }
    return min(1, max(0, (number(0..<4) + number(5..<7) / 12 - 2_010) / 20))
  }
}
