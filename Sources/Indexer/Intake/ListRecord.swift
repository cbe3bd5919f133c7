internal import Foundation

/// One line of a list: `{"id", "title", "text"}`.
struct ListRecord: Decodable {
  var id: String
  var title: String?
  var text: String

  /// Reads a line; nil where it is not such a record.
  ///
  /// Plain lines are read in one pass, a tenth of the time of `JSONDecoder`, which reads all others.
  init?(_ line: [UInt8]) {
    if let plain = Self.plain(line) {
      self = plain
    } else if let record = try? JSONDecoder().decode(ListRecord.self, from: Data(line)) {
      self = record
    } else {
      return nil
    }
  }

  private init(id: String, title: String?, text: String) {
    self.id = id
    self.title = title
    self.text = text
  }

  /// A record of strings with the three keys, each at most once; nil for everything that asks for more.
  private static func plain(_ line: [UInt8]) -> ListRecord? {
    guard (try? UTF8Span(validating: line.span)) != nil else { return nil }
    var index = 0
    var values: [String: String] = [:]
    func skipBlanks() {
      while index < line.count, [0x20, 0x09, 0x0D, 0x0A].contains(line[index]) { index += 1 }
    }
    func take(_ byte: UInt8) -> Bool {
      skipBlanks()
      guard index < line.count, line[index] == byte else { return false }
      index += 1
      return true
    }
    func string() -> String? {
      guard take(0x22) else { return nil }
      let start = index
      while index < line.count, line[index] != 0x22, line[index] != 0x5C, line[index] >= 0x20 {
        index += 1
      }
      guard index < line.count, line[index] == 0x22 else { return escaped(from: start) }
      index += 1
      return String(decoding: line[start..<(index - 1)], as: UTF8.self)
    }
    /// A string with the short escapes; nil for others.
    func escaped(from start: Int) -> String? {
      var bytes = Array(line[start..<index])
      while index < line.count, line[index] != 0x22 {
        var byte = line[index]
        guard byte >= 0x20 else { return nil }
        if byte == 0x5C {
          index += 1
          guard index < line.count else { return nil }
          switch line[index] {
          case 0x22, 0x5C, 0x2F: byte = line[index]
          case 0x6E: byte = 0x0A
          case 0x72: byte = 0x0D
          case 0x74: byte = 0x09
          default: return nil
          }
        }
        bytes.append(byte)
        index += 1
      }
      guard index < line.count else { return nil }
      index += 1
      return String(decoding: bytes, as: UTF8.self)
    }
    guard take(0x7B) else { return nil }
    repeat {
      guard let key = string(), ["id", "title", "text"].contains(key), values[key] == nil,
        take(0x3A), let value = string()
      else { return nil }
      values[key] = value
    } while take(0x2C)
    guard take(0x7D) else { return nil }
    skipBlanks()
    guard index == line.count, let id = values["id"], let text = values["text"] else { return nil }
    return ListRecord(id: id, title: values["title"], text: text)
  }
}
