/// How high a text of law stands (效力位阶), by its title.
///
/// 3: an act of the national legislature. 2: other texts in the name of the nation, and interpretations of the
/// highest courts. 1: regulations. 0: all else, so notices of support are not touched.
enum Authority {
  /// The highest value.
  static let most: Float = 3

  private static let nation = Array("中华人民共和国".utf8)
  private static let courts = ["最高人民法院", "最高人民检察院"].map { Array($0.utf8) }
  private static let council = Array("国务院".utf8)
  private static let act = Array("法".utf8)
  private static let code = Array("法典".utf8)
  private static let regulation = Array("条例".utf8)
  private static let ordinal = Array("第".utf8)

  /// The value of a title in UTF-8; what follows 第 or a space (the article) is left out.
  static func level(of title: UnsafeRawBufferPointer) -> Float {
    var end = 0
    while end < title.count, title[end] != 0x20, !has(title, ordinal, at: end) { end += 1 }
    func ends(with word: [UInt8]) -> Bool {
      end >= word.count && has(title, word, at: end - word.count)
    }
    if has(title, nation, at: 0) { return ends(with: act) || ends(with: code) ? 3 : 2 }
    if courts.contains(where: { has(title, $0, at: 0) }) { return 2 }
    return has(title, council, at: 0) || ends(with: regulation) ? 1 : 0
  }

  private static func has(
    _ bytes: UnsafeRawBufferPointer, _ word: [UInt8], at index: Int
  ) -> Bool {
    guard index + word.count <= bytes.count else { return false }
    for (place, byte) in word.enumerated() where bytes[index + place] != byte { return false }
    return true
  }
}
