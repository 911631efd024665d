import AttentionEngine
import CourseContent

extension TimesView {
    func words(scene: Scene) -> [Passage] {
        let setting = scene.setting
        let experiment = TimesExperiment(setting)
        guard let format = experiment.format else {
            return [.paragraph("Numbers of 4 and 2 bytes can be timed, no others.")]
        }
        let known = scene.experiments[experiment]
        func time(_ step: DecodeStep, _ way: DecodeWay) -> Duration? {
            known?.rows.first { $0.g == step.shape.keyValueHeads }?.time(way)
        }
        let rows = experiment.keyValueHeads.compactMap { heads -> Passage? in
            step(setting, heads, format).map { step in
                .row(
                    name(step) + ": stored \(scene.units.short(step.cacheSize)), "
                        + work(step, .shared, time(step, .shared), scene.units))
            }
        }
        var passages = [Passage.paragraph(headline(known, in: scene))] + rows
        if let step = step(setting, setting.keyValueHeads, format) {
            passages.append(.row("Yours is \(name(step)).", mark: ""))
            if setting.shape.groupSize > 1 {
                passages.append(
                    .row(
                        "Its keys and values written out again for every query head: "
                            + work(step, .repeated, time(step, .repeated), scene.units), mark: ""))
            }
        }
        return passages
    }

    /// "g = 8, 4 query heads each"
    private func name(_ step: DecodeStep) -> String {
        "g = \(grouped(step.shape.keyValueHeads)), "
            + "\(counted(step.shape.groupSize, "query head")) each"
    }

    private func work(
        _ step: DecodeStep, _ way: DecodeWay, _ time: Duration?, _ units: Units
    ) -> String {
        "moved \(units.short(step.bytesMoved(way))), multiplied \(count(step.multiplications))"
            + (time.map { ", time \($0.inMilliseconds)" } ?? "") + "."
    }

    private func headline(_ times: TimesStatus?, in scene: Scene) -> String {
        let experiment = TimesExperiment(scene.setting)
        let statuses = scene.experiments
        guard let times else {
            return "One layer's step for every g. Not timed \(statuses.place(of: experiment)) yet: "
                + "run times it."
        }
        if times.isRunning { return "Timing: \(Int(times.share * 100)) % done." }
        let threads = counted(times.threads, "thread")
        if case .before(let date) = statuses.origin(of: experiment) {
            return "One layer's step for every g. Timed on \(date), \(threads): run times it again."
        }
        return
            (times.isWhole ? "Timed \(statuses.machine(of: experiment))" : "Stopped early")
            + ": one layer, one token, \(threads)."
    }
}
