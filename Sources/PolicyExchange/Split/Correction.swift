public import PolicyInterpreter

/// What a person set in place of what was read of an item (人工修改).
public struct Correction: Hashable, Sendable {
  /// The item's number in its document.
  public let item: Int
  /// Which of its elements.
  public let key: Element.Key
  /// The value.
  public let value: String

  /// A value for an element of an item.
  public init(item: Int, key: Element.Key, value: String) {
    self.item = item
    self.key = key
    self.value = value
  }
}

extension PolicySplit {
  /// The split with values that a person set; a value that says what was read changes nothing.
  ///
  /// Only the elements change: the award, the condition and the days of an item stay what the text says.
  public func corrected(by corrections: [Correction]) -> PolicySplit {
    var split = self
    for correction in corrections {
      for index in split.interpretation.items.indices
      where split.interpretation.items[index].number == correction.item {
        let elements = split.interpretation.items[index].elements
        guard let place = elements.firstIndex(where: { $0.key == correction.key }),
          elements[place].value != correction.value
        else { continue }
        split.interpretation.items[index].elements[place] =
          elements[place].corrected(to: correction.value)
      }
    }
    return split
  }
}

extension SplitOutcome {
  /// The outcome with values that a person set, where there is a split.
  public func corrected(by corrections: [Correction]) -> SplitOutcome {
    guard case .success(let split) = result else { return self }
    return SplitOutcome(name: name, result: .success(split.corrected(by: corrections)))
  }
}

extension Element {
  /// What stands behind a value that a person set, in lists and on cards; else nothing.
  var mark: String { isCorrected ? "（人工修改）" : "" }
}
