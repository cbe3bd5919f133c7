/// A unit of the outline while it is being built, in scalars of the match text.
struct OutlineNode {
  /// Nil for a document within the file.
  var mark: NumberingMark?
  var start: Int
  /// Index of the parent; -1 for the document.
  var parent: Int
  /// Whether the label stands in the middle of a sentence.
  var isInline: Bool
}
