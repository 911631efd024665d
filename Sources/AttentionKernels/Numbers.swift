typealias Vector = SIMD8<Float>
typealias Bits = SIMD8<UInt32>

/// Numbers in a vector.
@inline(__always) var lanes: Int { Vector.scalarCount }

/// Numbers in a strip, two vectors of them.
@inline(__always) var stripWidth: Int { 2 * lanes }

/// How cached numbers lie in memory. They are read a strip at a time.
protocol Stored {
    static var size: Int { get }
    /// A strip, in an order of the format's own that `place` tells.
    static func load(_ address: UnsafeRawPointer) -> (Vector, Vector)
    /// Where a strip's number stands after `load`.
    static func place(_ index: Int) -> Int
}

enum Float32: Stored {
    @inline(__always) static var size: Int { 4 }

    @inline(__always) static func load(_ address: UnsafeRawPointer) -> (Vector, Vector) {
        (
            address.loadUnaligned(as: Vector.self),
            (address + lanes * 4).loadUnaligned(as: Vector.self)
        )
    }

    @inline(__always) static func place(_ index: Int) -> Int { index }
}

enum BFloat16: Stored {
    @inline(__always) static var size: Int { 2 }

    /// Two neighbours share 32 bits: a shift makes a Float of the even one, a mask of the odd one.
    @inline(__always) static func load(_ address: UnsafeRawPointer) -> (Vector, Vector) {
        let pairs = address.loadUnaligned(as: Bits.self)
        return (
            unsafeBitCast(pairs &<< 16, to: Vector.self),
            unsafeBitCast(pairs & 0xFFFF_0000, to: Vector.self)
        )
    }

    @inline(__always) static func place(_ index: Int) -> Int { index / 2 + index % 2 * lanes }
}

extension Stored {
    /// A strip of which only the first `rest` numbers are this row's, zeros behind them; 0 stands
    /// for a full one.
    @inline(__always) static func load(
        _ address: UnsafeRawPointer, rest: Int
    ) -> (Vector, Vector) {
        if rest == 0 { return load(address) }
        var strip = (Vector.zero, Vector.zero)
        return withUnsafeMutableBytes(of: &strip) { strip in
            let start = strip.baseAddress!
            start.copyMemory(from: address, byteCount: rest * size)
            return load(UnsafeRawPointer(start))
        }
    }
}

@inline(__always) func multiplyAdd(_ sum: inout Vector, _ a: Vector, _ b: Vector) {
    #if FUSED || arch(arm64)
        sum.addProduct(a, b)
    #else
        // Without the instruction, `addProduct` would call a function for each lane.
        sum += a * b
    #endif
}

/// The standard library's `pointwiseMax` is a call, and its one copy in the program would be the
/// one built for AVX2.
@inline(__always) func maximum(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: b .> a)
}

/// 2 to the power of x, for x of at most 0; from -127 on it is 0. Error under 2 units of the last
/// place: of all polynomials of its degree that are 1 at 0, the nearest to 2^f for |f| <= 1/2.
@inline(__always) func powerOfTwo(_ x: Vector) -> Vector {
    let rounder = Vector(repeating: 12_582_912)  // 1.5 * 2^23: adding it rounds to whole numbers
    let clamped = maximum(x, Vector(repeating: -127))
    let shifted = clamped + rounder
    let fraction = clamped - (shifted - rounder)
    var series = Vector(repeating: 1.326_472_73e-3)
    for coefficient: Float in [9.671_512_99e-3, 5.550_733_58e-2, 0.240_222_424, 0.693_147_004, 1] {
        var next = Vector(repeating: coefficient)
        multiplyAdd(&next, series, fraction)
        series = next
    }
    // The whole number goes to the exponent: with -127 there, 1 becomes 0.
    let power = unsafeBitCast(shifted, to: Bits.self) &<< 23
    return unsafeBitCast(unsafeBitCast(series, to: Bits.self) &+ power, to: Vector.self)
}
