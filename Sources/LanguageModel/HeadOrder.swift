/// [t, heads · width] as [heads, t, width].
func byHead(_ rows: [Float], heads: Int, width: Int) -> [Float] {
    exchanged(rows, rows.count / (heads * width), heads, width)
}

/// [heads, t, width] as [t, heads · width].
func byToken(_ rows: [Float], heads: Int, width: Int) -> [Float] {
    exchanged(rows, heads, rows.count / (heads * width), width)
}

/// [a, b, width] as [b, a, width].
private func exchanged(_ rows: [Float], _ a: Int, _ b: Int, _ width: Int) -> [Float] {
    if a == 1 || b == 1 { return rows }
    return [Float](unsafeUninitializedCapacity: rows.count) { result, count in
        for i in 0..<a {
            for j in 0..<b {
                for k in 0..<width {
                    result[(j * a + i) * width + k] = rows[(i * b + j) * width + k]
                }
            }
        }
        count = rows.count
    }
}
