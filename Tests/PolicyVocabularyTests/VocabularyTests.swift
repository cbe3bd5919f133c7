import PolicyVocabulary
import Testing

struct VocabularyTests {
  @Test(arguments: VocabularyTable.wordTables)
  func `each line of a table is well-formed and names its source`(_ name: String) {
    let table = VocabularyTable(name)
    #expect(table.namesSource)
    #expect(!table.lines.isEmpty)
    for line in table.lines {
      #expect(!Vocabulary.senses(of: line).isEmpty, "\(name):\(line.number)")
      #expect(!line.words.isEmpty, "\(name):\(line.number)")
    }
  }

  @Test func `no word stands twice in a category`() {
    var seen: Set<String> = []
    for line in VocabularyTable.wordTables.flatMap({ VocabularyTable($0).lines }) {
      for word in line.words {
        #expect(seen.insert("\(line.columns[0]) \(word)").inserted, "\(word), line \(line.number)")
      }
    }
  }

  @Test func `words are in folded form`() {
    for entry in Vocabulary.standard.entries {
      #expect(
        entry.word.unicodeScalars.allSatisfy { !"（），：；　".unicodeScalars.contains($0) },
        "\(entry.word)")
    }
  }

  @Test func `each unit is well-formed and no spelling has two`() {
    var seen: Set<String> = []
    for line in VocabularyTable("units").lines {
      #expect(Vocabulary.unit(of: line) != nil, "line \(line.number)")
      for word in line.words { #expect(seen.insert(word).inserted, "\(word)") }
    }
  }

  @Test func `each category and each feature is used`() {
    let senses = Set(Vocabulary.standard.entries.flatMap(\.senses))
    for category in WordCategory.allCases {
      #expect(senses.contains { $0.category == category }, "\(category)")
    }
    for feature in WordFeature.allCases {
      #expect(senses.contains { $0.feature == feature }, "\(feature)")
    }
  }

  @Test func `all words that begin at a place are found, shortest first`() {
    var found: [String] = []
    let text = Array("高新技术企业".unicodeScalars)
    Vocabulary.standard.forEachWord(in: text, at: 0, limit: text.count) { length, entry in
      found.append(Vocabulary.standard.entries[entry].word)
      #expect(length == Vocabulary.standard.entries[entry].word.unicodeScalars.count)
    }
    #expect(found == ["高新技术企业"])
  }

  @Test func `no word is found beyond the limit`() {
    var found = 0
    let text = Array("补贴".unicodeScalars)
    Vocabulary.standard.forEachWord(in: text, at: 0, limit: 1) { length, _ in
      found += length > 1 ? 1 : 0
    }
    #expect(found == 0)
  }

  @Test(arguments: [
    ("1.5", 15_000, "1.5"), ("20000", 200_000_000, "20000"), ("0.05", 500, "0.05"),
    ("7", 70_000, "7"),
  ])
  func `a decimal is exact`(_ text: String, _ parts: Int64, _ shown: String) throws {
    let number = try #require(ExactNumber(decimal: text))
    #expect(number.tenThousandths == parts)
    #expect(number.description == shown)
  }

  @Test(arguments: ["", ".", "1.23456", "-", "1.-5", "99999999999999999999"])
  func `what is no exact decimal is none`(_ text: String) {
    #expect(ExactNumber(decimal: text) == nil)
  }

  @Test func `a product that does not fit is nil`() throws {
    let large = try #require(ExactNumber(900_000_000_000_000))
    #expect(large.times(large) == nil)
    #expect(large.times(.one) == large)
    #expect(ExactNumber(Int64.max) == nil)
  }
}
