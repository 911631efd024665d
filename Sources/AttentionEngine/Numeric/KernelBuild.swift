import AttentionKernels
import CAttentionKernels

#if arch(x86_64) && canImport(AttentionKernelsAVX2)
    import AttentionKernelsAVX2
    import AttentionKernelsAVX512
#endif

/// One of the builds of the kernels.
package enum KernelBuild: String, CaseIterable, Hashable, Sendable {
    /// What every processor of this architecture can do: SSE2, or NEON on arm64.
    case baseline
    /// x86-64-v3: AVX2 and FMA.
    case avx2
    /// x86-64-v4: AVX-512 for tiles of many rows, AVX2 for the others.
    case avx512

    /// Whether this processor, and this build of the program, can run it.
    package var isUsable: Bool {
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
            switch self {
            case .baseline: true
            case .avx2: processorHasAVX2() != 0
            case .avx512: processorHasAVX512() != 0
            }
        #else
            self == .baseline
        #endif
    }

    /// The fastest that runs here.
    package static let best = allCases.last(where: \.isUsable) ?? .baseline

    /// The tile's partial result over keys and values of a format without blocks.
    func attend(_ tile: AttentionTile, _ format: NumberFormat) {
        precondition(format.numbersPerBlock == 1, "rows in blocks are unpacked")
        let is32Bits = format == .float32
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
            if self == .avx512, AttentionKernelsAVX512.takes(tile) {
                return is32Bits
                    ? AttentionKernelsAVX512.attendFloat32(tile)
                    : AttentionKernelsAVX512.attendBFloat16(tile)
            }
            if self != .baseline {
                return is32Bits
                    ? AttentionKernelsAVX2.attendFloat32(tile)
                    : AttentionKernelsAVX2.attendBFloat16(tile)
            }
        #endif
        return is32Bits
            ? AttentionKernels.attendFloat32(tile) : AttentionKernels.attendBFloat16(tile)
    }

    func sum(_ numbers: UnsafeRawPointer, count: Int) -> Float {
        #if arch(x86_64) && canImport(AttentionKernelsAVX2)
            if self != .baseline { return AttentionKernelsAVX2.sum(numbers, count: count) }
        #endif
        return AttentionKernels.sum(numbers, count: count)
    }
}
