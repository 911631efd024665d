import AttentionEngine
import CourseContent

extension TimesExperiment {
    /// The timings in words.
    func words(_ scene: Scene) -> [Passage] {
        let setting = scene.setting
        guard format != nil else {
            return [.paragraph("Numbers of 4 and 2 bytes can be timed, no others.")]
        }
        let known = scene.experiments[self]
        func time(_ step: DecodeStep, _ way: DecodeWay) -> Duration? {
            known?.rows.first { $0.g == step.shape.keyValueHeads }?.time(way)
        }
        let rows = keyValueHeads.compactMap { heads -> Passage? in
            step(heads).map { step in
                .row(
                    name(step) + ": stored \(scene.units.short(step.cacheSize)), "
                        + work(step, .shared, time(step, .shared), scene.units))
            }
        }
        var passages = [Passage.paragraph(headline(known, in: scene))] + rows
        if let step = step(setting.keyValueHeads) {
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
        "moved \(units.short(step.bytesMoved(way))), multiplied \(step.work)"
            + (time.map { ", time \($0.inMilliseconds)" } ?? "") + "."
    }

    private func headline(_ times: TimesStatus?, in scene: Scene) -> String {
        let statuses = scene.experiments
        guard let times else {
            return "One layer's step for every g. Not timed \(statuses.place(of: self)) yet: "
                + "run times it."
        }
        if times.isRunning { return "Timing: \(Int(times.share * 100)) % done." }
        let threads = counted(times.threads, "thread")
        if case .before(let date) = statuses.origin(of: self) {
            return "One layer's step for every g. Timed on \(date), \(threads): run times it again."
        }
        return
            (times.isWhole ? "Timed \(statuses.machine(of: self))" : "Stopped early")
            + ": one layer, one token, \(threads)."
    }

    /// The step with so many K/V heads; nil where it cannot be timed.
    package func step(_ keyValueHeads: Int) -> DecodeStep? {
        guard let format,
            let shape = try? AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads, headDimension: headDimension)
        else { return nil }
        return try? DecodeStep(shape: shape, tokens: tokens, format: format)
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