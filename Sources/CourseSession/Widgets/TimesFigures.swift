import AttentionEngine
import CourseContent

/// The figures of a scene's decode step, for every legal g.
package struct TimesFigures: Sendable {
    private let experiment: TimesExperiment
    private let statuses: ExperimentStatuses
    private let setting: CacheSetting
    private let units: Units
    /// What was timed of it; nil before anything was.
    package let known: TimesStatus?

    /// The figures at a scene's setting, with what was timed of it.
    package init(_ scene: Scene) {
        experiment = TimesExperiment(scene.setting)
        statuses = scene.experiments
        setting = scene.setting
        units = scene.units
        known = statuses[experiment]
    }

    /// Every legal g, MHA's first and MQA's last.
    package var keyValueHeads: [Int] { experiment.keyValueHeads }
    /// Whether the engine computes with such numbers.
    package var canBeTimed: Bool { experiment.format != nil }
    /// "here" or "there"
    package var place: String { statuses.place(of: experiment) }
    /// "on this machine" or "on that machine"
    package var machine: String { statuses.machine(of: experiment) }
    /// When it was timed, where that was before the program was started.
    package var dateBefore: String? { statuses.dateBefore(of: experiment) }

    /// The step with so many K/V heads; nil where it cannot be timed.
    package func step(_ keyValueHeads: Int) -> DecodeStep? {
        guard let format = experiment.format,
            let shape = try? AttentionShape(
                queryHeads: setting.queryHeads, keyValueHeads: keyValueHeads,
                headDimension: setting.headDimension)
        else { return nil }
        return try? DecodeStep(shape: shape, tokens: setting.tokens, format: format)
    }

    /// The time that a step took; nil where it was not timed.
    package func time(_ step: DecodeStep, _ way: DecodeWay) -> Duration? {
        known?.rows.first { $0.g == step.shape.keyValueHeads }?.time(way)
    }

    // MARK: In words

    var words: [Passage] {
        guard canBeTimed else {
            return [.paragraph("Numbers of 4 and 2 bytes can be timed, no others.")]
        }
        let rows = keyValueHeads.compactMap(step).map { step in
            Passage.row(
                name(step) + ": stored \(units.short(step.cacheSize)), " + work(step, .shared))
        }
        var passages = [Passage.paragraph(headline)] + rows
        if let step = step(setting.keyValueHeads) {
            passages.append(.row("Yours is \(name(step)).", mark: ""))
            if setting.shape.groupSize > 1 {
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

    private var headline: String {
        guard let known else {
            return "One layer's step for every g. Not timed \(place) yet: run times it."
        }
        if known.isRunning { return "Timing: \(Int(known.share * 100)) % done." }
        let threads = counted(known.threads, "thread")
        if let dateBefore {
            return "One layer's step for every g. Timed on \(dateBefore), \(threads): run times it "
                + "again."
        }
        return (known.isWhole ? "Timed \(machine)" : "Stopped early")
            + ": one layer, one token, \(threads)."
    }
}

extension DecodeStep {
    /// Its multiplications, every digit as long as there is room for them.
    package var work: String {
        multiplications < 1e9 ? grouped(Int(multiplications)) : inWords(multiplications)
    }
}

extension Duration {
    /// "3.21 ms", from a second on "1.62 s".
    package var inMilliseconds: String {
        seconds < 1 ? "\(threeDigits(seconds * 1000)) ms" : "\(threeDigits(seconds)) s"
    }
}
