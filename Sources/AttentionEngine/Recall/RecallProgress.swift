/// How a race stands, as a value that a screen can draw.
public struct RecallProgress: Sendable {
    public enum Phase: Sendable {
        case ready, running, paused, stopped, finished
    }

    /// One variant's way so far.
    public struct Lane: Sendable {
        public let variant: RecallVariant
        /// From the first slice on, a point every `RecallRace.slice` steps and one at the last.
        public fileprivate(set) var curve: [RecallPoint] = []
        /// Seconds spent training, without what measuring took.
        public fileprivate(set) var seconds = 0.0
        /// The layer after the newest slice.
        public fileprivate(set) var trained: TrainedRecall?
        /// What was measured after the last step; nothing before.
        public fileprivate(set) var result: RecallMeasurement?

        /// Training steps behind it.
        public var step: Int { curve.last?.step ?? 0 }

        mutating func advance(
            to point: RecallPoint, seconds: Double, measurement: RecallMeasurement?,
            trained: TrainedRecall
        ) {
            curve.append(point)
            self.seconds += seconds
            result = measurement
            self.trained = trained
        }
    }

    public let steps: Int
    public let seed: UInt64
    public internal(set) var phase = Phase.ready
    /// The variants in the order in which they were given.
    public internal(set) var lanes: [Lane]

    init(variants: [RecallVariant], steps: Int, seed: UInt64) {
        self.steps = steps
        self.seed = seed
        lanes = variants.map { Lane(variant: $0) }
    }

    /// The share of all steps that is done.
    public var fraction: Double {
        let all = lanes.count * steps
        return all == 0 ? 1 : Double(lanes.reduce(0) { $0 + $1.step }) / Double(all)
    }

    /// Seconds of training left if it goes on as it did, on so many threads; nothing before the
    /// first slice.
    public func secondsLeft(threads: Int) -> Double? {
        let spent = lanes.reduce(0) { $0 + $1.seconds }
        guard spent > 0, fraction > 0 else { return nil }
        let atOnce = max(1, min(threads, lanes.count { $0.result == nil }))
        return spent * (1 - fraction) / fraction / Double(atOnce)
    }
}
