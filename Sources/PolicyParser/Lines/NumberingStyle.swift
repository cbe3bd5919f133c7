/// A way of numbering: what stands around the number.
///
/// The order of the cases is the usual order of levels, from the widest down; it decides only where the
/// marks of the document itself leave the level open.
public enum NumberingStyle: Int, Hashable, Sendable, CaseIterable, Comparable {
  /// 第一编
  case part
  /// 第一分编
  case subpart
  /// 第一章
  case chapter
  /// 第一节
  case section
  /// 第一条
  case article
  /// 政策1：
  case policy
  /// 一、
  case han
  /// （一）
  case hanInParentheses
  /// 1. 1、 1．
  case arabic
  /// 1.1
  case arabicTwoDeep
  /// 1.1.1
  case arabicThreeDeep
  /// （1）
  case arabicInParentheses
  /// 1)
  case arabicBeforeParenthesis
  /// ①
  case circled
  /// a.
  case latin
  /// 一是、一要
  case counted

  /// The usual order of levels.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What numbers a clause: a label, as it stands somewhere in the text.
struct NumberingMark: Hashable, Sendable {
  /// Where a label stands: what speaks for its being one.
  enum Place: Int, Hashable, Sendable, Comparable {
    /// In running text.
    case inline
    /// After a sentence or a space.
    case afterStop
    /// First in its line.
    case lineStart

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var style: NumberingStyle
  /// The number; articles inserted later (第三条之一) have a `branch` from 1.
  var number: Int
  var branch: Int
  /// Where the label stands, in scalars of the match text.
  var label: Range<Int>
  var place: Place
  /// Index of its line.
  var line: Int

  /// Whether this mark comes next after `other` in one sequence.
  func follows(_ other: NumberingMark) -> Bool {
    if number == other.number + 1 { return branch == 0 }
    return number == other.number && branch == other.branch + 1
  }
}
