import CAttentionKernels

/// A number of each of sixteen query rows.
typealias Lanes = SIMD16<Float>

/// Eight sums, of eight tokens or of eight columns, for sixteen rows each.
struct EightSums {
    var a = Lanes.zero
    var b = Lanes.zero
    var c = Lanes.zero
    var d = Lanes.zero
    var e = Lanes.zero
    var f = Lanes.zero
    var g = Lanes.zero
    var h = Lanes.zero

    @inline(__always) init() {}

    @inline(__always) init(_ address: UnsafePointer<Lanes>) {
        (a, b, c, d) = (address[0], address[1], address[2], address[3])
        (e, f, g, h) = (address[4], address[5], address[6], address[7])
    }

    @inline(__always) func store(_ address: UnsafeMutablePointer<Lanes>) {
        (address[0], address[1], address[2], address[3]) = (a, b, c, d)
        (address[4], address[5], address[6], address[7]) = (e, f, g, h)
    }
}

/// Numbers that can be read into all lanes, two neighbours at a time.
protocol Spread: Stored {
    static func spread(_ address: UnsafeRawPointer) -> (Lanes, Lanes)
}

extension Float32: Spread {
    @inline(__always) static func spread(_ address: UnsafeRawPointer) -> (Lanes, Lanes) {
        let numbers = address.assumingMemoryBound(to: Float.self)
        return (Lanes(repeating: numbers[0]), Lanes(repeating: numbers[1]))
    }
}

extension BFloat16: Spread {
    @inline(__always) static func spread(_ address: UnsafeRawPointer) -> (Lanes, Lanes) {
        var pair = (Lanes.zero, Lanes.zero)
        spreadBFloat16Pair(address, &pair.0, &pair.1)
        return pair
    }
}
