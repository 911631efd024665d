/// One query row; what is loaded serves it alone.
enum OneRow<Numbers: Stored>: RowBlock {
    static var rows: Int { 1 }
    static var keyBytesAtOnce: Int { 2048 }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows,
        _ scores: UnsafeMutablePointer<Vector>, _ ahead: Ahead
    ) {
        var ahead = ahead
        var token = 0
        while token < keys.tokens {
            // Past the last token the last is scored again; the caller overwrites that.
            let last = keys.tokens - 1
            let k0 = keys.address + token * keys.stride
            let k1 = keys.address + min(token + 1, last) * keys.stride
            let k2 = keys.address + min(token + 2, last) * keys.stride
            let k3 = keys.address + min(token + 3, last) * keys.stride
            var low = Quad()
            var high = Quad()
            forStrips(of: keys.width) { strip, load in
                let at = strip * 16 * Numbers.size
                let (q0, q1) = (queries[strip * 2], queries[strip * 2 + 1])
                let (n0, n1, n2, n3) = (load(k0 + at), load(k1 + at), load(k2 + at), load(k3 + at))
                ahead.prefetch(lines: Numbers.size, strips: 4)
                multiplyAdd(&low.a, q0, n0.0)
                multiplyAdd(&low.b, q0, n1.0)
                multiplyAdd(&low.c, q0, n2.0)
                multiplyAdd(&low.d, q0, n3.0)
                multiplyAdd(&high.a, q1, n0.1)
                multiplyAdd(&high.b, q1, n1.1)
                multiplyAdd(&high.c, q1, n2.1)
                multiplyAdd(&high.d, q1, n3.1)
            }
            UnsafeMutableRawPointer(floats(scores) + token)
                .storeBytes(of: (low + high).sums, as: SIMD4<Float>.self)
            token += 4
        }
    }

    static func mix(
        _ weights: UnsafeMutablePointer<Vector>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: Ahead
    ) {
        var ahead = ahead
        let weights = floats(weights)
        var strip = 0
        while strip + 4 <= values.width / 16 {
            var low = Quad(everySecond: outputs + strip * 2)
            var high = Quad(everySecond: outputs + strip * 2 + 1)
            var address = values.address + strip * 16 * Numbers.size
            for token in 0..<values.tokens {
                let weight = Vector(repeating: weights[token])
                let n0 = Numbers.load(address)
                let n1 = Numbers.load(address + 16 * Numbers.size)
                let n2 = Numbers.load(address + 32 * Numbers.size)
                let n3 = Numbers.load(address + 48 * Numbers.size)
                ahead.prefetch(lines: Numbers.size, strips: 4)
                multiplyAdd(&low.a, weight, n0.0)
                multiplyAdd(&high.a, weight, n0.1)
                multiplyAdd(&low.b, weight, n1.0)
                multiplyAdd(&high.b, weight, n1.1)
                multiplyAdd(&low.c, weight, n2.0)
                multiplyAdd(&high.c, weight, n2.1)
                multiplyAdd(&low.d, weight, n3.0)
                multiplyAdd(&high.d, weight, n3.1)
                address += values.stride
            }
            low.store(everySecond: outputs + strip * 2)
            high.store(everySecond: outputs + strip * 2 + 1)
            strip += 4
        }
        forStrips(of: values.width, from: strip) { strip, load in
            var (low, high) = (outputs[strip * 2], outputs[strip * 2 + 1])
            var address = values.address + strip * 16 * Numbers.size
            for token in 0..<values.tokens {
                let weight = Vector(repeating: weights[token])
                let numbers = load(address)
                multiplyAdd(&low, weight, numbers.0)
                multiplyAdd(&high, weight, numbers.1)
                address += values.stride
            }
            (outputs[strip * 2], outputs[strip * 2 + 1]) = (low, high)
        }
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector {
        let halves = FourRows<Numbers>.rowMaximum(lanes)
        let half = halves.lowHalf
        let pairs = maximum(
            halves,
            Vector(
                lowHalf: SIMD4(lowHalf: half.highHalf, highHalf: half.lowHalf),
                highHalf: SIMD4(lowHalf: half.highHalf, highHalf: half.lowHalf)))
        return Vector(repeating: pairs[0] > pairs[1] ? pairs[0] : pairs[1])
    }
}
