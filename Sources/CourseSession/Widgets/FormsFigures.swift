import AttentionEngine
import CourseContent

/// The figures of both forms at a scene's setting.
package struct FormsFigures {
    private let experiment: FormsExperiment
    /// What was computed of it; nil before anything was.
    package let known: FormsStatus?
    /// Where and when it was.
    package let origin: ExperimentStatuses.Origin
    /// Held by both forms, counted where a cache was made.
    package let kept: ByteCount

    /// nil where the setting has no latent.
    package init?(_ scene: Scene) {
        guard let experiment = FormsExperiment(scene.setting) else { return nil }
        self.experiment = experiment
        known = scene.experiments[experiment]
        origin = scene.experiments.origin(of: experiment)
        let (tokens, widths) = (experiment.step.tokens, experiment.step.widths)
        kept = ByteCount(
            known?.bytesHeld ?? 2 * tokens * (widths.latentRank + widths.rotaryDimension))
    }

    /// The share of the work that is done, 0 to 1.
    package var share: Double { known.map(experiment.share) ?? 0 }
    /// Whether every head was computed both ways.
    package var isFinished: Bool { known.map(experiment.isFinished) ?? false }

    /// The size of what a form makes for the step in 32-bit numbers, in words: keys and values, or
    /// queries as wide as the latent.
    package func made(_ form: LatentForm, in units: Units) -> String {
        let step = experiment.step
        let made = form == .expanded ? step.bytesRebuilt : step.bytesFolded
        return made.map(units.short) ?? "too much to count"
    }

    /// Multiplications in words.
    package func work(_ form: LatentForm) -> String {
        inWords(experiment.step.multiplications(form))
    }

    /// The time on this machine; nil before both forms are done.
    package func time(_ form: LatentForm) -> String? {
        guard let known, !known.isRunning, isFinished else { return nil }
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
        func row(_ form: LatentForm) -> Passage {
            let time = time(form).map { ", time \($0)" } ?? ""
            return .row(
                "\(form == .expanded ? "Expanded" : "Absorbed"): made for it "
                    + "\(made(form, in: scene.units)) in 32-bit numbers, multiplied "
                    + "\(work(form))\(time).")
        }
        return [
            .paragraph(headline),
            .row("Kept by both: \(scene.units.text(kept))."),
            row(.expanded), row(.absorbed),
        ] + difference
    }

    private var headline: String {
        guard let known else {
            return "One layer's step, expanded and absorbed. Not run \(origin.place) yet: run "
                + "computes both."
        }
        if known.isRunning { return "Computing both: \(Int(share * 100)) % done." }
        if let date = origin.dateBefore {
            return "One layer's step, expanded and absorbed. Run on \(date), plain code, 1 thread: "
                + "run computes it again."
        }
        return (isFinished ? "Computed \(origin.machine)" : "Stopped early")
            + ": one layer, one token, plain code, 1 thread."
    }

    private var difference: [Passage] {
        guard let forms = known, forms.heads > 0 else { return [] }
        let figure = scientific(Double(forms.largestDifference))
        let largest = threeDigits(Double(forms.largestOutput))
        return [
            .row(
                forms.areOutputsSame
                    ? "Outputs: equal up to rounding, \(figure) where they reach \(largest)."
                    : "Outputs: the largest difference is \(figure); they reach \(largest).")
        ]
    }
}
