extension StringProtocol {
  /// Whether the bytes of `part` stand in the string.
  ///
  /// Faster than a search by characters, and the same for text that is not taken apart into marks.
  package func hasBytes(of part: StaticString) -> Bool {
    var words = String(self)
    return words.withUTF8 { bytes in
      part.withUTF8Buffer { expected in
        guard let first = expected.first, expected.count <= bytes.count else {
          return expected.isEmpty
        }
        for start in 0...(bytes.count - expected.count) where bytes[start] == first {
          var index = 1
          while index < expected.count, bytes[start + index] == expected[index] { index += 1 }
          if index == expected.count { return true }
        }
        return false
      }
    }
  }
}
