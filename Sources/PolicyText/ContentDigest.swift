private import CDigest

/// The SHA-256 digest of a file's bytes in hexadecimal: what tells whether content changed.
public func sha256(_ bytes: [UInt8]) -> String {
  var hex = [CChar](repeating: 0, count: 65)
  bytes.withUnsafeBytes { cdigest_sha256($0.baseAddress, $0.count, &hex) }
  return String(decoding: hex.prefix(64).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
