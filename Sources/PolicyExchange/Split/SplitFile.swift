internal import Foundation
public import PolicyInterpreter
internal import PolicyParser

/// A file that an office gets of a document that was taken apart.
public enum SplitFile: String, Hashable, Sendable, CaseIterable {
  /// 惠企政策兑现事项清单, fourteen elements
  case itemsXlsx = "items.xlsx"
  case itemsCsv = "items.csv"
  case itemsJson = "items.json"
  /// 服务指南, nine elements
  case guideDocx = "guide.docx"
  case guideXlsx = "guide.xlsx"
  /// 政策解读, seven elements
  case readingDocx = "reading.docx"
  case readingXlsx = "reading.xlsx"
  /// 一表读懂涉企政策
  case overview = "overview.html"
  /// 明白卡
  case cards = "cards.html"
  /// The document as Akoma Ntoso
  case akomaNtoso = "document.akn.xml"
  /// The whole split as `huice.policy/1`
  case record = "split.json"

  /// What could not be made: no memory, or no room.
  public struct Failure: Error, Hashable, Sendable {}

  /// The name under which it is kept.
  public var fileName: String {
    switch self {
    case .itemsXlsx: ElementList.fulfilment.name + ".xlsx"
    case .itemsCsv: ElementList.fulfilment.name + ".csv"
    case .itemsJson: ElementList.fulfilment.name + ".json"
    case .guideDocx: ElementList.guide.name + ".docx"
    case .guideXlsx: ElementList.guide.name + ".xlsx"
    case .readingDocx: ElementList.reading.name + ".docx"
    case .readingXlsx: ElementList.reading.name + ".xlsx"
    case .overview: "一表读懂.html"
    case .cards: "明白卡.html"
    case .akomaNtoso: "政策文件.akn.xml"
    case .record: "拆解.json"
    }
  }

  /// Its media type.
  public var mediaType: String {
    switch self {
    case .itemsXlsx, .guideXlsx, .readingXlsx:
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .guideDocx, .readingDocx:
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .itemsCsv: "text/csv; charset=utf-8"
    case .itemsJson, .record: "application/json; charset=utf-8"
    case .overview, .cards: "text/html; charset=utf-8"
    case .akomaNtoso: "application/akn+xml; charset=utf-8"
    }
  }

  /// The file of one document.
  ///
  /// - Throws: ``Failure`` where there is no memory.
  public func bytes(of split: PolicySplit) throws(Failure) -> [UInt8] {
    do {
      switch self {
      case .itemsXlsx: return try Self.workbook(.fulfilment, [split])
      case .guideXlsx: return try Self.workbook(.guide, [split])
      case .readingXlsx: return try Self.workbook(.reading, [split])
      case .itemsCsv: return Self.csv([split])
      case .itemsJson:
        return Array(try ItemListRecord(split.interpretation, of: split.document).json())
      case .guideDocx: return try ListDocument(.guide, of: split).bytes()
      case .readingDocx: return try ListDocument(.reading, of: split).bytes()
      case .overview: return Array(OverviewPage(split).html.utf8)
      case .cards: return Array(CardsPage(split).html.utf8)
      case .akomaNtoso: return Array(AkomaNtosoWriter.xml(of: split.document).utf8)
      case .record:
        var bytes: [UInt8] = []
        try DocumentRecord(
          split.parsed, interpretation: split.interpretation, sha256: split.sha256
        ).forEachPiece { bytes += Array($0) }
        return bytes
      }
    } catch {
      throw Failure()
    }
  }

  /// A list over several documents as a workbook.
  ///
  /// - Throws: ``Failure`` where there is no memory.
  public static func workbook(
    _ list: ElementList, _ splits: [PolicySplit]
  ) throws(Failure) -> [UInt8] {
    do {
      return try SpreadsheetWriter.bytes(of: sheet(list, splits))
    } catch {
      throw Failure()
    }
  }

  /// The fourteen columns over several documents as comma-separated values.
  public static func csv(_ splits: [PolicySplit]) -> [UInt8] {
    Array(sheet(.fulfilment, splits).csv.utf8)
  }

  private static func sheet(_ list: ElementList, _ splits: [PolicySplit]) -> ItemSheet {
    var sheet = ItemSheet(list)
    for split in splits { sheet.append(split.interpretation) }
    return sheet
  }
}
