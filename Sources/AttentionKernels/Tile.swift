import CAttentionKernels

extension RowBlock {
    /// The whole tile, a few tokens at a time: scores, weights, values. Whenever a larger score
    /// turns up, what was summed before is scaled down (online softmax: Milakov and Gimelshein
    /// 2018, arXiv 1805.02867).
    static func attend(_ tile: AttentionTile) {
        let rowBlocks = (tile.rows + rows - 1) / rows
        let keyStride = tile.keyStride * Numbers.size
        let valueStride = tile.valueStride * Numbers.size
        let step = tokensScoredAtOnce
        let tokensAtOnce = max(step, min(64, keyBytesAtOnce / keyStride / step * step))
        let parts = Workspace(
            queryVectors: (tile.keyWidth + stripWidth - 1) / stripWidth * rows * 2,
            outputVectors: (tile.valueWidth + stripWidth - 1) / stripWidth * rows * 2,
            scoreVectors: (tokensAtOnce * rows + lanes - 1) / lanes,
            rowVectors: rowVectors)
        withUnsafeTemporaryAllocation(
            byteCount: rowBlocks * parts.count * lanes * 4, alignment: 64
        ) { memory in
            let start = memory.baseAddress!.assumingMemoryBound(to: Vector.self)
            for index in 0..<rowBlocks * parts.count { start[index] = .zero }
            for block in 0..<rowBlocks {
                let work = start + block * parts.count
                pack(tile, firstRow: block * rows, into: work)
                for part in 0..<rowVectors {
                    work[parts.maximum + part] = Vector(repeating: -.infinity)
                }
            }
            for token in stride(from: 0, to: tile.tokens, by: tokensAtOnce) {
                let tokens = min(tokensAtOnce, tile.tokens - token)
                let keys = StoredRows(
                    address: tile.keys + token * keyStride, width: tile.keyWidth,
                    stride: keyStride, tokens: tokens)
                let values = StoredRows(
                    address: tile.values + token * valueStride, width: tile.valueWidth,
                    stride: valueStride, tokens: tokens)
                // Each block asks for its share of what comes next: the values while keys are
                // scored, the next keys while values are mixed.
                let share = tokens * keyStride / rowBlocks
                let perStrip = stripWidth * Numbers.size / rowBlocks
                for block in 0..<rowBlocks {
                    let work = start + block * parts.count
                    score(
                        work, keys, work + parts.scores,
                        Ahead(address: values.address + block * share, perStrip: perStrip))
                }
                for block in 0..<rowBlocks {
                    weigh(start + block * parts.count, parts, scores: tokens * rows)
                }
                let nextKeys = keys.address + tokens * keyStride
                for block in 0..<rowBlocks {
                    let work = start + block * parts.count
                    mix(
                        work + parts.scores, values, work + parts.outputs,
                        Ahead(address: nextKeys + block * share, perStrip: perStrip))
                }
            }
            for block in 0..<rowBlocks {
                unpack(start + block * parts.count, parts, tile, firstRow: block * rows)
            }
        }
    }

    /// Turns scores into weights, and scales the outputs so far to the largest score so far.
    @inline(__always) private static func weigh(
        _ work: UnsafeMutablePointer<Vector>, _ parts: Workspace, scores count: Int
    ) {
        let scores = work + parts.scores
        let vectors = (count + lanes - 1) / lanes
        for index in count..<vectors * lanes { floats(scores)[index] = -.infinity }
        for part in 0..<rowVectors {
            let before = work[parts.maximum + part]
            var top = before
            for index in 0..<vectors / rowVectors {
                top = maximum(top, scores[index * rowVectors + part])
            }
            top = rowMaximum(top)
            let correction = powerOfTwo(before - top)
            work[parts.maximum + part] = top
            var sum = work[parts.sum + part] * correction
            for index in 0..<vectors / rowVectors {
                let weight = powerOfTwo(scores[index * rowVectors + part] - top)
                scores[index * rowVectors + part] = weight
                sum += weight
            }
            work[parts.sum + part] = sum
            if correction == Vector(repeating: 1) { continue }
            scale(work + parts.outputs, count: parts.outputVectors, by: correction, part: part)
        }
    }

    /// Vectors that hold a number for each row.
    @inline(__always) private static var rowVectors: Int { (rows + lanes - 1) / lanes }

    private static func pack(
        _ tile: AttentionTile, firstRow: Int, into work: UnsafeMutablePointer<Vector>
    ) {
        for row in 0..<min(rows, tile.rows - firstRow) {
            let query = tile.queries + (firstRow + row) * tile.queryStride
            for first in stride(from: 0, to: tile.keyWidth, by: stripWidth) {
                let strip = floats(work) + first * rows
                for index in 0..<min(stripWidth, tile.keyWidth - first) {
                    strip[place(index, row: row)] = query[first + index] * tile.scale
                }
            }
        }
    }

    private static func unpack(
        _ work: UnsafeMutablePointer<Vector>, _ parts: Workspace, _ tile: AttentionTile,
        firstRow: Int
    ) {
        for row in 0..<min(rows, tile.rows - firstRow) {
            tile.maxima[firstRow + row] = floats(work + parts.maximum)[row]
            var sum: Float = 0
            for lane in stride(from: row, to: rowVectors * lanes, by: rows) {
                sum += floats(work + parts.sum)[lane]
            }
            tile.sums[firstRow + row] = sum
            let output = tile.outputs + (firstRow + row) * tile.valueWidth
            for first in stride(from: 0, to: tile.valueWidth, by: stripWidth) {
                let strip = floats(work + parts.outputs) + first * rows
                for index in 0..<min(stripWidth, tile.valueWidth - first) {
                    output[first + index] = strip[place(index, row: row)]
                }
            }
        }
    }
}

@inline(__always) func floats(
    _ vectors: UnsafeMutablePointer<Vector>
) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Float.self)
}

/// Where the parts of one row block's memory begin, in vectors: queries, outputs, scores, the
/// largest score of each row, the sum of its weights lane by lane.
struct Workspace {
    let queryVectors: Int
    let outputVectors: Int
    let scoreVectors: Int
    /// Vectors that hold a number for each row.
    let rowVectors: Int

    var outputs: Int { queryVectors }
    var scores: Int { outputs + outputVectors }
    var maximum: Int { scores + scoreVectors }
    var sum: Int { maximum + rowVectors }
    var count: Int { sum + rowVectors }
}
