internal import PolicyInterpreter

/// A page of its own for printing: everything in one file, nothing loaded from elsewhere.
struct PrintPage {
  var title: String
  /// Whether the sheet lies across.
  var isWide: Bool
  var body: String

  /// What stands at the foot of every sheet.
  static let note = "由程序从文件原文整理，请对照原文核对；办理以发文机关公布的文件和主管部门的解释为准。"

  var html: String {
    """
    <!doctype html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(MarkupText.escaped(title))</title>
    <style>
    @page { size: A4\(isWide ? " landscape" : ""); margin: 16mm; }
    * { box-sizing: border-box; }
    body { max-width: \(isWide ? "1120px" : "720px"); margin: 0 auto; padding: 24px 16px; color: #1f2328; background: #fff; font: 400 15px/1.7 system-ui, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; text-autospace: normal; }
    h1, h2, p, dl, dd { margin: 0; }
    h1 { font-size: 24px; line-height: 1.4; text-wrap: balance; }
    h2 { font-size: 22px; line-height: 1.4; }
    .lead, .quiet { color: #5c6066; font-size: 13px; }
    .theirs { font-family: "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; }
    .give { margin: 4px 0 8px; font-size: 24px; font-weight: 600; line-height: 1.4; color: #14506e; }
    table { width: 100%; margin: 16px 0; border-collapse: collapse; table-layout: fixed; }
    th, td { padding: 8px 10px; border: 1px solid #b9b5ab; text-align: left; vertical-align: top; }
    th { background: #eef1f3; font-weight: 600; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
    .card + .card { margin-top: 48px; padding-top: 48px; border-top: 1px solid #e3e0d8; }
    .pairs > div { display: grid; grid-template-columns: 6em minmax(0, 1fr); gap: 0 16px; padding: 8px 0; border-bottom: 1px solid #e3e0d8; }
    dt { color: #5c6066; }
    .foot { margin-top: 16px; }
    @media (max-width: 719px) { table, tbody, tr, td { display: block; } thead { display: none; } td { border-width: 0 0 1px; } td::before { content: attr(data-label) "　"; color: #5c6066; font-size: 13px; } tr { margin-bottom: 24px; border-top: 3px solid #14506e; } }
    @media print { body { max-width: none; padding: 0; font-size: 10pt; } .card + .card { margin: 0; padding: 0; border: 0; break-before: page; } }
    </style>
    </head>
    <body>
    \(body)
    </body>
    </html>

    """
  }

  /// The words of a value with its line breaks, cut where they are longer than a sheet bears.
  static func words(_ element: Element, most: Int) -> String {
    words(element.value, most: most) + element.mark
  }

  /// A value as HTML, cut where it is too long for its place.
  static func words(_ value: String, most: Int) -> String {
    let words = value.filter { $0 != "*" }
    let cut = words.count > most ? words.prefix(most) + "……（全文见清单）" : words[...]
    return MarkupText.escaped(cut).replacing("\n", with: "<br>")
  }
}
