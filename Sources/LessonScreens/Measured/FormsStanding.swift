import AttentionEngine

/// How the comparison of latent attention's two forms stands.
package struct FormsStanding: Hashable, Sendable {
    /// The step that is computed.
    let queryHeads: Int
    let headDimension: Int
    let widths: LatentWidths
    let tokens: Int
    /// Heads that are done.
    let heads: Int
    /// Counted in the cache that was made.
    let bytesHeld: ByteCount
    /// Time spent so far.
    let times: [LatentForm: Duration]
    /// Between the outputs of the two forms, so far.
    let largestDifference: Float
    /// The largest output so far, for scale.
    let largestOutput: Float
    let isRunning: Bool

    package init(_ comparison: LatentComparison, isRunning: Bool) {
        queryHeads = comparison.queryHeads
        headDimension = comparison.headDimension
        widths = comparison.widths
        tokens = comparison.tokens
        heads = comparison.heads
        bytesHeld = comparison.bytesHeld
        times = comparison.times
        largestDifference = comparison.largestDifference
        largestOutput = comparison.largestOutput
        self.isRunning = isRunning
    }

    /// Of a setting's step; nil where the setting has no latent.
    init?(
        _ setting: CacheSetting, heads: Int, bytesHeld: ByteCount, times: [LatentForm: Duration],
        largestDifference: Float, largestOutput: Float, isRunning: Bool
    ) {
        guard let widths = setting.latent else { return nil }
        queryHeads = setting.queryHeads
        headDimension = setting.headDimension
        self.widths = widths
        tokens = setting.tokens
        self.heads = heads
        self.bytesHeld = bytesHeld
        self.times = times
        self.largestDifference = largestDifference
        self.largestOutput = largestOutput
        self.isRunning = isRunning
    }

    var isFinished: Bool { heads == queryHeads }

    /// The share of the work that is done.
    var share: Double { Double(heads) / Double(queryHeads) }

    func describes(_ setting: CacheSetting) -> Bool {
        queryHeads == setting.queryHeads && headDimension == setting.headDimension
            && widths == setting.latent && tokens == setting.tokens
    }
}
