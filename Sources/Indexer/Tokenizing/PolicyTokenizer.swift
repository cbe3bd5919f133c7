internal import GRDB
internal import PolicyText
internal import Segmenter

/// The segmenter as an FTS5 tokenizer.
///
/// Text is cut into words, without the words inside terms. A text that begins with
/// ``TokenStream/mark`` holds tokens that were cut before, on another core: they are given as they are.
/// Both ways give the same tokens, which `huice check` proves by cutting the stored text anew.
final class PolicyTokenizer: FTS5CustomTokenizer {
  static let name = "policy"
  private let segmenter: Segmenter

  init(db: Database, arguments: [String]) throws {
    segmenter = try Segmenter(.standard)
  }

  func tokenize(
    context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization,
    pText: UnsafePointer<CChar>?, nText: CInt, tokenCallback: @escaping FTS5TokenCallback
  ) -> CInt {
    guard let pText, nText > 0 else { return 0 }
    let bytes = pText.withMemoryRebound(to: UInt8.self, capacity: Int(nText)) {
      Array(UnsafeBufferPointer(start: $0, count: Int(nText)))
    }
    if bytes[0] == TokenStream.mark {
      return TokenStream.forEachToken(in: bytes) { start, end, isPart in
        bytes.withUnsafeBytes { raw in
          guard let base = raw.bindMemory(to: CChar.self).baseAddress else { return 0 }
          return tokenCallback(
            context, isPart ? 1 : 0, base + start, CInt(end - start), CInt(start), CInt(end))
        }
      }
    }
    // A damaged file may cut a text within a character.
    let text =
      (try? UTF8Span(validating: bytes.span)) == nil
      ? Array(String(decoding: bytes, as: UTF8.self).utf8) : bytes
    for token in segmenter.tokens(of: text) {
      var term = token.term
      let status = term.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { term in
          tokenCallback(
            context, token.kind == .part ? 1 : 0, term.baseAddress, CInt(term.count),
            CInt(token.range.lowerBound), CInt(token.range.upperBound))
        }
      }
      if status != 0 { return status }
    }
    return 0
  }
}

/// Tokens written as a text, so that they can be cut on one core and inserted on another.
enum TokenStream {
  /// The first byte of such a text; the reader of documents lets no text begin with it.
  static let mark: UInt8 = 0x02
  private static let word: UInt8 = 0x1F
  private static let part: UInt8 = 0x1E

  /// Cuts a text and writes its terms.
  static func encode(_ text: some Sequence<UInt8>, _ segmenter: Segmenter) -> [UInt8] {
    var bytes: [UInt8] = [mark]
    segmenter.appendTerms(of: Array(text), divider: word, to: &bytes)
    return bytes
  }

  /// Calls `body` with the place of each term; stops at the first status that is not 0, and returns it.
  static func forEachToken(
    in bytes: [UInt8], _ body: (_ start: Int, _ end: Int, _ isPart: Bool) -> CInt
  ) -> CInt {
    var index = 1
    while index < bytes.count {
      let isPart = bytes[index] == part
      var end = index + 1
      while end < bytes.count, bytes[end] != word, bytes[end] != part { end += 1 }
      if end > index + 1 {
        let status = body(index + 1, end, isPart)
        if status != 0 { return status }
      }
      index = end
    }
    return 0
  }
}
