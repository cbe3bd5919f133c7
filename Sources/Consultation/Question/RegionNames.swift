internal import PolicyText

/// The names of the places that the indexed documents are of, those that no gazetteer has included.
struct RegionNames: Sendable {
  private let names: WordSet<String>

  /// Takes paths of names apart: 云屏省澜川市 is 云屏省 and 澜川市.
  init(_ paths: [String]) {
    var found: [(word: String, value: String)] = []
    var seen: Set<String> = []
    for path in paths {
      var name = String.UnicodeScalarView()
      for scalar in path.unicodeScalars {
        name.append(scalar)
        guard "省市区县州盟旗".unicodeScalars.contains(scalar), name.count >= 3 else { continue }
        let full = String(name)
        name.removeLast()
        let short = String(name)
        name = String.UnicodeScalarView()
        guard seen.insert(full).inserted else { continue }
        found.append((full, short))
        // 高新区 and 开发区 are of many places.
        if short.count >= 2, !Self.common.contains(short) { found.append((short, short)) }
      }
    }
    names = WordSet(found)
  }

  private static let common: Set<String> = ["高新", "开发", "经济开发", "自治", "新", "城", "市辖", "示范"]

  /// The short name of the place whose name begins at an index, with the length of the name as it stands.
  func name(in text: MatchText, at index: Int) -> (String, Int)? {
    names.longest(in: text, at: index, limit: text.count).map { ($0.value, $0.range.count) }
  }
}
