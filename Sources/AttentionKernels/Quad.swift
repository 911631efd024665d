import CAttentionKernels

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

    @inline(__always) mutating func addProducts(
        everySecond address: UnsafePointer<Vector>, _ vector: Vector
    ) {
        multiplyAdd(&a, address[0], vector)
        multiplyAdd(&b, address[2], vector)
        multiplyAdd(&c, address[4], vector)
        multiplyAdd(&d, address[6], vector)
    }

    /// The sums over lanes: four of one quad, then four of the other.
    @inline(__always) static func sums(_ first: Quad, _ second: Quad) -> Vector {
        sumsOverLanes(
            first.a, first.b, first.c, first.d, second.a, second.b, second.c, second.d)
    }
}
