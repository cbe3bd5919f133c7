private import CZIP
internal import DocumentReader
private import Glibc
internal import PolicyText

/// What libFuzzer runs: one input through the reader that `HUICE_FUZZ_READER` names, then the laws of what was read.
///
/// `query`, `form` and `notice` read what users type, forms that are sent, and notices as text (``WordFuzz``).
///
/// An input is a file; for the formats that are archives also the parts of one, `name US content RS name US content …`
/// with the separators 0x1E and 0x1F, which stand in no XML. They are packed here, so that a change comes behind the
/// checksums of the archive.
@_cdecl("huice_read")
public func read(_ start: UnsafePointer<UInt8>, _ count: Int64) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: Int(count)))
  switch reader.ending {
  case "query": WordFuzz.readQuery(bytes)
  case "form": WordFuzz.readForm(bytes)
  case "notice": WordFuzz.readNotice(bytes)
  default: readFile(bytes)
  }
  return 0
}

/// Reads the documents of a file.
private func readFile(_ bytes: [UInt8]) {
  let file = bytes.contains(0x1F) && reader.isArchive ? packed(bytes) : bytes
  guard
    let documents = try? DocumentReader.readAll(file, name: "a." + reader.ending)
  else { return }
  for document in documents {
    if case .success(let document) = document.result { check(document) }
  }
}

/// The format that is tried.
private let reader: (ending: String, isArchive: Bool) = {
  let name = getenv("HUICE_FUZZ_READER").map { String(cString: $0) } ?? "docx"
  return (name, ["docx", "ofd", "xlsx", "zip"].contains(name))
}()

/// The archive of parts.
private func packed(_ bytes: [UInt8]) -> [UInt8] {
  guard let writer = czip_writer_new() else { return [] }
  for part in bytes.split(separator: 0x1E).prefix(64) {
    let pieces = part.split(separator: 0x1F, maxSplits: 1, omittingEmptySubsequences: false)
    let content = Array(pieces.count > 1 ? pieces[1] : [])
    _ = czip_writer_add(
      writer, String(decoding: pieces[0], as: UTF8.self), content, Int64(content.count))
  }
  var count: Int64 = 0
  guard let archive = czip_writer_end(writer, &count) else { return [] }
  defer { free(archive) }
  return Array(UnsafeRawBufferPointer(start: archive, count: Int(count)))
}

/// What holds of every document that was read.
private func check(_ document: SourceDocument) {
  let bytes = document.text.bytes
  precondition(
    SourceText(validating: bytes) != nil, "the text is valid UTF-8")
  var last = 0
  for mark in document.markup {
    precondition(
      mark.lowerBound >= last && mark.upperBound <= bytes.count, "signs stand in order, in the text"
    )
    last = mark.lowerBound
  }
  last = 0
  for block in document.blocks {
    let range = block.range
    precondition(range.lowerBound >= last, "hints stand in order")
    precondition(range.upperBound <= bytes.count, "hints stand in the text")
    for bound in [range.lowerBound, range.upperBound] where bound < bytes.count {
      precondition(bytes[bound] & 0xC0 != 0x80, "hints begin and end between characters")
    }
    last = range.lowerBound
  }
}
