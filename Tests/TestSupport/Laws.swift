internal import Foundation
public import PolicyParser
public import PolicyText
public import Testing

/// The laws that every parsed document keeps, whatever its text.
public func expectLaws(
  _ parsed: Parsed<PolicyDocument>, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let document = parsed.value
  let bytes = document.source.text.bytes
  var faults: [String] = []
  func check(_ holds: Bool, _ law: String) { if !holds { faults.append(law) } }
  func isBoundary(_ offset: Int) -> Bool {
    offset == bytes.count || offset < bytes.count && bytes[offset] & 0xC0 != 0x80
  }
  func check(_ range: ByteRange, _ what: String) {
    check(range.upperBound <= bytes.count, "\(what) ends inside the text")
    check(isBoundary(range.lowerBound) && isBoundary(range.upperBound), "\(what) on scalars")
  }
  // Lines tile the text.
  var end = 0
  for line in document.lines {
    check(line.range.lowerBound == end, "lines tile the text at \(end)")
    check(line.range, "line")
    end = line.range.upperBound
  }
  check(end == bytes.count, "lines reach the end: \(end) of \(bytes.count)")
  // Clauses nest, in order, without overlap; ids are unique.
  var ids: Set<String> = []
  func walk(_ clauses: [Clause], in outer: ByteRange) {
    var before = outer.lowerBound
    for clause in clauses {
      check(clause.range, "clause \(clause.id)")
      check(clause.range.lowerBound >= before, "clause \(clause.id) after its sibling")
      check(outer.contains(clause.range), "clause \(clause.id) in its parent")
      check(
        clause.range.contains(clause.labelRange) || clause.label.isEmpty, "label of \(clause.id)")
      check(
        document.source.text[clause.labelRange] == clause.label,
        "label of \(clause.id) is its words")
      if let heading = clause.heading {
        check(clause.range.contains(heading), "heading of \(clause.id)")
      }
      check(ids.insert(clause.id).inserted, "id \(clause.id) once")
      for unit in clause.units.lead + clause.units.responsible + clause.units.cooperating {
        check(clause.range.contains(unit.range), "unit in \(clause.id)")
        check(!unit.name.isEmpty, "unit has a name")
      }
      before = clause.range.upperBound
      walk(clause.children, in: clause.range)
    }
  }
  walk(document.outline, in: document.source.text.range)
  for reference in document.references { check(reference.range, "reference") }
  for definition in document.definitions { check(definition.range, "definition") }
  for finding in parsed.diagnostics { check(finding.range, "finding \(finding.code)") }
  if !faults.isEmpty {
    Issue.record(
      "\(name): \(Set(faults).sorted().prefix(6).joined(separator: "; "))",
      sourceLocation: sourceLocation)
  }
}

/// A plain text as a source.
public func source(_ text: String, name: String = "case.txt") -> SourceDocument {
  SourceDocument(
    name: name, mediaType: "text/plain", encoding: "utf-8", text: SourceText(text))
}
