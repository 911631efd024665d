/// Attention of every question's query heads over its eight items: the softmax of
/// q · k / sqrt(8), then the weighted sum of the values. Query head i reads K/V head i / (n / g).
///
/// Shapes, for b questions, n query heads and g K/V heads of eight numbers: `queries`
/// [b, n·8], `keyValues` [b·8, 2·g·8], all keys of an item before its values, `weights` [b, n·8],
/// eight weights a head, `outputs` [b, n·8].
@inline(never)
package func attend(
    queries: Matrix, keyValues: Matrix, weights: Matrix, outputs: Matrix
) {
    let valueColumn = keyValues.columns / 2
    let groupSize = queries.columns / valueColumn
    for question in 0..<queries.rows {
        for head in 0..<queries.columns / 8 {
            let place = head &* 8
            let key = head / groupSize &* 8
            let value = valueColumn &+ key
            let first = question &* 8
            let query = queries.lanes(question, place).pointee * headScale
            let scores = dots(query, keyValues, first, key)
            let powers = exponential(scores - scores.largest)
            let shares = powers / powers.total
            weights.lanes(question, place).pointee = shares
            var output = keyValues.lanes(first, value).pointee * shares[0]
            for item in 1..<8 {
                output += keyValues.lanes(first &+ item, value).pointee * shares[item]
            }
            outputs.lanes(question, place).pointee = output
        }
    }
}

/// The gradient of `attend`, from the gradient of its outputs to those of its queries, keys and
/// values; a K/V head's is the sum over its query heads, in their order.
@inline(never)
package func attendBackward(
    outputGradient: Matrix, queries: Matrix, keyValues: Matrix, weights: Matrix,
    queryGradient: Matrix, keyValueGradient: Matrix
) {
    let valueColumn = keyValues.columns / 2
    let groupSize = queries.columns / valueColumn
    for question in 0..<queries.rows {
        let first = question &* 8
        for head in 0..<queries.columns / 8 {
            let place = head &* 8
            let key = head / groupSize &* 8
            let value = valueColumn &+ key
            let startsGroup = head % groupSize == 0
            let output = outputGradient.lanes(question, place).pointee
            let shares = weights.lanes(question, place).pointee
            let wanted = dots(output, keyValues, first, value)
            let scores = shares * (wanted - (shares * wanted).total) * headScale
            let query = queries.lanes(question, place).pointee
            var gradient = Lanes.zero
            for item in 0..<8 {
                let row = first &+ item
                gradient += keyValues.lanes(row, key).pointee * scores[item]
                let keys = keyValueGradient.lanes(row, key)
                let values = keyValueGradient.lanes(row, value)
                if startsGroup {
                    keys.pointee = query * scores[item]
                    values.pointee = output * shares[item]
                } else {
                    keys.pointee += query * scores[item]
                    values.pointee += output * shares[item]
                }
            }
            queryGradient.lanes(question, place).pointee = gradient
        }
    }
}

/// 1 / sqrt(8).
private let headScale: Float = 0.353_553_39

/// The products of a vector with eight neighbouring rows from a column on.
@inline(__always)
private func dots(_ vector: Lanes, _ rows: Matrix, _ first: Int, _ column: Int) -> Lanes {
    @inline(__always)
    func row(_ item: Int) -> Lanes { vector * rows.lanes(first &+ item, column).pointee }
    return totals(row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
}
