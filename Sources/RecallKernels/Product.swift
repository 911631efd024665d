/// The matrix product `left · right` written over `product`.
///
/// Shapes: [m, k] · [k, n] = [m, n], m a multiple of 4 and n of 8; either factor may be transposed.
/// Every sum is taken in the order of k with a multiplication and an addition for each term, both
/// rounded, so its bits are the same on every processor. Cost: m·k·n of such pairs.
@inline(never)
package func multiply(_ left: Matrix, _ right: Matrix, into product: Matrix) {
    let depth = left.columns
    withUnsafeTemporaryAllocation(
        byteCount: depth * MemoryLayout<Lanes>.stride, alignment: MemoryLayout<Lanes>.alignment
    ) { bytes in
        // Eight columns of the right factor side by side stay in the first-level cache.
        let panel = bytes.bindMemory(to: Lanes.self).baseAddress!
        var column = 0
        while column < product.columns {
            pack(right, column, depth, into: panel)
            var row = 0
            while row < product.rows {
                tile(left, row, panel, depth, into: product, column)
                row &+= 4
            }
            column &+= 8
        }
    }
}

@inline(__always)
private func pack(
    _ right: Matrix, _ column: Int, _ depth: Int, into panel: UnsafeMutablePointer<Lanes>
) {
    if right.columnStride == 1 {
        for k in 0..<depth { panel[k] = right.lanes(k, column).pointee }
    } else {
        let numbers = UnsafeMutableRawPointer(panel).assumingMemoryBound(to: Float.self)
        for lane in 0..<8 {
            let source = right.base + (column &+ lane) &* right.columnStride
            for k in 0..<depth { numbers[k &* 8 &+ lane] = source[k &* right.rowStride] }
        }
    }
}

/// Four rows by eight columns of the product, as many as stay in sixteen registers of four numbers
/// while k runs.
@inline(__always)
private func tile(
    _ left: Matrix, _ row: Int, _ panel: UnsafeMutablePointer<Lanes>, _ depth: Int,
    into product: Matrix, _ column: Int
) {
    let stride = left.rowStride
    var term = left.base + row &* stride
    var s0 = Lanes.zero
    var s1 = Lanes.zero
    var s2 = Lanes.zero
    var s3 = Lanes.zero
    for k in 0..<depth {
        let lanes = panel[k]
        s0 += lanes * term[0]
        s1 += lanes * term[stride]
        s2 += lanes * term[2 &* stride]
        s3 += lanes * term[3 &* stride]
        term += left.columnStride
    }
    product.lanes(row, column).pointee = s0
    product.lanes(row &+ 1, column).pointee = s1
    product.lanes(row &+ 2, column).pointee = s2
    product.lanes(row &+ 3, column).pointee = s3
}
