import PolicyText
import PolicyVocabulary

/// Fills what a later part leaves out because an earlier one said it (省略): 重新认定的; 其中达到5亿元.
enum Elisions {
  /// The groups with names, levels, stages and quantities carried over from left to right.
  ///
  /// - Parameters:
  ///   - groups: The groups, from left to right.
  ///   - quantity: What thresholds compare that name no quantity, before any other was named.
  /// - Returns: The groups, as many as before.
  static func filled(_ groups: [GrantGroup], quantity: String?) -> [GrantGroup] {
    var carrier = Carrier()
    carrier.threshold = quantity.map {
      Threshold(quantity: $0, comparator: .equal, value: .zero, unit: "", period: nil)
    }
    let filled = groups.map { group in
      var group = group
      group.nodes = group.nodes.compactMap { $0.mapLeaves { carrier.filled($0) } }
      carrier.isLater = true
      return group
    }
    return closed(filled)
  }

  /// A band ends below the figure that the next one begins with: 10万元至20万元; 20万元以上.
  private static func closed(_ groups: [GrantGroup]) -> [GrantGroup] {
    var groups = groups
    for index in groups.indices.dropLast() {
      let starts = Set(
        groups[index + 1].nodes.flatMap(\.leaves).compactMap { leaf -> ExactNumber? in
          guard case .number(let next)? = leaf.criteria.first?.kind, next.comparator == .atLeast
          else { return nil }
          return next.value
        })
      groups[index].nodes = groups[index].nodes.compactMap { node in
        node.mapLeaves { leaf in
          guard leaf.criteria.count == 2, case .number(var upper) = leaf.criteria[1].kind,
            upper.comparator == .atMost, starts.contains(upper.value)
          else { return leaf }
          var leaf = leaf
          upper.comparator = .lessThan
          leaf.criteria[1].kind = .number(upper)
          return leaf
        }
      }
    }
    return groups
  }

  /// The same for conditions that hold for all.
  static func filled(_ nodes: [Node]) -> [Node] {
    var carrier = Carrier()
    return nodes.compactMap { $0.mapLeaves { carrier.filled($0) } }
  }

  private struct Carrier {
    var honour: Honour?
    var threshold: Threshold?
    var isLater = false

    mutating func filled(_ leaf: Leaf) -> Leaf {
      var leaf = leaf
      leaf.criteria = leaf.criteria.map { filled($0) }
      leaf.members = leaf.members.map { $0.map { filled($0) } }
      return leaf
    }

    private mutating func filled(_ criterion: Criterion) -> Criterion {
      var criterion = criterion
      switch criterion.kind {
      case .qualification(var own):
        if let honour {
          if own.names.isEmpty {
            own.names = honour.names
            if own.levels.isEmpty { own.levels = honour.levels }
          }
          if own.stage == nil, isLater, honour.stage == .new || honour.stage == .first {
            own.stage = honour.stage
          }
        }
        honour = own
        criterion.kind = .qualification(own)
      case .number(var own):
        if own.quantity.isEmpty, let threshold {
          own.quantity = threshold.quantity
          own.period = own.period ?? threshold.period
        }
        threshold = own
        criterion.kind = .number(own)
      case .growth(var own):
        if own.quantity.isEmpty, let threshold { own.quantity = threshold.quantity }
        threshold = own
        criterion.kind = .growth(own)
      default: break
      }
      return criterion
    }
  }
}
