extension AttentionRule.Rounding {
    func score(_ product: Double, _ factor: Double) -> Double {
        switch scores {
        case .kept: product * factor
        case .scaled: written(product * factor)
        case .product: written(product) * factor
        case .productAndScaled: written(written(product) * factor)
        }
    }

    private func written(_ value: Double) -> Double {
        let rounded = format.rounded(value)
        return overflows ? format.overflowing(rounded) : rounded
    }

    func exponential(_ value: Double) -> Double {
        weights == .exponentials ? format.rounded(value) : value
    }
}

/// What a softmax divides by, found one score after the other.
struct Normaliser {
    var largest = -Double.infinity
    var sum = 0.0

    mutating func add(_ score: Double) {
        if score > largest {
            sum = sum * exponential(largest - score) + 1
            largest = score
        } else {
            sum += exponential(score - largest)
        }
    }

    /// The scores of another, too.
    mutating func add(_ other: Normaliser) {
        guard other.sum > 0 else { return }
        let most = max(largest, other.largest)
        sum = sum * exponential(largest - most) + other.sum * exponential(other.largest - most)
        largest = most
    }

    func weight(of score: Double) -> Double { exponential(score - largest) / sum }
}

/// The rows that a softmax goes over: nil for all.
struct NormaliserPlace: Hashable {
    let batch: Int?
    let head: Int?
    let query: Int?

    /// Those that a softmax over an axis takes together with one row.
    init(_ axis: AttentionRule.Axis, batch: Int, head: Int, query: Int) {
        self.batch = axis == .batch || axis == .all ? nil : batch
        self.head = axis == .heads || axis == .all ? nil : head
        self.query = axis == .heads || axis == .batch ? query : nil
    }
}
