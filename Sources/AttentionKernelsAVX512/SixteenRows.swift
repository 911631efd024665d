import CAttentionKernels

/// Sixteen query rows, one in each lane: a number of a key or value is read into all lanes and
/// multiplied for all rows at once, and no sum is ever taken over lanes. Widths are whole strips.
///
/// Queries and outputs are [width][rows]. Eight sums at a time: one multiplication waits for
/// another of the same sum, and with eight there is always one that need not.
enum SixteenRows<Numbers: Spread>: RowBlock {
    static var rows: Int { 16 }
    static var keyBytesAtOnce: Int { 32_768 }
    static var tokensScoredAtOnce: Int { 8 }

    @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { prefetchFar(address) }

    @inline(__always) static func place(_ index: Int, row: Int) -> Int { index * rows + row }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows,
        _ scores: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>
    ) {
        var ahead = ahead
        for token in stride(from: 0, to: keys.tokens, by: 8) {
            // Past the last token the last is scored again; nobody reads that.
            let last = keys.tokens - 1 - token
            let a = keys.address + token * keys.stride
            let b = a + min(1, last) * keys.stride
            let c = a + min(2, last) * keys.stride
            let d = a + min(3, last) * keys.stride
            let e = a + min(4, last) * keys.stride
            let f = a + min(5, last) * keys.stride
            let g = a + min(6, last) * keys.stride
            let h = a + min(7, last) * keys.stride
            var sums = EightSums()
            var queries = UnsafeRawPointer(queries).assumingMemoryBound(to: Lanes.self)
            for offset in stride(from: 0, to: keys.width * Numbers.size, by: 2 * Numbers.size) {
                let pair = (queries[0], queries[1])
                addScores(&sums.a, pair, a + offset)
                addScores(&sums.b, pair, b + offset)
                addScores(&sums.c, pair, c + offset)
                addScores(&sums.d, pair, d + offset)
                addScores(&sums.e, pair, e + offset)
                addScores(&sums.f, pair, f + offset)
                addScores(&sums.g, pair, g + offset)
                addScores(&sums.h, pair, h + offset)
                queries += 2
                ahead.prefetch(strips: 1)
            }
            sums.store(lanes16(scores) + token)
        }
    }

    @inline(__always) private static func addScores(
        _ sum: inout Lanes, _ queries: (Lanes, Lanes), _ key: UnsafeRawPointer
    ) {
        let numbers = Numbers.spread(key)
        sum.addProduct(queries.0, numbers.0)
        sum.addProduct(queries.1, numbers.1)
    }

    static func mix(
        _ weights: UnsafeMutablePointer<Vector>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>
    ) {
        var ahead = ahead
        for column in stride(from: 0, to: values.width, by: stripWidth) {
            let outputs = lanes16(outputs) + column
            var low = EightSums(outputs)
            var high = EightSums(outputs + 8)
            var address = values.address + column * Numbers.size
            for token in 0..<values.tokens {
                let weight = lanes16(weights)[token]
                addValues(&low, weight, address)
                addValues(&high, weight, address + 8 * Numbers.size)
                ahead.prefetch(strips: 1)
                address += values.stride
            }
            low.store(outputs)
            high.store(outputs + 8)
        }
    }

    @inline(__always) private static func addValues(
        _ sums: inout EightSums, _ weight: Lanes, _ value: UnsafeRawPointer
    ) {
        let ab = Numbers.spread(value)
        let cd = Numbers.spread(value + 2 * Numbers.size)
        let ef = Numbers.spread(value + 4 * Numbers.size)
        let gh = Numbers.spread(value + 6 * Numbers.size)
        sums.a.addProduct(weight, ab.0)
        sums.b.addProduct(weight, ab.1)
        sums.c.addProduct(weight, cd.0)
        sums.d.addProduct(weight, cd.1)
        sums.e.addProduct(weight, ef.0)
        sums.f.addProduct(weight, ef.1)
        sums.g.addProduct(weight, gh.0)
        sums.h.addProduct(weight, gh.1)
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector { lanes }

    @inline(__always) static func scale(
        _ outputs: UnsafeMutablePointer<Vector>, count: Int, by factors: Vector, part: Int
    ) {
        for index in stride(from: part, to: count, by: 2) { outputs[index] *= factors }
    }

    @inline(__always) private static func lanes16(
        _ vectors: UnsafeMutablePointer<Vector>
    ) -> UnsafeMutablePointer<Lanes> {
        UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Lanes.self)
    }
}
