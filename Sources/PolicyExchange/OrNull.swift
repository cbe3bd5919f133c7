// A property wrapper needs this very initializer to take a plain optional in a memberwise one.
// swift-format-ignore-file: UseSynthesizedInitializer

/// A value that is written as `null` where it is absent, as the contract for other programs says.
@propertyWrapper
struct OrNull<Value: Encodable & Sendable>: Encodable, Sendable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}
