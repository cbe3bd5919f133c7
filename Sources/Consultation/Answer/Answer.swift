public import Indexer
public import PolicyText

/// The words of a policy that an answer rests on (依据).
public struct Citation: Hashable, Sendable {
  /// The document.
  public var document: DocumentSummary
  /// The clause's id, or `p3` for a passage outside the clauses.
  public var clause: String
  /// The labels down to it: 二、（三）.
  public var labels: [String]
  /// The heading above it.
  public var heading: String
  /// The words, as they stand in the document's text.
  public var text: String
  /// Where they stand, in scalars of the document's text.
  public var span: [Int]
  /// Where they stand, in bytes.
  public var range: ByteRange
  /// The sentence among them that answers, in bytes.
  public var focus: ByteRange
}

/// One part of an answer: our words, with the words of the policy that they rest on.
public struct Statement: Hashable, Sendable {
  /// What it says: 金额, 条件, 部门.
  public var label: String
  /// The words.
  public var text: String
  /// Which citation it rests on: its place in ``Answer/citations``.
  public var citation: Int
}

/// An answer in the words of policies (答复).
public struct Answer: Sendable {
  /// Short statements, each resting on a citation; the first is the verbatim sentence that answers.
  public var statements: [Statement]
  /// The words it rests on, best first.
  public var citations: [Citation]
  /// What a reader must know: lapsed, no stated term, several policies.
  public var notes: [String]

  /// The answer as plain text, with the numbers of its citations.
  public var text: String {
    statements.map { statement in
      (statement.label.isEmpty ? "" : "\(statement.label)：") + statement.text
        + "〔\(statement.citation + 1)〕"
    }.joined(separator: "\n")
  }
}

/// Why there is no answer (不予答复).
public struct Refusal: Sendable {
  /// Which signal decided.
  public enum Reason: String, Hashable, Sendable {
    /// Nothing was asked.
    case empty
    /// The question is about a person or is no question about a policy.
    case outside
    /// No clause has the words.
    case nothing
    /// No document of the place speaks of it.
    case place
    /// No document of the year speaks of it.
    case year
    /// The object is not in the texts.
    case object
    /// The object is there, but what is asked is not stated.
    case element
    /// What is there is a fund's size or a statistic.
    case statistic
    /// Only text that is no longer in force speaks of it.
    case lapsed
    /// What was found is too far from the question.
    case distance
  }

  /// Which signal decided.
  public var reason: Reason
  /// The sentence for users: what was looked for, and what is missing.
  public var message: String
  /// Whom to ask: a department or a line that the nearest documents name; nil where they name none.
  public var ask: String?
  /// The place of the document that names them.
  public var region: String?
  /// The nearest words, offered as 可能相关.
  public var related: [Citation]
}

/// One named fact that a decision rests on.
public struct Signal: Hashable, Sendable {
  /// Its name: `coverage`.
  public var name: String
  /// Its value.
  public var value: Double
}

/// What a question led to.
public struct Reply: Sendable {
  /// What came of it.
  public enum Outcome: Sendable {
    case answer(Answer)
    case refusal(Refusal)
  }

  /// The question as it was read.
  public var question: Question
  /// An answer, or why there is none.
  public var outcome: Outcome
  /// What the decision rests on.
  public var signals: [Signal]

  /// The answer, where there is one.
  public var answer: Answer? {
    if case .answer(let answer) = outcome { answer } else { nil }
  }
  /// The refusal, where there is one.
  public var refusal: Refusal? {
    if case .refusal(let refusal) = outcome { refusal } else { nil }
  }
}
