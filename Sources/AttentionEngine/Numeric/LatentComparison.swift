/// One decode step of multi-head latent attention done both ways on the same random numbers, found
/// in slices of heads as in `DecodeMeasurement`: outputs, bytes and times side by side.
///
/// A value that may go to a background thread. Memory: the projections of a few heads at a time,
/// and their expanded keys and values.
package struct LatentComparison: Sendable {
    /// The step that is done.
    package let step: LatentStep
    /// Time spent so far, by form.
    package private(set) var times: [LatentForm: Duration] = [.expanded: .zero, .absorbed: .zero]
    /// Between the outputs of the two forms, so far.
    package private(set) var largestDifference: Float = 0
    /// The largest output so far, for scale.
    package private(set) var largestOutput: Float = 0
    /// Heads that are done.
    package private(set) var heads = 0

    private let cache: KVCache

    /// Heads whose projections are made at once.
    private static let slice = 4

    /// A step over a cache of s latents in bfloat16. Throws where the numbers make no setting.
    package init(_ step: LatentStep) throws(SettingError) {
        _ = try CacheSetting(
            layers: 1,
            shape: AttentionShape(
                queryHeads: step.queryHeads, keyValueHeads: step.queryHeads,
                headDimension: step.headDimension),
            tokens: step.tokens, latent: step.widths)
        self.step = step
        let widths = step.widths
        var random = MeasurementNumbers(seed: 4)
        var cache = KVCache(
            layout: .latent(
                latentRank: widths.latentRank, rotaryDimension: widths.rotaryDimension),
            format: .bfloat16, capacity: step.tokens)
        for _ in 0..<step.tokens {
            cache.append(
                latents: random.numbers(widths.latentRank),
                rotaryKeys: random.numbers(widths.rotaryDimension))
        }
        self.cache = cache
    }

    /// Bytes of latents and rotary keys, counted as they were written: the same for both forms.
    package var bytesHeld: ByteCount { cache.bytesHeld }

    /// Bytes that the comparison holds at once: the cache, and the keys and values of a slice. nil
    /// where they cannot be counted in 64 bits.
    package static func memoryNeeded(_ step: LatentStep) -> ByteCount? {
        let widths = step.widths
        let width = widths.latentRank.addingReportingOverflow(widths.rotaryDimension)
        let numbers = step.tokens.multipliedReportingOverflow(by: width.partialValue)
        let cache = numbers.partialValue.multipliedReportingOverflow(by: 2)
        guard !width.overflow, !numbers.overflow, !cache.overflow else { return nil }
        let rebuilt = step.bytesRebuilt(heads: min(slice, step.queryHeads))
        guard let sum = rebuilt?.bytes.addingReportingOverflow(cache.partialValue), !sum.overflow
        else {
            return nil
        }
        return ByteCount(sum.partialValue)
    }

    /// Whether all heads are done; `advance` then does nothing more.
    package var isFinished: Bool { heads == step.queryHeads }

    /// The part of the work that is done, 0 to 1.
    package var progress: Double { Double(heads) / Double(step.queryHeads) }

    /// Works for about so long: a slice of heads at the least.
    package mutating func advance(for time: Duration) {
        let end = ContinuousClock.now + time
        repeat { advance() } while !isFinished && ContinuousClock.now < end
    }

    private mutating func advance() {
        let (headDimension, widths) = (step.headDimension, step.widths)
        let count = min(Self.slice, step.queryHeads - heads)
        guard count > 0 else { return }
        var random = MeasurementNumbers(seed: 5 + UInt64(heads))
        let weights = count * headDimension * widths.latentRank
        // Scaled so that keys and values come out about as large as latents.
        let scale = (3 / Float(widths.latentRank)).squareRoot()
        let projections = LatentProjections(
            queryHeads: count, headDimension: headDimension, widths: widths,
            keyUp: random.numbers(weights).map { $0 * scale },
            valueUp: random.numbers(weights).map { $0 * scale })
        let queries = random.numbers(count * headDimension)
        let rotaryQueries = random.numbers(count * widths.rotaryDimension)
        var outputs: [LatentForm: [Float]] = [:]
        for form in LatentForm.allCases {
            let time = ContinuousClock().measure {
                outputs[form] = latentAttention(
                    queries: queries, rotaryQueries: rotaryQueries, cache: cache,
                    projections: projections, form: form, causal: true)
            }
            times[form, default: .zero] += time
        }
        for (a, b) in zip(outputs[.expanded] ?? [], outputs[.absorbed] ?? []) {
            largestDifference = max(largestDifference, abs(a - b))
            largestOutput = max(largestOutput, abs(a))
        }
        heads += count
    }
}
