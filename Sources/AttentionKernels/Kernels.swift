import CAttentionKernels

// This folder is built twice: as `AttentionKernels` for any processor, and by way of a link as
// `AttentionKernelsAVX2` with `FUSED` set. Some of its files are built a third time in
// `AttentionKernelsAVX512`. What other targets call takes addresses and numbers only: a generic
// type of the standard library would be compiled for AVX2 into a function that the other builds may
// be given too.

/// The tile's partial result over keys and values of 32 bits.
package func attendFloat32(_ tile: AttentionTile) {
    if tile.kernelRows < 3 { OneRow<Float32>.attend(tile) } else { FourRows<Float32>.attend(tile) }
}

/// The tile's partial result over keys and values in bfloat16.
package func attendBFloat16(_ tile: AttentionTile) {
    if tile.kernelRows < 3 {
        OneRow<BFloat16>.attend(tile)
    } else {
        FourRows<BFloat16>.attend(tile)
    }
}

/// The sum of 32-bit numbers, as fast as memory gives them. `count` is a multiple of 128.
package func sum(_ numbers: UnsafeRawPointer, count: Int) -> Float {
    var low = Quad()
    var high = Quad()
    let bytes = lanes * 4
    for offset in stride(from: 0, to: count * 4, by: 8 * bytes) {
        let address = numbers + offset
        for line in stride(from: 2048, to: 2048 + 8 * bytes, by: 64) {
            prefetchNear(address + line)
        }
        low.a += address.loadUnaligned(as: Vector.self)
        low.b += (address + bytes).loadUnaligned(as: Vector.self)
        low.c += (address + 2 * bytes).loadUnaligned(as: Vector.self)
        low.d += (address + 3 * bytes).loadUnaligned(as: Vector.self)
        high.a += (address + 4 * bytes).loadUnaligned(as: Vector.self)
        high.b += (address + 5 * bytes).loadUnaligned(as: Vector.self)
        high.c += (address + 6 * bytes).loadUnaligned(as: Vector.self)
        high.d += (address + 7 * bytes).loadUnaligned(as: Vector.self)
    }
    return Quad.sums(low, high).sum()
}

/// 2 to the power of x, for x of at most 0.
package func powerOfTwo(_ x: Float) -> Float { powerOfTwo(Vector(repeating: x))[0] }

/// The sum of a[i] * b[i].
package func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var sums = Vector.zero
    var index = 0
    while index + lanes <= count {
        let (left, right) = (UnsafeRawPointer(a + index), UnsafeRawPointer(b + index))
        multiplyAdd(
            &sums, left.loadUnaligned(as: Vector.self), right.loadUnaligned(as: Vector.self))
        index += lanes
    }
    var sum = sums.sum()
    while index < count {
        sum += a[index] * b[index]
        index += 1
    }
    return sum
}

/// Adds factor * a[i] to each sum[i].
package func addScaled(
    _ a: UnsafePointer<Float>, by factor: Float, to sum: UnsafeMutablePointer<Float>, count: Int
) {
    for index in 0..<count { sum[index] += factor * a[index] }
}
