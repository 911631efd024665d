import CAttentionKernels

/// Query rows that are worked on together, so that a key or value once loaded serves all of them.
protocol RowBlock {
    associatedtype Numbers: Stored
    static var rows: Int { get }
    /// Bytes of keys taken at once. Few, and memory is read evenly; many, and weighing costs less.
    static var keyBytesAtOnce: Int { get }
    /// Tokens are scored so many at a time; where fewer are left, scores of no token fill up.
    static var tokensScoredAtOnce: Int { get }
    /// Asks for a line of memory that is read soon.
    static func prefetch(_ address: UnsafeRawPointer)
    /// Where a row's number stands in a strip of queries, or of outputs.
    static func place(_ index: Int, row: Int) -> Int
    /// queries [strips][rows * stripWidth] times keys, to scores [tokens][rows].
    static func score(
        _ queries: UnsafePointer<Vector>, _ keys: StoredRows,
        _ scores: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>)
    /// weights [tokens][rows] times values, added to outputs [strips][rows * stripWidth].
    static func mix(
        _ weights: UnsafeMutablePointer<Vector>, _ values: StoredRows,
        _ outputs: UnsafeMutablePointer<Vector>, _ ahead: Ahead<Self>)
    /// In each lane the largest of the lanes of its row. Lane i of vector `part` is row
    /// (part * lanes + i) % rows.
    static func rowMaximum(_ lanes: Vector) -> Vector
    /// Multiplies the outputs of the rows in vector `part` by the factors in their lanes.
    static func scale(
        _ outputs: UnsafeMutablePointer<Vector>, count: Int, by factors: Vector, part: Int)
}

/// A row's numbers of a strip side by side: queries and outputs are [strips][rows][stripWidth].
protocol RowsOfStrips: RowBlock {}

extension RowsOfStrips {
    @inline(__always) static func place(_ index: Int, row: Int) -> Int {
        row * stripWidth + Numbers.place(index)
    }

    @inline(__always) static func scale(
        _ outputs: UnsafeMutablePointer<Vector>, count: Int, by factors: Vector, part: Int
    ) {
        for row in 0..<rows {
            let factor = Vector(repeating: factors[row])
            for index in stride(from: row * 2, to: count, by: rows * 2) {
                outputs[index] *= factor
                outputs[index + 1] *= factor
            }
        }
    }
}

/// Memory that is needed next. It is asked for evenly, a little with each strip of work: asked for
/// at once it would hold up the work, and the processor's own foresight ends with each page.
struct Ahead<Block: RowBlock> {
    var address: UnsafeRawPointer
    /// Bytes to go on for each strip that is worked on.
    let perStrip: Int

    @inline(__always) mutating func prefetch(strips: Int) {
        let bytes = strips * stripWidth * Block.Numbers.size
        for offset in stride(from: 0, to: bytes, by: 64) { Block.prefetch(address + offset) }
        address += perStrip * strips
    }
}

/// Keys or values of a few tokens.
struct StoredRows {
    let address: UnsafeRawPointer
    let width: Int
    /// Bytes from a token to the next.
    let stride: Int
    let tokens: Int

    @inline(__always) var fullStrips: Int { width / stripWidth }
    /// Numbers in a last strip that is not full.
    @inline(__always) var rest: Int { width % stripWidth }
}
