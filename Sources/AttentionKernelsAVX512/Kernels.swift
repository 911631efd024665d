import CAttentionKernels

// What wide registers are worth a build of its own for: tiles of many query rows, whose time goes
// to arithmetic. Others are as fast in the AVX2 build. The files that are links are that build's
// too; of what other targets call, the same holds as there.

/// Whether this build takes the tile: it must have whole strips, and rows enough that filling them
/// up to sixteens costs less than the wider registers bring.
package func takes(_ tile: AttentionTile) -> Bool {
    let filled = (tile.kernelRows + 15) / 16 * 16
    let filledByFours = (tile.kernelRows + 3) / 4 * 4
    return filled * 7 <= filledByFours * 8
        && tile.keyWidth % stripWidth == 0 && tile.valueWidth % stripWidth == 0
}

/// The tile's partial result over keys and values of 32 bits.
package func attendFloat32(_ tile: AttentionTile) { SixteenRows<Float32>.attend(tile) }

/// The tile's partial result over keys and values in bfloat16.
package func attendBFloat16(_ tile: AttentionTile) { SixteenRows<BFloat16>.attend(tile) }
