import ArgumentParser
import DocumentReader
import Foundation
import PolicyExchange
import PolicyInterpreter
import PolicyParser
import PolicyText

/// `huice diff OLD NEW`: what a second version of a document changes, by clause.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "对照新旧两个版本，按条款列出新增、删除、修改、移动和实质变化。")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(help: "旧版文件；- 表示标准输入。")
  var old: String
  @Argument(help: "新版文件；- 表示标准输入。")
  var new: String
  @Option(help: "输出格式：text（给人看）或 json。")
  var format = Format.text

  func run() async throws {
    if old == "-", new == "-" {
      throw ValidationError("标准输入只能用一次：旧版和新版中请给出一个文件。")
    }
    let (oldBytes, oldName) = try InputFile.read(old)
    let before = PolicyParser.parse(try InputFile.document(oldBytes, name: oldName)).value
    let (newBytes, newName) = try InputFile.read(new)
    let after = PolicyParser.parse(try InputFile.document(newBytes, name: newName)).value
    let difference = DocumentDifference.between(before, and: after)
    switch format {
    case .json:
      let record = DifferenceRecord(
        difference, old: (before, sha256(oldBytes)), new: (after, sha256(newBytes)))
      Output.write(try record.json() + Data("\n".utf8))
    case .text:
      Output.write(DifferencePrinter(before.source.text, after.source.text).text(difference))
    }
  }
}

/// Shows a difference for people.
private struct DifferencePrinter {
  private let old: SourceText
  private let new: SourceText

  init(_ old: SourceText, _ new: SourceText) {
    self.old = old
    self.new = new
  }

  func text(_ difference: DocumentDifference) -> String {
    let renumbered =
      difference.renumbered > 0 ? "另有 \(difference.renumbered) 条只是编号变了。" : ""
    guard !difference.isEmpty else { return "没有文字变化。\(renumbered)\n" }
    let counts = ClauseChange.Kind.allCases.map { kind in
      "\(kind.name) \(difference.changes.count { $0.kind == kind })"
    }
    var lines = ["共 \(difference.changes.count) 处变化：\(counts.joined(separator: "，"))。\(renumbered)"]
    for effect in difference.effects { lines.append("▸ \(effect.inChinese)") }
    for change in difference.changes {
      lines.append("")
      let places = [change.old.map(name), change.new.map(name)].compactMap(\.self)
      let isSame = places.count == 2 && places[0] == places[1]
      lines.append(
        "\(change.kind.name)  " + (isSame ? places[0] : places.joined(separator: " → ")))
      if change.edits.isEmpty {
        if let place = change.new {
          lines.append("      \(short(new[place.range], 120))")
        } else if let place = change.old {
          lines.append("      \(short(old[place.range], 120))")
        }
      }
      for edit in change.edits {
        switch (edit.old.isEmpty, edit.new.isEmpty) {
        case (true, _): lines.append("      增加【\(short(new[edit.new], 80))】")
        case (_, true): lines.append("      删去【\(short(old[edit.old], 80))】")
        default:
          lines.append("      【\(short(old[edit.old], 80))】改为【\(short(new[edit.new], 80))】")
        }
      }
      for effect in change.effects {
        let item = effect.item.isEmpty || effect.subject == .item ? "" : "\(effect.item)："
        lines.append("    ▸ \(item)\(effect.inChinese)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func name(_ place: ClauseChange.Place) -> String {
    place.clause.isEmpty ? "条款以外" : "\(place.clause) \(place.label)"
  }

  /// Words in one line, the beginning where they are long.
  private func short(_ words: String, _ most: Int) -> String {
    let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > most ? "\(line.prefix(most))…" : line
  }
}
