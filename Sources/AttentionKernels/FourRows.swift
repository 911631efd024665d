import CAttentionKernels

/// Four query rows that share each number loaded.
enum FourRows<Numbers: Stored>: RowsOfStrips {
    static var rows: Int { 4 }
    static var keyBytesAtOnce: Int { 16_384 }
    static var tokensScoredAtOnce: Int { 4 }

    @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { prefetchFar(address) }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows,
        _ scores: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>
    ) {
        var ahead = ahead
        var token = 0
        var a = keys.address
        while token < keys.tokens {
            // Past the last token the last is scored again; the caller overwrites that.
            let b = token + 1 < keys.tokens ? a + keys.stride : a
            var first = Quad()
            var second = Quad()
            for strip in 0..<keys.fullStrips {
                addScores(&first, &second, queries, a, b, strip: strip, rest: 0)
                ahead.prefetch(strips: 2)
            }
            if keys.rest > 0 {
                addScores(
                    &first, &second, queries, a, b, strip: keys.fullStrips, rest: keys.rest)
            }
            scores[token / 2] = Quad.sums(first, second)
            token += 2
            a += 2 * keys.stride
        }
    }

    @inline(__always) private static func addScores(
        _ first: inout Quad, _ second: inout Quad, _ queries: UnsafePointer<Vector>,
        _ keyA: UnsafeRawPointer, _ keyB: UnsafeRawPointer, strip: Int, rest: Int
    ) {
        let at = strip * stripWidth * Numbers.size
        let a = Numbers.load(keyA + at, rest: rest)
        let b = Numbers.load(keyB + at, rest: rest)
        let rows = queries + strip * 8
        first.addProducts(everySecond: rows, a.0)
        second.addProducts(everySecond: rows, b.0)
        first.addProducts(everySecond: rows + 1, a.1)
        second.addProducts(everySecond: rows + 1, b.1)
    }

    static func mix(
        _ weights: UnsafeMutablePointer<Vector>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>
    ) {
        var ahead = ahead
        let weights = floats(weights)
        for strip in 0..<values.fullStrips {
            mixStrip(weights, values, outputs, &ahead, strip: strip, rest: 0)
        }
        if values.rest > 0 {
            mixStrip(
                weights, values, outputs, &ahead, strip: values.fullStrips, rest: values.rest)
        }
    }

    @inline(__always) private static func mixStrip(
        _ weights: UnsafePointer<Float>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: inout Ahead<Self>, strip: Int, rest: Int
    ) {
        var low = Quad(everySecond: outputs + strip * 8)
        var high = Quad(everySecond: outputs + strip * 8 + 1)
        var address = values.address + strip * stripWidth * Numbers.size
        var weights = weights
        for _ in 0..<values.tokens {
            let numbers = Numbers.load(address, rest: rest)
            let (a, b) = (Vector(repeating: weights[0]), Vector(repeating: weights[1]))
            let (c, d) = (Vector(repeating: weights[2]), Vector(repeating: weights[3]))
            ahead.prefetch(strips: 1)
            multiplyAdd(&low.a, a, numbers.0)
            multiplyAdd(&high.a, a, numbers.1)
            multiplyAdd(&low.b, b, numbers.0)
            multiplyAdd(&high.b, b, numbers.1)
            multiplyAdd(&low.c, c, numbers.0)
            multiplyAdd(&high.c, c, numbers.1)
            multiplyAdd(&low.d, d, numbers.0)
            multiplyAdd(&high.d, d, numbers.1)
            address += values.stride
            weights += 4
        }
        low.store(everySecond: outputs + strip * 8)
        high.store(everySecond: outputs + strip * 8 + 1)
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector {
        maximum(lanes, Vector(lowHalf: lanes.highHalf, highHalf: lanes.lowHalf))
    }
}
