/// Makes an index anew from files, beside the old one: `huice index --rebuild`.
///
/// Contacts and learned words are carried over; older versions of documents are not.
public struct IndexRebuild: Sendable {
  /// What came of it.
  public struct Outcome: Sendable {
    /// What was read.
    public internal(set) var report = IndexReport()
    /// Whether the new index stands in the place of the old one; false where nothing could be read.
    public internal(set) var isReplaced = false
    /// What people must know, in Chinese lines: what the old file could not give.
    public internal(set) var notes: [String] = []
  }

  private let path: String

  /// - Parameter path: The index file; there need not be one.
  public init(at path: String) { self.path = path }

  /// Rebuilds the index.
  ///
  /// - Parameters:
  ///   - paths: Files and folders. Where one of them is not there or cannot be read, nothing is rebuilt.
  ///   - jobs: How many files are read at once.
  ///   - progress: Called after each file with how many are done, of how many.
  /// - Returns: What was done; the old index stands where ``Outcome/isReplaced`` is false.
  /// - Throws: ``IndexError``; the old index stands as it was then.
  public func run(
    _ paths: [String], jobs: Int, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws(IndexError) -> Outcome {
    var outcome = Outcome()
    if case .foreign = IndexHeader(IndexPlace(path).path) { throw .notAnIndex }
    let intake = FileIntake.files(at: paths)
    guard intake.failures.isEmpty, !intake.files.isEmpty else {
      outcome.report.failures = intake.failures
      return outcome
    }
    let replacement = try IndexReplacement(path)
    do throws(IndexError) {
      outcome.report = try await fill(
        replacement, paths, jobs: jobs, progress: progress, notes: &outcome.notes)
      if outcome.report.added > 0 {
        let aside = outcome.notes.isEmpty ? nil : replacement.place.freeName("damaged")
        try replacement.finish(aside: aside)
        if let aside { outcome.notes.append("原文件没有删去，留在 \(aside)。") }
        outcome.isReplaced = true
      } else {
        replacement.abandon()
      }
    } catch {
      replacement.abandon()
      throw error
    }
    return outcome
  }

  /// Fills the new file, and closes it.
  private func fill(
    _ replacement: IndexReplacement, _ paths: [String], jobs: Int,
    progress: @Sendable (Int, Int) -> Void, notes: inout [String]
  ) async throws(IndexError) -> IndexReport {
    let store = try replacement.newStore()
    let report = try await IndexWriter(store).index(paths, jobs: jobs, progress: progress)
    let kept = replacement.old.kept()
    notes = kept.notes
    try replacement.carry(kept, into: store)
    try store.emptyLog()
    return report
  }
}

extension OldIndex.Kept {
  /// What could not be read, in Chinese lines; empty where all could.
  var notes: [String] {
    var notes: [String] = []
    switch lostContacts {
    case .some(0): break
    case .some(let count): notes.append("原索引已损坏：有 \(count) 条联系方式读不出来。请核对后重新导入。")
    case nil: notes.append("原索引已损坏：联系方式读不出来或不全。请核对后重新导入。")
    }
    if hasLostWords { notes.append("原索引已损坏：学到的相关词读不全。请再运行一次 huice learn。") }
    return notes
  }
}
