internal import Foundation

/// A vector for each word, near each other where words are used alike.
///
/// Positive pointwise mutual information of the words with those beside them (contexts smoothed by ^0.75), reduced to
/// its 96 strongest directions by subspace iteration (Levy, Goldberg and Dagan 2015; Halko, Martinsson and
/// Tropp 2011). The start is fixed, so that the same texts give the same vectors.
struct WordVectors {
  /// 96 directions, sixteen to a piece.
  private static let pieces = 6
  private static let width = pieces * 16
  private static let rounds = 5

  /// For each word its vector of length 1, in pieces.
  private let rows: [SIMD16<Float>]
  /// How many words there are.
  let count: Int

  /// Makes vectors of the pairs of `count` words, each pair given once.
  init(_ pairs: [Cooccurrences.Pair], count: Int) {
    self.count = count
    let information = Self.information(pairs, count: count)
    var basis = Self.start(count)
    for _ in 0..<Self.rounds {
      basis = Self.orthonormal(information.times(information.times(basis, transposed: true)))
    }
    let image = information.times(basis, transposed: true)
    let (values, directions) = SymmetricMatrix(Self.products(image), width: Self.width).eigen()
    // U times the root of S, where the eigenvalues are the squares of S.
    let scaled = directions.enumerated().map { index, value in
      Float(value * pow(max(0, values[index % Self.width]), 0.25))
    }
    var rows = Self.times(basis, scaled)
    for word in 0..<count {
      let range = word * Self.pieces..<(word + 1) * Self.pieces
      let length = rows[range].reduce(Float(0)) { $0 + ($1 * $1).sum() }.squareRoot()
      if length > 0 { for index in range { rows[index] /= length } }
    }
    self.rows = rows
  }

  /// The cosine of two words: 1 where they are used alike, 0 where they have nothing in common.
  @inline(__always)
  func cosine(_ first: Int, _ second: Int) -> Float {
    var sum = SIMD16<Float>(repeating: 0)
    for piece in 0..<Self.pieces {
      sum += rows[first * Self.pieces + piece] * rows[second * Self.pieces + piece]
    }
    return sum.sum()
  }

  // MARK: The matrix

  /// A sparse square matrix by rows.
  private struct Sparse {
    var starts: [Int]
    var columns: [Int32]
    var values: [Float]

    /// This matrix times a dense one, or turned over times a dense one.
    func times(_ dense: [SIMD16<Float>], transposed: Bool = false) -> [SIMD16<Float>] {
      var result = [SIMD16<Float>](repeating: .zero, count: dense.count)
      for row in 0..<(starts.count - 1) {
        for index in starts[row]..<starts[row + 1] {
          let column = Int(columns[index])
          let (to, from) =
            transposed ? (column * pieces, row * pieces) : (row * pieces, column * pieces)
          for piece in 0..<pieces { result[to + piece] += dense[from + piece] * values[index] }
        }
      }
      return result
    }
  }

  /// What each word says of each word beside it, in nats, where that is more than nothing.
  private static func information(_ pairs: [Cooccurrences.Pair], count: Int) -> Sparse {
    var sums = [Double](repeating: 0, count: count)
    // A word beside itself counts twice, once in each direction.
    for pair in pairs {
      sums[Int(pair.first)] += Double(pair.weight)
      sums[Int(pair.second)] += Double(pair.weight)
    }
    let smoothed = sums.map { pow($0, 0.75) }
    let all = smoothed.reduce(0, +)
    var rows = [[(column: Int32, value: Float)]](repeating: [], count: count)
    func add(_ word: Int32, _ context: Int32, _ weight: Double) {
      let value = log(weight * all / (sums[Int(word)] * smoothed[Int(context)]))
      if value > 0 { rows[Int(word)].append((context, Float(value))) }
    }
    for pair in pairs {
      if pair.first == pair.second {
        add(pair.first, pair.first, Double(pair.weight) * 2)
      } else {
        add(pair.first, pair.second, Double(pair.weight))
        add(pair.second, pair.first, Double(pair.weight))
      }
    }
    var matrix = Sparse(starts: [0], columns: [], values: [])
    for row in rows {
      matrix.columns += row.map(\.column)
      matrix.values += row.map(\.value)
      matrix.starts.append(matrix.columns.count)
    }
    return matrix
  }

  // MARK: Dense parts

  /// Numbers between -1 and 1 that look as if by chance, the same each time.
  private static func start(_ count: Int) -> [SIMD16<Float>] {
    var state: UInt64 = 0x2545_F491_4F6C_DD1D
    return (0..<count * pieces).map { _ in
      var piece = SIMD16<Float>.zero
      for lane in 0..<16 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        piece[lane] = Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
      }
      return piece
    }
  }

  /// Rows times a square matrix, which is given row after row.
  private static func times(_ rows: [SIMD16<Float>], _ square: [Float]) -> [SIMD16<Float>] {
    let pieced = (0..<width * pieces).map { index in
      var piece = SIMD16<Float>.zero
      for lane in 0..<16 { piece[lane] = square[index * 16 + lane] }
      return piece
    }
    var result = [SIMD16<Float>](repeating: .zero, count: rows.count)
    for row in 0..<(rows.count / pieces) {
      for column in 0..<width {
        let factor = rows[row * pieces + column / 16][column % 16]
        for piece in 0..<pieces {
          result[row * pieces + piece] += pieced[column * pieces + piece] * factor
        }
      }
    }
    return result
  }

  /// The products of the columns with each other, row after row.
  private static func products(_ rows: [SIMD16<Float>]) -> [Double] {
    var result = [Double](repeating: 0, count: width * width)
    let count = rows.count / pieces
    var part = [SIMD16<Float>](repeating: .zero, count: width * pieces)
    // Summed in parts, for exactness.
    for start in stride(from: 0, to: count, by: 256) {
      for index in part.indices { part[index] = .zero }
      for row in start..<min(count, start + 256) {
        for column in 0..<width {
          let factor = rows[row * pieces + column / 16][column % 16]
          for piece in 0..<pieces {
            part[column * pieces + piece] += rows[row * pieces + piece] * factor
          }
        }
      }
      for index in result.indices { result[index] += Double(part[index / 16][index % 16]) }
    }
    return result
  }

  /// The same columns made orthogonal and of length 1; directions that say nothing become 0.
  private static func orthonormal(_ rows: [SIMD16<Float>]) -> [SIMD16<Float>] {
    let (values, directions) = SymmetricMatrix(products(rows), width: width).eigen()
    let least = (values.max() ?? 0) * 1e-9
    let scaled = directions.enumerated().map { index, value -> Float in
      let length = values[index % width]
      return length > least ? Float(value / length.squareRoot()) : 0
    }
    return times(rows, scaled)
  }
}

/// A small symmetric matrix.
struct SymmetricMatrix {
  private var values: [Double]
  private let width: Int

  /// The argument `values`: row after row.
  init(_ values: [Double], width: Int) {
    self.values = values
    self.width = width
  }

  /// Its eigenvalues, and its eigenvectors as columns of a matrix given row after row.
  ///
  /// Jacobi's method in cyclic order: each turn makes one pair of entries 0.
  func eigen() -> (values: [Double], vectors: [Double]) {
    var matrix = values
    var vectors = [Double](repeating: 0, count: width * width)
    for index in 0..<width { vectors[index * width + index] = 1 }
    for _ in 0..<30 {
      var rest = 0.0
      var all = 0.0
      for row in 0..<width {
        for column in 0..<width {
          let square = matrix[row * width + column] * matrix[row * width + column]
          all += square
          if row != column { rest += square }
        }
      }
      if rest <= all * 1e-18 { break }
      for low in 0..<(width - 1) {
        for high in (low + 1)..<width { turn(&matrix, &vectors, low, high) }
      }
    }
    return ((0..<width).map { matrix[$0 * width + $0] }, vectors)
  }

  private func turn(_ matrix: inout [Double], _ vectors: inout [Double], _ low: Int, _ high: Int) {
    let entry = matrix[low * width + high]
    guard entry != 0 else { return }
    let theta = (matrix[high * width + high] - matrix[low * width + low]) / (2 * entry)
    let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for index in 0..<width {
      let (left, right) = (matrix[index * width + low], matrix[index * width + high])
      matrix[index * width + low] = cosine * left - sine * right
      matrix[index * width + high] = sine * left + cosine * right
    }
    for index in 0..<width {
      let (left, right) = (matrix[low * width + index], matrix[high * width + index])
      matrix[low * width + index] = cosine * left - sine * right
      matrix[high * width + index] = sine * left + cosine * right
    }
    for index in 0..<width {
      let (left, right) = (vectors[index * width + low], vectors[index * width + high])
      vectors[index * width + low] = cosine * left - sine * right
      vectors[index * width + high] = sine * left + cosine * right
    }
  }
}
