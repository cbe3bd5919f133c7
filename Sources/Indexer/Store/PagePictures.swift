private import DocumentReader
internal import Foundation
internal import GRDB
private import PolicyText
internal import Synchronization

/// The picture of a page of a document's file (原件页图).
public struct PagePicture: Hashable, Sendable {
  /// The picture as PNG.
  public let png: [UInt8]
  /// Which page, from 1.
  public let page: Int
  /// How many pages the file has.
  public let pageCount: Int
}

/// Why there is no picture of a page.
public enum PictureRefusal: Error, Hashable, Sendable {
  /// The document was not read from a PDF file.
  case notDrawn
  /// The file stands in an archive.
  case archived
  /// The file is no longer where it was indexed, or may not be read.
  case gone
  /// The file has other content than what was indexed.
  case changed
  /// The file has only so many pages.
  case noPage(count: Int)
  /// The page could not be drawn within the limits.
  case undrawable

  /// One Chinese line for people: what is wrong, and what can be done.
  public var message: String {
    switch self {
    case .notDrawn: "这份文件不是从 PDF 读来的，没有页面图片。"
    case .archived: "原件在压缩包里，不能显示页面图片；请解压后重新编入索引。"
    case .gone: "原件已不在原处，不能显示页面图片；文字不受影响。"
    case .changed: "原件的内容已改，与这里的文字不是同一版，所以不显示页面图片。"
    case .noPage(let count): "原件只有\(count)页，没有这一页。"
    case .undrawable: "这一页在限定的时间和内存内画不出来，请打开原件查看。"
    }
  }
}

/// Draws pages of the PDF files that documents were read from, on demand, and keeps the last ones in memory.
///
/// A file is read again from where it was indexed, and believed only if it has the digest that the index knows.
public final class PagePictures: Sendable {
  /// The most bytes and pictures that are kept.
  private static let byteLimit = 24 * 1_048_576
  private static let countLimit = 64

  /// What tells that a file is still the one that was looked at.
  private struct FileMark: Hashable, Sendable {
    var size: Int
    var modified: Date?
    var number: Int?
  }

  private struct Key: Hashable, Sendable {
    var path: String
    var sha256: String
    var mark: FileMark
    var page: Int
  }

  /// The pictures, the one used last at the end.
  private struct Kept: Sendable {
    var pictures: [(key: Key, picture: PagePicture)] = []
    var bytes = 0

    mutating func picture(_ key: Key) -> PagePicture? {
      guard let index = pictures.firstIndex(where: { $0.key == key }) else { return nil }
      let entry = pictures.remove(at: index)
      pictures.append(entry)
      return entry.picture
    }

    mutating func keep(_ picture: PagePicture, as key: Key) {
      guard self.picture(key) == nil, picture.png.count <= byteLimit else { return }
      pictures.append((key, picture))
      bytes += picture.png.count
      while bytes > byteLimit || pictures.count > countLimit {
        bytes -= pictures.removeFirst().picture.png.count
      }
    }
  }

  private let store: IndexStore
  private let kept = Mutex(Kept())

  /// Draws pages of the documents of an index.
  public init(_ store: IndexStore) { self.store = store }

  /// A page of a document's file.
  ///
  /// - Parameters:
  ///   - number: The page, from 1.
  ///   - key: The document's public name.
  ///   - version: Its version.
  /// - Returns: The picture, or why there is none. A document that is not there has no file: ``PictureRefusal/gone``.
  /// - Throws: ``IndexError``.
  /// - Complexity: The file is read and hashed, and the page drawn in another process, unless it was lately.
  public func picture(
    ofPage number: Int, of key: String, version: Int
  ) throws(IndexError) -> Result<PagePicture, PictureRefusal> {
    let row = try IndexStore.wrapping {
      try store.pool.read { db in
        try Row.fetchOne(
          db,
          sql: "SELECT path, sha256, media_type FROM document WHERE key = ? AND version = ?",
          arguments: [key, version])
      }
    }
    guard let row else { return .failure(.gone) }
    guard row["media_type"] as String == "application/pdf" else { return .failure(.notDrawn) }
    do throws(PictureRefusal) {
      return .success(try picture(ofPage: number, path: row["path"], sha256: row["sha256"]))
    } catch {
      return .failure(error)
    }
  }

  private func picture(
    ofPage number: Int, path: String, sha256 digest: String
  ) throws(PictureRefusal) -> PagePicture {
    guard let mark = Self.mark(of: path) else {
      throw Self.isInFile(path) ? PictureRefusal.archived : PictureRefusal.gone
    }
    let key = Key(path: path, sha256: digest, mark: mark, page: number)
    if let picture = kept.withLock({ $0.picture(key) }) { return picture }
    guard mark.size <= DocumentReader.sizeLimit else { throw .changed }
    guard let data = FileManager.default.contents(atPath: path) else { throw .gone }
    let bytes = [UInt8](data)
    guard sha256(bytes) == digest else { throw .changed }
    let drawn: (png: [UInt8]?, pageCount: Int)
    do throws(ReadError) {
      drawn = try DocumentReader.picture(ofPage: number, in: bytes)
    } catch {
      throw .undrawable
    }
    guard let png = drawn.png else {
      throw number > drawn.pageCount ? .noPage(count: drawn.pageCount) : .undrawable
    }
    let picture = PagePicture(png: png, page: number, pageCount: drawn.pageCount)
    kept.withLock { $0.keep(picture, as: key) }
    return picture
  }

  /// What a plain file is like now; nil where there is none.
  private static func mark(of path: String) -> FileMark? {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
      facts[.type] as? FileAttributeType == .typeRegular, let size = facts[.size] as? Int
    else { return nil }
    return FileMark(
      size: size, modified: facts[.modificationDate] as? Date,
      number: facts[.systemFileNumber] as? Int)
  }

  /// Whether the path goes on below a file: the document stood in an archive.
  private static func isInFile(_ path: String) -> Bool {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while parts.count > 1 {
      let folder = parts.joined(separator: "/")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
        return !isFolder.boolValue
      }
      parts = parts.dropLast()
    }
    return false
  }
}
