public import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// A list of items as offices hand it on (惠企政策兑现事项清单 and its sisters): a heading row, a row an item.
public struct ItemSheet: Sendable {
  /// Which list it is.
  public let list: ElementList
  /// The cells, a row an item, in the order of the list's columns.
  public private(set) var rows: [[String]] = []

  /// What stands in a cell that the text does not fill.
  public static let silent = "文中未载明"

  /// Begins a list.
  public init(_ list: ElementList) { self.list = list }

  /// Adds the items of a document.
  public mutating func append(_ interpretation: Interpretation) {
    for item in interpretation.items {
      rows.append(
        list.columns.map { column in
          let element = item[column.key]
          return element.isAbsent ? Self.silent : element.value + element.mark
        })
    }
  }

  /// The list as comma-separated values (RFC 4180): UTF-8 with a byte order mark, as office programs expect.
  ///
  /// A cell that a spreadsheet would take for a formula begins with an apostrophe.
  public var csv: String {
    var text = "\u{FEFF}"
    for row in [list.columns.map(\.name)] + rows {
      text += row.map(Self.quoted).joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func quoted(_ cell: String) -> String {
    var cell = cell
    if let first = cell.first, "=+-@\t\r".contains(first) { cell = "'" + cell }
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
