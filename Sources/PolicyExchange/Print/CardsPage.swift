internal import PolicyInterpreter
internal import PolicyParser

/// 明白卡: each item on a sheet of its own.
struct CardsPage {
  private let split: PolicySplit

  init(_ split: PolicySplit) { self.split = split }

  private static let fields: [(key: Element.Key, label: String)] = [
    (.audience, "谁能享受"), (.conditions, "什么条件"), (.materials, "要交什么"), (.channel, "怎么申请"),
    (.window, "什么时候"), (.limit, "多久办完"), (.process, "怎么兑现"), (.department, "哪个部门管"),
    (.contact, "联系人"), (.phone, "联系方式"), (.basis, "依据"),
  ]
  /// The longest field, so that a card is one page.
  private static let longest = 150

  var html: String {
    var body = split.interpretation.items.map(card).joined()
    if split.interpretation.items.isEmpty {
      body = "<h1 class=\"theirs\">\(MarkupText.escaped(split.title))</h1>"
      body += "<p class=\"foot\">本文件没有写明可以兑现的支持事项，没有明白卡可印。</p>"
    }
    return PrintPage(title: "明白卡 · \(split.title)", isWide: false, body: body).html
  }

  private func card(_ item: BenefitItem) -> String {
    var card = "<article class=\"card\">\n<p class=\"lead\">惠企政策明白卡</p>\n"
    card += "<h2>\(MarkupText.escaped(item.name + item[.name].mark))</h2>\n"
    if item[.content].isCorrected {
      card += "<p class=\"give\">\(PrintPage.words(item[.content], most: Self.longest))</p>\n"
    } else if let amount = item.award?.formula.headline {
      card += "<p class=\"give\">\(MarkupText.escaped(amount))</p>\n"
    }
    card += "<dl class=\"pairs\">\n"
    for field in Self.fields {
      let element = item[field.key]
      card += "<div><dt>\(field.label)</dt>"
      card +=
        element.isAbsent
        ? "<dd class=\"quiet\">\(ItemSheet.silent)</dd>"
        : "<dd class=\"theirs\">\(PrintPage.words(element, most: Self.longest))</dd>"
      card += "</div>\n"
    }
    return card + "</dl>\n<p class=\"quiet foot\">\(PrintPage.note)</p>\n</article>\n"
  }
}
