import CAttentionKernels

// This folder is built twice: as `AttentionKernels` for any processor, and by way of a link as
// `AttentionKernelsAVX2` with `FUSED` set. What is public takes addresses and numbers only: a
// generic type of the standard library would be compiled for AVX2 into a function that the other
// build may be given too.

/// The tile's partial result over keys and values of 32 bits.
public func attendFloat32(_ tile: AttentionTile) {
    if tile.rows < 3 { OneRow<Float32>.attend(tile) } else { FourRows<Float32>.attend(tile) }
}

/// The tile's partial result over keys and values in bfloat16.
public func attendBFloat16(_ tile: AttentionTile) {
    if tile.rows < 3 { OneRow<BFloat16>.attend(tile) } else { FourRows<BFloat16>.attend(tile) }
}

/// The sum of 32-bit numbers, as fast as memory gives them. `count` is a multiple of 64.
public func sum(_ numbers: UnsafeRawPointer, count: Int) -> Float {
    var low = Quad()
    var high = Quad()
    var address = numbers
    let end = numbers + count * 4
    while address < end {
        for line in 0..<4 { prefetchLine(address + 2048 + line * 64) }
        low.a += address.loadUnaligned(as: Vector.self)
        high.a += (address + 32).loadUnaligned(as: Vector.self)
        low.b += (address + 64).loadUnaligned(as: Vector.self)
        high.b += (address + 96).loadUnaligned(as: Vector.self)
        low.c += (address + 128).loadUnaligned(as: Vector.self)
        high.c += (address + 160).loadUnaligned(as: Vector.self)
        low.d += (address + 192).loadUnaligned(as: Vector.self)
        high.d += (address + 224).loadUnaligned(as: Vector.self)
        address += 256
    }
    return Quad.sums(low, high).sum()
}

/// e to the power of x, for x of at most 0.
public func exponential(_ x: Float) -> Float { exponential(Vector(repeating: x))[0] }

/// The sum of a[i] * b[i].
public func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var lanes = Vector.zero
    var index = 0
    while index + 8 <= count {
        let (left, right) = (UnsafeRawPointer(a + index), UnsafeRawPointer(b + index))
        multiplyAdd(
            &lanes, left.loadUnaligned(as: Vector.self), right.loadUnaligned(as: Vector.self))
        index += 8
    }
    var sum = lanes.sum()
    while index < count {
        sum += a[index] * b[index]
        index += 1
    }
    return sum
}

/// Adds factor * a[i] to each sum[i].
public func addScaled(
    _ a: UnsafePointer<Float>, by factor: Float, to sum: UnsafeMutablePointer<Float>, count: Int
) {
    for index in 0..<count { sum[index] += factor * a[index] }
}
