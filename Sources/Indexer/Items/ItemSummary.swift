/// What lists say of an item (惠企事项).
public struct ItemSummary: Hashable, Sendable {
  /// The public name of its document.
  public let document: String
  /// Its place among the items of the document, from 1.
  public let number: Int
  /// The clause that grants it: its id in the tree; empty outside the clauses.
  public let clause: String
  /// The name (事项名称), derived.
  public let name: String
  /// The amount in a few characters; nil where the text names none.
  public let amount: String?
  /// Whom it is for (适用对象), in the text's words.
  public let audience: String?
  /// When it can be applied for (申报时间).
  public let window: String?
  /// The department in charge (执行部门).
  public let department: String?
  /// How it is claimed (兑现方式).
  public let claim: String?
  /// The elements of 政策解读, in its order; empty where the index keeps none.
  public let reading: [ReadingField]

  /// The public name of the item: `a1b2c3d4e5f6-3`.
  public var key: String { "\(document)-\(number)" }
}

/// One element of 政策解读, as lists show it.
public struct ReadingField: Hashable, Sendable, Codable {
  /// Which element it is (`Element.Key`).
  public let key: String
  /// Its first words; nil where the text is silent (文中未载明).
  public let words: String?
  /// The clause that they stand in; nil outside the clauses, and where they were made of several places.
  public let clause: String?
  /// Whether a person should look at it (需复核).
  public let isDoubtful: Bool
}
