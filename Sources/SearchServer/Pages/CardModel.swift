internal import CQR
internal import Indexer
internal import PolicyInterpreter
internal import PolicyParser
internal import PolicyText

/// What a 明白卡 shows: one item on one sheet of paper, with a code that leads to its page.
struct CardModel {
  let stored: StoredDocument
  let item: BenefitItem
  let today: CalendarDay
  let contacts: [Contact]
  /// The name and port by which the server was asked.
  let host: String?

  /// The longest field, so that a card is one page.
  private static let longest = 150

  var context: [String: Any] {
    let summary = stored.summary
    let path = "/items/\(summary.key)-\(item.number)"
    let status = summary.status(on: today)
    var context: [String: Any] = [
      "title": "明白卡 · \(item.name)", "name": item.name, "itemURL": path,
      "status": status.name, "statusClass": status == .pending ? "unknown" : status.rawValue,
      "documentTitle": summary.title,
      "fields": fields,
    ]
    context["amount"] = item.award?.formula.headline
    context["number"] = summary.number
    context["until"] = summary.effectiveUntil?.inChinese
    context["contacts"] = contacts.prefix(2).map { ContactModel.row($0, today: today) }
    context["printed"] = today.inChinese
    if let host, QRCode.isAddress(host) {
      let address = "http://\(host)\(path)"
      context["address"] = address
      context["codeHTML"] = QRCode.svg(of: address)
    }
    return context
  }

  private var fields: [[String: Any]] {
    let keys: [(Element.Key, String)] = [
      (.audience, "谁能享受"), (.conditions, "什么条件"), (.materials, "要交什么"), (.channel, "怎么申请"),
      (.window, "什么时候"), (.limit, "多久办完"), (.process, "怎么兑现"), (.department, "哪个部门管"),
    ]
    return keys.map { key, label in
      let element = item[key]
      guard !element.isAbsent else { return ["label": label, "missing": true] }
      let words = element.value.filter { $0 != "*" }
      return [
        "label": label,
        "value": words.count > Self.longest ? words.prefix(Self.longest) + "……（全文见网页）" : words,
      ]
    }
  }
}

/// A two-dimensional code as a drawing.
enum QRCode {
  /// Whether a host of a request is one that an address may be made of.
  static func isAddress(_ host: String) -> Bool {
    !host.isEmpty && host.utf8.count <= 255
      && host.utf8.allSatisfy {
        0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0
          || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains($0)
      }
  }

  /// The code of an address as SVG with four modules of margin; nil where it is too long.
  static func svg(of address: String) -> String? {
    guard let code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard let data = code.pointee.data else { return nil }
    var path = ""
    for row in 0..<width {
      for column in 0..<width where data[row * width + column] & 1 == 1 {
        path += "M\(column + 4) \(row + 4)h1v1h-1z"
      }
    }
    let size = width + 8
    return
      "<svg class=\"code\" viewBox=\"0 0 \(size) \(size)\" role=\"img\" aria-label=\"本事项网页的二维码\" shape-rendering=\"crispEdges\"><rect width=\"\(size)\" height=\"\(size)\" fill=\"#fff\"/><path d=\"\(path)\" fill=\"#000\"/></svg>"
  }
}
