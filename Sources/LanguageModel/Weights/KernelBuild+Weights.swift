import AttentionEngine
import AttentionKernels

#if arch(x86_64) && canImport(AttentionKernelsAVX2)
    import AttentionKernelsAVX2
#endif

/// A vector in 16 bits, as the kernels for weights in blocks of 32 read it.
struct PackedVector {
    let numbers: UnsafeMutablePointer<Int16>
    let scales: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>
}

extension KernelBuild {
    /// Rows, how many, blocks in each, a packed vector's parts, and where the results go.
    private typealias RowKernel = (
        UnsafeRawPointer, Int, Int, UnsafePointer<Int16>, UnsafePointer<Float>,
        UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

    /// Packs `count` numbers, whole blocks of 32.
    func pack(_ numbers: UnsafePointer<Float>, _ count: Int, to packed: PackedVector) {
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
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

    /// results[i] = row i · vector for `count` rows of a format in blocks of 32.
    func multiply(
        _ rows: UnsafeRawPointer, count: Int, columns: Int, in format: WeightFormat,
        with vector: PackedVector, to results: UnsafeMutablePointer<Float>
    ) {
        rowKernel(of: format)(
            rows, count, columns / 32, vector.numbers, vector.scales, vector.sums, results)
    }

    /// results[vector · stride + row] = row · vector for rows and vectors of 32-bit numbers, one
    /// behind the other.
    func multiply(
        _ rows: UnsafePointer<Float>, count: Int, columns: Int, vectors: UnsafePointer<Float>,
        vectorCount: Int, to results: UnsafeMutablePointer<Float>, stride: Int
    ) {
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
            if self != .baseline {
                return AttentionKernelsAVX2.multiplyFloatRows(
                    rows, count: count, columns: columns, vectors: vectors,
                    vectorCount: vectorCount, results: results, stride: stride)
            }
        #endif
        AttentionKernels.multiplyFloatRows(
            rows, count: count, columns: columns, vectors: vectors, vectorCount: vectorCount,
            results: results, stride: stride)
    }

    /// The sum of a[i] · b[i].
    func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
            if self != .baseline { return AttentionKernelsAVX2.dot(a, b, count: count) }
        #endif
        return AttentionKernels.dot(a, b, count: count)
    }

    private func rowKernel(of format: WeightFormat) -> RowKernel {
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
            if self != .baseline {
                switch format {
                case .q4Offset: return AttentionKernelsAVX2.multiplyQ4Offset
                case .q4: return AttentionKernelsAVX2.multiplyQ4
                case .q8: return AttentionKernelsAVX2.multiplyQ8
                case .float32, .float16, .bfloat16, .q4K, .q6K: break
                }
            }
        #endif
        switch format {
        case .q4Offset: return AttentionKernels.multiplyQ4Offset
        case .q4: return AttentionKernels.multiplyQ4
        case .q8: return AttentionKernels.multiplyQ8
        case .float32, .float16, .bfloat16, .q4K, .q6K:
            preconditionFailure("rows of this format are unpacked")
        }
    }
}
