internal import Foundation
internal import Hummingbird
internal import Indexer
internal import Mustache
internal import PolicyParser
internal import PolicyText

/// Renders the pages from the templates that travel with the program.
struct PageRenderer: Sendable {
  private let library: MustacheLibrary
  private let version: String
  /// The style sheets and the scripts, by the path that pages name.
  let assets: [String: (text: String, mediaType: String)]
  /// The paths by the names that templates have for them.
  private let paths: [String: String]

  init(version: String) throws {
    var library = MustacheLibrary()
    for name in [
      "head", "foot", "search", "document", "item", "ask", "glossary", "contacts", "card", "about",
      "error", "split", "diff",
    ] {
      do {
        try library.register(embeddedText("pages/\(name).mustache"), named: name)
      } catch {
        throw ServerError.template(name)
      }
    }
    self.library = library
    self.version = version
    var assets: [String: (text: String, mediaType: String)] = [:]
    var paths: [String: String] = [:]
    for (name, file) in [
      ("stylesheet", "huice"), ("splitStylesheet", "split"), ("diffStylesheet", "diff"),
      ("pictureStylesheet", "picture"),
    ] {
      let css = Self.squeezed(embeddedText("pages/\(file).css"))
      let path = "/assets/\(file)-\(sha256(Array(css.utf8)).prefix(10)).css"
      assets[path] = (css, "text/css; charset=utf-8")
      paths[name] = path
    }
    for (name, file) in [("script", "huice"), ("splitScript", "split")] {
      let js = embeddedText("pages/\(file).js")
      let path = "/assets/\(file)-\(sha256(Array(js.utf8)).prefix(10)).js"
      assets[path] = (js, "text/javascript; charset=utf-8")
      paths[name] = path
    }
    self.assets = assets
    self.paths = paths
  }

  /// A style sheet without comments, indents and line breaks.
  static func squeezed(_ css: String) -> String {
    var result = ""
    var rest = css[...]
    while let open = rest.range(of: "/*") {
      result += rest[..<open.lowerBound]
      rest = rest[(rest.range(of: "*/")?.upperBound ?? rest.endIndex)...]
    }
    result += rest
    let lines = result.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
      .replacing("; }", with: "}").replacing(" { ", with: "{").replacing(" {\n", with: "{")
      .replacing(";\n", with: ";").replacing("; ", with: ";").replacing(": ", with: ":").replacing(
        ",\n", with: ","
      )
      .replacing("}\n", with: "}")
  }

  /// A page as an answer.
  func response(
    _ name: String, _ context: [String: Any], totals: IndexTotals? = nil,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var context = context
    context.merge(paths) { first, _ in first }
    context["version"] = version
    if let totals {
      var values: [String: Any] = [
        "documents": "\(totals.documents)", "clauses": "\(totals.clauses)",
        "items": "\(totals.items)",
      ]
      if let updated = totals.updated {
        values["updated"] = updated.inChinese
        context["year"] = "\(updated.year)"
      }
      context["totals"] = values
    }
    let html = library.render(context, withTemplate: name) ?? ""
    return .text(html, status: status, mediaType: "text/html; charset=utf-8")
  }
}
