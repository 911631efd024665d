@testable import AttentionEngine

/// The layer's loss computed plainly, item by item and in double precision, to check the fast one
/// against.
struct RecallReference {
    let variant: RecallVariant
    /// Rows of every tensor.
    var tensors: [RecallTensor: [[Double]]]

    init(_ variant: RecallVariant, weights: RecallTensors) {
        self.variant = variant
        tensors = [:]
        for shape in RecallTensor.shapes(of: variant) {
            tensors[shape.tensor] = (0..<shape.rows).map { row in
                (0..<shape.columns).map { Double(weights[shape.tensor][row, $0]) }
            }
        }
    }

    /// The mean cross-entropy over all parts of the questions.
    func loss(_ questions: [RecallQuestion]) -> Double {
        let losses = questions.flatMap { question in
            let logits = logits(question)
            return (0..<8).map { attribute in
                let own = logits[attribute * 16..<attribute * 16 + 16].map { $0 }
                let answer = own[question.answer(attribute)]
                return naturalLogarithm(own.reduce(0) { $0 + power($1 - answer) })
            }
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    private func logits(_ question: RecallQuestion) -> [Double] {
        let items = question.values.map { values in
            sum((0..<8).map { tensors[.item]![$0 * 16 + values[$0]] })
        }
        let asked = sum((0..<8).map { tensors[.question]![$0 * 16 + question.asked($0)] })
        let queries = times(asked, tensors[.query]!)
        let keyValues = items.map { item in
            if let up = tensors[.up], let down = tensors[.down] {
                times(times(item, down), up)
            } else {
                times(item, tensors[.keyValue]!)
            }
        }
        let groups = keyValues[0].count / 16
        var outputs: [Double] = []
        for head in 0..<8 {
            let query = queries[head * 8..<head * 8 + 8]
            let first = head / (8 / groups) * 8
            let scores = keyValues.map { row in
                zip(query, row[first..<first + 8]).reduce(0) { $0 + $1.0 * $1.1 }
                    / 8.0.squareRoot()
            }
            let powers = scores.map { power($0) }
            let total = powers.reduce(0, +)
            outputs += sum(
                zip(powers, keyValues).map { share, row in
                    row[groups * 8 + first..<groups * 8 + first + 8].map { $0 * share / total }
                })
        }
        return times(outputs, tensors[.output]!)
    }

    private func sum(_ rows: [[Double]]) -> [Double] {
        rows.dropFirst().reduce(rows[0]) { zip($0, $1).map { $0 + $1 } }
    }

    /// By pointers: the slopes need millions of these, and tests are not optimised.
    private func times(_ vector: [Double], _ matrix: [[Double]]) -> [Double] {
        let columns = matrix[0].count
        return Array(unsafeUninitializedCapacity: columns) { result, count in
            count = columns
            result.initialize(repeating: 0)
            let sums = result.baseAddress!
            for (number, row) in zip(vector, matrix) {
                row.withUnsafeBufferPointer { row in
                    let numbers = row.baseAddress!
                    var column = 0
                    while column < columns {
                        sums[column] += number * numbers[column]
                        column += 1
                    }
                }
            }
        }
    }

    /// e^x by its series, after halving x ten times.
    private func power(_ x: Double) -> Double {
        let small = x / 1024
        var result = 1.0
        for term in stride(from: 12.0, through: 1, by: -1) { result = 1 + small * result / term }
        for _ in 0..<10 { result *= result }
        return result
    }
}
