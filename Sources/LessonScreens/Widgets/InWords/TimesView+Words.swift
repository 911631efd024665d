import AttentionEngine
import CourseContent

extension TimesView {
    func words(scene: Scene) -> [Passage] {
        let setting = scene.setting
        guard let format = setting.numberFormat else {
            return [.paragraph("Numbers of 4 and 2 bytes can be timed, no others.")]
        }
        let known = scene.measured.times.flatMap { $0.describes(setting) ? $0 : nil }
        func times(_ step: DecodeStep) -> DecodeTimes? { known?.rows.first { $0.step == step } }
        let rows = legal(setting).compactMap { heads -> Passage? in
            step(setting, heads, format).map { step in
                .row(
                    name(step) + ": stored \(scene.units.short(step.cacheSize)), "
                        + work(step, .shared, times(step)?.shared, scene.units))
            }
        }
        var passages = [Passage.paragraph(headline(known, in: scene))] + rows
        if let step = step(setting, setting.keyValueHeads, format) {
            passages.append(.row("Yours is \(name(step)).", mark: ""))
            if setting.shape.groupSize > 1 {
                passages.append(
                    .row(
                        "Its keys and values written out again for every query head: "
                            + work(step, .repeated, times(step)?.repeated, scene.units), mark: ""))
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

    private func headline(_ times: TimesStanding?, in scene: Scene) -> String {
        let what = "one layer, one token, "
        guard let times else {
            if let date = scene.measuredBefore {
                return "One layer's step for every g. Timed on \(date), which summary tells: run "
                    + "times it again."
            }
            return "One layer's step for every g. Not timed "
                + "\(scene.measured.place(of: .times)) yet: run times it."
        }
        if times.isRunning { return "Timing: \(Int(times.share * 100)) % done." }
        return
            (times.rows.count == times.steps.count
            ? "Timed \(scene.measured.machine(of: .times)): " : "Stopped early: ")
            + what + "\(counted(times.threads, "thread"))."
    }
}
