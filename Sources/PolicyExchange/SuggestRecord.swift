public import Consultation

/// Suggestions and corrections as other programs read them.
public struct SuggestRecord: Encodable, Sendable {
  struct Entry: Encodable, Sendable {
    var text: String
    var kind: String
    @OrNull var key: String?
  }

  let suggestions: [Entry]
  let corrections: [String]

  /// Makes the record.
  public init(suggestions: [Suggestion], corrections: [String]) {
    self.suggestions = suggestions.map {
      Entry(text: $0.text, kind: $0.kind.rawValue, key: $0.key)
    }
    self.corrections = corrections
  }
}
