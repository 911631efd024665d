import AttentionEngine
import CourseContent

/// One layer's decode step of latent attention computed expanded and absorbed.
struct FormsExperiment: Experiment, SlicedExperiment {
    let queryHeads: Int
    let headDimension: Int
    let widths: LatentWidths
    /// s, cached tokens.
    let tokens: Int

    static let runKey = RunKey(
        label: "compute both", help: "Compute this step expanded and absorbed; again to stop"
    )

    var key: ExperimentKey {
        ExperimentKey(
            name: "forms",
            parameters: "n=\(queryHeads),h=\(headDimension),s=\(tokens),"
                + "c=\(widths.latentRank),r=\(widths.rotaryDimension)")
    }

    var part: WritableKeyPath<SharedExperiments, FormsStatus?> { \.forms }
    var started: String { "One layer's step is computed both ways." }

    var obstacle: String? {
        let work = LatentForm.expanded.multiplications(
            queryHeads: queryHeads, headDimension: headDimension, widths: widths, tokens: tokens)
        if work > 3e10 {
            return "Expanded, this step would take minutes here: choose fewer tokens."
        }
        let memory = LatentComparison.memoryNeeded(
            queryHeads: queryHeads, headDimension: headDimension, widths: widths, tokens: tokens)
        guard let memory, memory <= Experiments.mostBytes else {
            return
                "This would take more than \(Experiments.mostBytes.both) of memory: choose fewer "
                + "tokens."
        }
        return nil
    }

    func begin(threads: Int) -> LatentComparison? {
        try? LatentComparison(
            queryHeads: queryHeads, headDimension: headDimension, widths: widths, tokens: tokens)
    }

    func report(of comparison: LatentComparison, isRunning: Bool) -> ExperimentReport {
        .measured(MeasuredStatus(self, FormsStatus(comparison, isRunning: isRunning)))
    }

    func accepts(_ status: FormsStatus) -> Bool { status.heads <= queryHeads }

    func share(of status: FormsStatus) -> Double { Double(status.heads) / Double(queryHeads) }

    func isFinished(_ status: FormsStatus) -> Bool { status.heads == queryHeads }

    func kept(_ status: FormsStatus, date: String?) -> (key: ExperimentKey, KeptMeasurement)? {
        guard !status.isRunning, isFinished(status) else { return nil }
        var kept = KeptMeasurement(
            what: "One layer's step of latent attention: \(counted(queryHeads, "query head")) "
                + "of width \(grouped(headDimension)), c = \(grouped(widths.latentRank)), "
                + "r = \(grouped(widths.rotaryDimension)), \(grouped(tokens)) tokens",
            date: date,
            rows: [
                .init(name: "expanded", result: status.time(.expanded).inMilliseconds),
                .init(name: "absorbed", result: status.time(.absorbed).inMilliseconds),
            ])
        kept.found = SharedExperiments(forms: status)
        return (key, kept)
    }
}

extension FormsExperiment {
    /// Of a setting's step; nil where the setting has no latent.
    init?(_ setting: CacheSetting) {
        guard let widths = setting.latent else { return nil }
        self.init(
            queryHeads: setting.queryHeads, headDimension: setting.headDimension, widths: widths,
            tokens: setting.tokens)
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

extension FormsStatus {
    init(_ comparison: LatentComparison, isRunning: Bool) {
        func seconds(_ form: LatentForm) -> Double { (comparison.times[form] ?? .zero).seconds }
        self.init(
            heads: comparison.heads, bytesHeld: comparison.bytesHeld.bytes,
            expanded: seconds(.expanded), absorbed: seconds(.absorbed),
            largestDifference: comparison.largestDifference,
            largestOutput: comparison.largestOutput, isRunning: isRunning)
    }
}
