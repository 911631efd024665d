import AttentionEngine
import CourseContent

/// The figures of both forms at a scene's setting.
package struct FormsFigures {
    private let experiment: FormsExperiment
    private let statuses: ExperimentStatuses
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
        statuses = scene.experiments
        known = scene.experiments[experiment]
        let (s, widths) = (experiment.tokens, experiment.widths)
        kept = ByteCount(
            known?.bytesHeld ?? 2 * s * (widths.latentRank + widths.rotaryDimension))
        rebuilt = LatentComparison.bytesRebuilt(
            queryHeads: experiment.queryHeads, headDimension: experiment.headDimension,
            widths: widths, tokens: s)
    }

    /// "here" or "there"
    package var place: String { statuses.place(of: experiment) }
    /// "on this machine" or "on that machine"
    package var machine: String { statuses.machine(of: experiment) }
    /// The share of the work that is done, 0 to 1.
    package var share: Double { known.map(experiment.share) ?? 0 }
    /// Whether every head was computed both ways.
    package var isFinished: Bool { known.map(experiment.isFinished) ?? false }
    /// When it was computed, where that was before the program was started.
    package var dateBefore: String? { statuses.dateBefore(of: experiment) }

    /// The size of what the expanded form makes for the step, in words.
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
        func row(_ form: LatentForm, made: String) -> Passage {
            let time = time(form).map { ", time \($0)" } ?? ""
            return .row(
                "\(form == .expanded ? "Expanded" : "Absorbed"): made for it \(made), multiplied "
                    + "\(work(form))\(time).")
        }
        return [
            .paragraph(headline),
            .row("Kept by both: \(scene.units.text(kept))."),
            row(.expanded, made: made(in: scene.units) + " in 32-bit numbers"),
            row(.absorbed, made: "nothing"),
        ] + difference
    }

    private var headline: String {
        guard let forms = known else {
            return "One layer's step, expanded and absorbed. Not run "
                + "\(place) yet: run computes both."
        }
        if forms.isRunning {
            return "Computing both: \(Int(share * 100)) % done."
        }
        if let date = dateBefore {
            return "One layer's step, expanded and absorbed. Run on \(date), plain code, 1 thread: "
                + "run computes it again."
        }
        return
            (isFinished
            ? "Computed \(machine)" : "Stopped early")
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
