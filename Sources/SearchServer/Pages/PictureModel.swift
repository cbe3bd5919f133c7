internal import Indexer
internal import PolicyParser
internal import PolicyText

/// The picture of a page of the file beside the text of a document (原件页图).
struct PictureModel: Sendable {
  /// The highest number of a page that is asked for: as many as are read of a file.
  static let mostPages = 3_000

  let stored: StoredDocument
  /// What was searched for, kept in the links.
  let words: String
  /// Which page.
  let number: Int
  /// The picture, or why there is none; nil where too many are being drawn.
  let drawn: Result<PagePicture, PictureRefusal>?
  /// Where each page begins in the text.
  private let starts: [(offset: Int, page: Int)]

  init(
    stored: StoredDocument, words: String, number: Int,
    drawn: Result<PagePicture, PictureRefusal>?
  ) {
    self.stored = stored
    self.words = words
    self.number = number
    self.drawn = drawn
    starts = stored.parsed.value.source.blocks.compactMap { block in
      if case .page(let page) = block.kind { (block.range.lowerBound, page) } else { nil }
    }
  }

  /// What the template is given.
  var context: [String: Any] {
    var values: [String: Any] = ["closeURL": Self.url(of: stored, words: words, page: nil)]
    switch drawn {
    case nil: values["message"] = "正在画的页面较多，请过一会儿刷新本页。"
    case .failure(let refusal)?:
      values["message"] = refusal.message
      if case .noPage = refusal { values["firstURL"] = url(1) }
    case .success(let picture)?:
      values["image"] = [
        "url": "/documents/\(stored.summary.key)/pages/\(number).png?version=\(stored.version)",
        "page": "\(number)", "count": "\(picture.pageCount)",
      ]
      if number > 1 { values["previous"] = neighbour(number - 1) }
      if number < picture.pageCount { values["next"] = neighbour(number + 1) }
    }
    return values
  }

  /// The links to another page: beside the text they lead to its text, above the text to the picture.
  private func neighbour(_ page: Int) -> [String: Any] {
    let hasText = starts.contains { $0.page == page }
    return [
      "besideURL": url(page) + (hasText ? "#page-\(page)" : "#picture"),
      "aboveURL": url(page) + "#picture",
    ]
  }

  /// The page on which the text at an offset stands.
  func page(at offset: Int) -> Int? {
    guard case .success? = drawn else { return nil }
    return starts.last { $0.offset <= offset }?.page
  }

  /// What marks the beginning of a page in the text.
  func mark(of page: Int) -> [String: Any] {
    var values: [String: Any] = [
      "anchor": "page-\(page)", "pageNumber": "\(page)", "pageURL": url(page) + "#page-\(page)",
    ]
    if page == number { values["isShown"] = true }
    return values
  }

  private func url(_ page: Int) -> String { Self.url(of: stored, words: words, page: page) }

  /// The address of a document with the picture of a page, or without one.
  static func url(of stored: StoredDocument, words: String, page: Int?) -> String {
    var fields: [String] = []
    if !words.isEmpty { fields.append("q=" + QueryString.encoded(words)) }
    if !stored.isCurrent { fields.append("version=\(stored.version)") }
    if let page { fields.append("page=\(page)") }
    return "/documents/\(stored.summary.key)"
      + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
  }
}
