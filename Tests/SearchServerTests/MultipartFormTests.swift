import TestSupport
import Testing

@testable import SearchServer

@Suite struct MultipartFormTests {
  private static func form(
    _ parts: [(name: String, file: String?, bytes: [UInt8])], boundary: String
  ) -> [UInt8] {
    var body: [UInt8] = []
    for part in parts {
      var heading = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\""
      if let file = part.file {
        heading += "; filename=\"\(file)\"\r\nContent-Type: application/octet-stream"
      }
      body += Array((heading + "\r\n\r\n").utf8) + part.bytes + [0x0D, 0x0A]
    }
    return body + Array("--\(boundary)--\r\n".utf8)
  }

  private static let type = "multipart/form-data; boundary=x-Y.7"

  @Test(arguments: seeds(40))
  func `what is written is read`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces: [[UInt8]] = [
      [0x0D, 0x0A], Array("--x-Y.7".utf8), Array("--".utf8), [0x0D], [0x0A], [0], [0xFF],
      Array("政策".utf8), Array("\r\n--x-Y.6".utf8), Array("\r\n-".utf8),
    ]
    let parts = (0..<Int.random(in: 0...6, using: &generator)).map {
      number -> (name: String, file: String?, bytes: [UInt8]) in
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...30, using: &generator) {
        bytes += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }
      // A body may hold anything but the line that ends it.
      while let at = bytes.indices.first(where: {
        bytes[$0...].starts(with: [0x0D, 0x0A] + Array("--x-Y.7".utf8))
      }) {
        bytes.remove(at: at)
      }
      return ("n\(number)", Bool.random(using: &generator) ? "文件 \(number);.docx" : nil, bytes)
    }
    let form = try #require(
      MultipartForm(Self.form(parts, boundary: "x-Y.7"), contentType: Self.type))
    #expect(form.parts.count == parts.count)
    for (found, part) in zip(form.parts, parts) {
      #expect(
        found.name == part.name && found.fileName == part.file && Array(found.bytes) == part.bytes)
    }
  }

  @Test(arguments: seeds(60))
  func `damaged forms are refused or read, and never more than was sent`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let whole = Self.form(
      [("file", "a.txt", Array("一、奖励\r\n".utf8)), ("as", nil, Array("all.zip".utf8))],
      boundary: "x-Y.7")
    for _ in 0..<200 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(bytes[at], at: at)
        default: bytes.removeSubrange(at...)
        }
      }
      if let form = MultipartForm(bytes, contentType: Self.type) {
        #expect(form.parts.reduce(0) { $0 + $1.bytes.count } <= bytes.count)
      }
    }
  }

  @Test func `a form cut anywhere before its end is refused`() {
    let whole = Self.form([("file", "a.txt", [1, 2, 3])], boundary: "x-Y.7")
    for count in 0..<(whole.count - 2) {
      #expect((MultipartForm(Array(whole[..<count]), contentType: Self.type) == nil))
    }
  }

  @Test(arguments: [
    ("text/plain", nil), ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil),
    ("multipart/form-data; boundary=a b", "ab"), ("multipart/form-data; boundary=\"a:b\"", "a:b"),
    ("Multipart/Form-Data; charset=utf-8; Boundary=abc", "abc"),
    ("multipart/form-data; boundary=ä", nil),
    ("multipart/form-data; boundary=" + String(repeating: "a", count: 71), nil),
  ])
  func `boundaries`(type: String, boundary: String?) {
    #expect(MultipartForm.boundary(in: type) == boundary)
  }

  @Test(arguments: [
    ("a.docx", "a.docx"), ("C:\\\\folder\\\\b.docx", "b.docx"), ("/etc/passwd", "passwd"),
    ("q\\\"uote%22.txt", "q\"uote\".txt"), ("a;b=c.txt", "a;b=c.txt"),
    ("\u{202E}x\u{0007}.txt", "x.txt"), ("..", ".."),
  ])
  func `names of files`(written: String, name: String) throws {
    let body = Self.form([("file", written, [1])], boundary: "x-Y.7")
    let form = try #require(MultipartForm(body, contentType: Self.type))
    #expect(form.parts.first?.fileName == name)
  }

  @Test func `too many parts and too long headings are refused`() {
    let many = (0...MultipartForm.mostParts).map {
      (name: "n\($0)", file: String?.none, bytes: [UInt8]())
    }
    #expect(MultipartForm(Self.form(many, boundary: "x-Y.7"), contentType: Self.type) == nil)
    let long = String(repeating: "a", count: MultipartForm.longestHeading)
    #expect(
      MultipartForm(Self.form([("file", long, [])], boundary: "x-Y.7"), contentType: Self.type)
        == nil)
  }
}
