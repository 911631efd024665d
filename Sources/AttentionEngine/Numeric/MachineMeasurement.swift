/// How fast this machine reads memory and how fast the course's own attention computes on it, found
/// in slices as in `DecodeMeasurement`. Numbers have 32 bits.
package struct MachineMeasurement: Sendable {
    /// How many threads both are spread over.
    package let threads: Int
    /// Bytes per second that this machine reads; nil until it has been measured, which comes first.
    package private(set) var bytesPerSecond: Double?

    private let samples: Int
    private var bandwidth: BandwidthMeasurement?
    private var cache: KVCache?
    private var queries: [Float] = []
    private var times: [Duration] = []
    /// Kept, so that no compiler leaves out the computing.
    private var outputs: [Float] = []

    // Many queries on few keys and values, which the processor's own caches hold: nothing waits for
    // memory.
    private static let shape = uncheckedShape
    private static let tokens = 256
    private static let queryTokens = 64

    private static var uncheckedShape: AttentionShape {
        guard let shape = try? AttentionShape(queryHeads: 32, keyValueHeads: 4, headDimension: 128)
        else { preconditionFailure("4 divides 32") }
        return shape
    }

    /// Operations of one sample: scores and mixing, a multiplication with its addition being two.
    private static let operations =
        4 * Double(shape.queryHeads * queryTokens * tokens * shape.headDimension)

    /// Nothing is measured yet. samples: how many readings and computations are timed.
    package init(threads: Int, samples: Int = 15) {
        self.threads = threads
        self.samples = max(1, samples)
    }

    /// Bytes of memory that it takes.
    package static var memoryNeeded: ByteCount { BandwidthMeasurement.memoryNeeded }

    /// Works for about so long: one sample, or the filling of a part, at the least.
    package mutating func advance(for time: Duration) {
        let end = ContinuousClock.now + time
        repeat { advance(until: end) } while !isFinished && ContinuousClock.now < end
    }

    /// Whether both are known; `advance` then does nothing more.
    package var isFinished: Bool { times.count == samples }

    /// The part of the work that is done, 0 to 1.
    package var progress: Double {
        let computed = Double(times.count) / Double(samples)
        return bytesPerSecond == nil ? (bandwidth?.progress ?? 0) / 2 : (1 + computed) / 2
    }

    /// Operations per second of the shortest of the computations; nil until all are done.
    package var operationsPerSecond: Double? {
        isFinished ? times.min().map { Self.operations / $0.seconds } : nil
    }

    private mutating func advance(until end: ContinuousClock.Instant) {
        guard bytesPerSecond != nil else { return measureBandwidth(until: end) }
        guard let cache else { return fill() }
        if isFinished { return }
        times.append(
            ContinuousClock().measure {
                outputs = attention(
                    queries: queries, cache: cache, shape: Self.shape, causal: false,
                    threads: threads)
            })
    }

    private mutating func measureBandwidth(until end: ContinuousClock.Instant) {
        if bandwidth == nil { bandwidth = BandwidthMeasurement(threads: threads, samples: samples) }
        bandwidth?.advance(for: end - .now)
        guard let measured = bandwidth, measured.isFinished else { return }
        bytesPerSecond = measured.bytesPerSecond
        bandwidth = nil
    }

    private mutating func fill() {
        let (heads, width) = (Self.shape.keyValueHeads, Self.shape.headDimension)
        var random = MeasurementNumbers(seed: 2)
        let count = heads * Self.tokens * width
        var filled = KVCache(
            layout: .perHead(keyValueHeads: heads, headDimension: width), format: .float32,
            capacity: Self.tokens)
        filled.append(keys: random.numbers(count), values: random.numbers(count))
        cache = filled
        queries = random.numbers(Self.shape.queryHeads * Self.queryTokens * width)
    }
}
