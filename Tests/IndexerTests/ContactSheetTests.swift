import PolicyParser
import Testing

@testable import Indexer

@Suite struct ContactSheetTests {
  private func contact(_ text: String) -> Contact {
    Contact(
      region: "澜川市", department: text, aliases: [], matter: text, phone: text, address: text,
      hours: text, goodUntil: nil, source: text)
  }

  @Test(arguments: [
    "+86-531-1", "-2+3+cmd|calc", "=1+1", "@sum", "'", "''", "'+86", "''=1", "'甲", "甲'乙", "＝1",
    "－1",
    "甲,乙", "甲\"乙\"", "甲\n乙", "\"", "a\u{301}", "👨‍👩‍👧",
  ])
  func `a sheet says what was stored`(text: String) throws {
    let sheet = ContactSheet.csv(of: [contact(text)])
    #expect(try ContactSheet.contacts(parsing: sheet) == [contact(text)])
  }

  @Test(arguments: ["+86-531-1", "-2+3+cmd|calc", "=1+1", "@sum", "＝1", "'=1"])
  func `no cell is a formula`(text: String) {
    let sheet = ContactSheet.csv(of: [contact(text)])
    let cells = sheet.split(separator: "\r\n").dropFirst().flatMap { $0.split(separator: ",") }
    #expect(
      cells.allSatisfy {
        !"=+-@＝＋－＠".contains($0.first ?? " ")
          && !($0.first == "\"" && "=+-@".contains($0.dropFirst().first ?? " "))
      })
  }

  @Test func `what people type with an apostrophe is what a spreadsheet shows`() throws {
    let head = ContactSheet.columns.joined(separator: ",")
    let sheet = head + "\n澜川市,科技局,,,'+86-531-1,,,,\n"
    #expect(try ContactSheet.contacts(parsing: sheet).first?.phone == "+86-531-1")
  }
}
