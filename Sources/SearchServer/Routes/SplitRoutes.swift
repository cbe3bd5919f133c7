internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Indexer
internal import NIOCore
internal import PolicyExchange
internal import PolicyInterpreter
internal import PolicyText

/// The page `/split`: files in, the split and the office's lists out.
///
/// Nothing is kept. A download is the same request again with `as`: the page carries the file in a hidden field, or the script hands it
/// in again.
struct SplitRoutes: Sendable {
  /// A file that was handed in.
  struct Upload: Sendable {
    var name: String
    var bytes: [UInt8]
  }

  /// The most bytes of a request, that is of all its files.
  static let sizeLimit = 32 * 1_048_576
  /// The most files of a request.
  static let fileLimit = 20
  /// The most text of a request, in bytes: a long book of policies has one tenth of it.
  static let textLimit = 8 * 1_048_576
  /// The most bytes of a file that the page carries for downloads.
  static let carryLimit = 6 * 1_048_576
  /// The most characters of a value that a person sets.
  private static let correctionLimit = 4_000

  let index: ServedIndex
  let pages: PageRenderer
  let work: WorkPools
  let uploads: UploadReader

  func add(to runner: RouteRunner) {
    runner.get("/split", on: work.search) { _, _ in try page([], carries: true) }
    runner.router.post("/split") { request, _ in
      try await Self.reading(request, uploads, on: work.files) { try split($0) }
    }
  }

  /// Reads the form of a request and works on it, on a thread for files: reading foreign files takes long, and waits
  /// for other processes.
  ///
  /// - Throws: What ``UploadReader/reading(_:limit:_:)`` throws, ``RequestError/badForm`` for what is no form, and what
  ///   `answer` throws.
  static func reading(
    _ request: Request, _ uploads: UploadReader, on pool: WorkPool,
    _ answer: @escaping @Sendable (MultipartForm) throws -> Response
  ) async throws -> Response {
    let type = request.headers[.contentType]
    return try await uploads.reading(request, limit: sizeLimit + 65_536) { bytes in
      try await pool.run {
        guard let type, let form = MultipartForm(bytes, contentType: type) else {
          throw RequestError.badForm
        }
        return try answer(form)
      }
    }
  }

  private func split(_ form: MultipartForm) throws -> Response {
    let uploads = try Self.uploads(in: form)
    let corrections = try Self.corrections(in: form)
    let wanted = form.text("as")
    let carries = form.text("carry") != "0"
    var budget = Self.textLimit
    var read = uploads.map {
      SplitUpload(
        upload: $0, outcomes: SplitOutcome.all(in: $0.bytes, name: $0.name, budget: &budget))
    }
    // The form of a file's downloads carries that file alone.
    for (place, corrections) in corrections where read[0].outcomes.indices.contains(place) {
      read[0].outcomes[place] = read[0].outcomes[place].corrected(by: corrections)
    }
    if let wanted, !wanted.isEmpty { return try Self.download(wanted, of: read) }
    return try page(read, carries: carries)
  }

  /// The files of a form: chosen ones, or the one that the page carried.
  private static func uploads(in form: MultipartForm) throws -> [Upload] {
    var uploads = form.parts.filter { $0.name == "file" && $0.fileName != nil }.compactMap {
      part -> Upload? in
      let name = part.fileName ?? ""
      if name.isEmpty, part.bytes.isEmpty { return nil }
      return Upload(name: name.isEmpty ? "文件" : name, bytes: Array(part.bytes))
    }
    if uploads.isEmpty, let words = form.parts.first(where: { $0.name == "data" }) {
      guard let data = Data(base64Encoded: Data(words.bytes)) else { throw RequestError.badForm }
      let name = (form.text("name") ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last
      uploads = [Upload(name: name.map { String($0.suffix(200)) } ?? "文件", bytes: Array(data))]
    }
    guard !uploads.isEmpty else { throw RequestError.noFile }
    guard uploads.count <= fileLimit else { throw RequestError.tooManyFiles(limit: fileLimit) }
    return uploads
  }

  /// The values that a person set on the page, by the place of the document: fields `fix-0-3-contact`, empty ones
  /// left out.
  ///
  /// - Throws: ``RequestError/badForm``, and ``RequestError/correctionTooLong(limit:)``.
  private static func corrections(in form: MultipartForm) throws -> [Int: [Correction]] {
    var corrections: [Int: [Correction]] = [:]
    for part in form.parts where part.name.hasPrefix("fix-") {
      let value = part.text.replacing("\r\n", with: "\n")
        .trimmingCharacters(in: .whitespacesAndNewlines)
      guard !value.isEmpty else { continue }
      let names = part.name.split(separator: "-", omittingEmptySubsequences: false)
      guard names.count == 4, let place = Int(names[1]), let item = Int(names[2]),
        let key = Element.Key(rawValue: String(names[3])), part.fileName == nil
      else { throw RequestError.badForm }
      guard value.unicodeScalars.count <= correctionLimit else {
        throw RequestError.correctionTooLong(limit: correctionLimit)
      }
      corrections[place, default: []].append(Correction(item: item, key: key, value: value))
    }
    return corrections
  }

  private func page(_ read: [SplitUpload], carries: Bool) throws -> Response {
    var context: [String: Any] = [
      "title": "拆解文件", "nav": ["split": true], "limit": "\(Self.sizeLimit / 1_048_576)",
    ]
    if !read.isEmpty {
      context["hasFiles"] = true
      context["files"] = read.enumerated().map { index, file in
        SplitModel(
          file: file, number: index + 1,
          carries: carries && file.upload.bytes.count <= Self.carryLimit,
          isHandedIn: !carries
        ).context
      }
    }
    var response = pages.response("split", context, totals: try index.store.totals())
    response.headers[.cacheControl] = "no-store"
    return response
  }

  // MARK: Downloads

  /// `all.zip`, or a document's place and a file: `0/items.xlsx`.
  private static func download(_ wanted: String, of read: [SplitUpload]) throws -> Response {
    if wanted == "all.zip" { return try everything(read) }
    let sides = wanted.split(separator: "/", maxSplits: 1)
    guard sides.count == 2, let place = Int(sides[0]),
      let file = SplitFile(rawValue: String(sides[1])),
      let first = read.first, first.outcomes.indices.contains(place)
    else { throw RequestError.badValue(name: "as", value: wanted) }
    switch first.outcomes[place].result {
    case .failure: throw RequestError.badValue(name: "as", value: wanted)
    case .success(let split):
      var names = FolderNames()
      let stem = names.name(of: first.outcomes[place].name)
      return attachment(
        try file.bytes(of: split), mediaType: file.mediaType, name: "\(stem)-\(file.fileName)")
    }
  }

  private static func everything(_ read: [SplitUpload]) throws -> Response {
    var names = FolderNames()
    var files: [(name: String, bytes: [UInt8])] = []
    var splits: [PolicySplit] = []
    var failures: [String] = []
    for outcome in read.flatMap(\.outcomes) {
      switch outcome.result {
      case .failure(let refusal): failures.append("\(outcome.name)：\(refusal.message)\r\n")
      case .success(let split):
        let folder = names.name(of: outcome.name)
        for file in SplitFile.allCases {
          files.append(("\(folder)/\(file.fileName)", try file.bytes(of: split)))
        }
        splits.append(split)
      }
    }
    if splits.count > 1 {
      files.append(
        ("全部" + SplitFile.itemsXlsx.fileName, try SplitFile.workbook(.fulfilment, splits)))
      files.append(("全部" + SplitFile.itemsCsv.fileName, SplitFile.csv(splits)))
    }
    if !failures.isEmpty {
      files.append(("没有读出来的文件.txt", Array(("\u{FEFF}" + failures.joined()).utf8)))
    }
    return attachment(
      try ZipWriter.archive(files), mediaType: "application/zip", name: "拆解清单.zip")
  }

  private static func attachment(_ bytes: [UInt8], mediaType: String, name: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: mediaType, .cacheControl: "no-store",
        .contentDisposition: "attachment; filename*=UTF-8''\(QueryString.encoded(name))",
      ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

/// A file that was handed in, with what came of each of its documents.
struct SplitUpload: Sendable {
  var upload: SplitRoutes.Upload
  var outcomes: [SplitOutcome]
}
