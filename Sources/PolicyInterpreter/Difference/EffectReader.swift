internal import PolicyParser
internal import PolicyText

/// What changed clauses change in effect: items of both versions, and the validity in their heads.
struct EffectReader {
  private let old: DifferenceText
  private let new: DifferenceText
  private let alignment: UnitAlignment
  /// Whether ``old`` is what the caller calls new: items bear the name of the caller's new version.
  private let isReversed: Bool
  /// The change that a unit belongs to; -1 for none.
  private let changeOfOld: [Int]
  private let changeOfNew: [Int]

  init(
    _ old: DifferenceText, _ new: DifferenceText, _ alignment: UnitAlignment,
    isReversed: Bool, changeOfOld: [Int], changeOfNew: [Int]
  ) {
    self.old = old
    self.new = new
    self.alignment = alignment
    self.isReversed = isReversed
    self.changeOfOld = changeOfOld
    self.changeOfNew = changeOfNew
  }

  /// The changes in effect, each once, with the number of the change of words that it comes from.
  func effects() -> [(effect: EffectChange, change: Int?)] {
    var found: [(effect: EffectChange, change: Int?)] = []
    var seen: Set<EffectChange> = []
    func add(_ effect: EffectChange, isLoose: Bool) {
      let change = change(of: effect)
      guard change != nil || isLoose else { return }
      // A condition of a section holds for many items and is said once.
      let inGeneral = EffectChange(
        subject: effect.subject, item: "", old: effect.old, new: effect.new)
      if seen.insert(inGeneral).inserted { found.append((effect, change)) }
    }
    for effect in validity() { add(effect, isLoose: true) }
    for effect in items() { add(effect, isLoose: false) }
    return found
  }

  /// The change that the words of an effect stand in: those of the caller's new version first.
  private func change(of effect: EffectChange) -> Int? {
    func change(_ side: EffectChange.Side?, _ text: DifferenceText, _ changes: [Int]) -> Int? {
      guard let range = side?.range, let unit = text.unit(at: range.lowerBound), changes[unit] >= 0
      else { return nil }
      return changes[unit]
    }
    let before = change(effect.old, old, changeOfOld)
    let after = change(effect.new, new, changeOfNew)
    return isReversed ? before ?? after : after ?? before
  }

  private func validity() -> [EffectChange] {
    let before = old.document.head
    let after = new.document.head
    func side(_ day: Sourced<CalendarDay>?) -> EffectChange.Side? {
      day.map { EffectChange.Side(value: $0.value.description, range: $0.range) }
    }
    var found: [EffectChange] = []
    if before.effectiveUntil?.value != after.effectiveUntil?.value {
      found.append(
        EffectChange(
          subject: .effectiveUntil, item: "", old: side(before.effectiveUntil),
          new: side(after.effectiveUntil)))
    }
    if before.effectiveFrom?.value != after.effectiveFrom?.value {
      found.append(
        EffectChange(
          subject: .effectiveFrom, item: "", old: side(before.effectiveFrom),
          new: side(after.effectiveFrom)))
    }
    return found
  }

  // MARK: Items

  private func items() -> [EffectChange] {
    let before = PolicyInterpreter.interpret(old.document).items
    let after = PolicyInterpreter.interpret(new.document).items
    var waiting: [Int: [BenefitItem]] = [:]
    for item in after {
      waiting[new.unit(at: item.range.lowerBound) ?? -1, default: []].append(item)
    }
    var byUnit: [Int: [BenefitItem]] = [:]
    for item in before {
      byUnit[old.unit(at: item.range.lowerBound) ?? -1, default: []].append(item)
    }
    var found: [EffectChange] = []
    for unit in byUnit.keys.sorted() {
      let left = byUnit[unit] ?? []
      let partner = unit >= 0 ? alignment.newOf[unit] : -1
      // Words that are cut otherwise, with the same items.
      if unit < 0 || alignment.settledOld.contains(unit) { continue }
      let right = partner >= 0 ? waiting.removeValue(forKey: partner) ?? [] : []
      for (one, other) in paired(left, right) {
        switch (one, other) {
        case (let one?, let other?): found += compared(one, other)
        case (let one?, nil):
          found.append(
            EffectChange(
              subject: .item, item: one.name,
              old: EffectChange.Side(value: one.name, range: one.range), new: nil))
        case (nil, let other?):
          found.append(
            EffectChange(
              subject: .item, item: other.name, old: nil,
              new: EffectChange.Side(value: other.name, range: other.range)))
        case (nil, nil): break
        }
      }
    }
    for unit in waiting.keys.sorted() where unit >= 0 && !alignment.settledNew.contains(unit) {
      for item in waiting[unit] ?? [] {
        found.append(
          EffectChange(
            subject: .item, item: item.name, old: nil,
            new: EffectChange.Side(value: item.name, range: item.range)))
      }
    }
    return found
  }

  /// Above this many items of one clause they are compared in order, not by likeness.
  private static let mostItems = 24

  /// Items of one clause in both versions: in order where there are as many, else by likeness.
  private func paired(
    _ left: [BenefitItem], _ right: [BenefitItem]
  ) -> [(BenefitItem?, BenefitItem?)] {
    if left.count == right.count { return zip(left, right).map { ($0, $1) } }
    guard left.count <= Self.mostItems, right.count <= Self.mostItems else {
      return (0..<max(left.count, right.count)).map {
        ($0 < left.count ? left[$0] : nil, $0 < right.count ? right[$0] : nil)
      }
    }
    let lefts = left.map { CharacterPairs(old.scalars(in: $0.range)) }
    let rights = right.map { CharacterPairs(new.scalars(in: $0.range)) }
    var scores: [(score: Double, left: Int, right: Int)] = []
    for one in left.indices {
      for other in right.indices {
        let score = lefts[one].likeness(rights[other])
        if score >= 0.3 { scores.append((score, one, other)) }
      }
    }
    scores.sort { ($0.score, $1.left, $1.right) > ($1.score, $0.left, $0.right) }
    var partner: [Int: Int] = [:]
    var taken: Set<Int> = []
    for (_, one, other) in scores where partner[one] == nil && !taken.contains(other) {
      partner[one] = other
      taken.insert(other)
    }
    return left.indices.map { one in (left[one], partner[one].map { right[$0] }) }
      + right.indices.filter { !taken.contains($0) }.map { (nil, right[$0]) }
  }

  /// What differs between two versions of an item.
  private func compared(_ before: BenefitItem, _ after: BenefitItem) -> [EffectChange] {
    let name = isReversed ? before.name : after.name
    var found = supports(before.supports, after.supports, name)
    found += conditions(before, after, name)
    func compare(
      _ subject: EffectChange.Subject, _ left: EffectChange.Side?, _ right: EffectChange.Side?
    ) {
      if left?.value != right?.value, left != nil || right != nil {
        found.append(EffectChange(subject: subject, item: name, old: left, new: right))
      }
    }
    compare(
      .claimMode,
      before.claimMode.map { EffectChange.Side(value: $0.value.name, range: $0.range) },
      after.claimMode.map { EffectChange.Side(value: $0.value.name, range: $0.range) })
    for (key, subject) in [(Element.Key.window, EffectChange.Subject.window), (.limit, .limit)] {
      func side(_ element: Element) -> EffectChange.Side? {
        element.isAbsent
          ? nil : EffectChange.Side(value: element.value, range: element.ranges.first)
      }
      compare(subject, side(before[key]), side(after[key]))
    }
    return found
  }

  // MARK: Supports

  private func supports(_ left: [Support], _ right: [Support], _ name: String) -> [EffectChange] {
    var found: [EffectChange] = []
    for gap in SequenceGaps.gaps(left.map(\.kind), right.map(\.kind)) {
      var rest = Array(right[gap.new])
      for before in left[gap.old] {
        let index = rest.firstIndex { $0.subject == before.subject }
        let after = index.map { rest.remove(at: $0) }
        found.append(
          EffectChange(
            subject: before.subject, item: name, old: before.side(in: old.document.source.text),
            new: after?.side(in: new.document.source.text)))
      }
      for after in rest {
        found.append(
          EffectChange(
            subject: after.subject, item: name, old: nil,
            new: after.side(in: new.document.source.text)))
      }
    }
    return found
  }

  // MARK: Conditions

  private func conditions(
    _ before: BenefitItem, _ after: BenefitItem, _ name: String
  ) -> [EffectChange] {
    let left = criteria(before, old)
    let right = criteria(after, new)
    var found: [EffectChange] = []
    for gap in SequenceGaps.gaps(left.map(\.words), right.map(\.words)) {
      var rest = Array(right[gap.new])
      for one in left[gap.old] {
        // A condition that only stands elsewhere is none that came or went.
        var best: (score: Double, index: Int)?
        for (index, other) in rest.prefix(Self.mostItems).enumerated() {
          let score = one.pairs.likeness(other.pairs)
          if score >= 0.5, score > best?.score ?? 0 { best = (score, index) }
        }
        let other = best.map { rest.remove(at: $0.index) }
        if let other, other.words == one.words { continue }
        found.append(
          EffectChange(
            subject: .condition, item: name, old: one.side(in: old.document.source.text),
            new: other?.side(in: new.document.source.text)))
      }
      for other in rest {
        found.append(
          EffectChange(
            subject: .condition, item: name, old: nil,
            new: other.side(in: new.document.source.text)))
      }
    }
    return found
  }

  /// The criteria of an item; a rate or a sum among their words is no condition, it is said by itself.
  private func criteria(_ item: BenefitItem, _ text: DifferenceText) -> [CriterionWords] {
    let supports = item.supports.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
    return (item.condition?.criteria ?? []).map { criterion in
      var words: ArraySlice<UInt32> = []
      var start = criterion.range.lowerBound
      for support in supports where support.overlaps(criterion.range) {
        if start < support.lowerBound {
          words += text.scalars(in: ByteRange(start, support.lowerBound))
        }
        start = max(start, support.upperBound)
      }
      if start < criterion.range.upperBound {
        words += text.scalars(in: ByteRange(start, criterion.range.upperBound))
      }
      return CriterionWords(criterion.range, words)
    }
  }
}

/// A criterion as it is compared.
private struct CriterionWords {
  let range: ByteRange
  let words: ArraySlice<UInt32>
  let pairs: CharacterPairs

  init(_ range: ByteRange, _ words: ArraySlice<UInt32>) {
    self.range = range
    self.words = words
    pairs = CharacterPairs(words)
  }

  func side(in text: SourceText) -> EffectChange.Side {
    EffectChange.Side(value: oneLine(text[range]), range: range)
  }
}

extension Support {
  /// What a change of it is called.
  fileprivate var subject: EffectChange.Subject {
    switch kind {
    case .fixed, .range: .amount
    case .perUnit: .perUnit
    case .cap: .cap
    case .rate: .rate
    case .relief, .inKind, .negotiated: .support
    }
  }

  fileprivate func side(in text: SourceText) -> EffectChange.Side {
    let value =
      switch kind {
      case .fixed(let money), .cap(let money, nil): money.inChinese
      case .cap(let money, let unit?), .perUnit(let money, let unit): "\(money.inChinese)/\(unit)"
      case .rate(let rate, nil): "\(rate.plain)%"
      case .rate(let rate, let least?): "\(least.plain)%至\(rate.plain)%"
      case .range(let low, let high): "\(low.inChinese)至\(high.inChinese)"
      case .relief, .inKind, .negotiated: oneLine(text[range])
      }
    return EffectChange.Side(value: value, range: range)
  }
}

/// Words without line breaks, spaces and signs of Markdown.
private func oneLine(_ words: String) -> String {
  String(words.filter { !$0.isWhitespace && $0 != "*" })
}
