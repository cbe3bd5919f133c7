internal import PolicyText

/// Reads what stands around the clauses: title, number, issuers, dates, place.
struct HeadReader {
  let text: MatchText
  let source: SourceDocument
  /// Index of the line of the first clause; the number of lines where there is none.
  let firstClauseLine: Int
  var lines: [LineDraft]
  var head = DocumentHead()
  var diagnostics: [Diagnostic] = []
  var signatures: [Signature] = []
  /// Who gave an order, by its number.
  var orderIssuer: Range<Int>?

  /// Names followed by a date: where a document is signed.
  struct Signature {
    var names: [Range<Int>]
    var day: CalendarDay
    var dateRange: Range<Int>
  }

  init(text: MatchText, source: SourceDocument, lines: [LineDraft], firstClauseLine: Int) {
    self.text = text
    self.source = source
    self.lines = lines
    self.firstClauseLine = firstClauseLine
  }

  /// Reads everything; ``head`` and ``lines`` hold it afterwards.
  mutating func read() {
    readSignatures()
    readPageInfo()
    readRunInDate()
    readTitle()
    readNumber()
    readPayloadTitles()
    readIssuers()
    readAddressees()
    readPrinting()
    readPublicity()
    readPlace()
    readValidity()
    noteWhatIsMissing()
  }

  // The steps stand in files of their own, one for each part of the head.
}
