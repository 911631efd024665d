#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// base to the power of an exponent.
func power(_ base: Float, _ exponent: Float) -> Float { Float(pow(Double(base), Double(exponent))) }

/// Divides each row of `width` numbers by its root mean square and weighs it (Zhang and Sennrich
/// 2019, arXiv 1910.07467).
func normalised(_ rows: [Float], weights: [Float], epsilon: Float) -> [Float] {
    let width = weights.count
    return [Float](unsafeUninitializedCapacity: rows.count) { result, count in
        for row in 0..<rows.count / width {
            let start = row * width
            var squares: Float = 0
            for index in 0..<width { squares += rows[start + index] * rows[start + index] }
            let factor = 1 / (squares / Float(width) + epsilon).squareRoot()
            for index in 0..<width {
                result[start + index] = rows[start + index] * factor * weights[index]
            }
        }
        count = rows.count
    }
}

/// gate · sigmoid(gate) · up, the feed-forward layer's gate (Shazeer 2020, arXiv 2002.05202).
func gated(_ gate: [Float], _ up: [Float]) -> [Float] {
    zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
}

/// The cosine and sine of an angle.
struct Turn: Sendable {
    let cosine: Float
    let sine: Float

    /// Those of several angles.
    static func all(_ angles: [Float]) -> [Turn] {
        angles.map { Turn(cosine: cos($0), sine: sin($0)) }
    }
}
