public import PolicyText

/// A numbered unit of a document (条款, at any level), with what stands below it.
public struct Clause: Sendable {
  /// What a unit is by its numbering.
  public enum Kind: String, Hashable, Sendable {
    /// One of several documents in a file (第二个正文), or 编.
    case part
    /// 章
    case chapter
    /// 节
    case section
    /// 条
    case article
    /// 一、（一）1.（1）
    case level
    /// 一是…；二是… inside a sentence
    case enumeration
  }

  /// The place in the tree, counted from 1, as `2.1.3`.
  ///
  /// Stable while the text stays the same.
  public var id: String
  /// What it is by its numbering.
  public var kind: Kind
  /// How it is numbered; nil for a document within the file and for a row of a table.
  public var style: NumberingStyle?
  /// The label as written: `（一）`; empty for a document within the file.
  public var label: String
  /// The number the label says; 0 where it has none.
  public var number: Int
  /// Where the label stands; empty at the unit's start where there is none.
  public var labelRange: ByteRange
  /// From the label through the end of the last unit below.
  public var range: ByteRange
  /// The heading: words of a line of their own, or run in before the first stop.
  public var heading: ByteRange?
  /// The departments it names as in charge.
  public var units: ResponsibleUnits
  /// The units below, in order, not overlapping.
  public var children: [Clause]

  /// The clause's own words: from its label to its first child, or to its end.
  public var ownRange: ByteRange {
    ByteRange(range.lowerBound, children.first?.range.lowerBound ?? range.upperBound)
  }
}

/// The departments that a clause names, by their role.
public struct ResponsibleUnits: Hashable, Sendable {
  /// One department as the text names it.
  public struct Unit: Hashable, Sendable {
    /// The name, without white space.
    public let name: String
    /// Where it stands.
    public let range: ByteRange

    /// Names a department.
    public init(name: String, range: ByteRange) {
      self.name = name
      self.range = range
    }
  }

  /// Departments that lead (牵头单位).
  public var lead: [Unit] = []
  /// Departments in charge (责任单位).
  public var responsible: [Unit] = []
  /// Departments that help (配合单位).
  public var cooperating: [Unit] = []

  /// Whether no department is named.
  public var isEmpty: Bool { lead.isEmpty && responsible.isEmpty && cooperating.isEmpty }

  /// Names no department.
  public init() {}
}
