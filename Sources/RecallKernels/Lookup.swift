/// Writes to each row of `sums` the sum of eight rows of a table: an item as the sum of its eight
/// attributes' embeddings, or of what was computed from them once for all items.
///
/// Shapes: `table` [entries, w], `sums` [r, w], `entries` 8·r row numbers of the table.
@inline(never)
package func sumRows(
    of table: Matrix, _ entries: UnsafePointer<UInt8>, into sums: Matrix
) {
    for row in 0..<sums.rows {
        let chosen = entries + row &* 8
        var column = 0
        while column < sums.columns {
            var sum = table.lanes(Int(chosen[0]), column).pointee
            for attribute in 1..<8 { sum += table.lanes(Int(chosen[attribute]), column).pointee }
            sums.lanes(row, column).pointee = sum
            column &+= 8
        }
    }
}

/// The gradient of `sumRows`: writes to each row of `table` the sum of the rows of `gradient` that
/// it took part in, in their order.
@inline(never)
package func scatterRows(
    of gradient: Matrix, _ entries: UnsafePointer<UInt8>, into table: Matrix
) {
    for row in 0..<table.rows {
        var column = 0
        while column < table.columns {
            table.lanes(row, column).pointee = .zero
            column &+= 8
        }
    }
    for row in 0..<gradient.rows {
        let chosen = entries + row &* 8
        for attribute in 0..<8 {
            let entry = Int(chosen[attribute])
            var column = 0
            while column < table.columns {
                table.lanes(entry, column).pointee += gradient.lanes(row, column).pointee
                column &+= 8
            }
        }
    }
}
