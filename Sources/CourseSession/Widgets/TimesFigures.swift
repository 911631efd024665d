import AttentionEngine
import CourseContent

/// The figures of a scene's decode step, for every legal g.
package struct TimesFigures: Sendable {
    private let experiment: TimesExperiment
    private let units: Units
    /// What was timed of it; nil before anything was.
    package let known: TimesStatus?
    /// Where and when it was.
    package let origin: ExperimentStatuses.Origin

    /// The figures at a scene's setting, with what was timed of it.
    package init(_ scene: Scene) {
        experiment = TimesExperiment(scene.setting)
        units = scene.units
        known = scene.experiments[experiment]
        origin = scene.experiments.origin(of: experiment)
    }

    /// Every legal g, MHA's first and MQA's last.
    package var keyValueHeads: [Int] { experiment.keyValueHeads }
    /// Whether the engine computes with such numbers.
    package var canBeTimed: Bool { experiment.format != nil }

    /// The step with so many K/V heads; nil where it cannot be timed.
    package func step(_ keyValueHeads: Int) -> DecodeStep? {
        guard let format = experiment.format,
            let setting = try? experiment.setting.setting([.keyValueHeads: keyValueHeads])
        else { return nil }
        return try? DecodeStep(shape: setting.shape, tokens: setting.tokens, format: format)
    }

    /// The time that a step took; nil where it was not timed.
    package func time(_ step: DecodeStep, _ way: DecodeWay) -> Duration? {
        time(keyValueHeads: step.shape.keyValueHeads, way)
    }

    /// The same with so many K/V heads.
    func time(keyValueHeads: Int, _ way: DecodeWay) -> Duration? {
        known?.rows.first { $0.g == keyValueHeads }?.time(way)
    }

    /// What the times leave out of the setting, as a sentence; nil where that is nothing.
    package var leftOut: String? { WidgetSpec.times.leftOut(of: experiment.setting) }

    // MARK: In words

    var words: [Passage] {
        guard canBeTimed else {
            return [.paragraph("Only 4- and 2-byte numbers can be timed.")]
        }
        let rows = keyValueHeads.compactMap(step).map { step in
            Passage.row(
                name(step) + ": stored \(units.short(step.cacheSize)), " + work(step, .shared))
        }
        var passages = [Passage.paragraph(headline)] + rows
        if let leftOut { passages.append(.row(leftOut, mark: "")) }
        if let step = step(experiment.setting.keyValueHeads) {
            passages.append(.row("Yours is \(name(step)).", mark: ""))
            if step.shape.groupSize > 1 {
                passages.append(
                    .row(
                        "Its keys and values written out again for every query head: "
                            + work(step, .repeated), mark: ""))
            }
        }
        return passages
    }

    /// "g = 8, 4 query heads each"
    private func name(_ step: DecodeStep) -> String {
        "g = \(grouped(step.shape.keyValueHeads)), "
            + "\(counted(step.shape.groupSize, "query head")) each"
    }

    private func work(_ step: DecodeStep, _ way: DecodeWay) -> String {
        "moved \(units.short(step.bytesMoved(way))), multiplied \(step.work)"
            + (time(step, way).map { ", time \($0.inMilliseconds)" } ?? "") + "."
    }

    /// What was timed, or that it was not yet.
    var headline: String {
        guard let known else {
            return "One layer's step for every g. Not timed \(origin.place) yet: run times it."
        }
        if known.isRunning { return "Timing: \(Int(known.share * 100)) % done." }
        let threads = counted(known.threads, "thread")
        if let date = origin.dateBefore {
            return "One layer's step for every g. Timed on \(date), \(threads): run times it "
                + "again."
        }
        return (known.isWhole ? "Timed \(origin.machine)" : "Stopped early")
            + ": one layer, one token, \(threads)"
            + (known.spreadText.map { "; \($0)." } ?? ".")
    }
}

extension DecodeStep {
    /// Its multiplications, every digit as long as there is room for them.
    package var work: String {
        multiplications < 1e9 ? grouped(Int(multiplications)) : inWords(multiplications)
    }
}
