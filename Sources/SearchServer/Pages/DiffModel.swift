internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// What the page of two versions shows: what changes in effect, then each clause side by side.
struct DiffModel {
  let difference: DocumentDifference
  let old: PolicyDocument
  let new: PolicyDocument
  let oldName: String
  let newName: String

  /// The most changes that are shown; the data has all.
  private static let most = 400

  var context: [String: Any] {
    let changes = difference.changes
    var effects: [[String: Any]] = difference.effects.map { ["text": $0.inChinese] }
    for (index, change) in changes.prefix(Self.most).enumerated() {
      effects += change.effects.map { words(of: $0, url: "#d-\(index + 1)") }
    }
    var values: [String: Any] = [
      "hasDiff": true, "compared": true, "oldName": oldName, "newName": newName,
      "effects": effects,
      "changes": changes.prefix(Self.most).enumerated().map { row($1, number: $0 + 1) },
    ]
    values["summary"] =
      changes.isEmpty
      ? "没有文字变化。"
      : "共\(changes.count)处变化："
        + ClauseChange.Kind.allCases.compactMap { kind in
          let count = changes.count { $0.kind == kind }
          return count > 0 ? "\(kind.name)\(count)" : nil
        }.joined(separator: "，") + "。"
    if difference.renumbered > 0 {
      values["renumbered"] = "另有\(difference.renumbered)条只是编号变了。"
    }
    if changes.count > Self.most { values["cut"] = "变化较多，这里只显示前\(Self.most)处。" }
    return values
  }

  private func words(of effect: EffectChange, url: String) -> [String: Any] {
    var row: [String: Any] = ["text": effect.inChinese, "url": url]
    if !effect.item.isEmpty, effect.subject != .item { row["item"] = effect.item }
    return row
  }

  private func row(_ change: ClauseChange, number: Int) -> [String: Any] {
    var row: [String: Any] = [
      "id": "d-\(number)", "kind": change.kind.name, "kindClass": change.kind.rawValue,
      "says": change.effects.map { words(of: $0, url: "#d-\(number)") },
    ]
    if let place = change.old {
      row["oldPlace"] = name(of: place)
      row["oldHTML"] = html(
        old, place.range, change.kind == .removed ? [place.range] : change.edits.map(\.old), "del")
    }
    if let place = change.new {
      row["newPlace"] = name(of: place)
      row["newHTML"] = html(
        new, place.range, change.kind == .added ? [place.range] : change.edits.map(\.new), "ins")
    }
    row["place"] = [change.new, change.old].compactMap(\.self).first.map(name) ?? ""
    return row
  }

  private func name(of place: ClauseChange.Place) -> String {
    place.clause.isEmpty ? "条款以外" : place.label.isEmpty ? place.clause : place.label
  }

  /// The words of a place, those of `marked` in an element.
  private func html(
    _ document: PolicyDocument, _ range: ByteRange, _ marked: [ByteRange], _ element: String
  ) -> String {
    let source = document.source
    func words(_ range: ByteRange) -> String {
      HTMLText.marked(source.text.bytes, range, marks: [], leavingOut: source.markup)
    }
    var html = ""
    var end = range.lowerBound
    for stretch in marked where !stretch.isEmpty && stretch.lowerBound >= end {
      html += words(ByteRange(end, stretch.lowerBound))
      html += "<\(element)>\(words(stretch))</\(element)>"
      end = stretch.upperBound
    }
    return html + words(ByteRange(end, max(end, range.upperBound)))
  }
}
