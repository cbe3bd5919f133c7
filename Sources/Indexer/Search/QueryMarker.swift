public import PolicyText
private import Segmenter

/// Marks the words of a query in any text, as hits are marked.
public final class QueryMarker {
  private let marks: MatchMarks

  /// Takes the query apart once.
  ///
  /// - Throws: ``IndexError`` where the segmenter cannot be opened.
  public init(_ words: String) throws(IndexError) {
    let segmenter: Segmenter
    do {
      segmenter = try Segmenter(.standard)
    } catch {
      throw .segmenter(status: error.status)
    }
    marks = MatchMarks(QueryAnalysis(words, segmenter: segmenter), segmenter: segmenter)
  }

  /// The ranges of `text`, in bytes, that match.
  public func marks(in text: String) -> [ByteRange] {
    marks.marks(in: text)
  }
}
