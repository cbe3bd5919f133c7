public import PolicyText

/// What a column of a list of items holds, or a cell of a card: the elements of 惠企政策兑现事项清单 and its sisters.
public enum TableColumn: String, Hashable, Sendable, CaseIterable {
  /// 序号
  case number
  /// 事项名称
  case name
  /// 依据
  case basis
  /// 事项内容, 政策条款
  case content
  /// 适用对象
  case audience
  /// 适用时间
  case validity
  /// 申报时间
  case window
  /// 申请条件
  case conditions
  /// 申请材料
  case materials
  /// 申请方式
  case channel
  /// 兑现流程
  case process
  /// 办结时限
  case limit
  /// 政策分类
  case category
  /// 公布网址
  case url
  /// 执行部门, 责任科室
  case department
  /// 联系人
  case contact
  /// 联系方式
  case phone
  /// 支持行业
  case industries
}

/// A table that states policy: a list with an item a row, or a card with a label a row.
public struct PolicyTable: Hashable, Sendable {
  /// One cell that states an element.
  public struct Entry: Hashable, Sendable {
    /// Which element.
    public let column: TableColumn
    /// Where the label stands; of a list the cell of its heading row.
    public let label: ByteRange
    /// Where the words stand.
    public let value: ByteRange
  }

  /// One row of a list, or one card.
  public struct Record: Hashable, Sendable {
    /// From its first cell to its last.
    public let range: ByteRange
    /// The title that stands in a cell over a card.
    public let title: ByteRange?
    /// Its cells, in order of the text; empty ones left out.
    public let entries: [Entry]

    /// The cell of a column; nil where it has none.
    public subscript(column: TableColumn) -> ByteRange? {
      entries.first { $0.column == column }?.value
    }
  }

  /// Whether it is made of cards; else it is a list.
  public let isCards: Bool
  /// From its first cell to its last.
  public let range: ByteRange
  /// The rows below the heading row, or the cards.
  public let records: [Record]
}
