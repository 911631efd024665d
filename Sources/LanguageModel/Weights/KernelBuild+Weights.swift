import AttentionEngine
import AttentionKernels

#if canImport(AttentionKernelsAVX2)
    import AttentionKernelsAVX2
#endif

/// A vector in 16 bits, as the kernels for weights in blocks of 32 read it.
struct PackedVector {
    let numbers: UnsafeMutablePointer<Int16>
    let scales: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>
}

extension KernelBuild {
    /// Packs `count` numbers, whole blocks of 32.
    func pack(_ numbers: UnsafePointer<Float>, _ count: Int, to packed: PackedVector) {
        #if canImport(AttentionKernelsAVX2)
            if self != .baseline {
                return AttentionKernelsAVX2.packVector(
                    numbers, count: count, numbers: packed.numbers, scales: packed.scales,
                    sums: packed.sums)
            }
        #endif
        AttentionKernels.packVector(
            numbers, count: count, numbers: packed.numbers, scales: packed.scales, sums: packed.sums
        )
    }

    /// results[i] = row i · vector for `count` rows; false where the format's rows are not read in
    /// 8 bits.
    func multiply(
        _ rows: UnsafeRawPointer, count: Int, columns: Int, in format: WeightFormat,
        with vector: PackedVector, to results: UnsafeMutablePointer<Float>
    ) {
        let (numbers, scales, sums) = (vector.numbers, vector.scales, vector.sums)
        let blocks = columns / 32
        #if canImport(AttentionKernelsAVX2)
            if self != .baseline {
                switch format {
                case .q4Offset:
                    AttentionKernelsAVX2.multiplyQ4Offset(
                        rows, count: count, blocks: blocks, numbers: numbers, scales: scales,
                        sums: sums, results: results)
                case .q4:
                    AttentionKernelsAVX2.multiplyQ4(
                        rows, count: count, blocks: blocks, numbers: numbers, scales: scales,
                        sums: sums, results: results)
                case .q8:
                    AttentionKernelsAVX2.multiplyQ8(
                        rows, count: count, blocks: blocks, numbers: numbers, scales: scales,
                        sums: sums, results: results)
                default: preconditionFailure("rows of this format are unpacked")
                }
                return
            }
        #endif
        switch format {
        case .q4Offset:
            AttentionKernels.multiplyQ4Offset(
                rows, count: count, blocks: blocks, numbers: numbers, scales: scales, sums: sums,
                results: results)
        case .q4:
            AttentionKernels.multiplyQ4(
                rows, count: count, blocks: blocks, numbers: numbers, scales: scales, sums: sums,
                results: results)
        case .q8:
            AttentionKernels.multiplyQ8(
                rows, count: count, blocks: blocks, numbers: numbers, scales: scales, sums: sums,
                results: results)
        default: preconditionFailure("rows of this format are unpacked")
        }
    }
}
