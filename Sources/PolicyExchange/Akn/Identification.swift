internal import PolicyParser
internal import PolicyText

/// Who a document is in Akoma Ntoso: its addresses, dates, authors and number (FRBR).
struct Identification {
  private let document: PolicyDocument

  /// The day that stands where a day is required and the text says none.
  private static let noDay = "0001-01-01"

  init(_ document: PolicyDocument) { self.document = document }

  /// The `meta` element.
  var xml: String {
    let head = document.head
    let day = (head.signedOn ?? head.publishedOn ?? head.printedOn)?.value.description
    let date = day ?? Self.noDay
    let work = "/akn/cn/doc/\(date)/\(name)"
    let expression = work + "/zho@" + (day ?? "")
    let title = head.title?.value ?? head.payloadTitles.first?.value
    let authors =
      head.issuers.isEmpty
      ? "<FRBRauthor href=\"#unknown\"/>"
      : head.issuers.indices.map { "<FRBRauthor href=\"#issuer_\($0 + 1)\"/>" }.joined()
    var xml = "<meta><identification source=\"#huice\"><FRBRWork>"
    xml += addresses(work + "/!main", work)
    if let title { xml += "<FRBRalias value=\"\(MarkupText.escaped(title))\" name=\"title\"/>" }
    xml += dates(day)
    xml += authors
    xml += "<FRBRcountry value=\"cn\"/><FRBRsubtype value=\"\(document.triage.rawValue)\"/>"
    if let number = head.documentNumber {
      xml += "<FRBRnumber value=\"\(MarkupText.escaped(number.value.description))\"/>"
    }
    if let title { xml += "<FRBRname value=\"\(MarkupText.escaped(title))\"/>" }
    xml += "</FRBRWork><FRBRExpression>"
    xml += addresses(expression + "/!main", expression)
    xml += "<FRBRdate date=\"\(date)\" name=\"\(day == nil ? "unknown" : "signature")\"/>"
    xml += authors + "<FRBRlanguage language=\"zho\"/></FRBRExpression><FRBRManifestation>"
    xml += addresses(expression + "/!main.xml", expression + ".xml")
    xml += "<FRBRdate date=\"\(date)\" name=\"\(day == nil ? "unknown" : "signature")\"/>"
    xml += "<FRBRauthor href=\"#huice\"/><FRBRformat value=\"application/akn+xml\"/>"
    xml += "</FRBRManifestation></identification>"
    return xml + references + "</meta>"
  }

  private func addresses(_ this: String, _ uri: String) -> String {
    "<FRBRthis value=\"\(MarkupText.escaped(this))\"/><FRBRuri value=\"\(MarkupText.escaped(uri))\"/>"
  }

  private func dates(_ day: String?) -> String {
    let head = document.head
    let dates = [
      (head.signedOn, "signature"), (head.publishedOn, "publication"), (head.printedOn, "printing"),
      (head.effectiveFrom, "effect"), (head.effectiveUntil, "expiry"),
    ].compactMap { date, name in
      date.map { "<FRBRdate date=\"\($0.value)\" name=\"\(name)\"/>" }
    }
    return dates.isEmpty
      ? "<FRBRdate date=\"\(Self.noDay)\" name=\"unknown\"/>" : dates.joined()
  }

  private var references: String {
    var xml = "<references source=\"#huice\">"
    xml +=
      "<TLCOrganization eId=\"huice\" href=\"/akn/ontology/organization/huice\" showAs=\"惠策\"/>"
    for (index, issuer) in document.head.issuers.enumerated() {
      xml += "<TLCOrganization eId=\"issuer_\(index + 1)\""
      xml += " href=\"/akn/ontology/organization/cn/\(Self.segment(issuer.value))\""
      xml += " showAs=\"\(MarkupText.escaped(issuer.value))\"/>"
    }
    if document.head.issuers.isEmpty {
      xml += "<TLCOrganization eId=\"unknown\" href=\"/akn/ontology/organization/cn/unknown\""
      xml += " showAs=\"文中未载明\"/>"
    }
    return xml + "</references>"
  }

  /// The last part of the work's address: the document number, else the digest of the text.
  private var name: String {
    if let number = document.head.documentNumber?.value { return Self.segment(of: number) }
    return String(sha256(document.source.text.bytes).prefix(12))
  }

  /// The address of a document that is referred to: by its number, else by its title.
  static func address(number: DocumentNumber?, title: String) -> String {
    if let number { return "/akn/cn/doc/\(number.year)/\(segment(of: number))" }
    return "/akn/cn/doc/title/\(segment(title))"
  }

  private static func segment(of number: DocumentNumber) -> String {
    segment(number.authorityCode) + "-\(number.year)-\(number.serial)"
  }

  /// Words as one segment of an address, by RFC 3986: bytes that may not stand there as `%E6`.
  private static func segment(_ words: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in words.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%"
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
      }
    }
    return result
  }
}
