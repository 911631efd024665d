import AttentionEngine
import CourseContent

/// One layer's decode step of latent attention computed expanded and absorbed.
struct FormsExperiment: Experiment, SlicedExperiment {
    let step: LatentStep

    /// Of a setting's step; nil where the setting has no latent.
    init?(_ setting: CacheSetting) {
        guard let step = LatentStep(setting) else { return nil }
        self.step = step
    }

    static let runKey = RunKey(
        label: "compute both", help: "Compute this step expanded and absorbed; again to stop"
    )

    var key: ExperimentKey {
        ExperimentKey(
            name: "forms",
            parameters: "n=\(step.queryHeads),h=\(step.headDimension),s=\(step.tokens),"
                + "c=\(step.widths.latentRank),r=\(step.widths.rotaryDimension)")
    }

    var part: WritableKeyPath<SharedExperiments, FormsStatus?> { \.forms }
    var started: String { "Computing one layer's step both ways." }

    var obstacle: String? {
        if step.multiplications(.expanded) > 3e10 {
            return "Expanded, this step would take minutes here: choose fewer tokens."
        }
        return Experiments.refusal(ofBytes: memoryNeeded, advice: "choose fewer tokens")
    }

    var memoryNeeded: ByteCount? { LatentComparison.memoryNeeded(step) }

    func begin(threads: Int) -> LatentComparison? { try? LatentComparison(step) }

    func report(of comparison: LatentComparison, isRunning: Bool) -> ExperimentReport {
        func seconds(_ form: LatentForm) -> Double { (comparison.times[form] ?? .zero).seconds }
        let status = FormsStatus(
            heads: comparison.heads, bytesHeld: comparison.bytesHeld.bytes,
            expanded: seconds(.expanded), absorbed: seconds(.absorbed),
            largestDifference: comparison.largestDifference,
            largestOutput: comparison.largestOutput, isRunning: isRunning)
        return .measured(MeasuredStatus(self, status))
    }

    func accepts(_ status: FormsStatus) -> Bool { status.heads <= step.queryHeads }

    func share(of status: FormsStatus) -> Double {
        Double(status.heads) / Double(step.queryHeads)
    }

    func isFinished(_ status: FormsStatus) -> Bool { status.heads == step.queryHeads }

    func kept(_ status: FormsStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard !status.isRunning, isFinished(status) else { return nil }
        let kept = KeptMeasurement(
            what: "One layer's step of latent attention: \(counted(step.queryHeads, "query head")) "
                + "of width \(grouped(step.headDimension)), c = \(grouped(step.widths.latentRank)), "
                + "r = \(grouped(step.widths.rotaryDimension)), \(grouped(step.tokens)) tokens",
            rows: LatentForm.allCases.map {
                .init(name: $0.rawValue, result: status.time($0).inMilliseconds)
            }, found: SharedExperiments(forms: status))
        return (key, kept)
    }
}

/// How the comparison of latent attention's two forms stands.
package struct FormsStatus: ExperimentStatus {
    /// Heads that are done.
    package let heads: Int
    /// Counted in the cache that was made.
    let bytesHeld: Int
    /// Seconds spent so far on each form.
    let expanded: Double
    let absorbed: Double
    /// Between the outputs of the two forms, so far.
    package let largestDifference: Float
    /// The largest output so far, for scale.
    package let largestOutput: Float
    /// Whether the computation goes on; false where it was ended early, too.
    package let isRunning: Bool

    func time(_ form: LatentForm) -> Duration { .seconds(form == .expanded ? expanded : absorbed) }

    var isPossible: Bool {
        heads >= 0 && 0..<1 << 40 ~= bytesHeld
            && [expanded, absorbed].allSatisfy { 0...1e6 ~= $0 }
            && [largestDifference, largestOutput].allSatisfy { 0...1e6 ~= $0 }
    }
}
