internal import PolicyParser
internal import PolicyText

/// Finds names of places in a query.
enum PlaceNames {
  /// The short names of the divisions that `words` name: 济南市 and 济南 are 济南.
  static func names(in words: String) -> [String] {
    let text = MatchText(SourceText(words))
    let gazetteer = Gazetteer.standard
    var names: [String] = []
    var index = 0
    while index < text.count {
      if let found = gazetteer.anyName(in: text, at: index, limit: text.count),
        let place = found.places.first
      {
        let name = gazetteer.places[place].shortName
        if !names.contains(name) { names.append(name) }
        index += found.length
      } else {
        index += 1
      }
    }
    return names
  }
}
