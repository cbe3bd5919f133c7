internal import Foundation

/// What can go wrong with an index file.
public enum IndexError: Error, Hashable, Sendable {
  /// There is no file at the place given, and it is only read.
  case noDatabase
  /// The file is no SQLite database, or not one of huice's.
  case notAnIndex
  /// The file was begun, and has no tables yet: making it was broken off.
  case unfinished
  /// The file is there and may not be read.
  case unreadable
  /// Another file stands at the place by now.
  case replaced
  /// The file is of an older format, and cannot be written to bring it up to date.
  case olderVersion
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
  /// No memory is left.
  case noMemory
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
    case .unfinished: "索引还是空的：上次建立时中断了。请再运行一次 huice index。"
    case .unreadable: "索引文件读不到。请检查文件和文件夹的读取权限。"
    case .replaced: "索引文件已被换掉、移走或删去，没有再写。请重新运行这条命令。"
    case .olderVersion: "索引是旧版本的惠策写的，这里又不能写。请在能写的地方用 huice check 打开一次。"
    case .newerVersion(let found, let known):
      "索引是更新版本的惠策写的（格式 \(found)，本程序到 \(known)）。请升级惠策。"
    case .segmenterChanged: "索引的分词与本程序不同（ICU 或词库已更新）。请运行 huice index --rebuild 重建。"
    case .readOnly: "索引文件不能写。请检查文件和文件夹的权限。"
    case .diskFull: "磁盘已满，已写入的文件都保留着。请腾出空间后再运行一次。"
    case .busy: "另一个程序正在写这个索引。请稍后再试。"
    case .noMemory: "内存不够。请关掉别的程序或放宽限制，再试一次。"
    case .damaged: "索引文件已损坏。请先用 huice check 查看，再用 huice index --rebuild 重建。"
    case .database(let code): "数据库出错（代码 \(code)）。请用 huice check 检查索引。"
    case .segmenter(let status): "ICU 打不开（代码 \(status)）。请检查 libicu 是否装好。"
    }
  }

  /// What a failed call of the system means for an index.
  static func system(_ code: Int32) -> IndexError {
    switch code {
    case ENOSPC, EDQUOT: .diskFull
    case ENOMEM: .noMemory
    default: .readOnly
    }
  }
}
