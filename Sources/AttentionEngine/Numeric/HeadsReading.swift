import AttentionKernels
import CAttentionKernels

/// Query heads that read cached K/V heads, whatever the keys and values were made from: the one
/// computation under every way to share.
///
/// Units of work are a query token's rows at one K/V head over a run of its tokens: each key and
/// value is loaded once for all query heads of the group. Where there are fewer units than threads
/// want, tokens are split and the parts put together by their largest scores (as in Flash-Decoding,
/// Dao et al. 2023).
struct HeadsReading {
    /// One for each K/V head.
    let heads: [CachedHead]
    /// One that writes numbers one by one.
    let format: NumberFormat
    /// s_k.
    let tokens: Int
    /// n.
    let queryHeads: Int
    /// s_q.
    let queryTokens: Int
    /// Query t sees the tokens up to t + s_k - s_q: the mask's corner is at the bottom right.
    let causal: Bool
    let scale: Float
    /// The fewer K/V heads that these are copies of, where outputs are to equal those of reading
    /// them to the bit: then numbers are added in the same order.
    var copiedHeads: Int?
    var threads = 1
    var build = KernelBuild.best

    /// The kernels weigh by powers of 2, softmax by powers of e.
    private static let log2OfE: Float = 1.442_695_04

    private var groupSize: Int { queryHeads / heads.count }
    private var keyWidth: Int { heads[0].keyWidth }
    private var valueWidth: Int { heads[0].valueWidth }

    /// queries: [n, s_q, keyWidth]; outputs: [n, s_q, valueWidth], zeros where nothing is seen.
    func outputs(of queries: [Float]) -> [Float] {
        let pieces = pieces
        let units = queryTokens * heads.count * pieces
        let rows = units * groupSize
        return [Float](unsafeUninitializedCapacity: queryHeads * queryTokens * valueWidth) {
            outputs, count in
            count = outputs.count
            let parts = UnsafeMutablePointer<Float>.allocate(capacity: rows * (valueWidth + 2))
            defer { parts.deallocate() }
            queries.withUnsafeBufferPointer { queries in
                inParallel(units, threads: usefulThreads) { unit in
                    build.attend(
                        tile(unit, of: pieces, queries.baseAddress!, parts, rows: rows), format)
                }
            }
            for unit in 0..<queryTokens * heads.count {
                for row in 0..<groupSize {
                    merge(unit, row, pieces, parts, rows: rows, into: outputs.baseAddress!)
                }
            }
        }
    }

    /// Threads beyond the first cost more than they bring where there is little to do.
    private var usefulThreads: Int {
        queryHeads * queryTokens * tokens * keyWidth < 1_000_000 ? 1 : threads
    }

    /// In how many runs each query token's tokens are read.
    private var pieces: Int {
        let wanted =
            usefulThreads == 1 ? 1 : 8 * threads / (queryTokens * (copiedHeads ?? heads.count))
        return max(1, min(wanted, tokens / 512))
    }

    private func visible(_ queryToken: Int) -> Int {
        causal ? max(0, tokens - queryTokens + queryToken + 1) : tokens
    }

    private func tile(
        _ unit: Int, of pieces: Int, _ queries: UnsafePointer<Float>,
        _ parts: UnsafeMutablePointer<Float>, rows: Int
    ) -> AttentionTile {
        let piece = unit % pieces
        let head = unit / pieces % heads.count
        let queryToken = unit / pieces / heads.count
        let visible = visible(queryToken)
        let tokens = visible * piece / pieces..<visible * (piece + 1) / pieces
        let cached = heads[head]
        let skip = format.bytes(of: tokens.lowerBound)
        let row = unit * groupSize
        return AttentionTile(
            queries: queries + (head * groupSize * queryTokens + queryToken) * keyWidth,
            rows: groupSize, kernelRows: queryHeads / (copiedHeads ?? heads.count),
            keyWidth: keyWidth, valueWidth: valueWidth,
            queryStride: queryTokens * keyWidth, scale: scale * Self.log2OfE,
            keys: cached.keys + skip * cached.keyStride,
            values: cached.values + skip * cached.valueStride,
            tokens: tokens.count, keyStride: cached.keyStride, valueStride: cached.valueStride,
            maxima: parts + row, sums: parts + rows + row,
            outputs: parts + 2 * rows + row * valueWidth)
    }

    private func merge(
        _ unit: Int, _ row: Int, _ pieces: Int, _ parts: UnsafeMutablePointer<Float>, rows: Int,
        into outputs: UnsafeMutablePointer<Float>
    ) {
        let head = unit % heads.count * groupSize + row
        let output = outputs + (head * queryTokens + unit / heads.count) * valueWidth
        output.update(repeating: 0, count: valueWidth)
        // No arrays here: for a small step they would cost as much as the rest.
        let first = unit * pieces * groupSize + row
        let places = stride(from: first, to: first + pieces * groupSize, by: groupSize)
        var top = -Float.infinity
        for place in places { top = max(top, parts[place]) }
        if top == -.infinity {
            // Nothing was seen, or nothing but scores that are no numbers: those sums are none.
            for place in places where parts[rows + place] != 0 {
                return output.update(repeating: .nan, count: valueWidth)
            }
            return
        }
        var sum: Float = 0
        for place in places {
            parts[place] = powerOfTwo(parts[place] - top)
            sum += parts[place] * parts[rows + place]
        }
        for place in places {
            addScaled(
                parts + 2 * rows + place * valueWidth,
                by: parts[place] / sum, to: output, count: valueWidth)
        }
    }
}
