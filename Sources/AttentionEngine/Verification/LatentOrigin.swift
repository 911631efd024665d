/// The latent that a core of MLA was computed from, where it is not the one that was saved.
///
/// The first query sees the first key alone, so that all heads' first rows are the value weights
/// times one latent: n h_v equations for its c numbers. What a layer does before its cache is not
/// in the file; that latent tells.
struct LatentOrigin {
    let mistake: AttentionMistake

    /// Nil where the first rows come from no other latent, or too few numbers tell. Cost:
    /// c² (n h_v + c), for which a moment is allowed.
    init?(_ comparison: RecordComparison) {
        let (reading, sizes) = (comparison.reading, comparison.reading.sizes)
        guard reading.form == .latentCore, case .latent(let source) = reading.source,
            case .cached(let saved, _) = source.keys, sizes.queryTokens == sizes.tokens,
            reading.outputs.width == sizes.valueWidth
        else { return nil }
        let (n, h, v, c) = (
            sizes.queryHeads, source.widths.nope, sizes.valueWidth, source.widths.latent
        )
        guard n * v > c, Double(c * c) * Double(n * v + c) <= 0x1p30 else { return nil }
        // Each number of the latent has a column of the value weights.
        let columns = (0..<c).map { place in
            (0..<n * v).map { row in
                source.keyValueWeights[(row / v * (h + v) + h + row % v) * c + place]
            }
        }
        let first = (0..<n).flatMap { head -> [Double] in
            let start = reading.outputs.start(0, head, 0)
            return Array(reading.outputs.numbers[start..<start + v])
        }
        guard let latent = weights(of: columns, giving: first) else { return nil }
        let own = Array(saved.numbers[..<c])
        func product(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let (square, size) = (product(own, own), product(latent, latent).squareRoot())
        guard square > 0, size > 0 else { return nil }
        let factor = product(latent, own) / square
        let rest = zip(latent, own).map { $0 - factor * $1 }
        let isSame = product(rest, rest).squareRoot() < 1e-3 * size
        let areFactorsPositive = zip(latent, own).allSatisfy { $0 * $1 > 0 }
        let seen = "The first query, which sees one key, shows which latent its values came from. "
        if isSame {
            // The same latent: whatever is wrong is elsewhere.
            if abs(factor - 1) < 2e-4 { return nil }
            mistake = AttentionMistake(
                "norm-over-latent-and-rotary-key", .norm,
                "the norm goes over latent and rotary key together",
                seen
                    + "It is the saved one times \((factor * 10_000).rounded() / 10_000). The norm is of "
                    + "the \(c) numbers of the latent; the rotary key has none."
            ) { _ in }
        } else if areFactorsPositive {
            mistake = AttentionMistake(
                "norm-missing", .norm, "the latent's norm is missing",
                seen + "Its numbers differ from the saved ones by factors above 0, as before "
                    + "kv_a_layernorm."
            ) { _ in }
        } else {
            mistake = AttentionMistake(
                "latent-split-at-the-wrong-end", .split,
                "the rotary key is taken from the front of kv_a_proj_with_mqa's output",
                seen + "It is not the saved one, nor that before its norm. The first \(c) numbers "
                    + "are the latent, the last \(source.widths.rope) the rotary key."
            ) { _ in }
        }
    }
}
