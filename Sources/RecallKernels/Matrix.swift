/// A view of numbers laid out in rows. It owns nothing: whoever made the memory keeps it.
///
/// `base` is aligned to 32 bytes; strides are in numbers. The product reads a view transposed by
/// swapping its strides; every other kernel takes views whose columns lie side by side and whose
/// row stride is a multiple of 8.
package struct Matrix {
    let base: UnsafeMutablePointer<Float>
    /// Rows of the view.
    package let rows: Int
    /// Numbers of a row.
    package let columns: Int
    let rowStride: Int
    let columnStride: Int

    /// The rows one after another from `base`, `columns` apart.
    package init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
        self.init(base, rows, columns, columns, 1)
    }

    private init(
        _ base: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int, _ rowStride: Int,
        _ columnStride: Int
    ) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.rowStride = rowStride
        self.columnStride = columnStride
    }

    /// The same numbers with rows and columns exchanged.
    package var transposed: Matrix { Matrix(base, columns, rows, columnStride, rowStride) }

    /// Some neighbouring columns, `first` a multiple of 8.
    func columns(from first: Int, count: Int) -> Matrix {
        Matrix(base + first * columnStride, rows, count, rowStride, columnStride)
    }

    /// One number.
    package subscript(row: Int, column: Int) -> Float {
        get { base[row * rowStride + column * columnStride] }
        nonmutating set { base[row * rowStride + column * columnStride] = newValue }
    }

    /// Eight neighbours of a row, from a column that is a multiple of 8.
    @inline(__always)
    func lanes(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Lanes> {
        UnsafeMutableRawPointer(base + (row &* rowStride &+ column))
            .assumingMemoryBound(to: Lanes.self)
    }
}

/// Eight numbers worked on at once: a head's numbers, or a head's weights on the eight items.
typealias Lanes = SIMD8<Float>
