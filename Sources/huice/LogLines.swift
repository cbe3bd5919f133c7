import ArgumentParser
import Foundation
import Logging

/// How lines of log look.
enum LogFormat: String, ExpressibleByArgument {
  /// For people: `2026-11-30T09:31:33Z warning huice: words key=value`.
  case text
  /// For programs: one JSON object a line, with `time`, `level`, `logger`, `message` and the values.
  case json
}

/// The least that is written.
enum LogLevel: String, ExpressibleByArgument {
  case debug
  case info
  case warning
  case error

  var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}

/// Writes the log to standard error, a line for each entry.
struct LogLines: LogHandler {
  let label: String
  let format: LogFormat
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  init(label: String, format: LogFormat) {
    self.label = label
    self.format = format
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let values = metadata.merging(event.metadata ?? [:]) { $1 }
      .map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
    let time = Date().formatted(.iso8601)
    switch format {
    case .text:
      let words = values.map { " \($0.0)=\($0.1)" }.joined()
      Output.complain("\(time) \(event.level) \(label): \(event.message)\(words)\n")
    case .json:
      var fields = Dictionary(values, uniquingKeysWith: { $1 })
      fields["time"] = time
      fields["level"] = "\(event.level)"
      fields["logger"] = label
      fields["message"] = "\(event.message)"
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      if let line = try? encoder.encode(fields) {
        Output.complain(String(decoding: line, as: UTF8.self) + "\n")
      }
    }
  }
}
