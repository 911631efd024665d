/// The time of a decode step on this machine, found in slices: between two of them the caller may
/// draw, or stop for good.
///
///     var measurement = DecodeMeasurement(step, way: .shared)
///     while !measurement.isFinished, !cancelled { measurement.advance(for: .milliseconds(20)) }
///     measurement.median
///
/// A value that may go to a background thread. It holds the step's caches as long as it lives.
package struct DecodeMeasurement: Sendable {
    let step: DecodeStep
    let way: DecodeWay
    let threads: Int
    /// Times of the steps measured so far.
    package private(set) var times: [Duration] = []
    /// The step's outputs, [n, h], once it has run.
    package private(set) var outputs: [Float] = []

    private let samples: Int
    private var warmUps = 3
    private var cache: KVCache
    private var repeated: KVCache?
    private let queries: [Float]

    /// Nothing is computed yet. samples: how many steps are timed, at least one.
    package init(_ step: DecodeStep, way: DecodeWay, threads: Int = 1, samples: Int = 15) {
        self.step = step
        self.way = way
        self.threads = threads
        self.samples = max(samples, 1)
        let shape = step.shape
        cache = KVCache(layout: step.layout, format: step.format, capacity: step.tokens)
        var random = MeasurementNumbers(seed: 0)
        queries = random.numbers(shape.queryHeads * shape.headDimension)
    }

    /// Works for about so long: one step, or the filling of a few tokens, at the least.
    package mutating func advance(for time: Duration) {
        let end = ContinuousClock.now + time
        repeat { advance() } while !isFinished && ContinuousClock.now < end
    }

    /// Whether all samples are taken; `advance` then does nothing more.
    package var isFinished: Bool { times.count == samples }

    /// The part of the work that is done, 0 to 1; filling the cache counts as a quarter.
    var progress: Double {
        let filled = Double(cache.tokens) / Double(step.tokens)
        return (filled + 3 * Double(times.count) / Double(samples)) / 4
    }

    /// The middle of the times so far; nil while there are none.
    package var median: Duration? { times.isEmpty ? nil : times.sorted()[times.count / 2] }

    /// Half the way between the quartiles of the times so far, as a share of their median: half of
    /// them are about so near it. 0 while there are none.
    package var spread: Double {
        guard let median else { return 0 }
        let sorted = times.sorted()
        let width = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
        return width.seconds / 2 / median.seconds
    }

    /// The median once all is measured.
    var result: Duration? { isFinished ? median : nil }

    private mutating func advance() {
        if cache.tokens < step.tokens {
            fill()
        } else if warmUps > 0 {
            run()
            warmUps -= 1
        } else {
            times.append(ContinuousClock().measure { run() })
        }
    }

    private mutating func fill() {
        if cache.tokens == 0 {
            var random = MeasurementNumbers(seed: 1)
            let count = step.shape.keyValueHeads * step.shape.headDimension * min(step.tokens, 64)
            cache.append(keys: random.numbers(count), values: random.numbers(count))
        } else {
            cache.appendFirstTokens(min(cache.tokens, step.tokens - cache.tokens, 1024))
        }
        if cache.tokens == step.tokens, way == .repeated, step.shape.groupSize > 1 {
            let shape = step.shape.ungrouped
            repeated = KVCache(
                layout: .perHead(
                    keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension),
                format: step.format, capacity: step.tokens)
        }
    }

    private mutating func run() {
        repeated?.repeatHeads(of: cache, times: step.shape.groupSize, threads: threads)
        outputs = attention(
            queries: queries, cache: repeated ?? cache,
            shape: repeated == nil ? step.shape : step.shape.ungrouped, causal: true,
            threads: threads)
    }
}

/// Numbers in [-1, 1), the same each time.
struct MeasurementNumbers {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func numbers(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float(random.next() >> 40) / 8_388_608 - 1 }
    }
}
