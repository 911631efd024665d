import AttentionEngine

/// How the timing of decode steps stands.
package struct TimesStanding: Hashable, Sendable {
    /// All steps to be timed, MHA first.
    let steps: [DecodeStep]
    let rows: [DecodeTimes]
    let threads: Int
    /// The share of the work that is done.
    let share: Double
    let isRunning: Bool

    package init(_ sweep: DecodeSweep, isRunning: Bool) {
        steps = sweep.steps
        rows = sweep.rows
        threads = sweep.threads
        share = sweep.progress
        self.isRunning = isRunning
    }

    /// Of a setting's step, whatever its g; the rows are of the first steps. Nil where no such step
    /// can be timed.
    init?(
        _ setting: CacheSetting, rows: [(shared: Duration, repeated: Duration)], threads: Int,
        share: Double, isRunning: Bool
    ) {
        guard let format = setting.numberFormat,
            let sweep = try? DecodeSweep(
                queryHeads: setting.queryHeads, headDimension: setting.headDimension,
                tokens: setting.tokens, format: format, threads: threads)
        else { return nil }
        steps = sweep.steps
        self.rows = zip(steps, rows).map {
            DecodeTimes(step: $0, shared: $1.shared, repeated: $1.repeated)
        }
        self.threads = threads
        self.share = share
        self.isRunning = isRunning
    }

    /// Whether the times are those of a setting's step, whatever its g.
    func describes(_ setting: CacheSetting) -> Bool {
        guard let step = steps.first else { return false }
        return step.shape.queryHeads == setting.queryHeads
            && step.shape.headDimension == setting.headDimension && step.tokens == setting.tokens
            && step.format.numberWidth == setting.numberWidth
    }
}
