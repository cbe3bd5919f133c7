private import CXML
internal import PolicyText

/// An element of an XML file, by local names; what stands in no element's text is left out.
final class XMLElement {
  let name: String
  let attributes: [(name: String, value: String)]
  /// Elements and stretches of text, in order.
  fileprivate(set) var content: [XMLContent] = []

  init(_ name: String, _ attributes: [(name: String, value: String)]) {
    self.name = name
    self.attributes = attributes
  }

  /// The value of an attribute.
  subscript(attribute: String) -> String? {
    attributes.first { $0.name == attribute }?.value
  }

  /// The elements below, in order.
  var children: [XMLElement] {
    content.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The first element below with a name.
  func child(_ name: String) -> XMLElement? {
    for case .element(let element) in content where element.name == name { return element }
    return nil
  }

  /// The elements below with a name.
  func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first element at any depth with a name.
  func descendant(_ name: String) -> XMLElement? {
    for child in children {
      if child.name == name { return child }
      if let found = child.descendant(name) { return found }
    }
    return nil
  }

  /// The elements at any depth with a name, in order.
  func descendants(_ name: String) -> [XMLElement] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(name) }
  }

  /// All text below.
  var text: String {
    content.reduce(into: "") { text, part in
      switch part {
      case .text(let words): text += words
      case .element(let element): text += element.text
      }
    }
  }
}

/// What stands in an element.
enum XMLContent {
  case element(XMLElement)
  case text(String)
}

/// Reads XML as office formats have it: no document type, no entities of its own, bounded depth and size.
enum XMLTree {
  /// The most elements of one file.
  private static let elementLimit = 1_500_000

  /// The root element.
  ///
  /// - Throws: ``ReadError/damaged(what:)`` for what is not well-formed or too large, and
  ///   ``ReadError/unsafe(what:)`` for a document type.
  static func root(of bytes: [UInt8], part: String) throws(ReadError) -> XMLElement {
    guard MarkupBounds.hold(bytes, attributes: 512) else { throw .unsafe(what: "\(part) 里标记过多") }
    let builder = TreeBuilder(limit: elementLimit)
    let status = bytes.withUnsafeBytes { raw -> cxml_status in
      guard let start = raw.baseAddress else { return CXML_DAMAGED }
      var handler = cxml_handler(
        context: Unmanaged.passUnretained(builder).toOpaque(),
        start: { context, name, attributes, count in
          TreeBuilder.of(context)?.start(name, attributes, Int(count)) ?? 1
        },
        end: { context in TreeBuilder.of(context)?.end() ?? 1 },
        text: { context, text, count in TreeBuilder.of(context)?.text(text, Int(count)) ?? 1 })
      return cxml_parse(start, Int64(raw.count), &handler)
    }
    switch status {
    case CXML_OK:
      guard let root = builder.root else { throw .damaged(what: part) }
      return root
    case CXML_DOCTYPE: throw .unsafe(what: "\(part) 里有文档类型声明")
    case CXML_STOPPED: throw .unsafe(what: "\(part) 过大")
    default: throw .damaged(what: part)
    }
  }
}

/// Builds the tree from the parser's events.
private final class TreeBuilder {
  private(set) var root: XMLElement?
  private var open: [XMLElement] = []
  private var left: Int
  /// The text since the last tag: it comes in many pieces.
  private var words: [UInt8] = []

  init(limit: Int) { left = limit }

  static func of(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
    context.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  func start(
    _ name: UnsafePointer<CChar>, _ pairs: UnsafePointer<UnsafePointer<CChar>>, _ count: Int
  ) -> Int32 {
    endText()
    left -= 1
    guard left > 0 else { return 1 }
    let element = XMLElement(
      String(cString: name),
      (0..<count).map { (String(cString: pairs[2 * $0]), String(cString: pairs[2 * $0 + 1])) })
    if let parent = open.last { parent.content.append(.element(element)) } else { root = element }
    open.append(element)
    return 0
  }

  func end() -> Int32 {
    endText()
    _ = open.popLast()
    return 0
  }

  func text(_ text: UnsafePointer<CChar>, _ count: Int) -> Int32 {
    guard !open.isEmpty, count > 0 else { return 0 }
    text.withMemoryRebound(to: UInt8.self, capacity: count) {
      words += UnsafeBufferPointer(start: $0, count: count)
    }
    return 0
  }

  private func endText() {
    guard !words.isEmpty else { return }
    open.last?.content.append(.text(String(decoding: words, as: UTF8.self)))
    words.removeAll(keepingCapacity: words.count < 65_536)
  }
}
