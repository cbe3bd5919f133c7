public import PolicyInterpreter
public import PolicyParser
public import PolicyText

/// One document taken apart (拆解): the tree, what it grants, and what was doubtful.
public struct PolicySplit: Sendable {
  /// The document with its findings.
  public let parsed: Parsed<PolicyDocument>
  /// What it grants.
  public internal(set) var interpretation: Interpretation
  /// The digest of the file it was read from.
  public let sha256: String

  /// Takes a document apart.
  ///
  /// - Parameters:
  ///   - source: What a reader made of the file.
  ///   - sha256: The digest of the file's bytes.
  public init(_ source: SourceDocument, sha256: String) {
    parsed = PolicyParser.parse(source)
    interpretation = PolicyInterpreter.interpret(parsed.value)
    self.sha256 = sha256
  }

  /// The document.
  public var document: PolicyDocument { parsed.value }

  /// What the document is called: the title of what it passes on, its own title, else the file's name.
  public var title: String {
    let head = document.head
    let title = head.payloadTitles.first?.value ?? head.title?.value ?? document.source.name
    return String(title.filter { !$0.isNewline && $0 != "*" })
  }

  /// How sure the values of one column of the fourteen are.
  public struct Coverage: Hashable, Sendable {
    /// The column.
    public let column: ElementList.Column
    /// How many items have a value that a rule leaves no doubt of.
    public let certain: Int
    /// How many have one that has to be looked at.
    public let review: Int
    /// Of how many the text says nothing.
    public let absent: Int
  }

  /// The fourteen columns with how well the document fills them, in order of the list.
  public var coverage: [Coverage] {
    ElementList.fulfilment.columns.map { column in
      var counts: [Confidence: Int] = [:]
      for item in interpretation.items { counts[item[column.key].confidence, default: 0] += 1 }
      return Coverage(
        column: column, certain: counts[.certain] ?? 0, review: counts[.review] ?? 0,
        absent: counts[.absent] ?? 0)
    }
  }
}
