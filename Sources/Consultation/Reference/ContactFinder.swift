public import Indexer
internal import PolicyText

/// Finds the contact of a department as documents name it: 市科技局 is that of the issuer's city.
public struct ContactFinder: Sendable {
  private let contacts: [Contact]

  /// Looks among the contacts of an index.
  public init(_ contacts: [Contact]) { self.contacts = contacts }

  /// The contacts of a department.
  ///
  /// - Parameters:
  ///   - name: As the text names it: 市科技局, 澜川市科学技术局, 区发展和改革局.
  ///   - region: The place of the document that names it: 云屏省澜川市.
  /// - Returns: Those of that place under any of its names; none where the directory has none.
  public func contacts(of name: String, region: String?) -> [Contact] {
    let parts = Self.parts(of: region ?? "")
    let (place, base) = Self.place(of: name, among: parts)
    guard !base.isEmpty else { return [] }
    return contacts.filter { contact in
      let last = Self.parts(of: contact.region).last ?? contact.region
      // A city's document names bodies of its province without the province standing in its own region.
      if place == "省" {
        return last.last == "省"
          && ([contact.department] + contact.aliases).contains { Self.isSame($0, base) }
      }
      guard place == nil || last == place else { return false }
      if place == nil, !parts.isEmpty, !parts.contains(last) { return false }
      return ([contact.department] + contact.aliases).contains { Self.isSame($0, base) }
    }
  }

  /// 云屏省, 澜川市 of 云屏省澜川市.
  static func parts(of path: String) -> [String] {
    var parts: [String] = []
    var name = ""
    for character in path {
      name.append(character)
      if "省市区县州盟旗".contains(character), name.count >= 3 {
        parts.append(name)
        name = ""
      }
    }
    if !name.isEmpty { parts.append(name) }
    return parts
  }

  /// Which place a department is of, and its name without it.
  private static func place(of name: String, among parts: [String]) -> (String?, String) {
    var rest = name[...]
    var place: String?
    for part in parts where rest.hasPrefix(part) && rest.count > part.count {
      place = part
      rest = rest.dropFirst(part.count)
    }
    if let place { return (place, String(rest)) }
    guard let first = name.first, "省市区县州".contains(first), name.count > 2 else {
      return (nil, name)
    }
    // 区 is a development zone as well: the lowest part of the path.
    let found =
      parts.last { $0.last == first } ?? (first == "区" || first == "县" ? parts.last : nil)
    return (found ?? (first == "省" ? "省" : ""), String(name.dropFirst()))
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    return WordRelations.standard.variants(of: right).contains {
      $0.strength == 1 && $0.word == left
    }
  }
}
