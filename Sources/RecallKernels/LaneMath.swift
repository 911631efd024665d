/// e^x in each lane for x of zero or less, to about one unit in the last place; e^-87 below that.
///
/// Only additions, multiplications and bits, so that it gives the same on every processor.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
    let floor = Lanes(repeating: -87)
    let x = x.replacing(with: floor, where: x .< floor)
    // Adding 1.5 · 2^23 rounds to a whole number and leaves it in the low bits.
    let rounder: Float = 12_582_912
    let shifted = x * 1.442_695_04 + rounder
    let power = shifted - rounder
    // x = power · ln 2 + rest, ln 2 in two parts of which the first has few bits.
    let rest = (x - power * 0.693_359_375) - power * -0.000_212_194_44
    var series = rest * (1.0 / 5040) + (1.0 / 720)
    series = series * rest + (1.0 / 120)
    series = series * rest + (1.0 / 24)
    series = series * rest + (1.0 / 6)
    series = series * rest + 0.5
    series = series * rest + 1
    series = series * rest + 1
    let exponent = SIMD8<UInt32>(bits: shifted) &- SIMD8(repeating: rounder.bitPattern)
    return Lanes(bits: SIMD8<UInt32>(bits: series) &+ exponent &<< 23)
}

extension SIMD8<UInt32> {
    @inline(__always)
    fileprivate init(bits: Lanes) { self = unsafeBitCast(bits, to: Self.self) }
}

extension Lanes {
    @inline(__always)
    fileprivate init(bits: SIMD8<UInt32>) { self = unsafeBitCast(bits, to: Self.self) }

    /// The sum over the lanes, always in the same order.
    @inline(__always)
    var total: Float {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// The largest of the lanes.
    @inline(__always)
    var largest: Float {
        let four = lowHalf.replacing(with: highHalf, where: lowHalf .< highHalf)
        let two = four.lowHalf.replacing(with: four.highHalf, where: four.lowHalf .< four.highHalf)
        return two.x < two.y ? two.y : two.x
    }
}

/// The totals of eight vectors side by side.
@inline(__always)
func totals(
    _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes, _ f: Lanes, _ g: Lanes, _ h: Lanes
) -> Lanes {
    let abcd = pairs(pairs(a, b), pairs(c, d))
    let efgh = pairs(pairs(e, f), pairs(g, h))
    return pairs(abcd, efgh)
}

/// Sums of neighbours: first those of `a`, then those of `b`.
@inline(__always)
private func pairs(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(lowHalf: a.evenHalf + a.oddHalf, highHalf: b.evenHalf + b.oddHalf)
}
