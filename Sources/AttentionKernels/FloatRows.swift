import CAttentionKernels

/// results[vector · stride + row] = row · vector, of rows and vectors of `columns` numbers of 32
/// bits, one behind the other.
///
/// Four rows with two vectors at a time: of eight sums each number that is loaded is multiplied two
/// or four times.
package func multiplyFloatRows(
    _ rows: UnsafePointer<Float>, count: Int, columns: Int, vectors: UnsafePointer<Float>,
    vectorCount: Int, results: UnsafeMutablePointer<Float>, stride: Int
) {
    var row = 0
    while row + 4 <= count {
        let four = rows + row * columns
        var vector = 0
        while vector + 2 <= vectorCount {
            let sums = sumsOfFourRows(four, columns, vectors + vector * columns)
            let first = UnsafeMutableRawPointer(results + vector * stride + row)
            first.storeBytes(of: sums.lowHalf, as: SIMD4<Float>.self)
            (first + stride * 4).storeBytes(of: sums.highHalf, as: SIMD4<Float>.self)
            vector += 2
        }
        if vector < vectorCount {
            for index in 0..<4 {
                results[vector * stride + row + index] = dot(
                    four + index * columns, vectors + vector * columns, count: columns)
            }
        }
        row += 4
    }
    while row < count {
        for vector in 0..<vectorCount {
            results[vector * stride + row] = dot(
                rows + row * columns, vectors + vector * columns, count: columns)
        }
        row += 1
    }
}

/// Four rows with one vector, then with the next.
@inline(__always)
private func sumsOfFourRows(
    _ rows: UnsafePointer<Float>, _ columns: Int, _ vectors: UnsafePointer<Float>
) -> Vector {
    var (a, b) = (Quad(), Quad())
    let bytes = columns * 4
    let rows = UnsafeRawPointer(rows)
    let (one, two) = (UnsafeRawPointer(vectors), UnsafeRawPointer(vectors) + bytes)
    var place = 0
    while place + lanes * 4 <= bytes {
        let x = (one + place).loadUnaligned(as: Vector.self)
        let y = (two + place).loadUnaligned(as: Vector.self)
        let address = rows + place
        var row = address.loadUnaligned(as: Vector.self)
        multiplyAdd(&a.a, row, x)
        multiplyAdd(&b.a, row, y)
        row = (address + bytes).loadUnaligned(as: Vector.self)
        multiplyAdd(&a.b, row, x)
        multiplyAdd(&b.b, row, y)
        row = (address + 2 * bytes).loadUnaligned(as: Vector.self)
        multiplyAdd(&a.c, row, x)
        multiplyAdd(&b.c, row, y)
        row = (address + 3 * bytes).loadUnaligned(as: Vector.self)
        multiplyAdd(&a.d, row, x)
        multiplyAdd(&b.d, row, y)
        place += lanes * 4
    }
    var sums = Quad.sums(a, b)
    while place < bytes {
        for index in 0..<4 {
            let number = (rows + index * bytes + place).load(as: Float.self)
            sums[index] += number * (one + place).load(as: Float.self)
            sums[index + 4] += number * (two + place).load(as: Float.self)
        }
        place += 4
    }
    return sums
}
