import DocumentReader
import Foundation
import PolicyParser
import PolicyText
import TestSupport
import Testing

@testable import PolicyInterpreter

/// One kind of repetition of Tests/repetitions.tsv.
struct Repetition: Sendable, CustomTestStringConvertible {
  let name: String
  let ending: String
  let parts: [String]

  var testDescription: String { name }

  /// Every kind, in order of the file.
  static let all: [Repetition] = {
    let url = repositoryRoot.appending(path: "Tests/repetitions.tsv")
    let lines = ((try? String(contentsOf: url, encoding: .utf8)) ?? "").split(separator: "\n")
    return lines.filter { !$0.hasPrefix("#") }.compactMap { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 7 else { return nil }
      return Repetition(name: cells[0], ending: cells[1], parts: cells[2...].map(plain))
    }
  }()

  private static func plain(_ cell: String) -> String {
    cell.replacing("\\n", with: "\n").replacing("\\t", with: "\t")
      .replacing("\\u0301", with: "\u{301}").replacing("\\u200b", with: "\u{200B}")
  }

  /// The file of the kind with at least so many bytes.
  func file(of size: Int) -> [UInt8] {
    var words = ""
    var count = 0
    while words.utf8.count + parts[3].utf8.count * count < size {
      count += 1
      words += parts[1].replacing("{n}", with: "\(count)").replacing("{c}", with: "\(count)")
    }
    let behind = String(repeating: parts[3], count: count)
    return Array((parts[0] + words + parts[2] + behind + parts[4]).utf8)
  }
}

/// Time is in proportion to the text, whatever it repeats; `scripts/measure-growth` counts instructions of the same kinds.
@Suite(.serialized) struct GrowthTests {
  @Test func `there are more than a hundred kinds`() {
    #expect(Repetition.all.count > 100)
    #expect(Set(Repetition.all.map(\.name)).count == Repetition.all.count)
  }

  @Test(arguments: Repetition.all)
  func `four times the text takes no more than seven times the time`(kind: Repetition) throws {
    // A busy machine can disturb one measure, not each of three; growth beyond proportion shows in all of them.
    var measures: [[Double]] = []
    repeat {
      let small = try seconds(of: kind, size: 8_000)
      let large = try seconds(of: kind, size: 32_000)
      if large <= 7 * small + 0.02 { return }
      // A sentence that is short enough to be read whole may be no grant, and its pieces be grants: a step, and no
      // growth. Beyond it the same must hold.
      let larger = try seconds(of: kind, size: 128_000)
      if larger <= 7 * large + 0.02 { return }
      measures.append([small, large, larger])
    } while measures.count < 3
    Issue.record("seconds for 8, 32 and 128 KB: \(measures)")
  }

  /// Processor seconds of this thread to read and interpret a text of the kind: the lesser of two runs.
  private func seconds(of kind: Repetition, size: Int) throws -> Double {
    let file = kind.file(of: size)
    return try (0..<2).map { _ in
      let start = processorSeconds()
      let document = PolicyParser.parse(try DocumentReader.read(file, name: "a." + kind.ending))
      _ = PolicyInterpreter.interpret(document.value)
      return processorSeconds() - start
    }.min() ?? 0
  }

  private func processorSeconds() -> Double {
    var used = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used)
    return Double(used.tv_sec) + Double(used.tv_nsec) / 1e9
  }
}
