internal import GRDB

extension PassageRanker {
  /// What the terms of a query add for one passage: each for the passage itself, all for its document.
  mutating func parts(
    of passage: Int, _ terms: [RankingTerm.Key: Float], in db: Database
  ) throws -> (own: [(key: RankingTerm.Key, score: Float)], whole: Float) {
    let keys = terms.keys.sorted()
    let lists = PostingLists(
      keys, whole: keys.allSatisfy(RankingTerm.isCharacter), snapshot: snapshot)
    defer { lists.close() }
    try lists.load(in: db)
    let number = snapshot.segments.indices.last { snapshot.bases[$0] <= passage } ?? 0
    let segment = snapshot.segments[number]
    let place = passage - snapshot.bases[number]
    let short = snapshot.isOfShortDocuments
    let document = segment.document(place)
    let range = segment.passages(document)
    var own: [(key: RankingTerm.Key, score: Float)] = []
    var whole: UInt32 = 0
    for (index, key) in keys.enumerated() {
      note(key, passages: lists.passages(of: index), documents: lists.documents(of: index))
      guard var cursor = lists.cursor(index, number) else { continue }
      let count = terms[key] ?? 1
      let weight = TermWeight(
        idf: count * Self.idf(lists.passages(of: index), of: snapshot.passageCount),
        parameters: short ? .document : .passage, average: snapshot.averageLength)
      var found: UInt32 = 0
      cursor.forEach(UInt32(place), UInt32(place + 1)) { found += $0 }
      if found > 0 {
        let score = weight.of(Float(found), length: Float(segment.lengths[place]))
        own.append((key, Float(score) / TermWeight.steps))
      }
      if short { continue }
      var total: UInt32 = 0
      cursor.forEach(UInt32(range.lowerBound), UInt32(range.upperBound)) { total += $0 }
      if total > 0 {
        whole += TermWeight(
          idf: count * Self.idf(lists.documents(of: index), of: snapshot.documentCount),
          parameters: .document, average: snapshot.averageDocumentLength
        ).of(Float(total), length: Float(segment.documentLengths[document]))
      }
    }
    return (own, Float(whole) / TermWeight.steps)
  }
}
