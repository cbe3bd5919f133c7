internal import PolicyText

/// Reads an OFD file (版式文档): pages, text objects, ruled lines; lists attachments, notes signatures.
///
/// Signatures are not verified. Source: GB/T 33190—2016, 7 (structure), 9 (graphics), 11 (text).
struct OFDReader {
  private let archive: Archive
  private var depth = 0
  /// The characters of all pages so far.
  private var glyphCount = 0
  private static let pageLimit = 3_000

  /// Reads a file.
  static func read(_ archive: Archive, name: String) throws(ReadError) -> SourceDocument {
    if archive.has("Encryptions.xml") { throw .encrypted }
    var reader = OFDReader(archive: archive)
    guard let root = try archive.xml("OFD.xml") else { throw .damaged(what: "缺少 OFD.xml") }
    var drawings: [PageDrawing] = []
    var findings: [Diagnostic] = []
    for body in root.children("DocBody") {
      guard let path = body.child("DocRoot")?.text.trimmedSpaces else { continue }
      let place = Archive.resolve(path, from: "")
      guard let document = try archive.xml(place) else { throw .damaged(what: "缺少正文") }
      drawings += try reader.pages(of: document, at: place)
      findings += try reader.findings(of: body, document, at: place)
    }
    guard !drawings.isEmpty else { throw .damaged(what: "OFD 没有页面") }
    if drawings.allSatisfy(\.glyphs.isEmpty) { throw .scanned(pages: drawings.count) }
    var layout = LayoutReader(drawings)
    var builder = layout.read()
    builder.findings = findings
    return builder.document(name: name, mediaType: "application/ofd")
  }

  private init(archive: Archive) { self.archive = archive }

  private func findings(
    of body: XMLElement, _ document: XMLElement, at place: String
  ) throws(ReadError) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    if let path = body.child("Signatures")?.text.trimmedSpaces {
      let list = try archive.xml(Archive.resolve(path, from: ""))
      let count = list?.children("Signature").count ?? 0
      if count > 0 {
        findings.append(
          Diagnostic(.signaturePresent, .note, at: ByteRange(0, 0), detail: "\(count) 个"))
      }
    }
    if let path = document.child("Attachments")?.text.trimmedSpaces,
      let list = try archive.xml(Archive.resolve(path, from: place))
    {
      let names = list.children("Attachment").compactMap { $0["Name"] }
      if !names.isEmpty {
        findings.append(
          Diagnostic(
            .attachments, .note, at: ByteRange(0, 0), detail: names.joined(separator: "、")))
      }
    }
    return findings
  }

  private mutating func pages(
    of document: XMLElement, at place: String
  ) throws(ReadError) -> [PageDrawing] {
    let common = document.child("CommonData")
    let usual = box(common?.child("PageArea")?.child("PhysicalBox")?.text)
    var templates: [String: String] = [:]
    for template in common?.children("TemplatePage") ?? [] {
      if let id = template["ID"], let path = template["BaseLoc"] {
        templates[id] = Archive.resolve(path, from: place)
      }
    }
    var drawings: [PageDrawing] = []
    for page in document.child("Pages")?.children("Page") ?? [] {
      guard drawings.count < Self.pageLimit else { throw .unsafe(what: "超过 \(Self.pageLimit) 页") }
      guard let path = page["BaseLoc"],
        let root = try archive.xml(Archive.resolve(path, from: place))
      else { continue }
      let area = box(root.child("Area")?.child("PhysicalBox")?.text) ?? usual
      var drawing = PageDrawing(
        width: (area?.width ?? 210) * Self.scale, height: (area?.height ?? 297) * Self.scale)
      for template in root.children("Template") {
        if let path = template["TemplateID"].flatMap({ templates[$0] }),
          let root = try archive.xml(path)
        {
          try draw(root.child("Content"), on: &drawing)
        }
      }
      try draw(root.child("Content"), on: &drawing)
      glyphCount += drawing.glyphs.count
      guard glyphCount <= PageDrawing.totalLimit else { throw .exhausted }
      drawings.append(drawing)
    }
    return drawings
  }

  /// Points in a millimetre.
  private static let scale: Float = 72 / 25.4

  private mutating func draw(
    _ parent: XMLElement?, on drawing: inout PageDrawing
  ) throws(ReadError) {
    guard let parent else { return }
    depth += 1
    defer { depth -= 1 }
    guard depth < 30 else { throw .unsafe(what: "OFD 图层嵌套过深") }
    for element in parent.children {
      switch element.name {
      case "Layer", "PageBlock": try draw(element, on: &drawing)
      case "TextObject": try drawText(element, on: &drawing)
      case "PathObject": drawPath(element, on: &drawing)
      case "ImageObject": drawing.pictures += 1
      default: break
      }
    }
  }

  private func drawText(
    _ element: XMLElement, on drawing: inout PageDrawing
  ) throws(ReadError) {
    guard element["Visible"] != "false", let frame = box(element["Boundary"]) else { return }
    let matrix = numbers(element["CTM"])
    let scale = matrix.count == 6 ? max(abs(matrix[3]), 0.01) : 1
    let size = (element["Size"].flatMap { Float($0) } ?? 4) * scale
    for code in element.children("TextCode") {
      var x = code["X"].flatMap { Float($0) } ?? 0
      var y = code["Y"].flatMap { Float($0) } ?? size
      let stepsX = steps(code["DeltaX"])
      let stepsY = steps(code["DeltaY"])
      let scalars = Array(code.text.unicodeScalars)
      for (index, scalar) in scalars.enumerated() {
        let (across, down) =
          matrix.count == 6
          ? (
            matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
          ) : (x, y)
        let wide = scalar.value < 0x250 ? size * 0.5 : size
        if scalar.value > 0x20 {
          guard drawing.glyphs.count < PageDrawing.glyphLimit else { throw .exhausted }
          drawing.glyphs.append(
            Glyph(
              scalar: scalar,
              box: Box(
                left: (frame.left + across) * Self.scale,
                top: (frame.top + down - size * 0.88) * Self.scale,
                right: (frame.left + across + wide) * Self.scale,
                bottom: (frame.top + down + size * 0.12) * Self.scale),
              order: drawing.glyphs.count))
        }
        x += index < stepsX.count ? stepsX[index] : stepsX.isEmpty && stepsY.isEmpty ? wide : 0
        y += index < stepsY.count ? stepsY[index] : 0
      }
    }
  }

  /// Straight lines of a path: `M x y L x y … C`.
  private func drawPath(_ element: XMLElement, on drawing: inout PageDrawing) {
    guard let frame = box(element["Boundary"]) else { return }
    let data = element.child("AbbreviatedData")?.text ?? ""
    let matrix = numbers(element["CTM"])
    func placed(_ x: Float, _ y: Float) -> (Float, Float) {
      let (across, down) =
        matrix.count == 6
        ? (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        : (x, y)
      return ((frame.left + across) * Self.scale, (frame.top + down) * Self.scale)
    }
    var last: (Float, Float)?
    var first: (Float, Float)?
    var parts = data.split(whereSeparator: \.isWhitespace)[...]
    func line(_ from: (Float, Float), _ to: (Float, Float)) {
      let box = Box(
        left: min(from.0, to.0), top: min(from.1, to.1), right: max(from.0, to.0),
        bottom: max(from.1, to.1))
      if box.width < 2 || box.height < 2, max(box.width, box.height) > 8,
        drawing.rules.count < 20_000
      {
        drawing.rules.append(
          Box(
            left: box.left, top: box.top, right: max(box.right, box.left + 0.5),
            bottom: max(box.bottom, box.top + 0.5)))
      }
    }
    while let sign = parts.popFirst() {
      switch sign {
      case "S", "M", "L":
        guard let x = parts.popFirst().flatMap({ Float($0) }),
          let y = parts.popFirst().flatMap({ Float($0) })
        else { return }
        let point = placed(x, y)
        if sign == "L", let last { line(last, point) } else { first = point }
        last = point
      case "C":
        if let last, let first { line(last, first) }
      default: last = nil
      }
    }
  }

  private func numbers(_ text: String?) -> [Float] {
    (text ?? "").split(whereSeparator: \.isWhitespace).compactMap { Float($0) }
      .map { $0.isFinite ? $0 : 0 }
  }

  /// `x y width height`.
  private func box(_ text: String?) -> Box? {
    let values = numbers(text)
    guard values.count == 4, values[2] >= 0, values[3] >= 0, values.allSatisfy({ abs($0) < 1e5 })
    else { return nil }
    return Box(
      left: values[0], top: values[1], right: values[0] + values[2],
      bottom: values[1] + values[3])
  }

  /// `3.2 3.2 g 4 3.5`: g repeats a step.
  private func steps(_ text: String?) -> [Float] {
    var steps: [Float] = []
    var parts = (text ?? "").split(whereSeparator: \.isWhitespace)[...]
    while let part = parts.popFirst(), steps.count < 100_000 {
      if part == "g" {
        guard let count = parts.popFirst().flatMap({ Int($0) }),
          let step = parts.popFirst().flatMap({ Float($0) })
        else { break }
        steps += Array(repeating: step, count: max(0, min(count, 100_000)))
      } else {
        steps.append(Float(part) ?? 0)
      }
    }
    return steps
  }
}

extension String {
  /// Without white space at its ends.
  fileprivate var trimmedSpaces: String {
    String(
      self.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
