/// The time of a decode step against the number of K/V heads, and this machine's read bandwidth
/// beside it, all found in slices as in `DecodeMeasurement`.
package struct DecodeSweep: Sendable {
    /// One step for each legal number of K/V heads, MHA first and MQA last.
    package let steps: [DecodeStep]
    /// How many threads a step and the reading of memory are spread over.
    package let threads: Int
    /// Bytes per second that this machine reads; nil until it has been measured, which comes first.
    package private(set) var bytesPerSecond: Double?
    /// What has been measured so far, in the order of `steps`.
    package private(set) var rows: [DecodeTimes] = []

    private let samples: Int
    private var bandwidth: BandwidthMeasurement?
    private var measurement: DecodeMeasurement?
    /// Of the step that is being measured, once it is known.
    private var shared: (median: Duration, spread: Double)?

    /// Throws where the numbers make no shape, or a cache that cannot be counted. samples: how many
    /// steps of each kind are timed.
    package init(
        queryHeads: Int, headDimension: Int, tokens: Int, format: NumberFormat, threads: Int,
        samples: Int = 15
    ) throws(SettingError) {
        try AttentionShape.requireQueryHeads(queryHeads)
        var steps: [DecodeStep] = []
        for keyValueHeads in divisors(of: queryHeads).reversed() {
            let shape = try AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads, headDimension: headDimension)
            steps.append(try DecodeStep(shape: shape, tokens: tokens, format: format))
        }
        self.steps = steps
        self.threads = threads
        self.samples = samples
    }

    /// Bytes of memory the largest of the measurements takes, but for queries and outputs.
    package var memoryNeeded: ByteCount {
        steps.reduce(BandwidthMeasurement.memoryNeeded) {
            max($0, $1.memoryNeeded(.shared), $1.memoryNeeded(.repeated))
        }
    }

    /// Works for about so long: one step, or a part of a filling, at the least.
    package mutating func advance(for time: Duration) {
        let end = ContinuousClock.now + time
        repeat { advance(until: end) } while !isFinished && ContinuousClock.now < end
    }

    /// Whether every step has its times; `advance` then does nothing more.
    package var isFinished: Bool { rows.count == steps.count }

    /// The step and the way that are being measured; nil during the bandwidth and at the end.
    package var current: (step: DecodeStep, way: DecodeWay)? {
        guard bytesPerSecond != nil, !isFinished else { return nil }
        return (steps[rows.count], shared == nil ? .shared : .repeated)
    }

    /// The part of the work that is done, 0 to 1.
    package var progress: Double {
        if isFinished { return 1 }
        let begun = measurement?.progress ?? bandwidth?.progress ?? 0
        let done = (bytesPerSecond == nil ? 0 : 1) + 2 * rows.count + (shared == nil ? 0 : 1)
        return (Double(done) + begun) / Double(2 * steps.count + 1)
    }

    private mutating func advance(until end: ContinuousClock.Instant) {
        guard bytesPerSecond != nil else { return measureBandwidth(until: end) }
        guard let current else { return }
        // A measurement holds its caches, so the one before must be gone first.
        if measurement == nil {
            measurement = DecodeMeasurement(
                current.step, way: current.way, threads: threads, samples: samples)
        }
        measurement?.advance(for: end - .now)
        guard let measured = measurement, let median = measured.result else { return }
        measurement = nil
        if let first = shared {
            rows.append(
                DecodeTimes(
                    step: current.step, shared: first.median, repeated: median,
                    spread: max(first.spread, measured.spread)))
            shared = nil
        } else if current.step.shape.groupSize == 1 {
            // Nothing to repeat: both ways are one.
            rows.append(
                DecodeTimes(
                    step: current.step, shared: median, repeated: median,
                    spread: measured.spread))
        } else {
            shared = (median, measured.spread)
        }
    }

    private mutating func measureBandwidth(until end: ContinuousClock.Instant) {
        if bandwidth == nil { bandwidth = BandwidthMeasurement(threads: threads) }
        bandwidth?.advance(for: end - .now)
        guard let measured = bandwidth, measured.isFinished else { return }
        bytesPerSecond = measured.bytesPerSecond
        bandwidth = nil
    }
}

/// The times of one decode step, both ways.
package struct DecodeTimes: Hashable, Sendable {
    /// The step that was timed.
    package let step: DecodeStep
    /// Each key and value read once for all query heads of its group.
    package let shared: Duration
    /// Keys and values written out again for each query head first.
    package let repeated: Duration

    /// Half the way between the quartiles of what was timed, as a share of the median, of the way
    /// that spread more.
    package let spread: Double

    /// Times that were measured elsewhere, or read back from a file.
    package init(
        step: DecodeStep, shared: Duration, repeated: Duration, spread: Double = 0
    ) {
        self.spread = spread
        self.step = step
        self.shared = shared
        self.repeated = repeated
    }

    /// Cache bytes per second that the shared way goes through.
    package var bytesPerSecond: Double { Double(step.cacheSize.bytes) / shared.seconds }
}
