import CAttentionKernels

/// One query row; what is loaded serves it alone.
enum OneRow<Numbers: Stored>: RowsOfStrips {
    static var rows: Int { 1 }
    static var keyBytesAtOnce: Int { 2048 }
    static var tokensScoredAtOnce: Int { 4 }

    @inline(__always) static func prefetch(_ address: UnsafeRawPointer) { prefetchNear(address) }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows,
        _ scores: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>
    ) {
        var ahead = ahead
        for token in stride(from: 0, to: keys.tokens, by: 4) {
            // Past the last token the last is scored again; the caller overwrites that.
            let last = keys.tokens - 1
            let next = FourAddresses(
                a: keys.address + token * keys.stride,
                b: keys.address + min(token + 1, last) * keys.stride,
                c: keys.address + min(token + 2, last) * keys.stride,
                d: keys.address + min(token + 3, last) * keys.stride)
            var low = Quad()
            var high = Quad()
            for strip in 0..<keys.fullStrips {
                addScores(&low, &high, queries, next, strip: strip, rest: 0)
                ahead.prefetch(strips: 4)
            }
            if keys.rest > 0 {
                addScores(&low, &high, queries, next, strip: keys.fullStrips, rest: keys.rest)
            }
            let sums = Quad.sums(low, high)
            UnsafeMutableRawPointer(floats(scores) + token)
                .storeBytes(of: sums.lowHalf + sums.highHalf, as: SIMD4<Float>.self)
        }
    }

    private struct FourAddresses {
        let a, b, c, d: UnsafeRawPointer
    }

    @inline(__always) private static func addScores(
        _ low: inout Quad, _ high: inout Quad, _ queries: UnsafePointer<Vector>,
        _ keys: FourAddresses, strip: Int, rest: Int
    ) {
        let at = strip * stripWidth * Numbers.size
        let (q0, q1) = (queries[strip * 2], queries[strip * 2 + 1])
        let a = Numbers.load(keys.a + at, rest: rest)
        let b = Numbers.load(keys.b + at, rest: rest)
        let c = Numbers.load(keys.c + at, rest: rest)
        let d = Numbers.load(keys.d + at, rest: rest)
        multiplyAdd(&low.a, q0, a.0)
        multiplyAdd(&low.b, q0, b.0)
        multiplyAdd(&low.c, q0, c.0)
        multiplyAdd(&low.d, q0, d.0)
        multiplyAdd(&high.a, q1, a.1)
        multiplyAdd(&high.b, q1, b.1)
        multiplyAdd(&high.c, q1, c.1)
        multiplyAdd(&high.d, q1, d.1)
    }

    static func mix(
        _ weights: UnsafeMutablePointer<Vector>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>
    ) {
        var ahead = ahead
        let weights = floats(weights)
        var strip = 0
        while strip + 4 <= values.fullStrips {
            mixFour(weights, values, outputs, &ahead, strip: strip)
            strip += 4
        }
        while strip < values.fullStrips {
            mixOne(weights, values, outputs, strip: strip, rest: 0)
            strip += 1
        }
        if values.rest > 0 { mixOne(weights, values, outputs, strip: strip, rest: values.rest) }
    }

    /// Four strips at once, since one strip's sums would wait for each other.
    @inline(__always) private static func mixFour(
        _ weights: UnsafePointer<Float>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: inout Ahead<Self>, strip: Int
    ) {
        var low = Quad(everySecond: outputs + strip * 2)
        var high = Quad(everySecond: outputs + strip * 2 + 1)
        var address = values.address + strip * stripWidth * Numbers.size
        for token in 0..<values.tokens {
            let weight = Vector(repeating: weights[token])
            let a = Numbers.load(address)
            let b = Numbers.load(address + stripWidth * Numbers.size)
            let c = Numbers.load(address + 2 * stripWidth * Numbers.size)
            let d = Numbers.load(address + 3 * stripWidth * Numbers.size)
            ahead.prefetch(strips: 4)
            multiplyAdd(&low.a, weight, a.0)
            multiplyAdd(&high.a, weight, a.1)
            multiplyAdd(&low.b, weight, b.0)
            multiplyAdd(&high.b, weight, b.1)
            multiplyAdd(&low.c, weight, c.0)
            multiplyAdd(&high.c, weight, c.1)
            multiplyAdd(&low.d, weight, d.0)
            multiplyAdd(&high.d, weight, d.1)
            address += values.stride
        }
        low.store(everySecond: outputs + strip * 2)
        high.store(everySecond: outputs + strip * 2 + 1)
    }

    @inline(__always) private static func mixOne(
        _ weights: UnsafePointer<Float>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, strip: Int, rest: Int
    ) {
        var (low, high) = (outputs[strip * 2], outputs[strip * 2 + 1])
        var address = values.address + strip * stripWidth * Numbers.size
        for token in 0..<values.tokens {
            let weight = Vector(repeating: weights[token])
            let numbers = Numbers.load(address, rest: rest)
            multiplyAdd(&low, weight, numbers.0)
            multiplyAdd(&high, weight, numbers.1)
            address += values.stride
        }
        (outputs[strip * 2], outputs[strip * 2 + 1]) = (low, high)
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector {
        let largest = FourRows<Numbers>.rowMaximum(lanes)
        let even = largest[0] > largest[1] ? largest[0] : largest[1]
        let odd = largest[2] > largest[3] ? largest[2] : largest[3]
        return Vector(repeating: even > odd ? even : odd)
    }
}
