import PolicyText
import PolicyVocabulary

/// Fills what a later part leaves out because an earlier one said it (省略): 重新认定的; 其中达到5亿元.
enum Elisions {
  /// The groups with names, levels, stages and quantities carried over from left to right.
  static func filled(_ groups: [GrantGroup]) -> [GrantGroup] {
    var carrier = Carrier()
    return groups.map { group in
      var group = group
      group.nodes = group.nodes.compactMap { $0.mapLeaves { carrier.filled($0) } }
      carrier.isLater = true
      return group
    }
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
      case .growth(let own): threshold = own
      default: break
      }
      return criterion
    }
  }
}
