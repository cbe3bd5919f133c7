extension SegmentScorer {
  /// What a segment says of the documents of its passages.
  struct Documents {
    /// The document of each passage; nil where each document is one passage.
    let ofPassage: UnsafePointer<UInt32>?
    /// The first passage of each document, and the number of passages at the end; nil as before.
    let firstPassages: UnsafePointer<UInt32>?
    let lengths: UnsafePointer<UInt32>
    let count: Int

    @inline(__always)
    func document(_ passage: UInt32) -> Int {
      ofPassage.map { Int($0[Int(passage)]) } ?? Int(passage)
    }

    @inline(__always)
    func first(_ document: Int) -> UInt32 {
      firstPassages.map { $0[document] } ?? UInt32(document)
    }
  }

  /// Scores passages together with their whole documents.
  ///
  /// As ``scorePassages(into:)``, with windows of whole documents: a document without an essential term cannot
  /// have a passage above the threshold.
  func scoreDocuments(_ documents: Documents, into top: inout TopPassages) {
    var capacity = 0
    var sums = DocumentSums()
    defer { sums.close() }
    var document = 0
    while document < documents.count {
      let low = documents.first(document)
      var end = document + 1
      while end < documents.count, documents.first(end + 1) - low <= Self.window { end += 1 }
      let high = documents.first(end)
      if Int(high - low) > capacity {
        capacity = Int(high - low)
        sums.resize(capacity)
      }
      let optional = enterWindow(low, high, top.threshold)
      if optional < lists.count {
        for index in optional..<lists.count {
          gatherDocuments(index, low, high, documents, document, &sums)
        }
        for number in document..<end where sums.isMarked[number - document] {
          sums.isMarked[number - document] = false
          finish(number, first: document, low, optional, documents, &sums, &top)
        }
      }
      document = end
    }
  }

  /// Adds a list's weights to the scores of passages and documents.
  private func gatherDocuments(
    _ index: Int, _ low: UInt32, _ high: UInt32, _ documents: Documents, _ firstDocument: Int,
    _ sums: inout DocumentSums
  ) {
    let list = lists[index]
    var open = -1
    var total: UInt32 = 0
    func close() {
      guard open >= 0 else { return }
      sums.documents[open - firstDocument] += list.documentWeight.of(
        Float(total), length: Float(documents.lengths[open]))
      sums.isMarked[open - firstDocument] = true
    }
    var cursor = list.cursor
    while cursor.block < cursor.blocks, cursor.first(cursor.block) < high {
      cursor.decode(cursor.block)
      cursor.block += 1
      for place in 0..<cursor.size {
        let passage = cursor.passages[place]
        if passage < low { continue }
        if passage >= high { break }
        let count = cursor.count(place)
        let document = documents.document(passage)
        if document != open {
          close()
          open = document
          total = 0
        }
        total += count
        sums.passages[Int(passage - low)] += list.weight.of(
          Float(count), length: Float(lengths[Int(passage)]))
      }
    }
    close()
    lists[index].cursor.forget()
  }

  /// Adds the optional lists to a document as long as a passage of it can rise above the threshold.
  private func finish(
    _ document: Int, first: Int, _ low: UInt32, _ optional: Int, _ documents: Documents,
    _ sums: inout DocumentSums, _ top: inout TopPassages
  ) {
    let begin = documents.first(document)
    let end = documents.first(document + 1)
    let passages = sums.passages + Int(begin - low)
    let count = Int(end - begin)
    var whole = sums.documents[document - first]
    sums.documents[document - first] = 0
    defer { for place in 0..<count { passages[place] = 0 } }
    func highest() -> UInt32 {
      var best: UInt32 = 0
      for place in 0..<count { best = max(best, passages[place]) }
      return best
    }
    guard !areExcluded(begin, end) else { return }
    var index = optional
    while true {
      if highest() + whole + sumOfBounds(index) <= top.threshold { return }
      guard index > 0 else { break }
      index -= 1
      let list = lists.baseAddress.unsafelyUnwrapped + index
      var total: UInt32 = 0
      var next = begin
      while next < end, let block = list.pointee.cursor.find(next),
        list.pointee.cursor.first(block) < end
      {
        list.pointee.cursor.decode(block)
        let cursor = list.pointee.cursor
        var place = cursor.lowerBound(next)
        while place < cursor.size, cursor.passages[place] < end {
          let passage = cursor.passages[place]
          let found = cursor.count(place)
          total += found
          passages[Int(passage - begin)] += list.pointee.weight.of(
            Float(found), length: Float(lengths[Int(passage)]))
          place += 1
        }
        next = cursor.last(block) &+ 1
      }
      if total > 0 {
        whole += list.pointee.documentWeight.of(
          Float(total), length: Float(documents.lengths[document]))
      }
    }
    for place in 0..<count where passages[place] > 0 {
      insert(begin + UInt32(place), passages[place] + whole, &top)
    }
  }
}

/// The sums of a window of documents.
private struct DocumentSums {
  var passages: UnsafeMutablePointer<UInt32>
  var documents: UnsafeMutablePointer<UInt32>
  var isMarked: UnsafeMutablePointer<Bool>

  init() {
    passages = .allocate(capacity: 1)
    documents = .allocate(capacity: 1)
    isMarked = .allocate(capacity: 1)
  }

  /// Makes room, all 0; a document has at least one passage.
  mutating func resize(_ count: Int) {
    close()
    passages = .allocate(capacity: count)
    documents = .allocate(capacity: count)
    isMarked = .allocate(capacity: count)
    passages.initialize(repeating: 0, count: count)
    documents.initialize(repeating: 0, count: count)
    isMarked.initialize(repeating: false, count: count)
  }

  func close() {
    passages.deallocate()
    documents.deallocate()
    isMarked.deallocate()
  }
}
