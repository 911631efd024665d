/// Four query rows that share each number loaded.
enum FourRows<Numbers: Stored>: RowBlock {
    static var rows: Int { 4 }
    static var keyBytesAtOnce: Int { 4096 }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows,
        _ scores: UnsafeMutablePointer<Vector>, _ ahead: Ahead
    ) {
        var ahead = ahead
        var token = 0
        while token < keys.tokens {
            let k0 = keys.address + token * keys.stride
            let k1 = keys.address + min(token + 1, keys.tokens - 1) * keys.stride
            var first = Quad()
            var second = Quad()
            forStrips(of: keys.width) { strip, load in
                let at = strip * 16 * Numbers.size
                let (n0, n1) = (load(k0 + at), load(k1 + at))
                let rows = queries + strip * 8
                ahead.prefetch(lines: Numbers.size / 2, strips: 2)
                first.addProducts(everySecond: rows, n0.0)
                second.addProducts(everySecond: rows, n1.0)
                first.addProducts(everySecond: rows + 1, n0.1)
                second.addProducts(everySecond: rows + 1, n1.1)
            }
            let both = Vector(lowHalf: first.sums, highHalf: second.sums)
            UnsafeMutableRawPointer(floats(scores) + token * 4).storeBytes(
                of: both, as: Vector.self)
            token += 2
        }
    }

    static func mix(
        _ weights: UnsafeMutablePointer<Vector>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: Ahead
    ) {
        var ahead = ahead
        let weights = floats(weights)
        forStrips(of: values.width) { strip, load in
            var low = Quad(everySecond: outputs + strip * 8)
            var high = Quad(everySecond: outputs + strip * 8 + 1)
            var address = values.address + strip * 16 * Numbers.size
            for token in 0..<values.tokens {
                let numbers = load(address)
                let weights = weights + token * 4
                let (a, b) = (Vector(repeating: weights[0]), Vector(repeating: weights[1]))
                let (c, d) = (Vector(repeating: weights[2]), Vector(repeating: weights[3]))
                ahead.prefetch(lines: 1, strips: 1)
                multiplyAdd(&low.a, a, numbers.0)
                multiplyAdd(&high.a, a, numbers.1)
                multiplyAdd(&low.b, b, numbers.0)
                multiplyAdd(&high.b, b, numbers.1)
                multiplyAdd(&low.c, c, numbers.0)
                multiplyAdd(&high.c, c, numbers.1)
                multiplyAdd(&low.d, d, numbers.0)
                multiplyAdd(&high.d, d, numbers.1)
                address += values.stride
            }
            low.store(everySecond: outputs + strip * 8)
            high.store(everySecond: outputs + strip * 8 + 1)
        }
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector {
        maximum(lanes, Vector(lowHalf: lanes.highHalf, highHalf: lanes.lowHalf))
    }
}
