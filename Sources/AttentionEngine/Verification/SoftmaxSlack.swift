extension HeadInputs {
    /// Two to three times the most that programs of PyTorch in 16 bits were seen to be off by.
    private static let mostDeviations = 12.0

    /// By how many unit roundoffs a row of a head of latent attention may move where every stage is
    /// rounded to out's format: projections, norm, turned numbers, keys, values, scores, weights
    /// and means, in any order of the products.
    ///
    /// Roundings are independent, so that their squares add up: each has a mean square of a sixth
    /// of a unit's, and a score, a weight and a value go through some of them. A program is taken
    /// to be off by at most `mostDeviations` of what comes of it.
    func slackOfLatent(
        _ row: (batch: Int, head: Int, query: Int), keyHead: Int, widths: AttentionSizes.Latent,
        factor: Double, keys used: [(key: Int, value: Int)], weights: [Double], scores: [Double],
        outputs: [Double]
    ) -> [Double] {
        let query = queries.start(row.batch, row.head, row.query)
        func square(_ tensor: HeadTensor, _ start: Int, _ count: Int) -> Double {
            tensor.numbers[start..<start + count].reduce(0) { $0 + $1 * $1 }
        }
        let (h, r) = (widths.nope, widths.rope)
        let nope = square(queries, query, h) / Double(h)
        let rope = square(queries, query + h, r) / Double(r)
        var squares = outputs.map { $0 * $0 / 6 }
        for (index, place) in used.enumerated() where weights[index] != 0 {
            let key = keys.start(row.batch, keyHead, place.key)
            // Query and key through four roundings each, and a score through three.
            let products = nope * square(keys, key, h) + rope * square(keys, key + h, r)
            let ofScore =
                8.0 / 6 * factor * factor * products
                + scores[index] * scores[index] / 2
            let weight = weights[index] * weights[index]
            for column in squares.indices {
                let value = values.numbers[place.value + column]
                let size = valueSizes.numbers[place.value + column]
                let away = value - outputs[column]
                // Two roundings of the weight, and four of the value.
                squares[column] +=
                    weight * (away * away * ofScore + (value * value + 2 * size * size) / 3)
            }
        }
        return squares.map { Self.mostDeviations * $0.squareRoot() }
    }

    /// The same of heads whose queries, keys and values are those saved. Weights rounded once move
    /// the output by at most u Σ w |v|. A score is rounded when the product is written and when it
    /// is scaled, its distance from the largest m when that is subtracted, a weight when it is an
    /// exponential, a quotient, and by the rounding of the sum: to the first order that moves the
    /// output by at most u (Σ w (2 |s| + m - s) |v - out| + 3 Σ w |v|), and |v - out| is at most
    /// |v| + |out|.
    func slackOfHeads(
        _ rows: [Int], weights: [Double], scores: [Double], largest: Double, outputs: [Double],
        ofWeights: [Double]
    ) -> [Double] {
        var slack = ofWeights.map { 3 * $0 }
        var moved = 0.0
        for (index, row) in rows.enumerated() {
            let ofScore =
                abs(weights[index]) * (2 * abs(scores[index]) + largest - scores[index])
            moved += ofScore
            for place in slack.indices {
                slack[place] += ofScore * abs(valueSizes.numbers[row + place])
            }
        }
        for place in slack.indices { slack[place] += moved * abs(outputs[place]) }
        return slack
    }
}
