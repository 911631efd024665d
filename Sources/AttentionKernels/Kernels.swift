import CAttentionKernels

// Built twice: as `AttentionKernels` for any processor, and as `AttentionKernelsAVX2` with `FUSED`
// set. One file, since a debug build optimises each file by itself.

/// The tile's partial result over keys and values of 32 bits.
public func attendFloat32(_ tile: AttentionTile) {
    if tile.rows < 3 { OneRow<Float32>.attend(tile) } else { FourRows<Float32>.attend(tile) }
}

/// The tile's partial result over keys and values in bfloat16.
public func attendBFloat16(_ tile: AttentionTile) {
    if tile.rows < 3 { OneRow<BFloat16>.attend(tile) } else { FourRows<BFloat16>.attend(tile) }
}

/// The sum of 32-bit numbers, as fast as memory gives them. `count` is a multiple of 64.
public func sum(_ numbers: UnsafeRawPointer, count: Int) -> Float {
    var low = Quad()
    var high = Quad()
    var address = numbers
    let end = numbers + count * 4
    while address < end {
        prefetchLine(address + 2048)
        prefetchLine(address + 2048 + 64)
        prefetchLine(address + 2048 + 128)
        prefetchLine(address + 2048 + 192)
        low.a += address.loadUnaligned(as: Vector.self)
        high.a += (address + 32).loadUnaligned(as: Vector.self)
        low.b += (address + 64).loadUnaligned(as: Vector.self)
        high.b += (address + 96).loadUnaligned(as: Vector.self)
        low.c += (address + 128).loadUnaligned(as: Vector.self)
        high.c += (address + 160).loadUnaligned(as: Vector.self)
        low.d += (address + 192).loadUnaligned(as: Vector.self)
        high.d += (address + 224).loadUnaligned(as: Vector.self)
        address += 256
    }
    return low.sums.sum() + high.sums.sum()
}

/// e to the power of x, for x of at most 0.
public func exponential(_ x: Float) -> Float { exponential(Vector(repeating: x))[0] }

/// The sum of a[i] * b[i].
public func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var lanes = Vector.zero
    var index = 0
    while index + 8 <= count {
        let (left, right) = (UnsafeRawPointer(a + index), UnsafeRawPointer(b + index))
        multiplyAdd(
            &lanes, left.loadUnaligned(as: Vector.self), right.loadUnaligned(as: Vector.self))
        index += 8
    }
    var sum = lanes.sum()
    while index < count {
        sum += a[index] * b[index]
        index += 1
    }
    return sum
}

/// Adds factor * a[i] to each sum[i].
public func addScaled(
    _ a: UnsafePointer<Float>, by factor: Float, to sum: UnsafeMutablePointer<Float>, count: Int
) {
    for index in 0..<count { sum[index] += factor * a[index] }
}

// MARK: - Numbers

typealias Vector = SIMD8<Float>

/// How cached numbers lie in memory. They are read a strip of 16 at a time.
protocol Stored {
    static var size: Int { get }
    /// A strip, in an order of the format's own that `place` tells.
    static func load(_ address: UnsafeRawPointer) -> (Vector, Vector)
    /// Where the number of index 0..<16 stands after `load`.
    static func place(_ index: Int) -> Int
    static func number(_ address: UnsafeRawPointer) -> Float
}

enum Float32: Stored {
    @inline(__always) static var size: Int { 4 }

    @inline(__always) static func load(_ address: UnsafeRawPointer) -> (Vector, Vector) {
        (address.loadUnaligned(as: Vector.self), (address + 32).loadUnaligned(as: Vector.self))
    }

    @inline(__always) static func place(_ index: Int) -> Int { index }

    @inline(__always) static func number(_ address: UnsafeRawPointer) -> Float {
        address.loadUnaligned(as: Float.self)
    }
}

enum BFloat16: Stored {
    @inline(__always) static var size: Int { 2 }

    /// Two neighbours share 32 bits: a shift makes a Float of the even one, a mask of the odd one.
    @inline(__always) static func load(_ address: UnsafeRawPointer) -> (Vector, Vector) {
        let pairs = address.loadUnaligned(as: SIMD8<UInt32>.self)
        return (
            unsafeBitCast(pairs &<< 16, to: Vector.self),
            unsafeBitCast(pairs & 0xFFFF_0000, to: Vector.self)
        )
    }

    @inline(__always) static func place(_ index: Int) -> Int { index / 2 + index % 2 * 8 }

    @inline(__always) static func number(_ address: UnsafeRawPointer) -> Float {
        Float(bitPattern: UInt32(address.loadUnaligned(as: UInt16.self)) << 16)
    }
}

extension Stored {
    /// The last numbers of a row, zeros behind them: what lies there is not this row's.
    @inline(__always) static func loadTail(
        _ address: UnsafeRawPointer, _ count: Int
    ) -> (Vector, Vector) {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 32) { strip in
            strip.initializeMemory(as: UInt8.self, repeating: 0)
            strip.copyMemory(from: UnsafeRawBufferPointer(start: address, count: count * size))
            return load(UnsafeRawPointer(strip.baseAddress!))
        }
    }
}

@inline(__always) func multiplyAdd(_ sum: inout Vector, _ a: Vector, _ b: Vector) {
    #if FUSED || arch(arm64)
        sum.addProduct(a, b)
    #else
        // Without the instruction, `addProduct` would call a function for each lane.
        sum += a * b
    #endif
}

/// The standard library's `pointwiseMax` is a call, and its one copy in the program would be the
/// one built for AVX2.
@inline(__always) func maximum(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: b .> a)
}

/// e to the power of x, for x of at most 0; below -87 it is 0. Error under 2 units of the last place
/// (Cephes' polynomial: Moshier 1992, expf).
@inline(__always) func exponential(_ x: Vector) -> Vector {
    let rounder = Vector(repeating: 12_582_912)  // 1.5 * 2^23: adding it rounds to whole numbers
    let clamped = maximum(x, Vector(repeating: -87))
    var shifted = rounder
    multiplyAdd(&shifted, clamped, Vector(repeating: 1.442_695_04))
    let whole = shifted - rounder
    var rest = clamped
    multiplyAdd(&rest, whole, Vector(repeating: -0.693_359_375))
    multiplyAdd(&rest, whole, Vector(repeating: 2.121_944_4e-4))
    var series = Vector(repeating: 1.987_569_15e-4)
    for coefficient: Float in [
        1.398_199_95e-3, 8.333_451_9e-3, 4.166_579_6e-2, 1.666_666_55e-1, 0.5,
    ] {
        var next = Vector(repeating: coefficient)
        multiplyAdd(&next, series, rest)
        series = next
    }
    var result = rest + 1
    multiplyAdd(&result, series, rest * rest)
    let power = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
    let bits = unsafeBitCast(result, to: SIMD8<UInt32>.self) &+ power
    return unsafeBitCast(bits, to: Vector.self).replacing(with: 0, where: x .< -87)
}

/// Four vectors: of four query rows, of four tokens, or of four strips.
struct Quad {
    var a = Vector.zero
    var b = Vector.zero
    var c = Vector.zero
    var d = Vector.zero

    @inline(__always) init() {}

    /// Strips are pairs of vectors; this takes four strips' first, or second, vectors.
    @inline(__always) init(everySecond address: UnsafePointer<Vector>) {
        a = address[0]
        b = address[2]
        c = address[4]
        d = address[6]
    }

    @inline(__always) func store(everySecond address: UnsafeMutablePointer<Vector>) {
        address[0] = a
        address[2] = b
        address[4] = c
        address[6] = d
    }

    @inline(__always) mutating func addProducts(
        _ everySecond: UnsafePointer<Vector>, _ vector: Vector
    ) {
        multiplyAdd(&a, everySecond[0], vector)
        multiplyAdd(&b, everySecond[2], vector)
        multiplyAdd(&c, everySecond[4], vector)
        multiplyAdd(&d, everySecond[6], vector)
    }

    /// The four sums over lanes.
    @inline(__always) var sums: SIMD4<Float> {
        let a4 = a.lowHalf + a.highHalf
        let b4 = b.lowHalf + b.highHalf
        let c4 = c.lowHalf + c.highHalf
        let d4 = d.lowHalf + d.highHalf
        let ab = SIMD4(lowHalf: a4.lowHalf + a4.highHalf, highHalf: b4.lowHalf + b4.highHalf)
        let cd = SIMD4(lowHalf: c4.lowHalf + c4.highHalf, highHalf: d4.lowHalf + d4.highHalf)
        return SIMD4(lowHalf: ab.evenHalf + ab.oddHalf, highHalf: cd.evenHalf + cd.oddHalf)
    }
}

// MARK: - A tile

/// Tokens worked on at once: their keys and values stay in the first-level cache for all rows.
let blockTokens = 64

extension RowBlock {
    /// The whole tile, with a softmax that is corrected whenever a larger score turns up (online
    /// softmax: Milakov and Gimelshein 2018, arXiv 1805.02867).
    static func attend(_ tile: AttentionTile) {
        let blocks = (tile.rows + rows - 1) / rows
        let work = Workspace(
            queryVectors: (tile.keyWidth + 15) / 16 * rows * 2,
            outputVectors: (tile.valueWidth + 15) / 16 * rows * 2,
            scoreVectors: blockTokens * rows / 8)
        withUnsafeTemporaryAllocation(
            byteCount: blocks * work.vectors * 32, alignment: 64
        ) { memory in
            memory.initializeMemory(as: UInt8.self, repeating: 0)
            let start = memory.baseAddress!.assumingMemoryBound(to: Vector.self)
            for block in 0..<blocks {
                let part = start + block * work.vectors
                pack(tile, firstRow: block * rows, into: part)
                part[work.maximum] = Vector(repeating: -.infinity)
            }
            for token in stride(from: 0, to: tile.tokens, by: blockTokens) {
                let tokens = min(blockTokens, tile.tokens - token)
                let keys = StoredRows(
                    address: tile.keys + token * tile.keyStride * Numbers.size,
                    width: tile.keyWidth, stride: tile.keyStride * Numbers.size, tokens: tokens)
                let values = StoredRows(
                    address: tile.values + token * tile.valueStride * Numbers.size,
                    width: tile.valueWidth, stride: tile.valueStride * Numbers.size, tokens: tokens)
                for block in 0..<blocks {
                    step(start + block * work.vectors, work, keys, values)
                }
            }
            for block in 0..<blocks {
                unpack(start + block * work.vectors, work, tile, firstRow: block * rows)
            }
        }
    }

    private static func step(
        _ part: UnsafeMutablePointer<Vector>, _ work: Workspace, _ keys: StoredRows,
        _ values: StoredRows
    ) {
        let scores = part + work.scores
        let numbers = UnsafeMutableRawPointer(scores).assumingMemoryBound(to: Float.self)
        score(part, keys, numbers)
        let vectors = (keys.tokens * rows + 7) / 8
        for index in keys.tokens * rows..<vectors * 8 { numbers[index] = -.infinity }

        var top = part[work.maximum]
        for index in 0..<vectors { top = maximum(top, scores[index]) }
        top = rowMaximum(top)
        let correction = exponential(part[work.maximum] - top)
        part[work.maximum] = top
        var sum = part[work.sum] * correction
        for index in 0..<vectors {
            let weight = exponential(scores[index] - top)
            scores[index] = weight
            sum += weight
        }
        part[work.sum] = sum

        let outputs = part + work.outputs
        if correction != Vector(repeating: 1) {
            for row in 0..<rows {
                let factor = Vector(repeating: correction[row])
                for index in stride(from: row * 2, to: work.outputVectors, by: rows * 2) {
                    outputs[index] *= factor
                    outputs[index + 1] *= factor
                }
            }
        }
        mix(numbers, values, outputs)
    }

    private static func pack(
        _ tile: AttentionTile, firstRow: Int, into part: UnsafeMutablePointer<Vector>
    ) {
        let numbers = UnsafeMutableRawPointer(part).assumingMemoryBound(to: Float.self)
        for row in 0..<min(rows, tile.rows - firstRow) {
            let query = tile.queries + (firstRow + row) * tile.queryStride
            for index in 0..<tile.keyWidth {
                numbers[place(index, row)] = query[index] * tile.scale
            }
        }
    }

    private static func unpack(
        _ part: UnsafeMutablePointer<Vector>, _ work: Workspace, _ tile: AttentionTile,
        firstRow: Int
    ) {
        let numbers = UnsafeMutableRawPointer(part + work.outputs)
            .assumingMemoryBound(to: Float.self)
        let sums = part[work.sum]
        for row in 0..<min(rows, tile.rows - firstRow) {
            tile.maxima[firstRow + row] = part[work.maximum][row]
            var sum: Float = 0
            for lane in stride(from: row, to: 8, by: rows) { sum += sums[lane] }
            tile.sums[firstRow + row] = sum
            let output = tile.outputs + (firstRow + row) * tile.valueWidth
            for index in 0..<tile.valueWidth { output[index] = numbers[place(index, row)] }
        }
    }

    /// Where a row's number stands in [strips][rows][16].
    @inline(__always) private static func place(_ index: Int, _ row: Int) -> Int {
        (index / 16 * rows + row) * 16 + Numbers.place(index % 16)
    }
}

/// Where the parts of one row block's memory begin, in vectors: queries, outputs, scores, the
/// largest score of each row and the sum of its weights, lane by lane.
struct Workspace {
    let queryVectors: Int
    let outputVectors: Int
    let scoreVectors: Int

    var outputs: Int { queryVectors }
    var scores: Int { outputs + outputVectors }
    var maximum: Int { scores + scoreVectors }
    var sum: Int { maximum + 1 }
    var vectors: Int { sum + 1 }
}

// MARK: - Rows that share what is loaded

/// Query rows that are worked on together, so that a key or value once loaded serves all of them.
protocol RowBlock {
    associatedtype Numbers: Stored
    static var rows: Int { get }
    /// queries [strips][rows][16] times keys, to scores [tokens][rows].
    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows, _ scores: UnsafeMutablePointer<Float>)
    /// weights [tokens][rows] times values, added to outputs [strips][rows][16].
    static func mix(
        _ weights: UnsafePointer<Float>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>)
    /// In each lane the largest of the lanes of its row.
    static func rowMaximum(_ lanes: Vector) -> Vector
}

/// Keys or values of a few tokens.
struct StoredRows {
    let address: UnsafeRawPointer
    let width: Int
    /// Bytes from a token to the next.
    let stride: Int
    let tokens: Int
}

/// One query row; what is loaded serves it alone.
enum OneRow<Numbers: Stored>: RowBlock {
    static var rows: Int { 1 }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows, _ scores: UnsafeMutablePointer<Float>
    ) {
        var token = 0
        while token < keys.tokens {
            // Past the last token the last is scored again; the caller overwrites that.
            let last = keys.tokens - 1
            let k0 = keys.address + token * keys.stride
            let k1 = keys.address + min(token + 1, last) * keys.stride
            let k2 = keys.address + min(token + 2, last) * keys.stride
            let k3 = keys.address + min(token + 3, last) * keys.stride
            var low = Quad()
            var high = Quad()
            forStrips(of: keys.width) { strip, load in
                let at = strip * 16 * Numbers.size
                let (q0, q1) = (queries[strip * 2], queries[strip * 2 + 1])
                let (n0, n1, n2, n3) = (load(k0 + at), load(k1 + at), load(k2 + at), load(k3 + at))
                multiplyAdd(&low.a, q0, n0.0)
                multiplyAdd(&low.b, q0, n1.0)
                multiplyAdd(&low.c, q0, n2.0)
                multiplyAdd(&low.d, q0, n3.0)
                multiplyAdd(&high.a, q1, n0.1)
                multiplyAdd(&high.b, q1, n1.1)
                multiplyAdd(&high.c, q1, n2.1)
                multiplyAdd(&high.d, q1, n3.1)
            }
            UnsafeMutableRawPointer(scores + token)
                .storeBytes(of: low.sums + high.sums, as: SIMD4<Float>.self)
            token += 4
        }
    }

    static func mix(
        _ weights: UnsafePointer<Float>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>
    ) {
        var strip = 0
        while strip + 4 <= values.width / 16 {
            var low = Quad(everySecond: outputs + strip * 2)
            var high = Quad(everySecond: outputs + strip * 2 + 1)
            var address = values.address + strip * 16 * Numbers.size
            for token in 0..<values.tokens {
                let weight = Vector(repeating: weights[token])
                let n0 = Numbers.load(address)
                let n1 = Numbers.load(address + 16 * Numbers.size)
                let n2 = Numbers.load(address + 32 * Numbers.size)
                let n3 = Numbers.load(address + 48 * Numbers.size)
                multiplyAdd(&low.a, weight, n0.0)
                multiplyAdd(&high.a, weight, n0.1)
                multiplyAdd(&low.b, weight, n1.0)
                multiplyAdd(&high.b, weight, n1.1)
                multiplyAdd(&low.c, weight, n2.0)
                multiplyAdd(&high.c, weight, n2.1)
                multiplyAdd(&low.d, weight, n3.0)
                multiplyAdd(&high.d, weight, n3.1)
                address += values.stride
            }
            low.store(everySecond: outputs + strip * 2)
            high.store(everySecond: outputs + strip * 2 + 1)
            strip += 4
        }
        forStrips(of: values.width, from: strip) { strip, load in
            var (low, high) = (outputs[strip * 2], outputs[strip * 2 + 1])
            var address = values.address + strip * 16 * Numbers.size
            for token in 0..<values.tokens {
                let weight = Vector(repeating: weights[token])
                let numbers = load(address)
                multiplyAdd(&low, weight, numbers.0)
                multiplyAdd(&high, weight, numbers.1)
                address += values.stride
            }
            (outputs[strip * 2], outputs[strip * 2 + 1]) = (low, high)
        }
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector {
        let halves = FourRows<Numbers>.rowMaximum(lanes)
        let half = halves.lowHalf
        let pairs = maximum(
            halves,
            Vector(
                lowHalf: SIMD4(lowHalf: half.highHalf, highHalf: half.lowHalf),
                highHalf: SIMD4(lowHalf: half.highHalf, highHalf: half.lowHalf)))
        return Vector(repeating: pairs[0] > pairs[1] ? pairs[0] : pairs[1])
    }
}

/// Four query rows that share each number loaded.
enum FourRows<Numbers: Stored>: RowBlock {
    static var rows: Int { 4 }

    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows, _ scores: UnsafeMutablePointer<Float>
    ) {
        var token = 0
        while token < keys.tokens {
            let k0 = keys.address + token * keys.stride
            let k1 = keys.address + min(token + 1, keys.tokens - 1) * keys.stride
            var first = Quad()
            var second = Quad()
            forStrips(of: keys.width) { strip, load in
                let at = strip * 16 * Numbers.size
                let (n0, n1) = (load(k0 + at), load(k1 + at))
                let rows = queries + strip * 8
                first.addProducts(rows, n0.0)
                second.addProducts(rows, n1.0)
                first.addProducts(rows + 1, n0.1)
                second.addProducts(rows + 1, n1.1)
            }
            let both = Vector(lowHalf: first.sums, highHalf: second.sums)
            UnsafeMutableRawPointer(scores + token * 4).storeBytes(of: both, as: Vector.self)
            token += 2
        }
    }

    static func mix(
        _ weights: UnsafePointer<Float>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>
    ) {
        forStrips(of: values.width) { strip, load in
            var low = Quad(everySecond: outputs + strip * 8)
            var high = Quad(everySecond: outputs + strip * 8 + 1)
            var address = values.address + strip * 16 * Numbers.size
            for token in 0..<values.tokens {
                let numbers = load(address)
                let weights = weights + token * 4
                let (a, b) = (Vector(repeating: weights[0]), Vector(repeating: weights[1]))
                let (c, d) = (Vector(repeating: weights[2]), Vector(repeating: weights[3]))
                multiplyAdd(&low.a, a, numbers.0)
                multiplyAdd(&high.a, a, numbers.1)
                multiplyAdd(&low.b, b, numbers.0)
                multiplyAdd(&high.b, b, numbers.1)
                multiplyAdd(&low.c, c, numbers.0)
                multiplyAdd(&high.c, c, numbers.1)
                multiplyAdd(&low.d, d, numbers.0)
                multiplyAdd(&high.d, d, numbers.1)
                address += values.stride
            }
            low.store(everySecond: outputs + strip * 8)
            high.store(everySecond: outputs + strip * 8 + 1)
        }
    }

    @inline(__always) static func rowMaximum(_ lanes: Vector) -> Vector {
        maximum(lanes, Vector(lowHalf: lanes.highHalf, highHalf: lanes.lowHalf))
    }
}

extension RowBlock {
    /// Does `body` for each strip of a row, the last one perhaps not full.
    @inline(__always) static func forStrips(
        of width: Int, from first: Int = 0,
        _ body: (Int, (UnsafeRawPointer) -> (Vector, Vector)) -> Void
    ) {
        var strip = first
        while strip < width / 16 {
            body(strip) { Numbers.load($0) }
            strip += 1
        }
        let rest = width % 16
        if rest > 0 { body(strip) { Numbers.loadTail($0, rest) } }
    }
}
