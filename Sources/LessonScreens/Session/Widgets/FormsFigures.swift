import AttentionEngine
import CourseContent

/// The figures of both forms at a scene's setting.
package struct FormsFigures {
    package let experiment: FormsExperiment
    /// What was computed of it; nil before anything was.
    package let known: FormsStatus?
    /// Held by both forms, counted where a cache was made.
    package let kept: ByteCount
    /// All heads' keys and values, which the expanded form makes for the step.
    private let rebuilt: ByteCount?

    /// nil where the setting has no latent.
    package init?(_ scene: Scene) {
        guard let experiment = FormsExperiment(scene.setting) else { return nil }
        self.experiment = experiment
        known = scene.experiments[experiment]
        let (s, widths) = (experiment.tokens, experiment.widths)
        kept = ByteCount(
            known?.bytesHeld ?? 2 * s * (widths.latentRank + widths.rotaryDimension))
        rebuilt = LatentComparison.bytesRebuilt(
            queryHeads: experiment.queryHeads, headDimension: experiment.headDimension,
            widths: widths, tokens: s)
    }

    package func made(in units: Units) -> String { rebuilt.map(units.short) ?? "too much to count" }

    /// Multiplications in words.
    package func work(_ form: LatentForm) -> String {
        inWords(
            form.multiplications(
                queryHeads: experiment.queryHeads, headDimension: experiment.headDimension,
                widths: experiment.widths, tokens: experiment.tokens))
    }

    /// The time on this machine; nil before both forms are done.
    package func time(_ form: LatentForm) -> String? {
        guard let known, !known.isRunning, experiment.isFinished(known) else { return nil }
        return known.time(form).inMilliseconds
    }
}

extension FormsStatus {
    /// Whether the outputs of both forms are the same but for rounding.
    package var areOutputsSame: Bool { largestDifference < 1e-4 * largestOutput }
}

extension FormsFigures {
    /// The same in words.
    static func words(_ scene: Scene) -> [Passage] {
        FormsFigures(scene)?.words(in: scene)
            ?? [.paragraph("This needs the widths of latent attention, c and r.")]
    }

    private func words(in scene: Scene) -> [Passage] {
        func row(_ form: LatentForm, made: String) -> Passage {
            let time = time(form).map { ", time \($0)" } ?? ""
            return .row(
                "\(form == .expanded ? "Expanded" : "Absorbed"): made for it \(made), multiplied "
                    + "\(work(form))\(time).")
        }
        return [
            .paragraph(headline(in: scene)),
            .row("Kept by both: \(scene.units.text(kept))."),
            row(.expanded, made: made(in: scene.units) + " in 32-bit numbers"),
            row(.absorbed, made: "nothing"),
        ] + difference
    }

    private func headline(in scene: Scene) -> String {
        let statuses = scene.experiments
        guard let forms = known else {
            return "One layer's step, expanded and absorbed. Not run "
                + "\(statuses.place(of: experiment)) yet: run computes both."
        }
        if forms.isRunning {
            return "Computing both: \(Int(experiment.share(of: forms) * 100)) % done."
        }
        if case .before(let date) = statuses.origin(of: experiment) {
            return "One layer's step, expanded and absorbed. Run on \(date), plain code, 1 thread: "
                + "run computes it again."
        }
        return
            (experiment.isFinished(forms)
            ? "Computed \(statuses.machine(of: experiment))" : "Stopped early")
            + ": one layer, one token, plain code, 1 thread."
    }

    private var difference: [Passage] {
        guard let forms = known, forms.heads > 0 else { return [] }
        let figure = scientific(Double(forms.largestDifference))
        let largest = threeDigits(Double(forms.largestOutput))
        return [
            .row(
                forms.areOutputsSame
                    ? "Outputs: the same but for rounding, \(figure) in \(largest)."
                    : "Outputs: the largest difference is \(figure) in \(largest).")
        ]
    }
}
