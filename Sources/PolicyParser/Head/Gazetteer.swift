package import PolicyText

/// A level of government (政策级别).
public enum GovernmentLevel: String, Hashable, Sendable, CaseIterable, Comparable {
  /// 国家
  case national
  /// 省、自治区、直辖市
  case province
  /// 地级市、州、盟
  case city
  /// 县、区、县级市、旗、功能区
  case county

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// From the nation down.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  /// The Chinese name, as the page shows it.
  public var name: String {
    switch self {
    case .national: "国家"
    case .province: "省级"
    case .city: "市级"
    case .county: "县（区）级"
    }
  }
}

/// The administrative divisions of China (GB/T 2260) by name.
package struct Gazetteer: Sendable {
  /// One division.
  package struct Place: Sendable {
    package let level: GovernmentLevel
    /// The full name, as 柳河县.
    package let name: String
    /// The name without its suffix, as 柳河.
    package let shortName: String
    /// Index of the division above, or nil.
    package let parent: Int?
  }

  package private(set) var places: [Place] = []
  private var fullNames = ScalarTrie()
  private var anyNames = ScalarTrie()
  /// Divisions that share a full name (鼓楼区).
  private var namesakes: [String: [Int]] = [:]
  private var shortNamesakes: [String: [Int]] = [:]
  /// What provinces and cities are called in document numbers: 鲁, 穗.
  private var abbreviations: [Character: Int] = [:]

  /// The divisions that travel with the program.
  package static let standard = Gazetteer(parsing: embeddedText("vocabulary/gazetteer.tsv"))

  /// Reads a table: code, level, name, short name, parent's code or `-`, abbreviation.
  package init(parsing file: String) {
    var indexOfCode: [Substring: Int] = [:]
    var rows: [[Substring]] = []
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count >= 5, GovernmentLevel(rawValue: String(columns[1])) != nil else {
        continue
      }
      indexOfCode[columns[0]] = rows.count
      rows.append(columns)
    }
    for (index, row) in rows.enumerated() {
      let name = String(row[2])
      let shortName = String(row[3])
      places.append(
        Place(
          level: GovernmentLevel(rawValue: String(row[1])) ?? .county, name: name,
          shortName: shortName, parent: indexOfCode[row[4]]))
      namesakes[name, default: []].append(index)
      shortNamesakes[shortName, default: []].append(index)
      fullNames.insert(name, value: index)
      if row.count > 5, row[5].count == 1, let letter = row[5].first {
        abbreviations[letter] = index
      }
    }
    for (index, place) in places.enumerated() {
      anyNames.insert(place.name, value: index)
      if place.shortName.count >= 2 { anyNames.insert(place.shortName, value: index) }
    }
  }

  /// The place whose full name (济南市) begins at `index`: its length in scalars, and all namesakes.
  package func fullName(
    in text: MatchText, at index: Int, limit: Int
  ) -> (length: Int, places: [Int])? {
    guard let match = fullNames.longest(in: text, at: index, limit: limit) else { return nil }
    return (match.length, namesakes[places[match.value].name] ?? [match.value])
  }

  /// The place whose name, full or short, begins at `index`.
  package func anyName(
    in text: MatchText, at index: Int, limit: Int
  ) -> (length: Int, places: [Int])? {
    guard let match = anyNames.longest(in: text, at: index, limit: limit) else { return nil }
    let place = places[match.value]
    if place.name.unicodeScalars.count == match.length {
      return (match.length, namesakes[place.name] ?? [match.value])
    }
    return (match.length, shortNamesakes[place.shortName] ?? [match.value])
  }

  /// The place with this full or short name, where there is one only, or one of the highest level.
  package func place(named name: String) -> Int? {
    let found = namesakes[name] ?? shortNamesakes[name] ?? []
    guard let highest = found.map({ places[$0].level }).min() else { return nil }
    let best = found.filter { places[$0].level == highest }
    return best.count == 1 ? best[0] : nil
  }

  /// The place that a letter of a document number stands for.
  package func place(abbreviated letter: Character) -> Int? { abbreviations[letter] }

  /// The full path of names: 吉林省通化市柳河县.
  package func path(_ index: Int) -> String {
    var names = [places[index].name]
    var parent = places[index].parent
    while let above = parent {
      names.append(places[above].name)
      parent = places[above].parent
    }
    return names.reversed().joined()
  }

  /// The division and all above it, lowest first.
  package func chain(_ index: Int) -> [Int] {
    var chain = [index]
    while let above = places[chain[chain.count - 1]].parent { chain.append(above) }
    return chain
  }
}
