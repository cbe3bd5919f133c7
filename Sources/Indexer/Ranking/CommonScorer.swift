extension SegmentScorer {
  /// Scores only the passages that have all terms.
  ///
  /// Goes along the shortest list and looks the others up, the rarer first; a passage's document is scored where all
  /// are found.
  func scoreCommon(_ documents: Documents, short: Bool, into top: inout TopPassages) {
    guard
      let shortest = lists.indices.min(by: { lists[$0].cursor.total < lists[$1].cursor.total })
    else { return }
    let others = lists.indices.reduce(UInt32(0)) { $0 + ($1 == shortest ? 0 : lists[$1].bound) }
    let whole = lists[shortest].documentBound
    for block in 0..<lists[shortest].cursor.blocks {
      var place = 0
      var latest = -1
      var latestScore: UInt32 = 0
      while true {
        // The document of the passage before may have used the cursor's memory.
        lists[shortest].cursor.decode(block)
        guard place < lists[shortest].cursor.size else { break }
        let passage = lists[shortest].cursor.passages[place]
        let own = lists[shortest].weight.of(
          Float(lists[shortest].cursor.count(place)), length: Float(lengths[Int(passage)]))
        place += 1
        if own + whole + others <= top.threshold || isLeftOut(passage) { continue }
        var score = own
        var hasAll = true
        for index in lists.indices.reversed() where index != shortest {
          let weight = lists[index].weight(of: passage, lengths)
          if weight == 0 {
            hasAll = false
            break
          }
          score += weight
        }
        guard hasAll else { continue }
        if !short {
          let document = documents.document(passage)
          if document != latest {
            latest = document
            latestScore = wholeScore(documents, document)
          }
          score += latestScore
        }
        insert(passage, score, &top)
      }
    }
  }

  /// What the terms add for a whole document.
  private func wholeScore(_ documents: Documents, _ document: Int) -> UInt32 {
    let begin = documents.first(document)
    let end = documents.first(document + 1)
    var sum: UInt32 = 0
    for index in lists.indices {
      // A cursor of its own: a document's passages begin before the one that was found.
      let list = lists[index]
      var cursor = list.cursor
      var total: UInt32 = 0
      cursor.forEach(begin, end) { total += $0 }
      lists[index].cursor.forget()
      if total > 0 {
        sum += list.documentWeight.of(
          Float(total), length: Float(documents.lengths[document]))
      }
    }
    return sum
  }
}
