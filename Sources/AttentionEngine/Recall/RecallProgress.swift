/// How a race stands, as a value that a screen can draw.
package struct RecallProgress: Sendable {
    /// What the race is doing as a whole.
    package enum Phase: Sendable {
        /// Stopped is before the last step and for good; finished is after it, measured.
        case ready, running, paused, stopped, finished
    }

    /// One variant's way so far.
    package struct Lane: Sendable {
        /// What the layer is, g or a latent.
        package let variant: RecallVariant
        /// A point every `RecallRace.slice` steps and one at the last; none before the first slice.
        package private(set) var curve: [RecallPoint] = []
        /// Seconds spent training, without what measuring took.
        package private(set) var seconds = 0.0
        /// The layer after the newest slice.
        package private(set) var trained: TrainedRecall?
        /// What was measured after the last step; nothing before.
        package private(set) var result: RecallMeasurement?

        /// Training steps behind it.
        package var step: Int { curve.last?.step ?? 0 }

        fileprivate init(_ variant: RecallVariant) { self.variant = variant }

        mutating func advance(
            to point: RecallPoint, of trained: TrainedRecall, in duration: Duration,
            result: RecallMeasurement?
        ) {
            curve.append(point)
            seconds += duration / .seconds(1)
            self.trained = trained
            self.result = result
        }
    }

    /// Steps that every variant takes.
    package let steps: Int
    /// What decides weights and questions; a seed gives the same curves on every processor.
    package let seed: UInt64
    let threads: Int
    /// What the race is doing; it may be another one by the time this is read.
    package internal(set) var phase: Phase
    /// The variants in the order in which they were given.
    package internal(set) var lanes: [Lane]

    init(variants: [RecallVariant], steps: Int, seed: UInt64, threads: Int) {
        self.steps = steps
        self.seed = seed
        self.threads = threads
        lanes = variants.map { Lane($0) }
        phase = variants.isEmpty ? .finished : .ready
    }

    /// The share of all steps that is done.
    package var fraction: Double {
        let all = lanes.count * steps
        return all == 0 ? 1 : Double(lanes.reduce(0) { $0 + $1.step }) / Double(all)
    }

    /// Seconds of training left if it goes on as it did; nothing before the first slice.
    package var secondsLeft: Double? {
        guard fraction > 0 else { return nil }
        let spent = lanes.reduce(0) { $0 + $1.seconds }
        let atOnce = max(1, min(threads, lanes.count { $0.result == nil }))
        return spent * (1 - fraction) / fraction / Double(atOnce)
    }
}
