public import PolicyParser
public import PolicyText

/// Something that a firm or a person can obtain (惠企政策兑现事项), as the text grants it.
public struct BenefitItem: Sendable {
  /// Its place among the items of the document, from 1.
  public var number: Int
  /// The clause that grants it: its id; empty for words outside the clauses.
  public var clause: String
  /// The passage that grants it: whole sentences.
  public var range: ByteRange
  /// What it gives: each sum, rate and relief as it stands in the text.
  public var supports: [Support]
  /// What it gives, as one formula; nil where the text names no support that can be told.
  public var award: Award?
  /// On which conditions; nil where the text states none.
  public var condition: Condition?
  /// The words before the verb of granting, a range a sentence.
  public var audience: [ByteRange]
  /// How it is claimed.
  public var claimMode: Sourced<ClaimMode>?
  /// When it can be applied for.
  public var window: Sourced<ApplicationWindow>?
  /// How long the office takes.
  public var limit: Sourced<TimeLimit>?
  /// The elements of all office lists, in order of ``Element/Key``; those that the text does not state included.
  public var elements: [Element]
  /// Its labels.
  public var tags: [Tag]
  /// Which of the document's rules on exclusivity hold for it: their places in the list.
  public var exclusivity: [Int]

  /// A short name as a clerk would write it (事项名称), derived.
  public var name: String { self[.name].value }

  /// One element.
  public subscript(key: Element.Key) -> Element {
    elements.first { $0.key == key } ?? .absent(key)
  }
}

/// How a benefit is claimed (兑现方式).
public enum ClaimMode: String, Hashable, Sendable, CaseIterable {
  /// 免申即享
  case automatic
  /// 即申即享
  case instant
  /// 申报享受
  case application

  /// The Chinese name, as pages show it.
  public var name: String {
    switch self {
    case .automatic: "免申即享"
    case .instant: "即申即享"
    case .application: "申报享受"
    }
  }
}

/// What a document gives, and which of it excludes what else.
public struct Interpretation: Sendable {
  /// The items in order of the text.
  public var items: [BenefitItem]
  /// The rules on taking several benefits: 就高不重复, 不重复享受, 可叠加.
  public var exclusivity: [ExclusivityRule]
}
