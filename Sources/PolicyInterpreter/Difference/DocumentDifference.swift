public import PolicyParser
public import PolicyText

/// What a second version of a document changes in the first (新旧对照), by clause.
///
/// Texts are compared as ``MatchText`` folds them, without white space, signs of Markdown, and furniture of
/// pages: what only looks different is no change. A clause that only has another number is none either.
public struct DocumentDifference: Sendable {
  /// The changes, in order of the new text; what is gone stands where it stood.
  public let changes: [ClauseChange]
  /// Changes in effect that stand in no changed clause: a term that is counted from another day.
  public let effects: [EffectChange]
  /// How many clauses have another number and the same words.
  public let renumbered: Int

  /// Whether nothing changed but form and numbers.
  public var isEmpty: Bool { changes.isEmpty }

  /// Compares two versions.
  ///
  /// - Parameters:
  ///   - old: The first version.
  ///   - new: The second version.
  /// - Returns: The changes; an empty difference where only the form differs.
  /// - Complexity: O(*n* log *n*) in the length of both texts; likeness of clauses is counted for a bounded
  ///   number of candidates each, words of a clause are compared up to a bounded number of edits.
  public static func between(_ old: PolicyDocument, and new: PolicyDocument) -> DocumentDifference {
    DifferenceReader(DifferenceText(old), DifferenceText(new)).difference()
  }
}

/// One clause, or one paragraph outside the clauses, that differs between two versions.
public struct ClauseChange: Sendable {
  /// What happened to it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 新增
    case added
    /// 删除
    case removed
    /// 修改
    case modified
    /// 移动; its words may have changed, too
    case moved

    /// The Chinese name.
    public var name: String {
      switch self {
      case .added: "新增"
      case .removed: "删除"
      case .modified: "修改"
      case .moved: "移动"
      }
    }
  }

  /// Where it stands in one version.
  public struct Place: Hashable, Sendable {
    /// The id of the clause; empty outside the clauses.
    public let clause: String
    /// Its label as written; empty where it has none.
    public let label: String
    /// The words that this change is about: its own, or with all below it where all came, went or moved.
    public let range: ByteRange
  }

  /// What happened to it.
  public let kind: Kind
  /// Its place in the old version; nil for what is new.
  public let old: Place?
  /// Its place in the new version; nil for what is gone.
  public let new: Place?
  /// Which words differ, in order; empty for what is new, gone or only moved.
  public let edits: [WordEdit]
  /// What that changes for a firm.
  public internal(set) var effects: [EffectChange]
}

/// Words of a clause that stand for other words; one of the two ranges may be empty.
public struct WordEdit: Hashable, Sendable {
  /// The words in the old version.
  public let old: ByteRange
  /// The words in the new version.
  public let new: ByteRange
}
