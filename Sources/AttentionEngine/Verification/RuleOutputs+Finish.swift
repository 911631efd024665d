// From the heads' rows to out.

extension RuleOutputs {
    /// What the heads' rows become out by.
    enum Finish {
        /// Each head's row stands for itself.
        case heads
        /// A token's rows of all heads, one behind the other, times the transpose of [d, n v].
        case projected([Double], width: Int)
    }
}

extension RuleOutputs.Finish {
    /// The same with a mistake in it, where d is n v.
    func with(_ projection: AttentionRule.Projection) -> RuleOutputs.Finish {
        guard projection != .right, case .projected(let matrix, let width) = self,
            matrix.count == width * width
        else { return self }
        let other = matrix.indices.map { index in
            let (row, column) = (index / width, index % width)
            return projection == .missing
                ? (row == column ? 1 : 0) : matrix[column * width + row]
        }
        return .projected(other, width: width)
    }

    /// A token's row of out, with the sizes and slacks of its numbers.
    struct Row {
        private(set) var outputs: [Double]
        private(set) var sizes: [Double]
        private(set) var slackOfWeights: [Double]
        private(set) var slackOfSoftmax: [Double]

        /// `squares`, `ofWeights` and `ofSoftmax` are those of sizes and slacks: what is
        /// independent adds up so.
        init(
            _ matrix: [Double], _ width: Int, _ merged: [Double], _ squares: [Double],
            ofWeights: [Double], ofSoftmax: [Double], withSlack: Bool
        ) {
            let zeros = [Double](repeating: 0, count: matrix.count / width)
            (outputs, sizes, slackOfWeights, slackOfSoftmax) = (zeros, zeros, zeros, zeros)
            matrix.withUnsafeBufferPointer { matrix in
                for row in zeros.indices {
                    let start = row * width
                    var (sum, square, one, two) = (0.0, 0.0, 0.0, 0.0)
                    for place in 0..<min(width, merged.count) {
                        let weight = matrix[start + place]
                        let squared = weight * weight
                        sum += weight * merged[place]
                        square += squared * squares[place]
                        if withSlack {
                            one += squared * ofWeights[place]
                            two += squared * ofSoftmax[place]
                        }
                    }
                    outputs[row] = sum
                    sizes[row] = square.squareRoot()
                    slackOfWeights[row] = one.squareRoot()
                    slackOfSoftmax[row] = two.squareRoot()
                }
            }
        }
    }
}
