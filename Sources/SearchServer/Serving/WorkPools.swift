/// The pools of a server, by how long their work takes.
///
/// What is asked while people type never waits behind what takes seconds.
struct WorkPools: Sendable {
  /// State of the server: `/healthz`, `/readyz`, `/metrics`.
  let status: WorkPool
  /// Searches, suggestions and lists: milliseconds.
  let search: WorkPool
  /// Pages of documents and items, answers, differences: tens of milliseconds, seconds for the longest documents.
  let documents: WorkPool
  /// Foreign files and pictures of their pages: seconds, in other processes as well.
  let files: WorkPool

  /// - Parameter cores: How many processors there are.
  init(cores: Int) {
    let cores = max(2, cores)
    status = WorkPool(.init(name: "status", threads: 1, queue: 256, patience: .seconds(5)))
    search = WorkPool(.init(name: "search", threads: cores, queue: 1_024, patience: .seconds(20)))
    documents = WorkPool(
      .init(
        name: "documents", threads: cores, queue: 256, patience: .seconds(40), niceness: 5))
    files = WorkPool(
      .init(name: "files", threads: cores, queue: 32, patience: .seconds(120), niceness: 10))
  }

  /// All of them.
  var all: [WorkPool] { [status, search, documents, files] }
}
