public import PolicyText
private import Segmenter

/// Marks the words of a query in any text, as hits are marked.
public final class QueryMarker {
  private let segmenter: Segmenter
  private let analysis: QueryAnalysis

  /// Takes the query apart once.
  ///
  /// - Throws: ``IndexError`` where the segmenter cannot be opened.
  public init(_ words: String) throws(IndexError) {
    do {
      segmenter = try Segmenter(.standard)
    } catch {
      throw .segmenter(status: error.status)
    }
    analysis = QueryAnalysis(words, segmenter: segmenter)
  }

  /// The ranges of `text`, in bytes, that match.
  public func marks(in text: String) -> [ByteRange] {
    MatchMarks.marks(of: analysis, in: text, segmenter: segmenter)
  }
}
