/// Four vectors: of four query rows, of four tokens, or of four strips.
struct Quad {
    var a = Vector.zero
    var b = Vector.zero
    var c = Vector.zero
    var d = Vector.zero

    @inline(__always) init() {}

    /// Strips are pairs of vectors; this takes four strips' first, or second, vectors.
    @inline(__always) init(everySecond address: UnsafePointer<Vector>) {
        (a, b, c, d) = (address[0], address[2], address[4], address[6])
    }

    @inline(__always) func store(everySecond address: UnsafeMutablePointer<Vector>) {
        (address[0], address[2], address[4], address[6]) = (a, b, c, d)
    }

    @inline(__always) static func + (left: Quad, right: Quad) -> Quad {
        var sum = left
        sum.a += right.a
        sum.b += right.b
        sum.c += right.c
        sum.d += right.d
        return sum
    }

    @inline(__always) mutating func addProducts(
        everySecond address: UnsafePointer<Vector>, _ vector: Vector
    ) {
        multiplyAdd(&a, address[0], vector)
        multiplyAdd(&b, address[2], vector)
        multiplyAdd(&c, address[4], vector)
        multiplyAdd(&d, address[6], vector)
    }

    /// The four sums over lanes.
    @inline(__always) var sums: SIMD4<Float> {
        let a4 = a.lowHalf + a.highHalf
        let b4 = b.lowHalf + b.highHalf
        let c4 = c.lowHalf + c.highHalf
        let d4 = d.lowHalf + d.highHalf
        let ab = SIMD4(lowHalf: a4.lowHalf + a4.highHalf, highHalf: b4.lowHalf + b4.highHalf)
        let cd = SIMD4(lowHalf: c4.lowHalf + c4.highHalf, highHalf: d4.lowHalf + d4.highHalf)
        return SIMD4(lowHalf: ab.evenHalf + ab.oddHalf, highHalf: cd.evenHalf + cd.oddHalf)
    }
}
