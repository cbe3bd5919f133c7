import ArgumentParser
import DocumentReader
import Foundation
import PolicyText

/// Reads files for commands, and says in one line what is wrong.
enum InputFile {
  /// The bytes of a file, or of standard input for `-`, with the name to show.
  static func read(_ path: String) throws -> ([UInt8], name: String) {
    if path == "-" {
      return (Array(FileHandle.standardInput.readDataToEndOfFile()), "标准输入")
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure("\(path)：没有这个文件。请检查路径。")
    }
    if isFolder.boolValue { throw Failure("\(path)：这是文件夹。请给出一个文件。") }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure("\(path)：打不开。请检查读取权限。")
    }
    defer { try? handle.close() }
    // One byte more than is taken, so that what is too large is known without reading all of it.
    guard let data = try? handle.read(upToCount: DocumentReader.sizeLimit + 1) else {
      return ([], URL(filePath: path).lastPathComponent)
    }
    return (Array(data), URL(filePath: path).lastPathComponent)
  }

  /// The document in `bytes`.
  static func document(_ bytes: [UInt8], name: String) throws -> SourceDocument {
    do {
      return try DocumentReader.read(bytes, name: name)
    } catch {
      throw Failure("\(name)：\(error.message)")
    }
  }
}

/// A failure that ends the command with status 2 and one line on standard error.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    // One line, whatever stands in a file's name.
    self.description = String(description.map { $0.isNewline ? " " : $0 })
  }
}

/// Standard output and standard error.
enum Output {
  static func write(_ text: String) { write(Data(text.utf8)) }

  /// Writes to standard output; where nothing can be written, the command ends with status 2.
  static func write(_ data: Data) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      complain("huice：结果写不出去：磁盘已满，或接收方已关闭。\n")
      exit(2)
    }
  }

  /// Writes to standard error; where nobody listens, nothing is lost.
  static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
