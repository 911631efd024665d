import CAttentionKernels

// Rows of weights in blocks of 32 numbers, multiplied with a vector in 16 bits: of each block of it
// 32 whole numbers, their scale and the sum of what they stand for. In 8 bits, as llama.cpp takes
// it, half the instructions would do, but log-probabilities of a real model are then off by up to
// 0.07.

/// results[i] = row i · vector, rows in blocks of a scale, a least value and 32 numbers of 4 bits.
package func multiplyQ4Offset(
    _ rows: UnsafeRawPointer, count: Int, blocks: Int, numbers: UnsafePointer<Int16>,
    scales: UnsafePointer<Float>, sums: UnsafePointer<Float>, results: UnsafeMutablePointer<Float>
) {
    multiply(rows, count: count, blocks: blocks, blockBytes: 20, results) { block, index in
        (
            productsOfNibbles(block + 4, numbers + 32 * index), halfAt(block) * scales[index],
            halfAt(block + 2) * sums[index]
        )
    }
}

/// The same of blocks of a scale and 32 numbers of 4 bits, less 8.
package func multiplyQ4(
    _ rows: UnsafeRawPointer, count: Int, blocks: Int, numbers: UnsafePointer<Int16>,
    scales: UnsafePointer<Float>, sums: UnsafePointer<Float>, results: UnsafeMutablePointer<Float>
) {
    multiply(rows, count: count, blocks: blocks, blockBytes: 18, results) { block, index in
        let scale = halfAt(block)
        return (
            productsOfNibbles(block + 2, numbers + 32 * index), scale * scales[index],
            -8 * scale * sums[index]
        )
    }
}

/// The same of blocks of a scale and 32 signed bytes.
package func multiplyQ8(
    _ rows: UnsafeRawPointer, count: Int, blocks: Int, numbers: UnsafePointer<Int16>,
    scales: UnsafePointer<Float>, sums: UnsafePointer<Float>, results: UnsafeMutablePointer<Float>
) {
    multiply(rows, count: count, blocks: blocks, blockBytes: 34, results) { block, index in
        (productsOfBytes(block + 2, numbers + 32 * index), halfAt(block) * scales[index], 0)
    }
}

/// Eight rows at a time: their lanes are summed together.
@inline(__always)
private func multiply(
    _ rows: UnsafeRawPointer, count: Int, blocks: Int, blockBytes: Int,
    _ results: UnsafeMutablePointer<Float>,
    _ product: (UnsafeRawPointer, Int) -> (sums: Vector, scale: Float, rest: Float)
) {
    func sums(ofRow row: Int) -> Vector {
        var (sums, rest) = (Vector.zero, Float(0))
        var block = rows + row * blocks * blockBytes
        for index in 0..<blocks {
            let part = product(block, index)
            multiplyAdd(&sums, part.sums, Vector(repeating: part.scale))
            rest += part.rest
            block += blockBytes
        }
        sums[0] += rest
        return sums
    }
    var row = 0
    while row + 8 <= count {
        let all = sumsOverLanes(
            sums(ofRow: row), sums(ofRow: row + 1), sums(ofRow: row + 2), sums(ofRow: row + 3),
            sums(ofRow: row + 4), sums(ofRow: row + 5), sums(ofRow: row + 6), sums(ofRow: row + 7))
        UnsafeMutableRawPointer(results + row).storeBytes(of: all, as: Vector.self)
        row += 8
    }
    while row < count {
        results[row] = sums(ofRow: row).sum()
        row += 1
    }
}

/// A vector in 16 bits: of each 32 numbers whole ones, their scale, and the sum of what they stand
/// for. `count` is a multiple of 32; where one number is none, or infinite, its block's scale is
/// none, and so is every product with it.
package func packVector(
    _ vector: UnsafePointer<Float>, count: Int, numbers: UnsafeMutablePointer<Int16>,
    scales: UnsafeMutablePointer<Float>, sums blockSums: UnsafeMutablePointer<Float>
) {
    // 1.5 · 2^23: a sum with it is rounded to whole numbers, whose low bits are the sum's.
    let rounder = Vector(repeating: 12_582_912)
    for block in 0..<count / 32 {
        let start = UnsafeRawPointer(vector + 32 * block)
        func part(_ index: Int) -> Vector {
            (start + index * lanes * 4).loadUnaligned(as: Vector.self)
        }
        func size(_ part: Vector) -> Vector { maximum(part, -part) }
        let sizes = maximum(
            maximum(size(part(0)), size(part(1))), maximum(size(part(2)), size(part(3))))
        var largest = sizes[0]
        for lane in 1..<lanes { largest = sizes[lane] > largest ? sizes[lane] : largest }
        let scale = largest / 32_767
        // Numbers so small that the quotient overflows count as zeros.
        let quotient = 32_767 / largest
        let inverse = Vector(repeating: quotient < .infinity ? quotient : 0)
        var sums = Vector.zero
        for index in 0..<4 {
            let shifted = part(index) * inverse + rounder
            sums += shifted - rounder
            let bits = unsafeBitCast(shifted, to: Bits.self)
            for lane in 0..<lanes {
                numbers[32 * block + lanes * index + lane] = Int16(truncatingIfNeeded: bits[lane])
            }
        }
        let sum = sums.sum()
        scales[block] = scale + sum * 0
        blockSums[block] = scale * sum
    }
}
