internal import DocumentReader
internal import PolicyText

/// What came of one document of a file that was handed in: a split, or why there is none.
public struct SplitOutcome: Sendable {
  /// Why a document could not be read: one Chinese line that says what to do.
  public struct Refusal: Error, Hashable, Sendable {
    /// The line.
    public let message: String

    /// A refusal with its line.
    public init(message: String) { self.message = message }
  }

  /// The document's name: the file's, in an archive `archive.zip/name`.
  public let name: String
  /// The split, or the refusal.
  public let result: Result<PolicySplit, Refusal>

  /// The largest file that is read, in bytes.
  public static let sizeLimit = DocumentReader.sizeLimit

  /// Reads a file and takes each of its documents apart.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: Its name without the folder.
  ///   - budget: How much text, in bytes, may still be taken apart; what was is taken off. A document that goes beyond
  ///     it is refused.
  /// - Returns: One outcome a document, in order of the archive; for a file that cannot be read, one refusal.
  public static func all(
    in bytes: [UInt8], name: String, budget: inout Int
  ) -> [SplitOutcome] {
    let digest = PolicyText.sha256(bytes)
    do throws(ReadError) {
      let documents = try DocumentReader.readAll(bytes, name: name)
      if documents.isEmpty { return [refused(name, "压缩包里没有文档。请检查压缩包。")] }
      return documents.map { document in
        switch document.result {
        case .success(let source):
          guard source.text.count <= budget else {
            return refused(
              document.name, "文字太多，网页上读不了。请在服务器上用命令 huice，或分成较小的文件。")
          }
          budget -= source.text.count
          return SplitOutcome(
            name: document.name, result: .success(PolicySplit(source, sha256: digest)))
        case .failure(let error): return refused(document.name, error.message)
        }
      }
    } catch {
      return [refused(name, error.message)]
    }
  }

  /// Reads a file and takes each of its documents apart, however much text there is.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: Its name without the folder.
  /// - Returns: One outcome a document, in order of the archive; for a file that cannot be read, one refusal.
  public static func all(in bytes: [UInt8], name: String) -> [SplitOutcome] {
    var budget = Int.max
    return all(in: bytes, name: name, budget: &budget)
  }

  private static func refused(_ name: String, _ message: String) -> SplitOutcome {
    SplitOutcome(name: name, result: .failure(Refusal(message: message)))
  }
}
