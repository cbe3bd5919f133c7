/// What can go wrong with an index file.
public enum IndexError: Error, Hashable, Sendable {
  /// There is no file at the place given, and it is only read.
  case noDatabase
  /// The file is no SQLite database, or not one of huice's.
  case notAnIndex
  /// The file was written by a newer version of the program.
  case newerVersion(found: Int, known: Int)
  /// The words of the index were cut with another ICU or lexicon.
  case segmenterChanged(stored: String, running: String)
  /// The file or its folder cannot be written.
  case readOnly
  /// No space is left.
  case diskFull
  /// Another program holds the file.
  case busy
  /// The file is damaged.
  case damaged
  /// SQLite reports something else; its result code.
  case database(code: Int)
  /// ICU's data could not be opened.
  case segmenter(status: Int32)

  /// One Chinese line for people: what is wrong and what to do.
  public var message: String {
    switch self {
    case .noDatabase: "没有这个索引文件。请先用 huice index 建立。"
    case .notAnIndex: "这不是惠策的索引文件。请换一个文件名，或删去它再用 huice index 建立。"
    case .newerVersion(let found, let known):
      "索引是更新版本的惠策写的（格式 \(found)，本程序到 \(known)）。请升级惠策。"
    case .segmenterChanged: "索引的分词与本程序不同（ICU 或词库已更新）。请运行 huice index --rebuild 重建。"
    case .readOnly: "索引文件不能写。请检查文件和文件夹的权限。"
    case .diskFull: "磁盘已满，已写入的文件都保留着。请腾出空间后再运行一次。"
    case .busy: "另一个程序正在写这个索引。请稍后再试。"
    case .damaged: "索引文件已损坏。请用 huice index --rebuild 重建。"
    case .database(let code): "数据库出错（代码 \(code)）。请用 huice check 检查索引。"
    case .segmenter(let status): "ICU 打不开（代码 \(status)）。请检查 libicu 是否装好。"
    }
  }
}
